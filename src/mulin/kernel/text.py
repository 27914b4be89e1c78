"""Text from outside, made safe to keep: normal form, no control characters, no longer than agreed."""

import re
import unicodedata

from django.utils.translation import gettext as _

from mulin.kernel.refusals import Invalid

# Characters that reorder or hide what is around them: bidirectional overrides and isolates, zero-width
# marks, BOM.
_HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_MANY_LINES = re.compile(r"\n{3,}")


def clean(text: str, limit: int, *, lines: bool = True, field: str | None = None) -> str:
    """Return `text` in Unicode normal form C without control or hidden characters, stripped.

    `limit` is in characters, counted after cleaning; longer text is refused, never cut. With `lines=False`
    the result is one line. Unassigned and private-use characters stay: newer emoji and rare names use them.
    Markup is not touched: templates escape it when it is shown.
    """
    if len(text) > 4 * limit + 1000:
        raise _too_long(limit, field)
    text = unicodedata.normalize("NFC", _HIDDEN.sub("", _LINE_ENDS.sub("\n", text)))
    text = "".join(c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs") else " " for c in text)
    text = _BLANKS.sub(" ", text if lines else text.replace("\n", " "))
    text = _MANY_LINES.sub("\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip()
    if len(text) > limit:
        raise _too_long(limit, field)
    return text


def _too_long(limit: int, field: str | None) -> Invalid:
    message = _("This text is too long: at most %(limit)d characters are taken.") % {"limit": limit}
    return Invalid(message, code="too_long", field=field)


def digits(text: str) -> str:
    """Return only the decimal digits of `text`, full-width ones as ASCII: for phones and other numbers."""
    return "".join(str(unicodedata.digit(c)) for c in text if unicodedata.category(c) == "Nd")


def phone(text: str) -> str:
    """Return a phone number in the one form it is stored and looked up in: digits, without +86 or 0086.

    Returns an empty string where there is no number. Whether a number exists is not checked: services,
    villages and special numbers have many forms.
    """
    number = digits(text)
    if number.startswith("0086"):
        return number[4:]
    if number.startswith("86") and len(number) == 13:
        return number[2:]
    return number

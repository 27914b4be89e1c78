"""The codes that entries may carry. Each room registers its own when the application starts.

A code says what happened, in whose words it is told, and which of its words may be read by whom.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mulin.journal.rules import CODE_LIMIT


class Word(StrEnum):
    """Who may read a text that belongs to an entry."""

    INTERNAL = "internal"  # staff who may see the subject
    REPORTER = "reporter"  # they, and whoever raised it
    SECRET = "secret"  # noqa: S105 - like internal, and encrypted in the row: phones, identity numbers


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of entry: its label, whether the reporter sees that it happened, and its words."""

    code: str
    label: str | Promise
    shown_to_reporter: bool = False
    words: Mapping[str, Word] = field(default_factory=dict)


_CODES: dict[str, Code] = {}


def register(
    code: str,
    label: str | Promise,
    *,
    shown_to_reporter: bool = False,
    words: Mapping[str, str] | None = None,
) -> Code:
    """Declare a code. Declaring the same twice is harmless; declaring it differently is an error."""
    made = Code(code, label, shown_to_reporter, {name: Word(kind) for name, kind in (words or {}).items()})
    if len(code) > CODE_LIMIT:
        raise ValueError(f"the code {code!r} is too long")
    known = _CODES.setdefault(code, made)
    if (known.shown_to_reporter, known.words) != (made.shown_to_reporter, made.words):
        raise ValueError(f"the code {code!r} is declared twice, differently")
    return known


def code_named(code: str) -> Code:
    """Return a declared code; an undeclared one is a mistake of the program."""
    try:
        return _CODES[code]
    except KeyError:
        raise LookupError(f"nobody declared the journal code {code!r}: call journal.face.register") from None


def codes() -> Mapping[str, Code]:
    """Return all declared codes, by name."""
    return dict(_CODES)


ERASED = register("journal.erased", _("A text was erased"))

"""Personal data in what somebody typed: found all at once, offered for removal, never taken out unasked.

Pure, and linear in the length of the text: numbers are put together from their digits, and each pattern looks at a
bounded stretch. Offsets are those of the text as it was given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from mulin.matters.rules.personal_names import Name, names_in
from mulin.matters.rules.personal_numbers import numbers_in


class Personal(StrEnum):
    """What a find is."""

    PHONE = "phone"
    IDENTITY = "identity"
    CARD = "card"
    EMAIL = "email"
    PLATE = "plate"
    NAME = "name"


@dataclass(frozen=True)
class Find:
    """One stretch of a text, and what could stand there instead."""

    kind: Personal
    start: int
    end: int
    words: str
    instead: str

    @property
    def certain(self) -> bool:
        """A number is one; a name is only likely."""
        return self.kind is not Personal.NAME


_INSTEAD = {
    Personal.PHONE: ("「电话」", "[phone]"),
    Personal.IDENTITY: ("「身份证号」", "[identity number]"),
    Personal.CARD: ("「银行卡号」", "[card number]"),
    Personal.EMAIL: ("「邮箱」", "[e-mail]"),
    Personal.PLATE: ("「车牌」", "[number plate]"),
}
_HAN = re.compile("[\u4e00-\u9fff]")
_ROUNDS = 6
_EMAIL = re.compile(
    r"[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}", re.ASCII | re.IGNORECASE
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-z][ ·•.-]?(?=[a-z]{0,5}[0-9])[a-z0-9]{4,6}"
    r"(?:[学警港澳挂领使]|(?![a-z0-9]))",
    re.ASCII | re.IGNORECASE,
)


def find_personal(text: str) -> list[Find]:
    """Everything that looks like it, in the order of the text; no two of them overlap."""
    plain = plain_form(text)
    chinese = bool(_HAN.search(plain))
    found: list[Find] = []
    for _round in range(_ROUNDS):  # what remains beside a find may be one by itself
        more = _disjoint(plain, text, chinese)
        if not more:
            break
        found += more
        plain = _covered(plain, more)
    return sorted(found, key=lambda find: find.start)


def _disjoint(plain: str, text: str, chinese: bool) -> list[Find]:
    found: list[Find] = []
    taken = bytearray(len(plain))
    for start, end, kind, instead in _candidates(plain, chinese):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            found.append(Find(kind, start, end, text[start:end], instead))
    return found


def _covered(plain: str, finds: Iterable[Find]) -> str:
    """The text as it reads when they are gone, with as many characters."""
    letters = list(plain)
    for find in finds:
        cover = "「" if find.certain else "某"
        letters[find.start : find.end] = cover * (find.end - find.start)
    return "".join(letters)


def redact(text: str, finds: Iterable[Find]) -> str:
    """The text with what stands instead of each find."""
    for find in sorted(finds, key=lambda each: -each.start):
        text = text[: find.start] + find.instead + text[find.end :]
    return text


def _candidates(plain: str, chinese: bool) -> Iterator[tuple[int, int, Personal, str]]:
    """The surest first: a later one that overlaps gives way."""
    for kind, pattern in ((Personal.EMAIL, _EMAIL), (Personal.PLATE, _PLATE)):
        for match in pattern.finditer(plain):
            yield match.start(), match.end(), kind, _instead(kind, chinese)
    for number in numbers_in(plain):
        kind = Personal(number.kind)
        yield number.start, number.end, kind, _instead(kind, chinese)
    for name in names_in(plain):
        yield name.start, name.end, Personal.NAME, _somebody(name)


def _instead(kind: Personal, chinese: bool) -> str:
    return _INSTEAD[kind][0 if chinese else 1]


def _somebody(name: Name) -> str:
    return f"某{name.title}" if name.chinese else f"{name.title} N.".lstrip()


def plain_form(text: str) -> str:
    """The same number of characters: digits of any script and full-width letters as ASCII, dashes and blanks as one."""
    return "".join(map(_plain, text))


def _plain(letter: str) -> str:
    if letter < "\x7f":
        return letter
    category = unicodedata.category(letter)
    if category == "Nd":
        return str(unicodedata.digit(letter))
    if category in ("Pd", "Zs") or letter == "－":
        return "-" if category == "Pd" or letter == "－" else " "
    return chr(ord(letter) - 0xFEE0) if "！" <= letter <= "～" else letter

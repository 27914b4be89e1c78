"""Document numbers and phones: the one form in which each is kept, and what is wrong with it. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from mulin.kernel.checkdigits import identity_born, identity_check, is_identity
from mulin.kernel.text import phone as phone_digits

LONGEST_LIFE = 130  # years
OF_IDENTITY = frozenset({"111", "112"})  # cards that carry the number of GB 11643

_DOCUMENT = re.compile(r"[A-Z0-9()（）-]{4,30}")
_LIKE_IDENTITY = re.compile(r"[0-9]{17}[0-9X]")
_OLD_IDENTITY = re.compile(r"[1-9][0-9]{14}")
_PHONE_SIGNS = re.compile(r"\+?[0-9][0-9 ()./*#-]{2,38}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")


def document_form(text: str) -> str:
    """A document number as it is kept and looked for: capitals, no blanks, an old 15-digit one in its new form."""
    number = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    return long_identity(number) if _OLD_IDENTITY.fullmatch(number) else number


def long_identity(number: str) -> str:
    """The 18 places of an identity number that was given out with 15, before 1999."""
    first = f"{number[:6]}19{number[6:]}"
    return first + identity_check(first)


def looks_like_identity(number: str) -> bool:
    """Eighteen places, right or wrong: nothing else is written so."""
    return bool(_LIKE_IDENTITY.fullmatch(number))


def is_document(number: str, kind: str) -> bool:
    """Whether a number, in its one form, can be of this kind."""
    if kind in OF_IDENTITY:
        return is_identity(number)
    return bool(_DOCUMENT.fullmatch(number))


@dataclass(frozen=True, slots=True)
class InNumber:
    """What an identity number says of its bearer."""

    born_on: date
    sex: str  # as GB/T 2261.1


def in_number(number: str) -> InNumber | None:
    """Birth date and sex; None where it is no identity number."""
    if not is_identity(number):
        return None
    born = identity_born(number)
    return InNumber(born, "1" if int(number[16]) % 2 else "2") if born else None


def could_be_born(day: date, today: date) -> bool:
    """Not in the future, and not so long ago that nobody lives."""
    return today.year - LONGEST_LIFE <= day.year and day <= today


def is_phone(text: str) -> bool:
    """Whether this can be a phone number as people write them; eleven digits from 1 must be a mobile one."""
    plain = unicodedata.normalize("NFKC", text).strip()
    number = phone_digits(plain)
    if not _PHONE_SIGNS.fullmatch(plain) or not 5 <= len(number) <= 15:
        return False
    return bool(_MOBILE.fullmatch(number)) or not (len(number) == 11 and number.startswith("1"))


def phone_form(text: str) -> str:
    """A phone number as it is kept and looked for."""
    return phone_digits(unicodedata.normalize("NFKC", text))

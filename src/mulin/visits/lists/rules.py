"""What a list may say, and who is meant by a row. Pure: no ORM, no clock."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from mulin.kernel.checkdigits import is_identity
from mulin.kernel.sheets import Column
from mulin.visits.lists.codes import How, Outcome, Says

COLUMNS = (
    Column("document", "Document number", "身份证号", also=(
        "身份证", "身份证号码", "公民身份号码", "证件号", "证件号码", "公民身份证号", "id", "id number",
        "identity number", "id card", "document",
    )),
    Column("phone", "Phone", "手机号", also=(
        "手机", "电话", "联系电话", "手机号码", "联系方式", "电话号码", "mobile", "phone number", "telephone",
    )),
    Column("name", "Name", "姓名", also=("名字", "居民姓名", "人员姓名", "户主姓名", "full name")),
    Column("born", "Date of birth", "出生日期", also=(
        "出生年月日", "生日", "出生", "birth date", "born", "birthday", "dob",
    )),
)  # fmt: skip
KEYS = tuple(column.key for column in COLUMNS)
WAYS: tuple[frozenset[str], ...] = (
    frozenset({"document"}),
    frozenset({"phone"}),
    frozenset({"name", "born"}),
)
_DAY = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?(?:\s.*)?")
_LIKE_IDENTITY = re.compile(r"\d{17}[\dX]")


@dataclass(frozen=True, slots=True)
class Asked:
    """Who a row says it is, each in the one form in which it is looked for."""

    row: int
    name: str = ""
    document: str = ""
    phone: str = ""
    born: date | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.document or self.phone or (self.name and self.born))


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the registry."""

    id: UUID
    name: str
    is_here: bool
    place: str = ""


@dataclass(frozen=True, slots=True)
class Met:
    """What became of a row."""

    outcome: Outcome
    how: How
    known: Known | None = None


def can_find(columns: Mapping[str, int]) -> bool:
    """Whether people can be found by the columns that are there."""
    return any(way <= columns.keys() for way in WAYS)


def plain_name(name: str) -> str:
    """A name as it is compared: without blanks, width and case."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def birthday(text: str) -> date | None:
    """A day as lists write it: 1980-05-17, 1980/5/17, 19800517, 1980年5月17日."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def meet(
    asked: Asked, says: Says, *, document: Sequence[Known], phone: Sequence[Known], name: Sequence[Known]
) -> Met:
    """Who is meant, by the surest that the row has: the document, then the phone, then name and birth.

    A number that belongs to another name is not believed; a phone of several people is settled by the name.
    """
    if asked.is_empty:
        return Met(Outcome.UNKNOWN, How.EMPTY)
    if document:
        return _certain(asked, document[0], How.DOCUMENT, says)
    found = _by_phone(asked, phone, says) or _by_name(name, says)
    if found:
        return found
    wrong = _LIKE_IDENTITY.fullmatch(asked.document) and not is_identity(asked.document)
    return Met(Outcome.UNKNOWN, How.MALFORMED if wrong else How.NOBODY)


def _certain(asked: Asked, known: Known, how: How, says: Says) -> Met:
    if asked.name and plain_name(asked.name) != plain_name(known.name):
        return Met(Outcome.AMBIGUOUS, How.NAME_DIFFERS)
    return _met(known, how, says)


def _by_phone(asked: Asked, found: Sequence[Known], says: Says) -> Met | None:
    if asked.name:
        found = [each for each in found if plain_name(each.name) == plain_name(asked.name)]
    if len(found) > 1:
        return Met(Outcome.AMBIGUOUS, How.SEVERAL)
    return _met(found[0], How.PHONE, says) if found else None


def _by_name(found: Sequence[Known], says: Says) -> Met | None:
    if len(found) > 1:
        return Met(Outcome.AMBIGUOUS, How.SEVERAL)
    return _met(found[0], How.NAME, says) if found else None


def _met(known: Known, how: How, says: Says) -> Met:
    if not known.is_here:
        return Met(Outcome.GONE, how, known)
    return Met(Outcome.DONE if says == Says.DONE else Outcome.OUTSTANDING, how, known)

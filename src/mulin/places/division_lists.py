"""Reading the official lists of divisions: one line at a time, keeping the good ones. No database here.

The lists are CSV files with a header, one level each: `code`, `name`, and the codes of the levels above. Codes
are not padded: 2, 4, 6, 9 or 12 digits.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mulin.places.rules import DIVISIONS, PARENT_LEVELS, Level

NAME_LIMIT = 100
# Not "unprintable": the lists write rare characters of village names in the private use area, and they stay.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# The deepest of these columns that a file has tells its level; a file without any lists the provinces.
PARENT_COLUMNS: Mapping[Level, str] = {
    Level.VILLAGE: "streetCode",
    Level.TOWN: "areaCode",
    Level.COUNTY: "cityCode",
    Level.CITY: "provinceCode",
}
NEEDED = ("code", "name")

REASONS: Mapping[str, Promise] = {
    "file": _("the file cannot be read"),
    "header": _("a column is missing: the first line needs code and name"),
    "encoding": _("the text is not UTF-8"),
    "columns": _("the line has too few or too many columns"),
    "quotes": _("a quotation mark is not closed"),
    "digits": _("the code has something else than digits"),
    "length": _("the code has the wrong number of digits for this list"),
    "parent_differs": _("the code does not begin with the code of the area above"),
    "parent": _("the area above is unknown"),
    "closed": _("this area has been closed here"),
    "name": _("the name is empty"),
    "name_long": _("the name is too long"),
    "duplicate": _("the code came before with another name"),
}


@dataclass(frozen=True, slots=True)
class BadRow:
    """A line that was left out, and why. Line 1 is the header; 0 stands for the file as a whole."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {REASONS[self.reason]}"


@dataclass(frozen=True, slots=True)
class Row:
    """A line that can be used."""

    line: int
    path: str
    name: str


@dataclass(frozen=True, slots=True)
class DivisionList:
    """One file, recognised by its header."""

    file: Path
    level: Level
    columns: Mapping[str, int]
    width: int
    lines: int  # without the header
    sha256: str


def recognise(file: Path) -> DivisionList | BadRow:
    """Read a file's header, count its lines and take its fingerprint."""
    try:
        with file.open("rb") as source:
            header = _header(source.readline())
            source.seek(0)
            digest, lines = hashlib.sha256(), 0
            while block := source.read(1 << 20):
                digest.update(block)
                lines += block.count(b"\n")
    except OSError:
        return BadRow(file.name, 0, "file")
    columns = {name: position for position, name in enumerate(header)}
    if any(name not in columns for name in NEEDED):
        return BadRow(file.name, 1, "header")
    level = next((level for level, name in PARENT_COLUMNS.items() if name in columns), Level.PROVINCE)
    return DivisionList(file, level, columns, len(header), max(lines - 1, 0), digest.hexdigest())


def _header(line: bytes) -> list[str]:
    text = line.decode("utf-8-sig", errors="replace")
    return [name.strip() for name in next(csv.reader([text]), [])]


def read(source: DivisionList) -> Iterator[Row | BadRow]:
    """Yield each line of a list, good or bad. A line is a row: an open quotation mark spoils no other line."""
    with source.file.open("rb") as lines:
        next(lines, b"")
        for number, line in enumerate(lines, start=2):
            if line.strip():
                yield _row(source, number, line)


def _row(source: DivisionList, number: int, line: bytes) -> Row | BadRow:
    try:
        cells = next(csv.reader([line.decode("utf-8")], strict=True))
    except UnicodeDecodeError:
        return BadRow(source.file.name, number, "encoding")
    except csv.Error:
        return BadRow(source.file.name, number, "quotes")
    if len(cells) != source.width:
        return BadRow(source.file.name, number, "columns")
    path = cells[source.columns["code"]].strip()
    name = " ".join(cells[source.columns["name"]].split())
    fault = _fault(source, path, name, cells)
    return BadRow(source.file.name, number, fault) if fault else Row(number, path, name)


def _fault(source: DivisionList, path: str, name: str, cells: Sequence[str]) -> str:
    if not (path.isascii() and path.isdigit()):
        return "digits"
    if len(path) != source.level:
        return "length"
    if source.level != Level.PROVINCE:
        above = cells[source.columns[PARENT_COLUMNS[source.level]]].strip()
        if above != path[: parent_level(source.level)]:
            return "parent_differs"
    if not name or _CONTROL.search(name):
        return "name"
    return "name_long" if len(name) > NAME_LIMIT else ""


def parent_level(level: Level) -> int:
    """Return the length of the path above a division: 0 for a province."""
    above = PARENT_LEVELS[level]
    return int(above[0]) if above else 0


def in_order(lists: Sequence[DivisionList]) -> list[DivisionList]:
    """Put lists in the order in which they can be loaded, whatever the order they were named in."""
    return sorted(lists, key=lambda each: (DIVISIONS.index(each.level), each.file.name))

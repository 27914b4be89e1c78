"""Excel, OpenDocument and CSV in, Excel out: what is in the cells, and never a formula.

A table is found by the titles of its columns, in either language, wherever on the first rows of a sheet they
stand. What is wrong is said with its sheet, row and column.
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mulin.kernel import sheetreading
from mulin.kernel.refusals import Invalid, TooLarge

Words = str | Promise
MOST_BYTES = 20 * 1024 * 1024
MOST_BYTES_IN_PIECES = 64 * 1024 * 1024  # of a file that is read some rows after the other
MOST_UNPACKED = 400 * 1024 * 1024  # a small file may unpack into a huge one
HEADER_WITHIN = 10  # rows from the top
_CSV_ENCODINGS = ("utf-8-sig", "gb18030")
_TITLE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its cells as text, row by row; `first_row` is the number that the first row has in Excel."""

    name: str
    rows: list[list[str]]
    first_row: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a table may have. `also` are further titles by which it is known."""

    key: str
    title_en: str
    title_zh: str
    required: bool = False
    also: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """In the language of the reader."""
        return self.title_zh if (get_language() or "").startswith("zh") else self.title_en

    @property
    def names(self) -> frozenset[str]:
        return frozenset(plain(name) for name in (self.key, self.title_en, self.title_zh, *self.also))


@dataclass(frozen=True, slots=True)
class Row:
    """A row by the keys of its columns. `number` is the one that Excel shows; a missing column is ""."""

    number: int
    values: dict[str, str]

    def __getitem__(self, key: str) -> str:
        return self.values.get(key, "")


@dataclass(frozen=True, slots=True)
class Table:
    """What a sheet holds, and where each column stands ("C")."""

    sheet: str
    rows: list[Row]
    letters: dict[str, str]
    unknown: list[str] = field(default_factory=list)

    def problem(self, row: Row, key: str, words: Words) -> CellProblem:
        """Say what is wrong in a cell of this table; key "" is the row as a whole."""
        return CellProblem(self.sheet, row.number, self.letters.get(key, ""), words)


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong, and where: "Staff, row 7, column C"."""

    sheet: str
    row: int
    column: str
    words: Words

    @property
    def where(self) -> str:
        place = {"sheet": self.sheet, "row": self.row, "column": self.column}
        if self.column:
            return _("%(sheet)s, row %(row)d, column %(column)s") % place
        return _("%(sheet)s, row %(row)d") % place


@dataclass(frozen=True, slots=True)
class Out:
    """A sheet to be written: its name, titles, and rows of text, numbers, dates or nothing."""

    name: str
    header: Sequence[Words]
    rows: Iterable[Sequence[Any]]
    mark: str = ""  # who took it out, printed on each of its pages


def read(data: bytes, *, limit: int = 20_000) -> list[Sheet]:
    """Return the visible sheets of a workbook or of a CSV file; more than `limit` rows in one are refused."""
    if len(data) > MOST_BYTES:
        raise TooLarge(_("This file is too large: at most 20 MB are taken."))
    sheets = _workbook(data, limit) if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0") else [_csv(data)]
    if any(len(sheet.rows) > limit for sheet in sheets):
        raise _too_many_rows(limit)
    if not any(any(row) for sheet in sheets for row in sheet.rows):
        raise Invalid(_("There is nothing in this file."), code="empty", field="file")
    return sheets


def pieces(data: bytes, *, limit: int) -> Iterator[Sheet]:
    """The same of a large file, some hundred rows after the other: none of them stays in memory here.

    A sheet comes as several of its name. More than `limit` rows in one are refused, where they are noticed.
    """
    if data[:4] not in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        yield from _csv_pieces(data, limit)
        return
    _refuse_bomb(data)
    command = [sys.executable, "-m", "mulin.kernel.sheetreading", str(limit), "--in-pieces"]
    pipe, lost = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=lost) as child:  # noqa: S603 - our own module
        try:
            yield from _told_by(child, data)
        finally:
            child.kill()
    _refuse_end(child.returncode, limit)


def _told_by(child: subprocess.Popen[bytes], data: bytes) -> Iterator[Sheet]:
    """It reads everything before it says anything. How it ended is looked at when it has said all."""
    assert child.stdin is not None  # noqa: S101 - both are pipes
    assert child.stdout is not None  # noqa: S101 - as above
    with suppress(BrokenPipeError):
        child.stdin.write(data)
        child.stdin.close()
    for line in child.stdout:
        name, number, rows = json.loads(line)
        yield Sheet(name, rows, number)
    child.wait()


def _csv_pieces(data: bytes, limit: int) -> Iterator[Sheet]:
    lines = _csv_lines(_csv_text(data))
    number = 1
    try:
        while piece := [
            [sheetreading.text(value) for value in line] for line in islice(lines, sheetreading.PIECE)
        ]:
            yield Sheet("CSV", piece, number)
            number += len(piece)
            if number > limit + 1:
                raise _too_many_rows(limit)
    except csv.Error:
        raise _unreadable() from None


def header_of(rows: list[list[str]], columns: Sequence[Column]) -> tuple[int, dict[str, int]]:
    """Where, within the first rows of a sheet, the row of titles is, and where each column stands.

    Refuses another layout, and says which columns are missing.
    """
    at, found = _header(Sheet("", rows), columns)
    missing = [column.title for column in columns if column.required and column.key not in found]
    if missing:
        message = _("This file has another layout. These columns are missing: %(titles)s.")
        raise Invalid(message % {"titles": ", ".join(missing)}, code="other_layout", field="file")
    return at, found


def table(sheet: Sheet, columns: Sequence[Column]) -> Table:
    """Find the table on a sheet by its titles; empty rows are left out. Refuses another layout, and says how."""
    at, found = header_of(sheet.rows, columns)
    rows = [
        Row(sheet.first_row + at + 1 + n, {key: _cell(cells, place) for key, place in found.items()})
        for n, cells in enumerate(sheet.rows[at + 1 :])
    ]
    known = set(found.values())
    unknown = [title for place, title in enumerate(sheet.rows[at]) if title and place not in known]
    letters = {key: letter(place) for key, place in found.items()}
    return Table(sheet.name, [row for row in rows if any(row.values.values())], letters, unknown)


def write(sheets: Iterable[Out]) -> bytes:
    """Return a workbook. Whatever a cell begins with, it is text: Excel never works out what somebody typed."""
    out = io.BytesIO()
    _write(sheets, out)
    return out.getvalue()


def write_to(path: Path, sheets: Iterable[Out]) -> None:
    """Write a workbook to a file, row by row, whatever its size."""
    _write(sheets, str(path))


def letter(place: int) -> str:
    """The letters of a column, from 0: A, Z, AA."""
    return (letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def plain(title: str) -> str:
    """A title as it is compared: without case, width, blanks and signs ("Post *" is "post")."""
    return _TITLE.sub("", unicodedata.normalize("NFKC", title).casefold())


def _cell(cells: list[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _header(sheet: Sheet, columns: Sequence[Column]) -> tuple[int, dict[str, int]]:
    """The row, of the first ten, that has most of the titles, and where each stands."""
    best: tuple[int, dict[str, int]] = (0, {})
    for at, cells in enumerate(sheet.rows[:HEADER_WITHIN]):
        titles = {plain(title): place for place, title in reversed(list(enumerate(cells))) if title}
        found = {
            column.key: min(titles[name] for name in column.names if name in titles)
            for column in columns
            if column.names & titles.keys()
        }
        if len(found) > len(best[1]):
            best = (at, found)
    if not sheet.rows:
        return 0, {}
    return best


def _workbook(data: bytes, limit: int) -> list[Sheet]:
    _refuse_bomb(data)
    command = [sys.executable, "-m", "mulin.kernel.sheetreading", str(limit)]
    done = subprocess.run(command, input=data, capture_output=True, check=False)  # noqa: S603 - our own module
    _refuse_end(done.returncode, limit)
    return [Sheet(*each) for each in json.loads(done.stdout)]


def _refuse_end(code: int, limit: int) -> None:
    """Say why the child could not read it."""
    if code == sheetreading.LOCKED:
        message = _("This file is locked by a password. Please save it without one.")
        raise Invalid(message, code="locked", field="file")
    if code == sheetreading.TOO_LARGE or code < 0:  # it asked for more than there is
        raise _too_many_rows(limit)
    if code:
        raise _unreadable()


def _refuse_bomb(data: bytes) -> None:
    import zipfile

    if data[:2] != b"PK":
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(each.file_size for each in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise _unreadable() from None
    if size > MOST_UNPACKED:
        raise TooLarge(_("There is too much in this file. Please cut it in parts."))


def _csv(data: bytes) -> Sheet:
    try:
        lines = _csv_lines(_csv_text(data))
        return Sheet("CSV", [[sheetreading.text(value) for value in line] for line in lines])
    except csv.Error:
        raise _unreadable() from None


def _csv_text(data: bytes) -> str:
    for encoding in _CSV_ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise _unreadable()


def _csv_lines(text: str) -> Iterator[list[str]]:
    delimiter = max(",;\t", key=text[:4096].count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _too_many_rows(limit: int) -> Invalid:
    message = _("There are more than %(limit)d rows in one sheet. Please cut the file in parts.")
    return Invalid(message % {"limit": limit}, code="too_many_rows", field="file")


def _unreadable() -> Invalid:
    message = _("This file cannot be read. Please give an Excel file (.xlsx) or a CSV file in UTF-8.")
    return Invalid(message, code="unreadable", field="file")


def _write(sheets: Iterable[Out], target: Any) -> None:
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
        "default_date_format": "yyyy-mm-dd hh:mm",
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(target, options) as book:
        bold, days = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for out in sheets:
            page = book.add_worksheet(_sheet_name(out.name))
            page.freeze_panes(1, 0)
            if out.mark:
                line = out.mark.replace("&", "&&")[:200]
                page.set_header(f"&C{line}")
                page.set_footer(f"&C{line}")
            widths = [min(40, max(10, 2 * len(str(title)) + 2)) for title in out.header]
            for place, width in enumerate(widths):
                page.set_column(place, place, width)
            page.write_row(0, 0, [str(title) for title in out.header], bold)
            for at, cells in enumerate(out.rows, start=1):
                _write_row(page, at, cells, days)


def _write_row(page: Any, at: int, cells: Sequence[Any], days: Any) -> None:
    for place, value in enumerate(cells):
        if value is None or value == "":
            continue
        if isinstance(value, datetime):
            page.write_datetime(at, place, localtime(value) if value.tzinfo else value)
        elif isinstance(value, int | float):
            page.write_number(at, place, value)
        elif isinstance(value, date):
            page.write_datetime(at, place, datetime.combine(value, time()), days)
        else:
            page.write_string(at, place, str(value)[:32_767])


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", name).strip()[:31] or "1"

"""From a file to a table that is kept until it is compared: its titles, its rows, and which column holds what."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mulin.kernel import sheets
from mulin.kernel.refusals import Invalid
from mulin.registry.face import document_form, phone_form
from mulin.visits.lists.models import ComparedList
from mulin.visits.lists.rules import COLUMNS, Asked, birthday

MOST_ROWS = 50_000
MOST_COLUMNS = 80
MOST_LETTERS = 200
LONGEST_NAME = 100


@dataclass(frozen=True)
class Table:
    """The uploaded cells; `first` is the number that Excel shows at the first row below the titles."""

    sheet: str
    first: int
    titles: list[str]
    rows: list[list[str]]
    left_out: list[str]  # further sheets of the file

    def pack(self) -> str:
        return json.dumps(self.__dict__, ensure_ascii=False)


def read_file(data: bytes) -> tuple[Table, dict[str, int]]:
    """The sheet with the most known titles, and which column holds what. Raises Invalid for what is no list."""
    found = [
        (sheet, *_layout(sheet)) for sheet in sheets.read(data, limit=MOST_ROWS) if any(map(any, sheet.rows))
    ]
    sheet, at, columns = max(found, key=lambda each: (len(each[2]), len(each[0].rows)))
    titles = [" ".join(title.split())[:80] for title in sheet.rows[at]]
    rows = [[cell[:MOST_LETTERS] for cell in cells] for cells in sheet.rows[at + 1 :]]
    if len(titles) > MOST_COLUMNS:
        message = _("This table is too wide: at most %(most)d columns are taken.")
        raise Invalid(message % {"most": MOST_COLUMNS}, code="too_wide", field="file")
    if not any(map(any, rows)):
        message = _("There is no table in this file: a row of titles is wanted, and rows below it.")
        raise Invalid(message, code="no_table", field="file")
    others = [each.name for each, _at, _columns in found if each is not sheet]
    return Table(sheet.name, sheet.first_row + at + 1, titles, rows, others), columns


def _layout(sheet: sheets.Sheet) -> tuple[int, dict[str, int]]:
    """The row of titles among the first ones, and the known columns in it; without any, the first that is not empty."""
    best: tuple[int, dict[str, int]] = (next(n for n, cells in enumerate(sheet.rows) if any(cells)), {})
    for at, cells in enumerate(sheet.rows[: sheets.HEADER_WITHIN]):
        titles = {sheets.plain(title): place for place, title in reversed(list(enumerate(cells))) if title}
        columns = {
            column.key: min(titles[name] for name in column.names & titles.keys())
            for column in COLUMNS
            if column.names & titles.keys()
        }
        if len(columns) > len(best[1]):
            best = (at, columns)
    return best


def unpack(source: ComparedList) -> Table:
    """What was uploaded. Raises Invalid where it was compared or erased."""
    if not source.table:
        raise Invalid(_("What was uploaded is kept no more."), code="no_table")
    return Table(**json.loads(source.table))


def asked(table: Table, columns: Mapping[str, int]) -> Iterator[Asked]:
    """Row by row, who it says it is; rows without anything in them are left out."""
    for number, cells in enumerate(table.rows, start=table.first):
        if any(cells):
            said = {key: cells[place] if place < len(cells) else "" for key, place in columns.items()}
            yield _asked(number, said)


def _asked(number: int, said: Mapping[str, str]) -> Asked:
    return Asked(
        row=number,
        name=_one_name(said.get("name", "")),
        document=document_form(said.get("document", "")),
        phone=phone_form(said.get("phone", "")),
        born=birthday(said.get("born", "")),
    )


def _one_name(text: str) -> str:
    """Chinese names are written with blanks to fill the column: 王 芳 is 王芳."""
    words = text.split()
    chinese = all(not word.isascii() for word in words)
    return ("" if chinese else " ").join(words)[:LONGEST_NAME]


def columns_from(said: Mapping[str, int | None], width: int) -> dict[str, int]:
    """Which column holds what, as somebody chose it; a column can only hold one thing."""
    chosen = {key: place for key, place in said.items() if isinstance(place, int)}
    known = {column.key for column in COLUMNS}
    if not chosen.keys() <= known or any(not 0 <= place < width for place in chosen.values()):
        raise Invalid(_("There is no such column."), code="columns", field="columns")
    if len(set(chosen.values())) < len(chosen):
        raise Invalid(_("A column holds one thing only."), code="columns", field="columns")
    return chosen

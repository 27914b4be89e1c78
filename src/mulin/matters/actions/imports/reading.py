"""From a file to a table that is kept until it is taken over: its titles, its rows, and what they seem to be."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mulin.kernel import sheets
from mulin.kernel.refusals import Invalid
from mulin.matters.models.importing import Import
from mulin.matters.rules.importing import layout

MOST_COLUMNS = 80
MOST_LETTERS = 4000
SAMPLES = 3


@dataclass(frozen=True)
class Sheet:
    """The table of an import; `first` is the number that Excel shows at its first row."""

    name: str
    first: int
    titles: list[str]
    rows: list[list[str]]

    def samples(self, place: int) -> list[str]:
        """What stands in a column, for whoever says what it holds."""
        said = (cells[place] for cells in self.rows if place < len(cells) and cells[place])
        return [next_word for _n, next_word in zip(range(SAMPLES), said, strict=False)]

    def letter(self, place: int | None) -> str:
        return "" if place is None else sheets.letter(place)


def read_file(data: bytes) -> tuple[Sheet, dict[str, int]]:
    """The fullest of the sheets, by the titles that are known, and which column holds what. Raises Invalid."""
    guesses = [(sheet, layout(sheet.rows)) for sheet in sheets.read(data) if sheet.rows]
    sheet, guess = max(guesses, key=lambda each: (len(each[1].columns), len(each[0].rows)))
    titles = [" ".join(title.split())[:80] for title in sheet.rows[guess.header]]
    rows = [_cells(cells) for cells in sheet.rows[guess.header + 1 :]]
    if len(titles) > MOST_COLUMNS:
        message = _("This table is too wide: at most %(most)d columns are taken.")
        raise Invalid(message % {"most": MOST_COLUMNS}, code="too_wide", field="file")
    if len([title for title in titles if title]) < 2 or not any(any(cells) for cells in rows):
        message = _("There is no table in this file: a row of titles is wanted, and rows below it.")
        raise Invalid(message, code="no_table", field="file")
    return Sheet(sheet.name, sheet.first_row + guess.header + 1, titles, rows), dict(guess.columns)


def _cells(cells: Sequence[str]) -> list[str]:
    return [cell[: MOST_LETTERS + 1] for cell in cells[:MOST_COLUMNS]]


def pack(sheet: Sheet) -> str:
    """As the row keeps it, encrypted."""
    kept = {"name": sheet.name, "first": sheet.first, "titles": sheet.titles, "rows": sheet.rows}
    return json.dumps(kept, ensure_ascii=False)


def unpack(source: Import) -> Sheet:
    """Raises Invalid where it was taken over or given up."""
    if not source.table:
        message = _("What was uploaded is kept no more: it was taken over, or given up.")
        raise Invalid(message, code="no_table")
    return Sheet(**json.loads(source.table))

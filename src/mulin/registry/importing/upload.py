"""The file as it came: kept encrypted in pieces until it was read, and read row by row."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mulin.kernel import sheets
from mulin.kernel.refusals import Invalid, TooLarge
from mulin.registry.importing.columns import COLUMNS
from mulin.registry.models import HomeImport, HomeImportPart

MOST_ROWS = 120_000
MOST_BYTES = sheets.MOST_BYTES_IN_PIECES
PIECE = 1024 * 1024
LONGEST_CELL = 400
EXAMPLE = "*"  # what the first cell of the template's example begins with


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file by the keys of its columns; `number` is the one that Excel shows."""

    sheet: str
    number: int
    cells: dict[str, str]


def keep(source: HomeImport, data: bytes) -> None:
    """Store a file with its import."""
    if len(data) > MOST_BYTES:
        raise TooLarge(_("This file is too large: at most 64 MB are taken."))
    if not data:
        raise Invalid(_("There is nothing in this file."), code="empty", field="file")
    HomeImportPart.objects.bulk_create(
        HomeImportPart(source=source, raw=True, number=n, content=b64encode(data[at : at + PIECE]).decode())
        for n, at in enumerate(range(0, len(data), PIECE))
    )


def kept(source: HomeImport) -> bytes:
    """The file again."""
    parts = source.parts.filter(raw=True).order_by("number")
    return b"".join(b64decode(part.content) for part in parts.iterator(chunk_size=4))


class Reader:
    """The rows of every sheet that has the columns, in order. Raises Invalid where none has, or there is nothing.

    `letters` says, for each sheet, by which letter Excel calls a column.
    """

    def __init__(self, kind: str, data: bytes) -> None:
        self._columns = COLUMNS[kind]
        self._data = data
        self.letters: dict[str, dict[str, str]] = {}
        self._refusal: Invalid | None = None

    def lines(self) -> Iterator[Line]:
        sheet, places, some = None, dict[str, int](), False
        for piece in sheets.pieces(self._data, limit=MOST_ROWS):
            rows, first = piece.rows, piece.first_row
            if piece.name != sheet:
                sheet = piece.name
                at, places = self._header(_named(sheet), rows)
                rows, first = rows[at + 1 :], first + at + 1
            if places:
                for line in self._rows(piece.name, first, rows, places):
                    some = True
                    yield line
        if not some:
            other = None if self.letters else self._refusal  # a sheet had the columns, and nothing below them
            raise other or Invalid(_("There is nothing in this file."), code="empty", field="file")

    def _header(self, sheet: str, rows: list[list[str]]) -> tuple[int, dict[str, int]]:
        """A sheet without the columns is passed over: explanations, code lists."""
        try:
            at, places = sheets.header_of(rows, self._columns)
        except Invalid as refusal:
            self._refusal = self._refusal or refusal
            return 0, {}
        self.letters[sheet] = {key: sheets.letter(place) for key, place in places.items()}
        return at, places

    def _rows(self, sheet: str, first: int, rows: list[list[str]], places: dict[str, int]) -> Iterator[Line]:
        for number, cells in enumerate(rows, first):
            said = {
                key: cells[place][: LONGEST_CELL + 1]
                for key, place in places.items()
                if place < len(cells) and cells[place]
            }
            if said and not next(iter(said.values())).startswith(EXAMPLE):
                yield Line(_named(sheet), number, said)


def _named(sheet: str) -> str:
    return sheet[:60]

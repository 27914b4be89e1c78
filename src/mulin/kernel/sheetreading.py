"""The child process that opens one workbook: bytes on standard input, its visible sheets as JSON on standard output.

A process of its own: a file of five kilobytes may ask for a hundred gigabytes, and the reader ends its process then.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from datetime import date, datetime, time
from typing import Any

MEMORY = 2 * 1024**3
CPU_SECONDS = 30
LONG_CPU_SECONDS = 120  # for who reads piece by piece and may wait
PIECE = 500  # rows
UNREADABLE, LOCKED, TOO_LARGE = 3, 4, 5  # how it ends; in any other way it was ended


def main(most_rows: int, *, in_pieces: bool = False) -> int:
    """Read what standard input holds; a sheet of more rows than that is not told.

    In pieces, each line of the output is a sheet's name, the number of a row, and the cells from that row on.
    """
    import python_calamine as calamine

    seconds = LONG_CPU_SECONDS if in_pieces else CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        seen = [each for each in book.sheets_metadata if each.visible == calamine.SheetVisibleEnum.Visible]
        names = [each.name for each in seen if each.typ == calamine.SheetTypeEnum.WorkSheet]
        if in_pieces:
            return 0 if all(_tell(book, name, most_rows) for name in names) else TOO_LARGE
        sheets = [_sheet(book, name, most_rows) for name in names]
    except calamine.PasswordError:
        return LOCKED
    except MemoryError:
        return TOO_LARGE
    except (calamine.CalamineError, OSError, ValueError, UnicodeError):
        return UNREADABLE
    if None in sheets:
        return TOO_LARGE
    sys.stdout.buffer.write(json.dumps(sheets).encode())
    return 0


def _sheet(book: Any, name: str, most_rows: int) -> tuple[str, list[list[str]], int] | None:
    """Its name, its cells and the number of its first row; None where there are too many."""
    sheet = book.get_sheet_by_name(name)
    if sheet.height > most_rows:
        return None
    first = sheet.start[0] + 1 if sheet.start else 1
    left = [""] * (sheet.start[1] if sheet.start else 0)
    rows = sheet.to_python(skip_empty_area=True)
    return name, [left + [text(value) for value in row] for row in rows], first


def _tell(book: Any, name: str, most_rows: int) -> bool:
    """Write a sheet piece by piece; False where it has too many rows."""
    sheet = book.get_sheet_by_name(name)
    if sheet.height > most_rows:
        return False
    left = [""] * (sheet.start[1] if sheet.start else 0)
    piece: list[list[str]] = []
    number = sheet.start[0] + 1 if sheet.start else 1
    for row in sheet.to_python(skip_empty_area=True):
        piece.append(left + [text(value) for value in row])
        if len(piece) == PIECE:
            _line(name, number, piece)
            number, piece = number + PIECE, []
    _line(name, number, piece)
    return True


def _line(name: str, number: int, piece: list[list[str]]) -> None:
    sys.stdout.buffer.write(json.dumps([name, number, piece], ensure_ascii=False).encode() + b"\n")


def text(value: Any) -> str:
    """A cell as text: whole numbers without a point, days and times as ISO writes them."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return " ".join(str(value).replace("\ufeff", "").split()) if value is not None else ""


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), in_pieces="--in-pieces" in sys.argv))

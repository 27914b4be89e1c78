"""What stands on a signboard and on a contact card, in the language of the moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin.doors.publicity.grids import Shown, address
from mulin.kernel import paper
from mulin.posts.face import Board, BoardLine

SIGNBOARD = "publicity/paper/signboard.typ"
CARDS = "publicity/paper/cards.typ"
ON_A_CARD = 2  # people
ON_A_BOARD = 7

Json = dict[str, Any]


def signboards(grids: Sequence[Shown], *, start: str, now: datetime) -> Json:
    """One sheet for each grid."""
    return {"title": _("Grid signboards"), "boards": [_signboard(each, start, now) for each in grids]}


def _signboard(each: Shown, start: str, now: datetime) -> Json:
    board = each.board
    return {
        "head": _("Who is there for you in this grid"),
        "name": board.grid.label,
        "place": place_of(board),
        "people": [_person(line) for line in board.named[:ON_A_BOARD]],
        "picture": each.picture,
        "covers": each.covers if each.buildings else "",
        "calls": _numbers(board),
        "words": _("The supervision phone takes complaints about the work of the grid itself."),
        "qr": paper.qr(address(board.grid, start)),
        "scan": _("Scan: report something, follow it"),
        "foot": _("Grid %(code)s, as of %(day)s") % {"code": board.grid.path, "day": _day(now)},
    }


def _day(now: datetime) -> str:
    return formats.date_format(timezone.localtime(now), "DATE_FORMAT")


def card_of(board: Board, *, start: str) -> Json:
    """What all cards of a grid have in common."""
    return {
        "name": board.grid.label,
        "place": place_of(board),
        "people": [_person(line) for line in (board.workers or board.named)[:ON_A_CARD]],
        "numbers": [row for row in _numbers(board) if row["value"]],
        "qr": paper.qr(address(board.grid, start)),
        "scan": _("Report, follow"),
    }


def place_of(board: Board) -> str:
    """ "Longshan Road Street, Guangming Community"."""
    return pgettext("parts of an address", ", ").join(area.label for area in board.way)


def _person(line: BoardLine) -> dict[str, str]:
    return {"role": str(line.role), "name": line.name, "phone": line.phone}


def _numbers(board: Board) -> list[dict[str, str]]:
    return [
        {"key": _("Contact"), "value": board.contact},
        {"key": _("Supervision phone"), "value": board.supervision},
    ]

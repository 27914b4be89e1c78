"""The grids that somebody may print, and what each looks like on the ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from mulin.doors.publicity.drawing import drawing
from mulin.kernel.refusals import NotYours
from mulin.places.face import Area, AreaQuerySet, Level, owner_of
from mulin.posts.face import Board, Permission, Who, area_filter, boards

MOST = 2000  # grids of one order: a county has that many


@dataclass(frozen=True)
class Shown:
    """A grid with its board and its ground."""

    board: Board
    picture: str
    buildings: int
    compounds: tuple[str, ...]

    @property
    def covers(self) -> str:
        """What lies in the grid, in words."""
        said = [_("Compounds: %(names)s") % {"names": pgettext("between names", ", ").join(self.compounds)}]
        count = ngettext("%(n)d building", "%(n)d buildings", self.buildings) % {"n": self.buildings}
        return pgettext("between sentences", "; ").join([*(said if self.compounds else []), count])


def printable(who: Who) -> AreaQuerySet:
    """Open grids for which one may print, without their borders."""
    mine = area_filter(who, Permission.PUBLICITY_PRINT, path_fields=("path",))
    return (
        Area.objects.plain()
        .open()
        .at_level(Level.GRID)
        .filter(mine)
        .select_related("family")
        .order_by("path")
    )


def choices(who: Who) -> list[Area]:
    """What one may order for: the towns, communities and grids of one's ground, from above down."""
    mine = area_filter(who, Permission.PUBLICITY_PRINT, path_fields=("path",))
    levels = (Level.TOWN, Level.VILLAGE, Level.GRID)
    return list(Area.objects.plain().open().at_level(*levels).filter(mine).order_by("path")[:MOST])


def grid_there(path: str) -> Area:
    """The grid of this code, also of a former one: a signboard hangs for years. Refuses what is no open grid."""
    known = path.isascii() and path.isdigit() and len(path) == Level.GRID
    area = owner_of(path) if known else None
    if area is None or area.level != Level.GRID or area.closed_at is not None:
        raise NotYours
    return area


def shown(grids: Sequence[Area], now: datetime, *, on_paper: bool = False) -> list[Shown]:
    """Boards with pictures; the grids come with their borders. Two statements beside those of the boards."""
    around = _buildings(grids)
    return [_shown(board, around.get(board.grid.path, []), on_paper) for board in boards(grids, now)]


def _shown(board: Board, buildings: list[Area], on_paper: bool) -> Shown:
    compounds = dict.fromkeys(each.compound_label for each in buildings if each.compound)
    picture = drawing(board.grid, buildings, on_paper=on_paper)
    return Shown(board, picture, len(buildings), tuple(compounds))


def _buildings(grids: Sequence[Area]) -> dict[str, list[Area]]:
    """Open buildings by the path of their grid, read by whole towns: an order is for one town or part of it."""
    towns = {grid.path[: Level.TOWN] for grid in grids}
    scopes = {grid.path for grid in grids} if len(grids) == 1 else towns
    found: dict[str, list[Area]] = {}
    rows = Area.objects.open().at_level(Level.BUILDING).under_any(scopes).order_by("path")
    for building in rows.only("path", "level", "name", "compound", "compound_en", "border", "lon", "lat"):
        found.setdefault(building.path[: Level.GRID], []).append(building)
    return found


def address(grid: Area, start: str) -> str:
    """The page of a grid as a phone opens it; `start` is where the desk itself was asked."""
    return f"{settings.MULIN_PUBLIC_URL or start.rstrip('/')}{reverse('grid-page', args=[grid.path])}"

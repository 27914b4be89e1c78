"""The areas that somebody chooses from: a community, a grid in it, a building in that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from mulin.places.face import BASE, Area, Level
from mulin.posts.face import Who

Options = list[tuple[str, str]]
Groups = list[tuple[str, Options]]


@dataclass(frozen=True)
class AreaOptions:
    """What each of the three selects offers; a finer one is empty until the one before is chosen."""

    villages: Groups
    grids: Options
    buildings: Options


def area_options(who: Who, village: str, grid: str) -> AreaOptions:
    """Three statements at most. Whoever works in a town raises matters anywhere in it."""
    return AreaOptions(_villages(who), _grids(village), _buildings(grid))


def towns_of(who: Who) -> set[str]:
    """The paths of the towns around one's seats; a county's seat has all of its towns."""
    return {path[: Level.TOWN] for seat in who.seats for path in seat.scope().paths}


def _villages(who: Who) -> Groups:
    near = (
        Area.objects.plain()
        .open()
        .under_any(towns_of(who))
        .at_level(Level.TOWN, Level.VILLAGE)
        .order_by("path")
    )
    groups: dict[str, tuple[str, Options]] = {}
    for area in near:
        _label, options = groups.setdefault(area.path[: Level.TOWN], (area.label, []))
        options.append((str(area.pk), area.label))
    return list(groups.values())


def _grids(village: str) -> Options:
    inside = Area.objects.plain().open().at_level(Level.GRID).of_family(BASE)
    return _named(inside.filter(parent=key)) if (key := _uuid(village)) else []


def _buildings(grid: str) -> Options:
    key = _uuid(grid)
    if key is None:
        return []
    under = Q(parent=key) | Q(parent__parent=key)
    return _named(Area.objects.plain().open().at_level(Level.BUILDING).filter(under))


def _named(areas: Iterable[Area]) -> Options:
    return [(str(area.pk), area.label) for area in sorted(areas, key=lambda area: area.path)]


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def find_area(*chosen: str) -> Area | None:
    """The finest of the areas that were chosen, given from the coarsest on."""
    keys = [key for value in reversed(chosen) if (key := _uuid(value))]
    return Area.objects.plain().filter(pk=keys[0]).select_related("family").first() if keys else None

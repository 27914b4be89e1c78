"""Choosing a place from lists: community, grid, building, entrance. Each list opens what the one above says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mulin.places.face import BASE, Area, Level, buildings, contains, grids, units

MOST = 500
LEVELS = (Level.TOWN, Level.VILLAGE, Level.GRID, Level.BUILDING, Level.UNIT)
LABELS: dict[Level, str | Promise] = {
    Level.TOWN: _("Town or street"),
    Level.VILLAGE: _("Community"),
    Level.GRID: _("Grid"),
    Level.BUILDING: _("Building"),
    Level.UNIT: _("Entrance"),
}


@dataclass(frozen=True)
class Rung:
    """One list of the ladder."""

    name: str
    label: str
    areas: tuple[Area, ...]
    chosen: str = ""


def ladder(chosen: Area | None) -> list[Rung]:
    """The lists to show: those above the chosen area, and the one that it opens. At most five statements."""
    towns = tuple(Area.objects.plain().open().at_level(Level.TOWN).order_by("path")[:MOST])
    path = chosen.path if chosen else ""
    rungs = [_rung(Level.TOWN, towns, path)] if len(towns) > 1 else []
    above = _on_the_way(towns, path) or (towns[0] if len(towns) == 1 else None)
    for level in LEVELS[1:]:
        below = tuple(_below(above, level)) if above else ()
        if not below:
            if level is Level.GRID:  # a community without grids may still have buildings
                continue
            break
        rungs.append(_rung(level, below, path))
        above = _on_the_way(below, path)
    return rungs


def _below(area: Area, level: Level) -> Iterable[Area]:
    if level is Level.VILLAGE:
        return Area.objects.plain().open().under(area.path).at_level(level).order_by("path")[:MOST]
    if level is Level.GRID:
        return grids(area, BASE)[:MOST]
    return (buildings(area) if level is Level.BUILDING else units(area))[:MOST]


def _on_the_way(areas: Iterable[Area], path: str) -> Area | None:
    return next((area for area in areas if path and contains(area.path, path)), None)


def _rung(level: Level, areas: tuple[Area, ...], path: str) -> Rung:
    on_the_way = _on_the_way(areas, path)
    return Rung(_name(level), str(LABELS[level]), areas, on_the_way.path if on_the_way else "")


def _name(level: Level) -> str:
    return f"area_{int(level)}"


def chosen_path(sent: Mapping[str, str]) -> str:
    """The smallest area of the lists that were sent; a list that no longer fits the one above it counts for nothing."""
    chosen = ""
    for level in LEVELS:
        said = sent.get(_name(level), "")
        if (
            said.isascii()
            and said.isdigit()
            and len(said) == level
            and (not chosen or contains(chosen, said))
        ):
            chosen = said
    return chosen

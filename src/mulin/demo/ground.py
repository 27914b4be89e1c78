"""Stores the ground of the town: divisions, grids, buildings and units, through the places' own bulk action."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mulin.demo.specs import BuildingSpec, Town
from mulin.journal.face import SYSTEM
from mulin.places.face import NewArea, bulk_open

# The divisions above the town, by their official codes and names.
ABOVE = (
    ("37", "山东省", "Shandong Province"),
    ("3704", "枣庄市", "Zaozhuang City"),
    ("370402", "市中区", "Shizhong District"),
)


def count_areas(town: Town) -> int:
    return sum(1 for _ in _areas(town))


def store_ground(town: Town, *, now: datetime) -> int:
    """Open every area of the town; returns how many. The generator has proved that the borders partition it."""
    return len(bulk_open(list(_areas(town)), by=SYSTEM, now=now, check_borders=False))


def _areas(town: Town) -> Iterator[NewArea]:
    for path, name, name_en in ABOVE:
        yield NewArea(path, name, name_en)
    yield NewArea(town.code, town.name_zh, town.name_en, border=town.border)
    for village in town.villages:
        yield NewArea(village.code, village.name_zh, village.name_en, border=village.border)
    for grid in town.grids:
        yield NewArea(
            grid.code, grid.name_zh, grid.name_en, border=grid.border, family=str(grid.family),
            grid_kind=str(grid.kind), kind=grid.use,
        )  # fmt: skip
    for building in town.buildings:
        yield from _building(building)


def _building(building: BuildingSpec) -> Iterator[NewArea]:
    yield NewArea(
        building.path, building.name_zh, building.name_en, border=building.footprint, kind=str(building.kind),
        floors=building.floors, compound=building.compound_zh, address=building.address_zh,
        address_en=building.address_en,
    )  # fmt: skip
    for unit in building.units:
        yield NewArea(unit.path, unit.name_zh, unit.name_en, floors=unit.floors)

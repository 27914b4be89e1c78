"""Builds the demo town: Longshan Road Street, with a ground that never was.

The codes and names of the street and its eight residents' committees are real; every border, building and
address is invented. The same seed gives the same bytes, on every run and in every process."""

from dataclasses import replace
from typing import TypeVar

from shapely.geometry import Polygon

from .geometry.borders import Borders, make_borders
from .geometry.drafts import Built
from .geometry.homes import build_homes
from .geometry.lattice import Lattice
from .geometry.plan import Plan, read_plan
from .geometry.plane import to_degrees
from .geometry.plots import make_plots
from .geometry.register import register
from .geometry.sites import build_sites
from .geometry.streets import Numbers, make_lines, make_paths, make_streets
from .geometry.units import with_units
from .specs import (
    BuildingSpec,
    Family,
    Feature,
    GridKind,
    GridSpec,
    Kind,
    Size,
    Street,
    Town,
    UnitSpec,
    VillageSpec,
)

TOWN, COUNTY, CITY, PROVINCE = "370402005", "370402", "3704", "37"
NAME_ZH, NAME_EN = "龙山路街道", "Longshan Road Street"
PARK_EDGE = 18.0  # m from the middle of the roads around it

Bordered = TypeVar("Bordered", VillageSpec, GridSpec)


def build_town(seed: int, *, size: Size = Size.FULL) -> Town:
    """The whole town of a seed; `Size.TINY` is one committee of it, for tests."""
    plan = read_plan(size)
    lattice = Lattice(plan, seed)
    streets = make_streets(lattice, seed)
    borders = make_borders(lattice)
    built = _build(plan, lattice, seed)
    buildings = register(built.drafts, borders.grid_of, Numbers(streets), seed)
    features = [*make_lines(lattice), *make_paths(lattice), *_parks(lattice), *built.features]
    return _in_degrees(seed, size, borders, streets, features, buildings)


def _build(plan: Plan, lattice: Lattice, seed: int) -> Built:
    """Every house: the exclusive grids by their table, and homes up to the plan's number."""
    plots = make_plots(lattice)
    built = build_sites(plan, plots)
    built.add(build_homes(plan, plots, plan.buildings - len(built.drafts), seed))
    return Built(with_units(built.drafts, plan.units), built.features)


def _parks(lattice: Lattice) -> list[Feature]:
    parks = []
    for park in lattice.plan.parks:
        ground = lattice.union(park.cells).buffer(-PARK_EDGE, join_style="mitre")
        if not isinstance(ground, Polygon):
            raise ValueError(f"{park.name.en} falls to pieces")
        parks.append(Feature(park.kind, park.name.zh, park.name.en, ground))
    return parks


def _in_degrees(
    seed: int,
    size: Size,
    borders: Borders,
    streets: list[Street],
    features: list[Feature],
    buildings: list[BuildingSpec],
) -> Town:
    """Metres to degrees, everything at once, so that what touched still touches."""
    return Town(
        seed=seed,
        size=size,
        code=TOWN,
        name_zh=NAME_ZH,
        name_en=NAME_EN,
        border=to_degrees(borders.town),
        streets=tuple(replace(street, line=to_degrees(street.line)) for street in streets),
        features=tuple(replace(each, geometry=to_degrees(each.geometry)) for each in features),
        villages=tuple(_bordered(village) for village in borders.villages),
        grids=tuple(_bordered(grid) for grid in borders.grids),
        buildings=tuple(replace(each, footprint=to_degrees(each.footprint)) for each in buildings),
    )


def _bordered(area: Bordered) -> Bordered:
    return replace(area, border=to_degrees(area.border))


__all__ = [
    "CITY",
    "COUNTY",
    "PROVINCE",
    "TOWN",
    "BuildingSpec",
    "Family",
    "Feature",
    "GridKind",
    "GridSpec",
    "Kind",
    "Size",
    "Street",
    "Town",
    "UnitSpec",
    "VillageSpec",
    "build_town",
]

"""The map in memory against looking at every shape there is."""

from __future__ import annotations

import math
from uuid import UUID

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from mulin.kernel.geo import EARTH_RADIUS
from mulin.places.ground import NEAR_BUILDING_M, Ground, Plot
from mulin.places.rules import BASE, Level

VILLAGE, NEXT = "990101001001", "990101001002"
DEGREE = math.radians(1) * EARTH_RADIUS
WEST, SOUTH = 117.5, 34.8


def plot(path: str, family: str = "") -> Plot:
    return Plot(UUID(int=int(path)), path, len(path), family=family)


def cell(column: int, row: int, side: float = 0.001) -> Polygon:
    return box(WEST + column * side, SOUTH + row * side, WEST + (column + 1) * side, SOUTH + (row + 1) * side)


def town() -> tuple[list[Plot], list[BaseGeometry]]:
    """Two villages of four by four grids each, with a hole of one grid, overlays, houses on the corners."""
    plots = [plot(VILLAGE), plot(NEXT)]
    shapes: list[BaseGeometry] = [
        box(WEST + east, SOUTH, WEST + east + 0.004, SOUTH + 0.004) for east in (0, 0.004)
    ]
    for column in range(8):
        for row in range(4):
            village = VILLAGE if column < 4 else NEXT
            number = 1 + 4 * (column % 4) + row
            if number != 6:
                plots.append(plot(f"{village}{number:03d}", "base"))
                shapes.append(cell(column, row))
            place = f"{village}{number:03d}00" if number != 6 else f"{village}00000"
            plots.append(plot(f"{place}{number:05d}"))
            shapes.append(cell(column, row, 0.001).centroid.buffer(0.0001).envelope)
    plots.append(plot(f"{VILLAGE}101", "commercial"))
    shapes.append(box(WEST + 0.0005, SOUTH + 0.0005, WEST + 0.0052, SOUTH + 0.0021))
    return plots, shapes


PLOTS, SHAPES = town()
GROUND = Ground(PLOTS, SHAPES)
spots = st.tuples(
    st.floats(WEST - 0.003, WEST + 0.011, allow_subnormal=False),
    st.floats(SOUTH - 0.003, SOUTH + 0.007, allow_subnormal=False),
)


def metres(shape: BaseGeometry, lon: float, lat: float) -> float:
    scale = math.cos(math.radians(lat))
    flat = shapely.transform(shape, lambda xy: (xy - (lon, lat)) * (DEGREE * scale, DEGREE))
    return float(flat.distance(Point(0, 0)))


def covering(lon: float, lat: float, family: str) -> list[Plot]:
    pairs = zip(PLOTS, SHAPES, strict=True)
    found = [plot for plot, shape in pairs if plot.family == family and shape.intersects(Point(lon, lat))]
    return sorted(found, key=lambda plot: plot.path)


@given(spots, st.sampled_from(["base", "commercial", "production"]))
def test_grids_are_found_as_by_looking_at_all(spot: tuple[float, float], family: str) -> None:
    found = GROUND.at(*spot, family)
    wanted = covering(*spot, family)
    if family == BASE and found.building and found.base_grid:
        assert found.building.path.startswith(found.base_grid.path)  # a building is its own grid's
    else:
        assert found.grid == (wanted[0] if wanted else None)
    if found.base_grid is None:
        every = [(metres(s, *spot), p) for p, s in zip(PLOTS, SHAPES, strict=True) if p.family == "base"]
        assert found.distance_m == pytest.approx(min(every, key=lambda each: each[0])[0])
    else:
        assert found.nearest is None


@given(spots)
def test_buildings_are_found_as_by_looking_at_all(spot: tuple[float, float]) -> None:
    found = GROUND.at(*spot)
    houses = [
        (metres(shape, *spot), plot)
        for plot, shape in zip(PLOTS, SHAPES, strict=True)
        if plot.level == Level.BUILDING
    ]
    distance, nearest = min(houses, key=lambda each: each[0])
    if found.building is None:
        assert distance > NEAR_BUILDING_M or not nearest.path.startswith(getattr(found.base_grid, "path", ""))
    else:
        assert found.building == nearest
        assert distance <= NEAR_BUILDING_M


def test_the_common_border_belongs_to_the_lower_path() -> None:
    assert GROUND.at(WEST + 0.001, SOUTH + 0.0002).base_grid == plot(f"{VILLAGE}001", "base")


def test_a_building_is_its_own_grids_even_where_it_sticks_out() -> None:
    grids = [plot(f"{VILLAGE}001", "base"), plot(f"{VILLAGE}002", "base")]
    house = plot(f"{VILLAGE}0020000001")
    ground = Ground(
        [*grids, house], [cell(0, 0), cell(1, 0), box(WEST + 0.0009, SOUTH, WEST + 0.0012, SOUTH + 0.0003)]
    )
    found = ground.at(WEST + 0.00095, SOUTH + 0.0001)
    assert (found.building, found.base_grid) == (house, grids[1])


def test_the_nearest_house_across_the_border_is_not_taken() -> None:
    grids = [plot(f"{VILLAGE}001", "base"), plot(f"{VILLAGE}002", "base")]
    house = plot(f"{VILLAGE}0020000001")
    ground = Ground([*grids, house], [cell(0, 0), cell(1, 0), cell(10, 0, 0.0001)])
    assert ground.at(WEST + 0.00099, SOUTH + 0.00005).building is None
    assert ground.at(WEST + 0.00111, SOUTH + 0.00005).building == house


def test_an_empty_map_knows_nothing() -> None:
    found = Ground([], []).at(WEST, SOUTH)
    assert (found.base_grid, found.nearest, found.distance_m, found.division) == (None, None, None, None)


def test_without_grids_the_nearest_division_is_offered() -> None:
    ground = Ground([plot(VILLAGE)], [cell(0, 0)])
    inside, outside = ground.at(WEST + 0.0005, SOUTH + 0.0005), ground.at(WEST - 0.001, SOUTH)
    assert (inside.division, inside.nearest, inside.distance_m) == (plot(VILLAGE), plot(VILLAGE), 0)
    assert outside.division is None
    assert outside.distance_m == pytest.approx(0.001 * DEGREE * math.cos(math.radians(SOUTH)))


def test_a_box_gives_what_it_touches_in_order() -> None:
    found = GROUND.in_box(WEST, SOUTH, WEST + 0.0015, SOUTH + 0.0005, levels=[Level.GRID])
    assert [each.path for each, _ in found] == [f"{VILLAGE}001", f"{VILLAGE}005", f"{VILLAGE}101"]
    assert found[0][1].startswith('{"type":"Polygon"')

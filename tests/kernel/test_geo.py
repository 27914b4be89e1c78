"""Points, tiles, borders."""

import math
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, box

from mulin.kernel import geo
from mulin.kernel.refusals import Invalid

lons = st.floats(-180, 180, exclude_max=True)
lats = st.floats(-85, 85)
SQUARE = [[117.1, 34.8], [117.2, 34.8], [117.2, 34.9], [117.1, 34.9], [117.1, 34.8]]


def tile(lon: float, lat: float, z: int) -> tuple[int, int]:
    """The tile of a point, as every map library works it out."""
    side = 1 << z
    x = (lon + 180) / 360 * side
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side
    return int(x), int(y)


@given(lons, lats, st.integers(0, 18))
def test_a_point_lies_in_the_range_of_its_tile(lon: float, lat: float, z: int) -> None:
    x, y = tile(lon, lat, z)
    key = geo.morton(lon, lat)
    near = [geo.morton_range(z, *each) for each in _around(x, y, z)]
    assert any(low <= key <= high for low, high in near)
    assert 0 <= key < 2**62


def _around(x: int, y: int, z: int) -> set[tuple[int, int]]:
    """The tile and, for points within rounding of its edge, its neighbours."""
    last = (1 << z) - 1
    return {(min(max(x + dx, 0), last), min(max(y + dy, 0), last)) for dx in (-1, 0, 1) for dy in (-1, 0, 1)}


def test_points_inside_a_tile_lie_in_it_and_no_other() -> None:
    key = geo.morton(117.323, 34.811)
    x, y = tile(117.323, 34.811, 14)
    low, high = geo.morton_range(14, x, y)
    assert low <= key <= high
    low, high = geo.morton_range(14, x + 1, y)
    assert not low <= key <= high


def test_four_tiles_make_one() -> None:
    ranges = sorted(geo.morton_range(15, 2 * 812 + dx, 2 * 405 + dy) for dx in (0, 1) for dy in (0, 1))
    assert (ranges[0][0], ranges[-1][1]) == geo.morton_range(14, 812, 405)
    assert all(a[1] + 1 == b[0] for a, b in pairwise(ranges))


@pytest.mark.parametrize("place", [(-1, 0, 0), (0, 1, 0), (3, 0, 8), (99, 0, 0)])
def test_a_tile_that_is_none_is_refused(place: tuple[int, int, int]) -> None:
    with pytest.raises(Invalid):
        geo.morton_range(*place)


@pytest.mark.parametrize(("lon", "lat"), [(181, 0), (0, 91), (math.nan, 0), (0, math.inf)])
def test_a_point_beyond_the_globe_is_refused(lon: float, lat: float) -> None:
    with pytest.raises(Invalid):
        geo.check_point(lon, lat)


def test_the_poles_have_a_key_too() -> None:
    assert geo.morton(0, 90) < geo.morton(0, -90) < 2**62
    assert geo.morton(180, 0) < 2**62


def test_metres() -> None:
    assert geo.distance_m(117, 34, 117, 35) == pytest.approx(111_195, rel=1e-3)
    assert geo.distance_m(117, 34, 117, 34) == 0


def test_borders_come_and_go() -> None:
    border = geo.border_from_geojson({"type": "Polygon", "coordinates": [SQUARE]})
    assert geo.from_wkb(geo.to_wkb(border)).equals(border)
    assert geo.to_geojson(border)["type"] == "Polygon"
    pair = MultiPolygon([box(0, 0, 1, 1), box(2, 2, 3, 3)])
    assert geo.border_from_geojson(geo.to_geojson(pair)).equals(pair)


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"type": "Point", "coordinates": [1, 2]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[["a", 0], [1, 1], [1, 0], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [400, 0], [400, 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": 7},
        {"type": "Rubbish", "coordinates": [SQUARE]},
    ],
)
def test_a_border_that_is_none_is_refused(value: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        geo.border_from_geojson(value)


@given(
    lon=st.floats(min_value=-170, max_value=170),
    lat=st.floats(min_value=-60, max_value=60),
    metres=st.floats(min_value=1, max_value=500),
    aside=st.floats(min_value=-1, max_value=1),
    up=st.floats(min_value=-1, max_value=1),
)
def test_a_box_holds_whatever_is_near(lon: float, lat: float, metres: float, aside: float, up: float) -> None:
    west, south, east, north = geo.box_around(lon, lat, metres)
    there = lon + aside * 2 * (east - lon), lat + up * 2 * (north - lat)
    if geo.distance_m(lon, lat, *there) <= metres * 0.999:
        assert west <= there[0] <= east
        assert south <= there[1] <= north

"""Tiles of points: which square a point lies in, and what is no square."""

from __future__ import annotations

import random

import pytest

from mulin.kernel.geo import morton
from mulin.kernel.maptiles import DEEPEST, Tile, tile_at
from mulin.kernel.refusals import Invalid


def test_a_point_lies_in_its_tile_at_every_zoom() -> None:
    chance = random.Random(7)
    for _each in range(200):
        lon, lat = chance.uniform(-180, 180), chance.uniform(-85, 85)
        for zoom in (0, 5, 12, DEEPEST):
            low, high = tile_at(lon, lat, zoom).range
            assert low <= morton(lon, lat) <= high


def test_a_known_tile() -> None:
    assert tile_at(117.25, 34.81, 14) == Tile(14, 13528, 6500)


@pytest.mark.parametrize(("z", "x", "y"), [(-1, 0, 0), (DEEPEST + 1, 0, 0), (3, 8, 0), (3, 0, -1)])
def test_what_is_no_tile_is_refused(z: int, x: int, y: int) -> None:
    with pytest.raises(Invalid):
        Tile(z, x, y)

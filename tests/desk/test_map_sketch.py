"""The borders stand in the page before the map has drawn them, where it will draw them."""

from __future__ import annotations

import re

import pytest

from mulin.doors.desk.sketch import sketch
from mulin.kernel.geo import from_wkb
from mulin.places.face import Area, Level
from tests.desk.test_pages import at_desk
from tests.matters.world import the_grid

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def rings(drawn: str) -> list[list[tuple[int, int]]]:
    path = re.search(r'<path d="([^"]*)"', drawn)
    assert path
    return [
        [(int(x), int(y)) for x, y in (corner.split() for corner in ring.split("L"))]
        for ring in re.findall(r"M([^Z]*)Z", path[1])
    ]


def test_whoever_opens_the_map_has_the_borders_in_the_page() -> None:
    page = at_desk("worker").get("/desk/map/").content.decode()
    assert 'class="map-sketch" aria-hidden="true"' in page
    assert rings(page)


def test_a_grid_lies_around_its_own_middle_and_is_as_large_as_on_the_map() -> None:
    grid: Area = the_grid()
    assert grid.border is not None
    west, south, east, north = from_wkb(grid.border).bounds
    zoom, wide = 16, (east - west) / 360 * 512 * 2**16
    drawn = rings(sketch(grid.path[: Level.TOWN], (west + east) / 2, (south + north) / 2, zoom))
    mine = min(
        drawn,
        key=lambda ring: abs(min(x for x, _ in ring) + wide / 2) + abs(max(x for x, _ in ring) - wide / 2),
    )
    assert min(x for x, _ in mine) == pytest.approx(-wide / 2, abs=1)
    assert max(x for x, _ in mine) == pytest.approx(wide / 2, abs=1)
    assert sum(
        y for _, y in (min(mine, key=lambda at: at[1]), max(mine, key=lambda at: at[1]))
    ) == pytest.approx(0, abs=2)


def test_what_lies_far_away_is_not_drawn() -> None:
    assert rings(sketch("", 10.0, 10.0, 17)) == []

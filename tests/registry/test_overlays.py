"""Merchants are looked after by whichever overlay grid covers them now: when its border, or their building, moves."""

from __future__ import annotations

import pytest
from shapely.geometry import box

from mulin.kernel.geo import from_wkb
from mulin.places.face import Area, close_area, describe, redraw
from mulin.registry.face import HomeFilters, listed_merchants
from tests.matters.world import NOW, the
from tests.registry.world import a_merchant

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def the_shops_grid() -> Area:
    return Area.objects.filter(family__code="commercial", border__isnull=False).order_by("path")[0]


def test_a_redrawn_border_gives_and_takes() -> None:
    grid, by = the_shops_grid(), the("operator").actor()
    west, south, east, north = from_wkb(bytes(grid.border or b"")).bounds
    middle = (west + east) / 2
    left = a_merchant(name="左边店", lon=(west * 3 + east) / 4, lat=(south + north) / 2)
    right = a_merchant(name="右边店", lon=(west + east * 3) / 4, lat=(south + north) / 2)

    def looked_after() -> list[bool]:
        for shop in (left, right):
            shop.refresh_from_db()
        return [shop.overlay_place == grid.path for shop in (left, right)]

    redraw(grid, box(west, south, middle, north), by=by, now=NOW)
    assert looked_after() == [True, False]
    redraw(grid, box(middle, south, east, north), by=by, now=NOW)
    assert looked_after() == [False, True]
    found = listed_merchants(the("operator"), HomeFilters(area=grid.path, q="边店")).rows
    assert [each.name for each in found] == ["右边店"]
    close_area(grid, by=by, now=NOW)
    assert looked_after() == [False, False]


def test_a_building_that_moves_on_the_map_takes_along_who_has_no_spot_of_their_own() -> None:
    grid, shop = the_shops_grid(), a_merchant()
    building = shop.area.parent if shop.area.parent and shop.area.level == 24 else shop.area
    for lon, lat, covered in ((grid.lon, grid.lat, grid.path), (117.99, 34.99, "")):
        describe(building, lon=lon, lat=lat, by=the("operator").actor(), now=NOW)
        shop.refresh_from_db()
        assert shop.overlay_place == covered

"""From a pin or a chosen area to the place of a matter and the grid that takes it."""

from __future__ import annotations

from typing import Any, TypedDict

import pytest
from pytest_django import DjangoAssertNumQueries

from mulin.kernel.refusals import Invalid
from mulin.matters.face import MatterType, OutsideGrids, report, whereabouts
from mulin.places.face import Area, GridKind, Level
from tests.matters.world import NOW, a_kind, nobody, the_building, the_grid

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


class Pin(TypedDict):
    lon: float
    lat: float


def pin(area: Area) -> Pin:
    assert area.lon is not None
    assert area.lat is not None
    return {"lon": area.lon, "lat": area.lat}


def far_away(area: Area) -> Pin:
    there = pin(area)
    return {"lon": there["lon"] + 0.5, "lat": there["lat"] + 0.5}


def overlay_grid() -> Area:
    return Area.objects.filter(grid_kind=GridKind.OVERLAY).select_related("family").order_by("path")[0]


def kind_of(family: str) -> MatterType:
    return MatterType.objects.listed().filter(family=family)[0]


def test_a_pin_on_a_building_lies_in_that_building_and_its_grid_takes_it() -> None:
    found = whereabouts(a_kind(), **pin(the_building()), address=" 3 单元门口 ")
    assert (found.place, found.taken_by) == (the_building(), the_grid())
    assert (found.lon, found.lat) == (the_building().lon, the_building().lat)
    assert found.address == "3 单元门口"


def test_a_building_chosen_from_the_list_needs_no_pin() -> None:
    found = whereabouts(a_kind(), area=the_building())
    assert (found.place, found.taken_by, found.lon) == (the_building(), the_grid(), None)


def test_a_village_or_a_town_takes_what_nobody_can_place_better() -> None:
    for level in (Level.VILLAGE, Level.TOWN):
        area = Area.objects.get(path=the_building().path[:level])
        found = whereabouts(a_kind(), area=area)
        assert (found.place, found.taken_by) == (area, area)


def test_an_area_around_the_pin_changes_nothing_and_one_within_its_grid_is_finer() -> None:
    village = Area.objects.get(path=the_building().path[: Level.VILLAGE])
    assert whereabouts(a_kind(), **pin(the_building()), area=village).place == the_building()
    finer = Area.objects.filter(path__startswith=the_building().path, level=Level.UNIT).first()
    if finer:
        assert whereabouts(a_kind(), **pin(the_building()), area=finer).place == finer


def test_a_pin_and_an_area_that_contradict_each_other_are_refused() -> None:
    other = Area.objects.open().at_level(Level.GRID).of_family("base").exclude(pk=the_grid().pk)[0]
    with pytest.raises(Invalid) as told:
        whereabouts(a_kind(), **pin(the_building()), area=other)
    assert (told.value.code, told.value.field) == ("place_disagrees", "area")


def test_a_pin_outside_every_grid_is_offered_the_nearest_and_taken_with_it() -> None:
    there = far_away(the_building())
    with pytest.raises(OutsideGrids) as told:
        whereabouts(a_kind(), **there)
    nearest = told.value.nearest
    assert nearest is not None
    assert nearest.level == Level.GRID
    assert told.value.distance_m
    assert nearest.label in str(told.value)
    found = whereabouts(a_kind(), **there, area=nearest)
    assert (found.place, found.taken_by) == (nearest, nearest)
    assert (found.lon, found.lat) == (there["lon"], there["lat"])
    assert report(
        a_kind(), text="河边的护栏断了", where=found, channel="portal", by=nobody(), now=NOW
    ).matter.number


def test_an_overlay_grid_takes_matters_of_its_family_and_no_others() -> None:
    grid = overlay_grid()
    assert grid.family
    own = whereabouts(kind_of(grid.family.code), area=grid)
    assert own.taken_by == grid
    assert own.place.level == Level.VILLAGE
    other = whereabouts(a_kind(), area=grid)
    assert other.taken_by == other.place
    by_pin = whereabouts(kind_of(grid.family.code), **pin(grid))
    assert by_pin.taken_by == grid
    assert by_pin.place.path.startswith(own.place.path) or by_pin.place.level >= Level.GRID


def test_where_no_overlay_grid_is_the_base_grid_takes_it() -> None:
    covered = {grid.path[: Level.VILLAGE] for grid in Area.objects.filter(grid_kind=GridKind.OVERLAY)}
    families = ("commercial", "production")
    for building in Area.objects.at_level(Level.BUILDING).exclude(lon=None)[:30]:
        for family in families:
            found = whereabouts(kind_of(family), **pin(building))
            assert found.taken_by.family is not None
            assert found.taken_by.family.code in ("base", family)
    assert covered


@pytest.mark.parametrize("given", [{}, {"lon": 117.0}, {"lat": 34.0}])
def test_nowhere_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as told:
        whereabouts(a_kind(), **given)
    assert told.value.field == "area"


@pytest.mark.parametrize("given", [(181.0, 0.0), (0.0, 91.0), (float("nan"), 0.0), (float("inf"), 0.0)])
def test_what_is_no_place_on_the_globe_is_refused(given: tuple[float, float]) -> None:
    with pytest.raises(Invalid):
        whereabouts(a_kind(), lon=given[0], lat=given[1])


def test_a_county_is_too_large_and_a_closed_area_is_over() -> None:
    county = Area.objects.get(path=the_building().path[: Level.COUNTY])
    with pytest.raises(Invalid):
        whereabouts(a_kind(), area=county)
    Area.objects.filter(pk=the_building().pk).update(closed_at=NOW)
    with pytest.raises(Invalid):
        whereabouts(a_kind(), area=the_building())


def test_a_place_in_too_many_words_is_refused() -> None:
    with pytest.raises(Invalid) as told:
        whereabouts(a_kind(), area=the_building(), address="长" * 5000)
    assert told.value.field == "address"


def test_finding_out_costs_few_statements(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    whereabouts(kind := a_kind(), **pin(building := the_building()))
    with django_assert_max_num_queries(4):
        whereabouts(kind, **pin(building))

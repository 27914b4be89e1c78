"""Where it is: by the lists without a script, by a pin, and by both."""

from __future__ import annotations

import pytest

from mulin.matters.face import Matter
from mulin.places.face import Area, Level
from tests.matters.world import the_building, the_grid
from tests.portal.resident import Resident, chosen

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.fixture
def asked(resident: Resident) -> Resident:
    """Somebody who is asked where it is."""
    resident.tells()
    resident.chooses()
    return resident


def test_each_list_opens_the_next(asked: Resident) -> None:
    building = the_building()
    page = asked.opens("/report/where/?list=1")
    assert 'name="area_12"' in page
    assert 'name="area_15"' not in page
    page = asked.sends("/report/where/", open="1", area_12=building.path[:12])
    assert asked.at == "/report/where/"
    assert the_grid().label in page
    page = asked.sends("/report/where/", open="1", area_12=building.path[:12], area_15=building.path[:15])
    assert f'value="{building.path}"' in page
    asked.sends("/report/where/", **chosen(building.path))
    assert asked.at == "/report/send/"
    assert building.label in asked.page


def test_a_list_that_no_longer_fits_the_one_above_counts_for_nothing(asked: Resident) -> None:
    building, other = the_building(), another_grid()
    asked.sends("/report/where/", area_12=other.path[:12], area_15=other.path, area_22=building.path)
    asked.send()
    assert Matter.objects.get(number=asked.number).place == other.path


def another_grid() -> Area:
    return Area.objects.open().at_level(Level.GRID).of_family("base").exclude(pk=the_grid().pk)[0]


def test_a_pin_is_enough(asked: Resident) -> None:
    building = the_building()
    asked.sends("/report/where/", lon=building.lon, lat=building.lat)
    assert asked.at == "/report/send/"
    asked.send()
    matter = Matter.objects.get(number=asked.number)
    assert matter.place == building.path
    assert (matter.lon, matter.lat) == (building.lon, building.lat)
    assert matter.taken_by == the_grid()


def test_a_pin_outside_every_grid_is_offered_the_nearest_and_never_lost(asked: Resident) -> None:
    page = asked.sends("/report/where/", lon="117.0", lat="34.0", address="by the river")
    assert asked.status == 422
    assert "outside our grids" in page
    nearest = Area.objects.get(path=_offered(page))
    assert nearest.level == Level.GRID
    assert 'value="117.0"' in page
    asked.sends("/report/where/", lon="117.0", lat="34.0", address="by the river", nearest=nearest.path)
    assert asked.at == "/report/send/"
    asked.send()
    matter = Matter.objects.get(number=asked.number)
    assert (matter.lon, matter.lat, matter.address) == (117.0, 34.0, "by the river")
    assert matter.taken_by == nearest


def _offered(page: str) -> str:
    return page.split('name="nearest" value="')[1].split('"')[0]


@pytest.mark.parametrize(("keep", "kept"), [("pin", True), ("list", False)])
def test_pin_and_list_disagree(asked: Resident, keep: str, kept: bool) -> None:
    building, other = the_building(), another_grid()
    both = {"lon": building.lon, "lat": building.lat, "area_12": other.path[:12], "area_15": other.path}
    page = asked.sends("/report/where/", **both)
    assert asked.status == 422
    assert "The pin is right" in page
    asked.sends("/report/where/", **both, keep=keep)
    assert asked.at == "/report/send/"
    asked.send()
    matter = Matter.objects.get(number=asked.number)
    assert (matter.lon is not None) is kept
    assert matter.place == (building.path if kept else other.path)


def test_what_the_map_asks_about_a_spot(resident: Resident) -> None:
    building = the_building()
    inside = resident.client.get(f"/map/nearest.json?lon={building.lon}&lat={building.lat}").json()
    assert building.label in inside["name"]
    outside = resident.client.get("/map/nearest.json?lon=117&lat=34").json()
    assert outside["name"].startswith("Outside every grid")

"""What everybody may see: kind, state, a rounded spot. Not a word that somebody typed, and nobody."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from mulin.doors.portal import layers
from mulin.matters.face import Matter, MatterType, public_lines, report, whereabouts
from mulin.places.face import Area
from tests.matters.world import do, nobody, the_building
from tests.portal.resident import Resident

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]

TYPED = "Zhang San at door 402 keeps a crocodile, call 13912345678"
LAMP, QUARREL = "010301", "090101"  # of a public kind, of a private one


@pytest.fixture(autouse=True)
def _only_ours() -> None:
    """The tiny town's own matters are out of the way."""
    Matter.objects.update(public=False)


def raised(code: str = LAMP, **more: Any) -> Matter:
    kind, building = MatterType.objects.get(code=code), the_building()
    spot = whereabouts(kind, lon=building.lon, lat=building.lat, address="door 402")
    given = {"text": TYPED, "title": TYPED[:30], "channel": "portal"} | more
    return report(kind, where=spot, by=nobody(), now=nobody().now, **given).matter


def drawn(**query: str) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = Client().get("/map/matters.geojson", query).json()["features"]
    return features


def test_a_lamp_is_drawn_as_a_kind_at_a_rounded_spot() -> None:
    matter = raised()
    [lamp] = drawn()
    assert lamp["properties"] == {"id": 0, "title": "Street lamp out", "kind": "open", "state": "We have it"}
    lon, lat = lamp["geometry"]["coordinates"]
    assert matter.lon
    assert matter.lat
    assert abs(lon - matter.lon) <= 0.0001 + 1e-9
    assert abs(lat - matter.lat) <= 0.0001 + 1e-9
    assert (round(lon * 5000) / 5000, round(lat * 5000) / 5000) == (lon, lat)


def test_nothing_that_somebody_typed_and_no_number_leaves_the_house() -> None:
    matter = raised()
    for path in ("/map/", "/map/matters.geojson", f"/api/v1/public/matters?{BOX}"):
        said = Client().get(path).content.decode()
        for secret in ("crocodile", "402", "13912345678", "Zhang", matter.number, str(matter.pk)):
            assert secret not in said, path


BOX = "west=117&south=34&east=118&north=35"


@pytest.mark.parametrize(
    ("code", "facts"),
    [(QUARREL, {}), (LAMP, {"secret": True})],
    ids=["a quarrel", "a secret one"],
)
def test_what_is_not_for_all_is_not_there(code: str, facts: dict[str, Any]) -> None:
    raised(code, **facts)
    assert drawn() == []
    assert "Nothing is open" in Client().get("/map/").content.decode()


def test_a_complaint_about_an_area_is_not_there() -> None:
    Matter.objects.filter(pk=raised().pk).update(about_area=the_building())
    assert drawn() == []


def test_a_kind_that_is_no_longer_public_hides_its_matters() -> None:
    raised()
    MatterType.objects.filter(code=LAMP).update(public=False)
    assert drawn() == []


def test_what_is_over_is_not_there() -> None:
    do(raised(), "decline", "worker")
    assert drawn() == []


def test_the_list_says_the_same_with_the_community_instead_of_the_spot() -> None:
    raised()
    page = Client(headers={"accept-language": "en"}).get("/map/").content.decode()
    village = Area.objects.get(path=the_building().path[:12])
    for word in ("Street lamp out", "We have it", village.name_en.replace("'", "&#x27;")):
        assert word in page


def test_the_day_is_the_towns_own() -> None:
    matter = raised()
    Matter.objects.filter(pk=matter.pk).update(reported_at=datetime(2026, 3, 17, 20, tzinfo=UTC))
    [line] = [line for line in public_lines(5) if line.type_label]
    assert line.since == date(2026, 3, 18), "in Shanghai the next day has begun"


def test_only_what_lies_in_the_box_is_given() -> None:
    matter = raised()
    assert matter.lon
    assert matter.lat
    near = f"{matter.lon - 0.001},{matter.lat - 0.001},{matter.lon + 0.001},{matter.lat + 0.001}"
    east = f"{matter.lon + 0.001},{matter.lat - 0.001},{matter.lon + 0.002},{matter.lat + 0.001}"
    world = "-180,-85,180,85"
    assert [len(drawn(box=box)) for box in (near, east, world)] == [1, 0, 1]


@pytest.mark.only_on("sqlite")
def test_what_is_over_is_not_even_read() -> None:
    from mulin.matters.queries.public import _in_tiles, shown_to_all

    plan = shown_to_all().filter(_in_tiles((117.24, 34.8, 117.25, 34.81))).explain()
    assert "INDEX matter_open_spot" in plan or "INDEX matter_due (state=?" in plan


def test_it_is_a_minute_old_at_most(clock: time_machine.Traveller) -> None:
    raised()
    assert len(drawn()) == 1
    raised()
    clock.shift(timedelta(seconds=59))
    assert len(drawn()) == 1
    clock.shift(timedelta(seconds=2))
    assert len(drawn()) == 2


def test_a_browser_that_has_it_is_told_so() -> None:
    raised()
    first = Client().get("/map/matters.geojson", headers={"accept-encoding": "gzip"})
    assert first["Cache-Control"] == "public, max-age=60"
    assert b"Street lamp out" in gzip.decompress(first.content)
    again = Client().get("/map/matters.geojson", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_borders_carry_names_in_the_reader_s_language() -> None:
    village = Area.objects.get(path=the_building().path[:12])
    for language, name in (("en", village.name_en), ("zh-CN", village.name)):
        found = Client(headers={"accept-language": language}).get("/map/areas.geojson").json()["features"]
        assert name in {each["properties"]["name"] for each in found}
        assert all(set(each["properties"]) == {"id", "name"} for each in found)
    assert Client().get("/map/buildings.geojson").json()["features"]


def test_a_changed_name_is_on_the_map_at_once() -> None:
    from mulin.places.face import rename

    grid = Area.objects.get(path=the_building().path[:15])
    assert "Willow" not in Client().get("/map/areas.geojson").content.decode()
    by = nobody()
    rename(grid, name="柳树网格", name_en="Willow Grid", by=by.actor(), now=by.now)
    assert "Willow" in Client(headers={"accept-language": "en"}).get("/map/areas.geojson").content.decode()


def test_few_packs_are_kept() -> None:
    for number in range(layers.KEPT + 10):
        drawn(box=f"{number},0,{number + 1},1")
    assert len(layers._packed) == layers.KEPT


def test_robots_know_what_is_public(resident: Resident) -> None:
    assert "Disallow: /follow/" in resident.opens("/robots.txt")

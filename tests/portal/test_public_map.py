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
from tests.support.plans import plans_of

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


def test_how_many_told_us_is_said_where_they_are_several() -> None:
    matter = raised()
    Matter.objects.filter(pk=matter.pk).update(voices=3)
    [lamp] = drawn()
    assert lamp["properties"]["due"] == "3 people told us of this"
    assert "3 people told us" in Client().get("/map/").content.decode()
    assert public_lines(5)[0].voices == 3
    [spot] = Client().get(f"/api/v1/public/matters?{BOX}").json()
    assert spot["voices"] == 3


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


def box_at(matter: Matter, *, east: float = 0.0, size: float = 0.001) -> str:
    assert matter.lon
    assert matter.lat
    lon = matter.lon + east
    return f"{lon - size},{matter.lat - size},{lon + size},{matter.lat + size}"


def test_only_what_lies_around_the_box_is_given() -> None:
    matter = raised()
    boxes = (box_at(matter), box_at(matter, east=1), box_at(matter, size=5), "-180,-85,180,85", "9,9,8,8")
    assert [len(drawn(box=box)) for box in boxes] == [1, 0, 1, 1, 0]


def test_a_program_is_given_exactly_what_lies_in_its_box() -> None:
    matter = raised()
    for box, count in ((box_at(matter), 1), (box_at(matter, east=0.002), 0)):
        west, south, east, north = box.split(",")
        query = {"west": west, "south": south, "east": east, "north": north}
        assert len(Client().get("/api/v1/public/matters", query).json()) == count


def test_like_boxes_are_one_question(django_assert_num_queries: Any) -> None:
    matter = raised()
    drawn(box=box_at(matter))
    with django_assert_num_queries(0):
        for n in range(1, 20):
            drawn(box=box_at(matter, size=0.001 + n / 1e6))


@pytest.mark.parametrize("path", ["/map/matters.geojson", "/map/matters.geojson?box=117.2,34.8,117.3,34.9"])
def test_what_is_over_is_not_even_read(path: str) -> None:
    for plan in plans_of(lambda: Client().get(path), of="matters_matter"):
        assert "matter_newest" not in plan
        assert "matter_state_spot" in plan or "matter_due" in plan
        assert "matter_state_spot" in plan or "box" not in path


def test_the_list_finds_what_is_older_than_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    raised()
    before = public_lines(60)
    assert before
    monkeypatch.setattr("mulin.matters.queries.public.WINDOW", 1)
    assert public_lines(60) == before


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


def test_what_strangers_ask_for_elsewhere_takes_no_room() -> None:
    kept = raised()
    drawn(box=box_at(kept))
    before = len(layers._packed)
    for number in range(layers.KEPT + 10):
        drawn(box=f"{number},0,{number + 0.01},0.01")
    assert len(layers._packed) == before


def test_few_packs_are_kept() -> None:
    for number in range(layers.KEPT + 10):
        layers._keep(("layer", number), layers._pack([]))
    assert len(layers._packed) == layers.KEPT


def test_robots_know_what_is_public(resident: Resident) -> None:
    assert "Disallow: /follow/" in resident.opens("/robots.txt")

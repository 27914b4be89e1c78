"""The one map, seen from the server: layers, tiles, numbers, cards, search; and who sees none of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from django.test import Client

from mulin.doors.desk.views import tiles
from mulin.kernel.geo import morton
from mulin.kernel.maptiles import Tile, tile_at
from mulin.matters.face import Matter
from mulin.places.face import Area
from tests.desk.test_pages import at_desk
from tests.matters.world import NOW, a_kind, nobody, the_building, the_grid
from tests.registry.world import a_building_elsewhere, a_dwelling, a_household, a_merchant, a_unit

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.fixture(autouse=True)
def empty_shelf() -> Iterator[None]:
    """What one test kept, no other one sees: a rolled back town may have the same newest line."""
    tiles.SHELF.clear()
    yield
    tiles.SHELF.clear()


def a_spotted_matter(building: Area | None = None) -> Matter:
    from mulin.matters.face import report, whereabouts

    building, kind = building or the_building(), a_kind()
    where = whereabouts(kind, lon=building.lon, lat=building.lat)
    return report(kind, text="灯坏了", where=where, channel="portal", by=nobody(), now=NOW).matter


def tile_of(building: Area, zoom: int) -> Tile:
    return tile_at(building.lon or 0, building.lat or 0, zoom)


def asked(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return orjson.loads(answer.content)


def points(client: Client, layer: str, tile: Tile, query: str = "") -> list[Any]:
    found = asked(client, f"/desk/map/{layer}/{tile.z}/{tile.x}/{tile.y}.json{query}")
    return [each["properties"] for each in found["features"]]


def test_a_tile_has_the_matters_of_its_square_that_one_may_read() -> None:
    matter, tile = a_spotted_matter(), tile_of(the_building(), 18)
    numbers = {each["number"] for each in points(at_desk("worker"), "matters", tile)}
    assert matter.number in numbers
    assert matter.number not in {each["number"] for each in points(at_desk("handler"), "matters", tile)}
    beside = Tile(tile.z, tile.x + 4, tile.y)
    assert matter.number not in {each["number"] for each in points(at_desk("worker"), "matters", beside)}


def test_a_tile_follows_the_filter_and_the_colours() -> None:
    matter, tile = a_spotted_matter(), tile_of(the_building(), 18)
    worker = at_desk("worker")
    assert matter.number not in {each["number"] for each in points(worker, "matters", tile, "?show=done")}
    assert matter.number not in {each["number"] for each in points(worker, "matters", tile, "?kinds=late")}
    assert matter.number in {each["number"] for each in points(worker, "matters", tile, "?kinds=open,late")}


def test_a_tile_is_made_once_until_something_happens(django_assert_num_queries: Any) -> None:
    worker, tile = at_desk("worker"), tile_of(the_building(), 17)
    address = f"/desk/map/matters/{tile.z}/{tile.x}/{tile.y}.json"
    first = worker.get(address)
    assert worker.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    matter = a_spotted_matter()
    changed = worker.get(address, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert matter.number in changed.content.decode()


def test_many_matters_become_clusters_that_say_how_many_are_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mulin.kernel.maptiles.FEW", 3)
    for _each in range(5):
        a_spotted_matter()
    found = points(at_desk("operator"), "matters", tile_of(the_building(), 13), "?show=all")
    assert all("count" in each and "late" in each for each in found)
    wanted = Matter.objects.filter(spot__isnull=False)
    low, high = tile_of(the_building(), 13).range
    assert sum(each["count"] for each in found) == wanted.filter(spot__gte=low, spot__lte=high).count()


@pytest.mark.parametrize("address", ["99/0/0", "3/8/0", "3/0/8"])
def test_what_is_no_tile_is_told(address: str) -> None:
    assert at_desk("worker").get(f"/desk/map/matters/{address}.json").status_code == 422


def test_merchants_are_shown_to_whoever_reads_the_registry() -> None:
    building = the_building()
    shop = a_merchant(lon=building.lon, lat=building.lat) if building.lon else a_merchant()
    type(shop).objects.filter(pk=shop.pk).update(
        lon=building.lon, lat=building.lat, morton=morton(building.lon or 0, building.lat or 0)
    )
    tile = tile_of(building, 18)
    assert shop.name in {each["name"] for each in points(at_desk("worker"), "merchants", tile)}
    assert at_desk("handler").get(f"/desk/map/merchants/{tile.z}/{tile.x}/{tile.y}.json").status_code == 403
    card = at_desk("worker").get(f"/desk/map/card/merchant/{shop.pk}/").content.decode()
    assert shop.name in card


def test_buildings_are_coloured_by_what_one_may_count() -> None:
    building = the_building()
    before = asked(at_desk("worker"), "/desk/map/numbers/households.json")["values"].get(building.path, 0)
    a_household(a_dwelling(a_unit(building)))
    a_household(a_dwelling(a_unit(a_building_elsewhere())))
    told = asked(at_desk("worker"), "/desk/map/numbers/households.json")
    assert told["values"][building.path] == before + 1
    assert a_building_elsewhere().path not in told["values"]
    assert told["classes"][0]["from"] == 0
    assert building.path in asked(at_desk("worker"), "/desk/map/numbers/stale.json")["values"] or before == 0
    matter = a_spotted_matter()
    assert asked(at_desk("worker"), "/desk/map/numbers/matters.json")["values"][matter.place[:22]] >= 1
    assert at_desk("handler").get("/desk/map/numbers/households.json").status_code == 403
    assert at_desk("worker").get("/desk/map/numbers/wealth.json").status_code == 404


def test_people_on_duty_stand_at_their_grid_without_a_number() -> None:
    found = asked(at_desk("operator"), "/desk/map/people.json")["features"]
    here = [each["properties"] for each in found if each["properties"]["id"] == the_grid().path]
    assert here
    assert here[0]["name"]
    assert set(here[0]) == {"id", "name", "level"}


def test_the_card_of_a_building_says_what_who_and_which_matters(django_assert_max_num_queries: Any) -> None:
    matter, building = a_spotted_matter(), the_building()
    worker = at_desk("worker")
    with django_assert_max_num_queries(32):
        card = worker.get(f"/desk/map/card/area/{building.path}/").content.decode()
    assert building.label in card
    assert matter.number in card
    assert 'id="floors"' in card
    other = at_desk("handler").get(f"/desk/map/card/area/{building.path}/").content.decode()
    assert matter.number not in other
    assert 'id="floors"' not in other
    assert worker.get("/desk/map/card/area/999/").status_code == 404


def test_search_finds_buildings_and_a_matter_by_its_number_and_no_resident() -> None:
    building, matter = the_building(), a_spotted_matter()
    worker = at_desk("worker")
    found = worker.get("/desk/map/find.json", {"q": building.label}).json()["found"]
    hit = next(each for each in found if each["id"] == building.path)
    assert hit["at"] == [building.lon, building.lat]
    by_number = worker.get("/desk/map/find.json", {"q": matter.number}).json()["found"]
    assert by_number[0]["url"] == f"/desk/matters/{matter.number}/"
    assert at_desk("handler").get("/desk/map/find.json", {"q": matter.number}).json()["found"] == []
    assert worker.get("/desk/map/find.json").json()["found"] == []


def test_the_page_offers_the_layers_that_one_may_read_and_a_list_for_whoever_sees_no_map() -> None:
    worker = at_desk("worker").get("/desk/map/", {"q": the_building().label}).content.decode()
    assert "/desk/map/merchants/{z}/{x}/{y}.json" in worker
    assert f"/desk/places/{the_building().path}/" in worker
    assert "/desk/map/matters/{z}/{x}/{y}.json" in worker
    auditor = at_desk("auditor").get("/desk/map/").content.decode()
    assert "/desk/map/matters/" not in auditor  # nor a layer that is always empty
    assert "/desk/map/numbers/matters" not in auditor
    assert "/desk/map/merchants/" not in auditor
    assert "/desk/map/numbers/households" not in auditor


def test_overlays_are_layers_of_their_own() -> None:
    found = asked(at_desk("operator"), "/desk/map/areas.json?family=commercial")["features"]
    assert all(each["properties"]["family"] == "commercial" for each in found)


def test_areas_travel_compressed_where_the_browser_takes_that() -> None:
    import gzip

    plain = at_desk("worker").get("/desk/map/buildings.json")
    packed = at_desk("worker").get("/desk/map/buildings.json", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content

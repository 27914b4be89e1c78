"""The desk's own pages: each of the cast sees theirs, in both languages, at a fixed cost."""

from __future__ import annotations

import html
import re
from typing import Any

import orjson
import pytest
from django.test import Client

from mulin.places.face import Level
from mulin.posts.face import User
from tests.matters.world import a_matter, do, seat_of, the_building, the_grid
from tests.support.plans import plans_of

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def at_desk(username: str, language: str = "en") -> Client:
    client = Client(headers={"Accept-Language": language})
    client.force_login(User.objects.get(username=username))
    return client


def test_the_queue_shows_what_waits_for_me_and_nothing_else() -> None:
    mine = a_matter(text="我的灯坏了").matter
    passed = do(a_matter(text="别的灯坏了").matter, "pass_up", "worker")
    page = at_desk("worker").get("/desk/queue/").content.decode()
    assert mine.number in page
    assert passed.number not in page


def test_the_desk_begins_where_one_has_work() -> None:
    assert at_desk("worker").get("/desk/")["Location"] == "/desk/queue/"
    assert at_desk("sysadmin").get("/desk/")["Location"] == "/desk/people/"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "show=open",
        "show=late",
        "show=done",
        "show=void",
        "show=all",
        "q=灯",
        "level=9",
        "urgent=1",
        "state=filed",
    ],
)
def test_every_filter_is_an_address(query: str) -> None:
    a_matter()
    assert at_desk("operator").get(f"/desk/queue/?{query}").status_code == 200


def test_a_filter_that_means_nothing_is_told() -> None:
    assert at_desk("operator").get("/desk/queue/?state=nonsense").status_code == 422


def test_a_page_of_the_queue_costs_a_fixed_number_of_statements(django_assert_max_num_queries: Any) -> None:
    client = at_desk("operator")
    for number in range(6):
        a_matter(start=Level.TOWN, text=f"第{number}件")
    with django_assert_max_num_queries(22):
        client.get("/desk/queue/")


def test_the_page_brings_the_stamp_that_its_first_question_is_compared_with(
    django_assert_max_num_queries: Any,
) -> None:
    a_matter()
    client = at_desk("worker")
    found = re.search(r'queue/stamp/"[^>]*data-stamp="([^"]+)"', client.get("/desk/queue/").content.decode())
    assert found
    with django_assert_max_num_queries(7):
        answer = client.get("/desk/queue/stamp/", headers={"If-None-Match": html.unescape(found[1])})
    assert answer.status_code == 304


@pytest.mark.parametrize(
    "path", ["queue/", "map/", "search/?q=路", "places/", "people/", "queue/?state=no", "x/"]
)
def test_no_cache_keeps_a_page(path: str) -> None:
    assert at_desk("head").get(f"/desk/{path}")["Cache-Control"] == "private, no-store"


def test_what_is_asked_again_with_a_tag_says_its_own() -> None:
    client = at_desk("worker")
    for path in ("queue/stamp/", "map/areas.json"):
        first = client.get(f"/desk/{path}")
        assert first["Cache-Control"] == "private, no-cache"
        again = client.get(f"/desk/{path}", headers={"If-None-Match": first["ETag"]})
        assert "no-store" not in again.get("Cache-Control", "")


def test_a_filter_shows_its_words_not_its_code() -> None:
    page = at_desk("operator").get("/desk/queue/?show=all&channel=window").content.decode()
    assert "Service window" in page.split('class="filters"')[1]


def test_the_stamp_costs_little_and_says_when_nothing_changed(django_assert_max_num_queries: Any) -> None:
    client = at_desk("worker")
    first = client.get("/desk/queue/stamp/")
    again = client.get("/desk/queue/stamp/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    a_matter()
    changed = client.get("/desk/queue/stamp/", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_the_map_draws_grids_buildings_and_my_open_matters() -> None:
    building = the_building()
    from mulin.matters.face import report, whereabouts
    from tests.matters.world import NOW, a_kind, nobody

    kind = a_kind()
    where = whereabouts(kind, lon=building.lon, lat=building.lat)
    matter = report(kind, text="灯坏了", where=where, channel="portal", by=nobody(), now=NOW).matter
    client = at_desk("worker")
    assert client.get("/desk/map/").status_code == 200
    areas = orjson.loads(client.get("/desk/map/areas.json").content)
    assert {the_grid().path} <= {each["properties"]["path"] for each in areas["features"]}
    assert len(orjson.loads(client.get("/desk/map/buildings.json").content)["features"]) == 12
    numbers = {
        each["properties"]["number"]
        for each in orjson.loads(client.get("/desk/map/matters.json").content)["features"]
    }
    assert matter.number in numbers
    strangers = orjson.loads(at_desk("handler").get("/desk/map/matters.json").content)["features"]
    assert matter.number not in {each["properties"]["number"] for each in strangers}


@pytest.mark.parametrize("username", ["worker", "operator", "handler"])
def test_the_map_does_not_read_what_is_over(username: str) -> None:
    client = at_desk(username)
    for plan in plans_of(lambda: client.get("/desk/map/matters.json"), of="matters_matter"):
        assert "matter_newest" not in plan


def test_map_layers_are_asked_for_once() -> None:
    client = at_desk("worker")
    first = client.get("/desk/map/areas.json")
    assert client.get("/desk/map/areas.json", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert at_desk("worker", "zh-hans").get("/desk/map/areas.json")["ETag"] != first["ETag"]


def test_a_whole_number_leads_straight_to_its_matter() -> None:
    matter = a_matter().matter
    answer = at_desk("worker").get("/desk/search/", {"q": matter.number.replace("-", " ")})
    assert answer["Location"] == f"/desk/matters/{matter.number}/"
    assert at_desk("handler").get("/desk/search/", {"q": matter.number}).status_code == 200


def test_search_finds_matters_places_and_people() -> None:
    a_matter(text="槐花巷的路灯不亮了")
    operator = at_desk("operator")
    assert "槐花巷" in operator.get("/desk/search/", {"q": "槐花巷"}).content.decode()
    assert the_grid().path in operator.get("/desk/search/", {"q": the_grid().name}).content.decode()
    assert (
        "/desk/people/"
        in operator.get("/desk/search/", {"q": User.objects.get(username="head").name}).content.decode()
    )


def test_a_place_says_who_is_responsible_and_that_a_seat_is_vacant() -> None:
    from tests.matters.world import leave_vacant, the_workers_seat

    client = at_desk("head")
    page = client.get(f"/desk/places/{the_grid().path}/").content.decode()
    assert User.objects.get(username="worker").name_en in page
    leave_vacant(the_workers_seat())
    assert "vacant" in client.get(f"/desk/places/{the_grid().path}/").content.decode()


def test_no_such_place() -> None:
    assert at_desk("head").get("/desk/places/999999/").status_code == 404


@pytest.mark.parametrize(
    "path", ["queue/", "queue/?show=all", "map/", "search/?q=路", "places/", "places/370402005/"]
)
@pytest.mark.parametrize(
    "username", ["worker", "head", "operator", "county", "handler", "committee", "checker"]
)
def test_every_page_opens_for_whoever_may(username: str, path: str) -> None:
    assert at_desk(username).get(f"/desk/{path}").status_code == 200


def test_the_rail_offers_only_what_one_may_open() -> None:
    page = at_desk("auditor").get("/desk/places/").content.decode()
    assert 'href="/desk/queue/"' not in page


def test_whoever_reads_no_matters_finds_none() -> None:
    matter = a_matter().matter
    for username in ("auditor", "sysadmin", "secadmin"):
        assert matter.number not in at_desk(username).get("/desk/queue/?show=all").content.decode()


def test_a_body_sees_only_its_own() -> None:
    own = do(a_matter(start=Level.TOWN, text="自己的").matter, "file", "operator")
    own = do(own, "dispatch", "operator", seat=seat_of("handler"))
    other = a_matter(start=Level.TOWN, text="别人的").matter
    page = at_desk("handler").get("/desk/queue/?show=all").content.decode()
    assert own.number in page
    assert other.number not in page

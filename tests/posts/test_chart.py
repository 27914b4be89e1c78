"""The organisation chart: who sits where, what hangs under it, and what stands empty."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from mulin.posts.queries.chart import chart, own_area
from tests.posts import cast
from tests.posts.cast import GRID, OTHER_GRID, TOWN, VILLAGE
from tests.posts.pages.browsers import browser_of

pytestmark = pytest.mark.django_db


def test_a_street_from_its_centre_to_its_grids() -> None:
    operator = cast.as_operator()
    cast.as_grid_head()
    worker = cast.person_of(cast.as_grid_worker())
    cast.a_place(OTHER_GRID)
    body = cast.a_body("睦邻物业", home=TOWN)
    cast.as_handler(body)
    found = chart(cast.a_place(TOWN), operator)
    assert {chair.role: len(chair.holders) for chair in found.chairs} == {
        "centre_director": 0,
        "centre_operator": 1,
    }
    (village,) = found.below
    assert village.lead
    assert village.lead.role == "grid_head"
    assert village.people == 2
    leads = {box.area.path: box.lead.holders for box in village.below if box.lead}
    assert leads == {GRID: (worker,), OTHER_GRID: ()}  # vacant, though nobody ever made the seat
    assert [box.body for box in found.bodies] == [body]


def test_a_vacant_seat_is_counted_and_goes_up_to_every_level() -> None:
    operator = cast.as_operator()
    cast.a_seat("building_head", cast.BUILDING)
    found = chart(cast.a_place(TOWN), operator)
    assert (found.vacant, found.below[0].vacant, found.below[0].below[0].vacant) == (1, 1, 1)


def test_everybody_begins_where_they_are() -> None:
    assert own_area(cast.as_grid_worker()).path == GRID  # type: ignore[union-attr]  # they have one
    body = cast.a_body(home=TOWN)
    handler = cast.as_handler(body)
    assert own_area(handler) is None
    assert browser_of(handler).get("/desk/chart/")["Location"] == f"/desk/organisations/{body.id}/"
    assert own_area(cast.as_resident()) is None


@pytest.mark.only_on("sqlite")
def test_one_clicks_down_and_not_beside_what_is_ones_own(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    head = browser_of(cast.as_grid_head())
    for number in range(3, 30):
        cast.a_place(f"{VILLAGE}{number:03d}")
    cast.a_place(cast.OTHER_VILLAGE)
    with django_assert_max_num_queries(22):
        page = head.get("/desk/chart/").content.decode()
    assert f"?area={VILLAGE}003" in page
    assert head.get(f"/desk/chart/?area={VILLAGE}003").status_code == 200
    assert head.get(f"/desk/chart/?area={TOWN}").status_code == 404
    assert head.get(f"/desk/chart/?area={cast.OTHER_VILLAGE}").status_code == 404
    assert head.get("/desk/chart/?area=abc").status_code == 404

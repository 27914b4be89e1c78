"""Where is this? Answers with areas, cheaply, and right after every change."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from unittest.mock import Mock

import orjson
import pytest
from django.db import connection, connections, transaction
from pytest_django import DjangoAssertNumQueries

from mulin.kernel import stamps
from mulin.kernel.refusals import Invalid
from mulin.places import locating
from mulin.places.face import Area, Level, close_area, layer, locate, map_version, numbered, redraw
from tests.places import ground
from tests.places.ground import BY, HALF, LATER, SOUTH, TOWN, VILLAGE, WEST, building, grid, square
from tests.support.databases import Home

BOX = (WEST, SOUTH, WEST + 0.02, SOUTH + 0.02)


def test_a_spot_in_a_house(tree: dict[str, Area]) -> None:
    spot = locate(WEST + 0.0021, SOUTH + 0.0021)
    assert spot.smallest == spot.building == tree[building(1, grid(1))]
    assert spot.grid == spot.base_grid == spot.taken_by == tree[grid(1)]
    assert (spot.village, spot.town) == (tree[VILLAGE], tree[TOWN])
    assert spot.nearest is None


def test_a_spot_in_a_micro_grid(tree: dict[str, Area]) -> None:
    spot = locate(WEST + 0.015, SOUTH + 0.005)
    assert spot.smallest == spot.micro_grid == tree[numbered(grid(2), Level.MICRO_GRID, 1)]
    assert spot.taken_by == tree[grid(2)]


def test_an_overlay_takes_what_it_covers_and_the_base_grid_the_rest(tree: dict[str, Area]) -> None:
    middle, corner = (WEST + HALF - 0.001, SOUTH + HALF - 0.001), (WEST + 0.001, SOUTH + 0.001)
    assert locate(*middle, "commercial").taken_by == tree[grid(11)]
    assert locate(*middle, "commercial").base_grid == tree[grid(1)]
    assert locate(*middle, "commercial").smallest == tree[grid(1)]
    assert locate(*corner, "commercial").grid is None
    assert locate(*corner, "commercial").taken_by == tree[grid(1)]


def test_a_spot_that_only_an_overlay_covers_is_in_its_home_village(tree: dict[str, Area]) -> None:
    spot = locate(WEST + 0.025, SOUTH + 0.005, "production")
    assert spot.taken_by == tree[grid(12)]
    assert spot.smallest == spot.village == tree[VILLAGE]
    assert spot.nearest == tree[grid(2)]


def test_outside_every_grid_the_nearest_is_offered(tree: dict[str, Area]) -> None:
    spot = locate(WEST - 0.001, SOUTH + 0.005)
    assert (spot.smallest, spot.taken_by, spot.village) == (None, None, None)
    assert spot.nearest == tree[grid(1)]
    assert spot.distance_m == pytest.approx(96.3, abs=1)


@pytest.mark.parametrize("spot", [(200.0, 0.0), (0.0, 91.0), (float("nan"), 0.0), (0.0, float("inf"))])
def test_what_is_no_place_on_the_globe_is_refused(tree: dict[str, Area], spot: tuple[float, float]) -> None:
    with pytest.raises(Invalid):
        locate(*spot)


def test_a_change_is_seen_at_once_and_a_rollback_too(tree: dict[str, Area]) -> None:
    spot = (WEST + 0.001, SOUTH + 0.001)
    assert locate(*spot).base_grid == tree[grid(1)]
    with transaction.atomic():
        redraw(tree[grid(1)], square(0, 0, 0.0005), by=BY, now=LATER)
        assert locate(*spot).base_grid is None
        transaction.set_rollback(True)
    assert locate(*spot).base_grid == tree[grid(1)]


def test_what_is_closed_is_not_found(tree: dict[str, Area]) -> None:
    close_area(tree[grid(11)], by=BY, now=LATER)
    assert locate(WEST + HALF, SOUTH + HALF, "commercial").grid is None


def test_two_statements_are_enough(
    tree: dict[str, Area], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    locate(WEST, SOUTH)
    with stamps.remembered(), django_assert_num_queries(2):  # the marks are read once a request
        spot = locate(WEST + 0.0021, SOUTH + 0.0021, "commercial")
        assert spot.building
        assert spot.town
    with django_assert_num_queries(1):
        layer(BOX, [Level.GRID])


def test_a_layer_for_the_map(tree: dict[str, Area]) -> None:
    made = layer(BOX, [Level.GRID], family="base")
    features = orjson.loads(made.body)["features"]
    assert [feature["properties"]["path"] for feature in features] == [
        grid(number) for number in (1, 2, 3, 4)
    ]
    assert features[0]["geometry"]["type"] == "Polygon"
    assert features[0]["id"] == str(tree[grid(1)].pk)
    assert made.etag == f'"{map_version()}"'


def test_a_layer_of_only_what_may_be_seen(tree: dict[str, Area]) -> None:
    seen = orjson.loads(layer(BOX, [Level.BUILDING], within=[grid(2)]).body)["features"]
    assert [feature["properties"]["name"] for feature in seen] == ["3号楼"]
    assert orjson.loads(layer(BOX, [Level.BUILDING], within=[]).body)["features"] == []


def test_a_layer_says_when_it_is_cut_off(tree: dict[str, Area]) -> None:
    cut = orjson.loads(layer(BOX, [Level.GRID, Level.BUILDING], limit=2).body)
    assert (len(cut["features"]), cut["truncated"]) == (2, True)
    assert not orjson.loads(layer(BOX, [Level.GRID]).body)["truncated"]


def test_the_tag_changes_with_the_tree(tree: dict[str, Area]) -> None:
    before = layer(BOX, [Level.GRID]).etag
    close_area(tree[grid(12)], by=BY, now=LATER)
    assert layer(BOX, [Level.GRID]).etag != before


def test_many_threads_build_the_map_once(copied_db: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = ground.settle()
    connection.close()
    build = Mock(wraps=locating.build_ground)
    monkeypatch.setattr(locating, "build_ground", build)

    def ask(_: int) -> Area | None:
        try:
            return locate(WEST + 0.0021, SOUTH + 0.0021).building
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(ask, range(40)))
    assert answers == {tree[building(1, grid(1))]}
    assert build.call_count == 1

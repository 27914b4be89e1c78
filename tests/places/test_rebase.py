"""Moving the codes of a village: everything that holds today's path follows, or nothing does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps
from pytest_django import DjangoAssertNumQueries

from mulin.journal.face import Entry, Subject, timeline
from mulin.kernel import search
from mulin.kernel.fields import PastPath, PathField
from mulin.kernel.refusals import Refusal
from mulin.kernel.search import postgresql, sqlite
from mulin.places.actions import rebase as rebasing
from mulin.places.face import (
    Area,
    AreaVersion,
    Level,
    Rebase,
    area_as_of,
    locate,
    map_version,
    numbered,
    owner_of,
    rebase,
    rename,
)
from mulin.places.models import RetiredPath
from tests.places.ground import BY, LATER, OPENED, SOUTH, TOWN, VILLAGE, WEST, building, grid

FIRST, SECOND, NINTH = grid(1), grid(2), grid(9)
HOUSE = building(1, FIRST)
MOVED = building(1, NINTH)


@pytest.fixture
def pins(tree: dict[str, Area], monkeypatch: pytest.MonkeyPatch) -> Any:
    """A table of another room with both kinds of path."""
    with isolate_apps("mulin.places"):

        class Pin(models.Model):
            place = PathField()
            filed_place = PastPath()

            class Meta:
                app_label = "places"

    with connection.cursor() as cursor:
        cursor.execute('CREATE TABLE "places_pin" (id integer PRIMARY KEY, place text, filed_place text)')
    every = list(rebasing.path_columns())
    column = Pin._meta.get_field("place")
    monkeypatch.setattr(rebasing, "path_columns", lambda: [*every, (Pin, column)])
    rows: models.QuerySet[Any] = Pin._default_manager.order_by("id")
    for number, path in enumerate([FIRST, HOUSE, f"{HOUSE}02", SECOND, VILLAGE, TOWN], start=1):
        rows.create(id=number, place=path, filed_place=path)
    return rows


def paths(tree: dict[str, Area]) -> dict[str, str]:
    """The paths before and now, of what has moved."""
    now = {area.pk: area.path for area in Area.objects.under("99")}
    return {path: now[area.pk] for path, area in tree.items() if now[area.pk] != path}


def test_every_column_of_todays_paths_is_found() -> None:
    found = {f"{model._meta.label}.{column.name}" for model, column in rebasing.path_columns()}
    assert "matters.Matter.place" in found
    assert not any(name.startswith("places.Area") for name in found)
    assert "matters.Matter.filed_place" not in found


def test_a_grid_moves_with_all_that_is_in_it(tree: dict[str, Area], pins: Any) -> None:
    done = rebase(Rebase(tree[VILLAGE], {FIRST: NINTH}), by=BY, now=LATER)
    expected = {
        FIRST: NINTH,
        HOUSE: MOVED,
        f"{HOUSE}01": f"{MOVED}01",
        f"{HOUSE}02": f"{MOVED}02",
        building(2, FIRST): building(2, NINTH),
    }
    assert done.moves == expected == paths(tree)
    assert list(pins.values_list("place", flat=True)) == [NINTH, MOVED, f"{MOVED}02", SECOND, VILLAGE, TOWN]
    assert list(pins.values_list("filed_place", flat=True)) == [
        FIRST,
        HOUSE,
        f"{HOUSE}02",
        SECOND,
        VILLAGE,
        TOWN,
    ]
    assert done.followed["places.Pin.place"] == 3


def test_parents_codes_and_the_map_follow(tree: dict[str, Area]) -> None:
    target = building(1, numbered(SECOND, Level.MICRO_GRID, 1))
    before = map_version()
    rebase(Rebase(tree[VILLAGE], {HOUSE: target}), by=BY, now=LATER)
    house = Area.objects.get(path=target)
    assert house == tree[HOUSE]
    assert house.parent == tree[numbered(SECOND, Level.MICRO_GRID, 1)]
    assert (house.code, house.changed_at) == (tree[HOUSE].code, LATER)
    assert Area.objects.get(path=f"{target}01").parent == house
    assert map_version() != before
    assert locate(WEST + 0.0021, SOUTH + 0.0021).base_grid == tree[SECOND]


def test_the_code_of_a_grid_is_its_path(tree: dict[str, Area]) -> None:
    rebase(Rebase(tree[VILLAGE], {SECOND: NINTH}), by=BY, now=LATER)
    assert Area.objects.get(pk=tree[SECOND].pk).code == NINTH
    assert Area.objects.get(path=numbered(NINTH, Level.MICRO_GRID, 1)).parent == tree[SECOND]


def test_one_entry_tells_of_it(tree: dict[str, Area]) -> None:
    rebase(Rebase(tree[VILLAGE], {FIRST: NINTH}), by=BY, now=LATER)
    (line,) = timeline(Subject("area", tree[VILLAGE].pk))
    assert (line.code, line.facts["count"], line.facts["path"]) == ("village.rebased", 5, VILLAGE)


def test_search_follows(tree: dict[str, Area], monkeypatch: pytest.MonkeyPatch) -> None:
    table = "places_probe"
    monkeypatch.setattr("mulin.kernel.search.table._TABLES", {table})
    dialect = postgresql if connection.vendor == "postgresql" else sqlite
    with connection.cursor() as cursor:
        for statement in dialect.create(table):
            cursor.execute(statement)
    search.write(table, tree[HOUSE].pk, at=OPENED, text="路灯不亮", tokens=search.area_tokens(HOUSE))
    assert rebase(Rebase(tree[VILLAGE], {FIRST: NINTH}), by=BY, now=LATER).searched == 1
    assert search.find(table, "路灯", [search.area_token(FIRST)]) == []
    assert search.find(table, "路灯", [search.area_token(NINTH)]) == [tree[HOUSE].pk]


def test_the_past_is_answered_as_it_was(tree: dict[str, Area]) -> None:
    rename(tree[FIRST], name="旧名", by=BY, now=LATER)
    then = LATER + timedelta(days=30)
    rebase(Rebase(tree[VILLAGE], {FIRST: NINTH}), by=BY, now=then)
    moments = {
        OPENED: (FIRST, "第1网格"),
        LATER - timedelta(microseconds=1): (FIRST, "第1网格"),
        LATER: (FIRST, "旧名"),
        then - timedelta(microseconds=1): (FIRST, "旧名"),
        then: (NINTH, "旧名"),
        then + timedelta(days=999): (NINTH, "旧名"),
    }
    for path in (FIRST, NINTH):  # whichever of its paths was written down
        for at, (was, name) in moments.items():
            found = area_as_of(path, at)
            assert found is not None
            assert (found.area, found.path, found.name) == (tree[FIRST], was, name)
            assert found.parent_id == tree[VILLAGE].pk
    assert area_as_of(FIRST, OPENED - timedelta(days=1)) is None
    assert area_as_of("990101001009009", LATER) is None
    assert owner_of(FIRST) == owner_of(NINTH) == tree[FIRST]


def test_an_area_may_go_and_come_back(tree: dict[str, Area]) -> None:
    times = [LATER + timedelta(days=day) for day in range(3)]
    rebase(Rebase(tree[VILLAGE], {FIRST: NINTH}), by=BY, now=times[0])
    rebase(Rebase(tree[VILLAGE], {NINTH: FIRST}), by=BY, now=times[1])
    assert paths(tree) == {}
    rebase(Rebase(tree[VILLAGE], {FIRST: NINTH}), by=BY, now=times[2])
    assert RetiredPath.objects.filter(path=FIRST).count() == 1
    versions = AreaVersion.objects.filter(area=tree[FIRST]).order_by("from_at")
    assert [version.path for version in versions] == [FIRST, NINTH, FIRST]


@pytest.mark.parametrize(
    ("moves", "code"),
    [
        ({FIRST: SECOND}, "rebase_used"),
        ({FIRST: "990101001002009"}, "rebase_outside"),
        ({HOUSE: building(1, grid(8))}, "rebase_parent"),
        ({"37": "38"}, "rebase_unknown"),
    ],
)
def test_a_refused_plan_changes_nothing(
    tree: dict[str, Area], pins: Any, moves: dict[str, str], code: str
) -> None:
    with pytest.raises(Refusal) as told:
        rebase(Rebase(tree[VILLAGE], moves), by=BY, now=LATER)
    assert told.value.code == code
    assert paths(tree) == {}
    assert pins.first().place == FIRST


def test_a_code_of_the_past_is_not_given_to_another(tree: dict[str, Area]) -> None:
    rebase(Rebase(tree[VILLAGE], {FIRST: NINTH}), by=BY, now=LATER)
    with pytest.raises(Refusal) as told:
        rebase(Rebase(tree[VILLAGE], {SECOND: FIRST}), by=BY, now=LATER + timedelta(days=1))
    assert told.value.code == "rebase_used"


def test_only_a_village_is_rebased(tree: dict[str, Area]) -> None:
    with pytest.raises(Refusal) as told:
        rebase(Rebase(tree[TOWN], {}), by=BY, now=LATER)
    assert told.value.code == "rebase_village"


def test_an_empty_plan_writes_nothing(tree: dict[str, Area]) -> None:
    before = Entry.objects.count()
    assert rebase(Rebase(tree[VILLAGE], {FIRST: FIRST}), by=BY, now=LATER).moves == {}
    assert Entry.objects.count() == before


def test_if_one_room_cannot_follow_nothing_moves(
    tree: dict[str, Area], pins: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> int:
        raise RuntimeError("the index is broken")

    monkeypatch.setattr(search, "rebase_tokens", broken)
    with pytest.raises(RuntimeError):
        rebase(Rebase(tree[VILLAGE], {FIRST: NINTH}), by=BY, now=LATER)
    assert paths(tree) == {}
    assert pins.first().place == FIRST
    assert not RetiredPath.objects.filter(path=FIRST).exists()


def test_many_moves_cost_statements_not_rows(
    tree: dict[str, Area], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    columns = len(list(rebasing.path_columns()))
    with django_assert_max_num_queries(18 + columns + 2 * len(search.declared())):
        rebase(Rebase(tree[VILLAGE], {FIRST: NINTH, SECOND: grid(8)}), by=BY, now=LATER)

"""Two who write places at once: one comes after the other, and sees what it did. On both databases."""

from __future__ import annotations

from threading import Event
from time import monotonic

import pytest
from django.db import connection, transaction

from mulin.kernel.refusals import Conflict, Refusal
from mulin.places.face import (
    Area,
    Landmark,
    NewArea,
    Rebase,
    bulk_open,
    close_area,
    hold_tree,
    open_area,
    rebase,
    rename,
)
from mulin.places.models import RetiredPath
from tests.places import ground
from tests.places.ground import BY, LATER, SOUTH, VILLAGE, WEST, building, grid
from tests.support.databases import Home
from tests.support.races import at_once


def test_a_code_is_given_once(copied_db: Home) -> None:
    ground.settle()
    connection.close()
    new = NewArea(building(77, grid(1)), "争")
    done = at_once(*[lambda: open_area(new, by=BY, now=LATER)] * 4)
    assert sum(isinstance(each, Area) for each in done) == 1
    assert [each.code for each in done if isinstance(each, Conflict)] == ["path_used"] * 3


def test_a_code_that_is_leaving_is_not_given_to_another(copied_db: Home) -> None:
    tree = ground.settle()
    connection.close()
    plan = Rebase(tree[VILLAGE], {grid(1): grid(9)})
    new = NewArea(grid(1), "抢", family="base", grid_kind="basic")
    moved, opened = at_once(lambda: rebase(plan, by=BY, now=LATER), lambda: open_area(new, by=BY, now=LATER))
    assert not isinstance(moved, Exception)
    assert isinstance(opened, Conflict)
    assert RetiredPath.objects.get(path=grid(1)).area == tree[grid(1)]


def test_nothing_is_opened_in_what_is_being_closed(copied_db: Home) -> None:
    tree = ground.settle()
    connection.close()
    inside = NewArea(building(77, grid(3)), "在里面")
    closed, opened = at_once(
        lambda: close_area(tree[grid(3)], by=BY, now=LATER), lambda: open_area(inside, by=BY, now=LATER)
    )
    assert isinstance(closed, Refusal) != isinstance(opened, Refusal)


def test_changes_of_many_kinds_all_arrive(copied_db: Home) -> None:
    tree = ground.settle()
    connection.close()
    done = at_once(
        lambda: rename(tree[VILLAGE], name="新名", by=BY, now=LATER),
        lambda: bulk_open([NewArea(building(70 + n, grid(2)), str(n)) for n in range(20)], by=BY, now=LATER),
        lambda: rebase(Rebase(tree[VILLAGE], {grid(1): grid(9)}), by=BY, now=LATER),
    )
    assert [each for each in done if isinstance(each, Exception)] == []
    assert Area.objects.get(path=VILLAGE).name == "新名"
    assert Area.objects.under(grid(2)).count() == 23
    assert Area.objects.under(grid(9)).count() == 5


@pytest.mark.only_on("postgres")
def test_who_holds_the_tree_is_not_overtaken(copied_db: Home) -> None:
    tree = ground.settle()
    connection.close()
    held_by_one, other_waits = Event(), Event()

    def stores_a_path() -> str:
        with transaction.atomic():
            hold_tree()
            path = Area.objects.get(pk=tree[grid(1)].pk).path
            held_by_one.set()
            deadline = monotonic() + 20
            while not other_waits.is_set() and monotonic() < deadline:
                if _somebody_waits():
                    other_waits.set()
            Landmark.objects.create(
                place=path, name="学校", kind="school", lon=WEST, lat=SOUTH, morton=0, added_at=LATER, changed_at=LATER
            )  # fmt: skip
        return path

    def redraws() -> bool:
        held_by_one.wait(timeout=20)
        rebase(Rebase(tree[VILLAGE], {grid(1): grid(9)}), by=BY, now=LATER)
        return other_waits.is_set()

    stored, waited = at_once(stores_a_path, redraws)
    assert (stored, waited) == (grid(1), True)
    assert Landmark.objects.get().place == grid(9)


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_locks WHERE database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database()))"
        )
        return bool(cursor.fetchone()[0])

"""Two who write places at once: one comes after the other, and sees what it did. On both databases."""

from __future__ import annotations

from django.db import connection

from mulin.kernel.refusals import Conflict, Refusal
from mulin.places.face import Area, NewArea, Rebase, bulk_open, close_area, open_area, rebase, rename
from mulin.places.models import RetiredPath
from tests.places import ground
from tests.places.ground import BY, LATER, VILLAGE, building, grid
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

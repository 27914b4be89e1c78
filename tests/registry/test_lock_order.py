"""Everybody locks in one order, so that nobody tangles. Only PostgreSQL locks rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mulin.posts.face import Duty, assign_duty, deactivate
from mulin.registry.actions import bulk_import as acts
from mulin.registry.face import (
    accept_proposal,
    ask_for,
    erase_resident,
    leave_household,
    merge_residents,
    move,
    move_household,
    move_out,
    open_household,
    propose,
    set_died,
    take_step,
)
from mulin.visits.face import Call, Mark, record_visit
from tests.matters.world import NOW, the
from tests.registry.lists import a_person, a_row, a_text, checked, taken_in, worked
from tests.registry.locks import locked
from tests.registry.world import BORN, a_dwelling, a_household, a_resident, residence_of

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town, pytest.mark.only_on("postgres")]
# Heads of records are left out: whoever writes one holds its record already, so nobody waits for it alone.
ORDER = ("places_stamp", "registry_household", "registry_dwelling", "registry_resident", "registry_merchant",
         "registry_residence", "registry_datarequest", "registry_proposal", "posts_duty",
         "journal_feedcursor")  # fmt: skip


def a_call() -> Callable[[], object]:
    person = a_resident()
    home = residence_of(person)
    kinds = (("dwelling", home.dwelling_id), ("household", home.household_id), ("resident", person.pk))
    marks = [Mark(kind, id) for kind, id in kinds if id]
    return lambda: record_visit(home.household, Call(at=NOW, marks=marks), by=the("worker"), now=NOW)  # type: ignore[arg-type]  # a_resident lives in one


def test_all_acts_lock_in_one_order() -> None:
    operator, worker = the("operator"), the("worker")

    def proposed(said: dict[str, str]) -> Callable[[], object]:
        row = propose(a_resident(), said, left=not said, by=the("building"), now=NOW)
        return lambda: accept_proposal(row, by=worker, now=NOW)

    def erasing() -> Callable[[], object]:
        row = ask_for(a_resident(), kind="erase", text="", seen=True, by=worker, now=NOW)
        return lambda: take_step(row, "grant", answer="…", by=the("head"), now=NOW)

    def about_whoever_moves() -> Callable[[], object]:
        person = a_resident()
        propose(person, {"phone": "13900000009"}, by=the("building"), now=NOW)
        ask_for(person, kind="copy", text="", seen=True, by=worker, now=NOW)
        return lambda: move(residence_of(person), a_dwelling(), by=worker, now=NOW)

    home, other = a_household(), a_household()
    a_resident(home, relation="0")
    a_resident(other, relation="0")
    keep, gone, dead, leaves = a_resident(document="", born_on=BORN), a_resident(), a_resident(), a_resident()
    propose(gone, {"phone": "13900000009"}, by=the("building"), now=NOW)
    source = taken_in(data=a_text(a_person(姓名="张伟")))
    acts.undo_import(source, by=operator, now=NOW)
    for act in (
        proposed({"phone": "13900000009"}), proposed({}), erasing(), about_whoever_moves(),
        lambda: move_household(home, a_dwelling(), by=worker, now=NOW),
        lambda: leave_household(other, by=worker, now=NOW),
        lambda: merge_residents(keep, gone, by=worker, now=NOW),
        lambda: set_died(dead, NOW.date(), by=worker, now=NOW),
        lambda: move_out(residence_of(leaves), by=worker, now=NOW),
        lambda: erase_resident(leaves, by=the("head"), now=NOW),
        worked, a_call(),
    ):  # fmt: skip
        found = locked(act, ORDER)
        assert found == sorted(found, key=ORDER.index), found


def test_a_list_locks_whom_it_knows_before_it_stores_whom_it_does_not() -> None:
    a_household(a_dwelling(number="1301", floor=13))
    asking = a_resident()
    ask_for(asking, kind="copy", text="", seen=True, by=the("worker"), now=NOW)
    known = a_row(证件号码=asking.document, 姓名="张一", 门牌号="1301", 与户主关系="")
    new = a_person(门牌号="1301", 姓名="张二", 与户主关系="")
    source = checked(data=a_text(new, known))
    acts.start_import(source, leave_out=False, repeats="update", by=the("operator"), now=NOW)
    found = [
        table for table in locked(worked, ORDER) if table != "registry_datarequest"
    ]  # after its person, always
    assert found == sorted(found, key=ORDER.index), found
    assert "registry_resident" in found


def test_whoever_stores_a_path_holds_the_tree() -> None:
    worker, person, door = the("worker"), a_resident(), a_dwelling()
    for act in (
        lambda: open_household(door, by=worker, now=NOW),
        lambda: ask_for(person, kind="copy", text="", seen=True, by=worker, now=NOW),
        lambda: propose(person, {"phone": "13900000009"}, by=the("building"), now=NOW),
    ):
        assert locked(act, ORDER)[0] == "places_stamp"


def test_who_goes_and_a_household_that_goes_lock_duties_before_they_tell() -> None:
    home, building = a_household(), the("building").user
    assert building
    assign_duty(building, household=home.pk, near=home.dwelling.area, by=the("operator"), now=NOW)
    assert Duty.objects.filter(household=home.pk).exists()
    found = locked(lambda: deactivate(building, by=the("sysadmin"), now=NOW), ("posts_duty", "journal_head"))
    assert found[0] == "posts_duty"
    assert "journal_head" in found

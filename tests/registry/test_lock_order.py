"""Everybody locks in one order, so that nobody tangles. Only PostgreSQL locks rows."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mulin.registry.actions import bulk_import as acts
from mulin.registry.face import (
    accept_proposal,
    ask_for,
    leave_household,
    merge_residents,
    move,
    move_household,
    move_out,
    propose,
    set_died,
    take_step,
)
from tests.matters.world import NOW, the
from tests.registry.lists import a_person, a_text, taken_in, worked
from tests.registry.world import BORN, a_dwelling, a_household, a_resident, residence_of

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town, pytest.mark.only_on("postgres")]
ORDER = ("places_stamp", "registry_household", "registry_dwelling", "registry_resident", "registry_datarequest",
         "registry_proposal", "posts_duty")  # fmt: skip
TABLE = re.compile(r'(?:^UPDATE|FROM) "(\w+)"')


def locked(act: Callable[[], object]) -> list[str]:
    """The tables in whose rows this locks something, in the order in which it begins to."""
    with CaptureQueriesContext(connection) as caught:
        act()
    found = []
    for each in caught.captured_queries:
        sql = str(each["sql"])
        where = TABLE.search(sql)
        locks = sql.startswith("UPDATE") or " FOR UPDATE" in sql or " FOR SHARE" in sql
        if where and locks and where[1] in ORDER:
            found.append(where[1])
    return list(dict.fromkeys(found))


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
        worked,
    ):  # fmt: skip
        found = locked(act)
        assert found == sorted(found, key=ORDER.index), found

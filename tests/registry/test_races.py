"""Two at once, each on a connection of their own: one wins, the other is told, and nothing is half-done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pytest

from mulin.journal.face import Entry, verify
from mulin.kernel.refusals import Refusal
from mulin.registry.face import (
    Dwelling,
    Resident,
    accept_proposal,
    change_resident,
    merge_residents,
    move,
    move_in,
    move_out,
    propose,
)
from mulin.registry.face import Stay as Lives
from tests.matters.world import NOW, the
from tests.registry.world import (
    BORN,
    a_document,
    a_dwelling,
    a_household,
    a_resident,
    a_unit,
    residence_of,
)
from tests.support.races import at_once

pytestmark = [pytest.mark.usefixtures("copied_db"), pytest.mark.tiny_town]


def _one_won(results: Sequence[object]) -> None:
    refused = [each for each in results if isinstance(each, Exception)]
    assert [type(each) for each in refused if not isinstance(each, Refusal)] == []
    assert len(refused) == len(results) - 1


def test_races() -> None:
    """One town for all of them: each leaves the journal whole."""
    _two_householders()
    _the_same_document_twice()
    _the_same_door_twice()
    _the_same_version_changed_twice()
    _out_and_on_at_once()
    _crossing_households()
    _decided_while_merged_and_moved()
    assert verify().problems == []


def _two_householders() -> None:
    home, operator = a_household(), the("operator")
    one, two = a_resident(), a_resident()
    head = Lives(household=home, relation="0")
    results = at_once(
        partial(move_in, one, home.dwelling, head, by=operator, now=NOW),
        partial(move_in, two, home.dwelling, head, by=operator, now=NOW),
    )
    _one_won(results)
    home.refresh_from_db()
    assert (home.members, home.residences.there().filter(relation="0").count()) == (1, 1)


def _the_same_document_twice() -> None:
    number, before = a_document(), Entry.objects.count()
    one, two = a_dwelling(), a_dwelling()
    operator, worker = the("operator"), the("worker")
    results = at_once(
        partial(a_resident, dwelling=one, document=number, by=operator, name="王秀英"),
        partial(a_resident, dwelling=two, document=number, by=worker, name="王秀英"),
    )
    _one_won(results)
    assert Resident.objects.filter(name="王秀英").count() == 1
    assert Entry.objects.count() == before + 4  # two doors; registered and moved in, once


def _the_same_door_twice() -> None:
    operator, unit = the("operator"), a_unit()
    results = at_once(*[partial(a_dwelling, unit, number="1204", by=operator)] * 2)
    _one_won(results)
    assert Dwelling.objects.filter(number="1204").count() == 1


def _the_same_version_changed_twice() -> None:
    resident, operator = a_resident(), the("operator")
    results = at_once(
        *(
            partial(change_resident, resident, {"phone": phone}, by=operator, now=NOW, version=1)
            for phone in ("13900000001", "13900000002")
        )
    )
    _one_won(results)
    resident.refresh_from_db()
    assert resident.version == 2


def _out_and_on_at_once() -> None:
    resident, door, operator = a_resident(), a_dwelling(), the("operator")
    home = residence_of(resident)
    results = at_once(
        partial(move_out, home, by=operator, now=NOW),
        partial(move, home, door, by=operator, now=NOW),
    )
    _one_won(results)
    assert resident.residences.there().count() == (0 if isinstance(results[1], Exception) else 1)


def _decided_while_merged_and_moved() -> None:
    """Whoever decides and whoever changes the person need the same rows: one waits, or is told."""
    operator, head = the("operator"), the("building")
    for _ in range(3):
        keep, gone, door = a_resident(document="", born_on=BORN), a_resident(), a_dwelling()
        rows = [propose(each, {"phone": "13900000009"}, by=head, now=NOW) for each in (keep, gone)]
        results = at_once(
            partial(merge_residents, keep, gone, by=operator, now=NOW),
            partial(move, residence_of(gone), door, by=operator, now=NOW),
            *(partial(accept_proposal, row, by=operator, now=NOW) for row in rows),
        )
        wrong = [each for each in results if isinstance(each, Exception) and not isinstance(each, Refusal)]
        assert wrong == []


def _crossing_households() -> None:
    """From one to the other and back at the same moment: nobody waits for ever."""
    left, right, operator = a_household(), a_household(), the("operator")
    one, two = a_resident(left), a_resident(right)
    to_right, to_left = Lives(household=right), Lives(household=left)
    results = at_once(
        partial(move, residence_of(one), right.dwelling, to_right, by=operator, now=NOW),
        partial(move, residence_of(two), left.dwelling, to_left, by=operator, now=NOW),
    )
    assert [each for each in results if isinstance(each, Exception)] == []
    for home in (left, right):
        home.refresh_from_db()
        assert home.members == 1

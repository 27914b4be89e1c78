"""What was asked and proposed follows whoever moves, and borders that move; duties end with their household."""

from __future__ import annotations

import pytest

from mulin.journal.face import Entry, Outbox
from mulin.kernel.refusals import NotYours
from mulin.places.face import Area, Level, Rebase, numbered, rebase
from mulin.posts.face import Duty, assign_duty
from mulin.registry.face import (
    DataRequest,
    Proposal,
    Resident,
    accept_proposal,
    ask_for,
    close_household,
    leave_household,
    merge_residents,
    move,
    move_household,
    move_out,
    propose,
    take_over,
)
from tests.matters.world import NOW, the, the_grid
from tests.registry.world import (
    BORN,
    a_building_elsewhere,
    a_dwelling,
    a_household,
    a_resident,
    a_unit,
    residence_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def asked_about(record: Resident) -> tuple[DataRequest, Proposal]:
    request = ask_for(record, kind="copy", text="", seen=True, by=the("worker"), now=NOW)
    return request, propose(record, {"phone": "13900000009"}, by=the("building"), now=NOW)


def places(*rows: DataRequest | Proposal) -> set[str]:
    for row in rows:
        row.refresh_from_db()
    return {row.place for row in rows}


def test_those_where_somebody_lives_now_see_and_decide() -> None:
    wang = a_resident(name="王秀英")
    request, proposal = asked_about(wang)
    told = Outbox.objects.filter(kind="request.asked").count()
    there = a_dwelling(a_unit(a_building_elsewhere()))
    move(residence_of(wang), there, by=the("operator"), now=NOW)
    assert places(request, proposal) == {there.place}
    worker = the("worker")
    assert not Proposal.objects.visible_to(worker).exists()
    with pytest.raises(NotYours):
        accept_proposal(proposal, by=worker, now=NOW)
    assert accept_proposal(proposal, by=the("operator"), now=NOW).stage == "accepted"
    assert list(DataRequest.objects.visible_to(the("head"))) == [request]
    codes = set(Entry.objects.filter(subject__in=(request.pk, proposal.pk)).values_list("code", flat=True))
    assert {"request.followed", "proposal.followed"} <= codes
    assert (
        Outbox.objects.filter(kind="request.asked").count() == told
    )  # the same people answer for both grids


def test_they_follow_a_household_a_taking_over_and_a_merging() -> None:
    there = a_dwelling(a_unit(a_building_elsewhere()))
    home = a_household()
    li, zhao = a_resident(home, relation="0"), a_resident()
    rows = (*asked_about(li), *asked_about(zhao))
    move_household(home, there, by=the("operator"), now=NOW)
    take_over(zhao.document, zhao.name, there, by=the("operator"), now=NOW)
    assert places(*rows) == {there.place}
    keep, other = a_resident(document="", born_on=BORN), a_resident(dwelling=there)
    move_out(residence_of(keep), by=the("worker"), now=NOW)
    request, proposal = asked_about(keep)
    merge_residents(keep, other, by=the("operator"), now=NOW)
    assert places(request, proposal) == {there.place}


def test_codes_that_move_take_them_along() -> None:
    request, proposal = asked_about(a_resident())
    grid, village = the_grid(), Area.objects.get(path=the_grid().path[: Level.VILLAGE])
    new = numbered(village.path, Level.GRID, 98)
    rebase(Rebase(village, {grid.path: new}), by=the("operator").actor(), now=NOW)
    (place,) = places(request, proposal)
    assert place.startswith(new)


def test_nobody_answers_for_a_household_that_is_dissolved() -> None:
    empty, left, stands = a_household(), a_household(), a_household()
    a_resident(left, relation="0")
    operator, user = the("operator"), the("worker").user
    assert user
    for home in (empty, left, stands):
        assign_duty(user, household=home.pk, near=home.dwelling.area, by=operator, now=NOW)
    close_household(empty, by=operator, now=NOW)
    leave_household(left, by=operator, now=NOW)
    running = Duty.objects.filter(to_at=None, household__in=(empty.pk, left.pk, stands.pk))
    assert [duty.household for duty in running] == [stands.pk]
    assert Entry.objects.filter(code="duty.ended", subject=user.pk).count() == 2

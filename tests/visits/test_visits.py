"""Calls at the door: planned, recorded once, and what they confirm, settle and raise."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mulin.journal.face import SYSTEM, Subject, timeline, verify
from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed, NotYours
from mulin.registry.face import Household, Resident, erase_resident, move_out
from mulin.visits.actions.matters import link_matter, raise_matter
from mulin.visits.face import (
    Call,
    Mark,
    PastVisit,
    Stage,
    Visit,
    Why,
    cancel_visit,
    change_visit,
    move_visit,
    plan_many,
    plan_visit,
    planned_for,
    record_visit,
    store_visits,
    visits_of,
)
from tests.matters.world import a_kind, a_matter, the, the_workers_seat
from tests.registry.world import (
    a_building_elsewhere,
    a_dwelling,
    a_household,
    a_merchant,
    a_resident,
    a_unit,
    residence_of,
)
from tests.support.clock import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
TODAY = NOW.date()
TOMORROW = TODAY + timedelta(days=1)
MET = Call(at=NOW - timedelta(minutes=20), said="腿疼，下楼难", agreed="下周带她去卫生站")


def codes(visit: Visit) -> list[str]:
    return [line.code for line in timeline(Subject("visit", visit.pk))]


def a_home_elsewhere() -> Household:
    return a_household(a_dwelling(area=a_unit(a_building_elsewhere())))


def test_a_worker_plans_puts_off_and_makes_a_visit(db: None) -> None:
    worker, home = the("worker"), a_household()
    visit = plan_visit(home, on=TOMORROW, by=worker, now=NOW, why=Why.STALE)
    assert (visit.seat, visit.person) == (the_workers_seat(), worker.user)
    with pytest.raises(Conflict, match="planned already"):
        plan_visit(home, on=TOMORROW, by=worker, now=NOW)
    move_visit(visit, on=TODAY, by=worker, now=NOW)
    assert list(planned_for(home, worker)) == [visit]
    done = record_visit(home, MET, by=worker, now=NOW, planned=visit)
    assert (done.pk, done.stage, done.said) == (visit.pk, Stage.DONE, MET.said)
    assert codes(done) == ["visit.planned", "visit.moved", "visit.done"]
    assert not planned_for(home, worker)
    assert [each.agreed for each in visits_of(home, worker)] == [MET.agreed]
    with pytest.raises(Conflict):
        record_visit(home, MET, by=worker, now=NOW, planned=visit)
    with pytest.raises(Conflict):
        cancel_visit(visit, by=worker, now=NOW)


def test_what_was_said_lies_in_no_entry(db: None) -> None:
    home = a_household()
    visit = record_visit(home, MET, by=the("worker"), now=NOW)
    (line,) = timeline(Subject("visit", visit.pk))
    assert not line.words
    assert MET.said not in str(line.facts)


def test_what_is_found_right_is_confirmed_in_the_registry(db: None) -> None:
    home = a_household()
    wang = a_resident(home, name="王秀英", relation="0")
    old = NOW - timedelta(days=300)
    Household.objects.filter(pk=home.pk).update(confirmed_at=old)
    type(wang).objects.filter(pk=wang.pk).update(confirmed_at=old)
    marks = [
        Mark("household", home.pk),
        Mark("resident", wang.pk, "phone"),
        Mark("household", home.pk, "members"),
    ]
    visit = record_visit(home, replace(MET, marks=marks), by=the("worker"), now=NOW)
    home.refresh_from_db()
    wang.refresh_from_db()
    assert home.confirmed_at == NOW
    assert (wang.confirmed_at, wang.seen("phone").at) == (old, NOW)
    assert visit.confirmed == [f"household:{home.pk}", f"resident:{wang.pk}:phone"]
    assert timeline(Subject("resident", wang.pk))[-1].code == "resident.confirmed"


def test_what_was_said_goes_with_the_last_whose_record_is_erased(db: None) -> None:
    home = a_household()
    people = [a_resident(home, relation=relation) for relation in ("0", "1")]
    visit = record_visit(home, Call(at=NOW, said="腿疼", agreed="下周再来"), by=the("worker"), now=NOW)
    for each, left in zip(people, ("腿疼", ""), strict=True):
        move_out(residence_of(each), on=NOW.date(), by=the("operator"), now=NOW)
        erase_resident(Resident.objects.get(pk=each.pk), by=the("head"), now=NOW)
        visit.refresh_from_db()
        assert visit.said == left
    assert (visit.agreed, visit.erased_at) == ("", NOW)


def test_nothing_is_confirmed_that_belongs_to_another_door(db: None) -> None:
    stranger = a_resident(a_household(), relation="0")
    with pytest.raises(Invalid) as refused:
        record_visit(
            a_household(), replace(MET, marks=[Mark("resident", stranger.pk)]), by=the("worker"), now=NOW
        )
    assert refused.value.field == "marks"
    assert not Visit.objects.exists()


def test_a_cadre_records_but_confirms_nothing(db: None) -> None:
    home = a_household()
    record_visit(home, MET, by=the("instructor"), now=NOW)
    with pytest.raises(NotAllowed):
        record_visit(home, replace(MET, marks=[Mark("household", home.pk)]), by=the("instructor"), now=NOW)
    assert Visit.objects.count() == 1


def test_nobody_home_says_and_confirms_nothing(db: None) -> None:
    home = a_household()
    visit = record_visit(home, Call(at=NOW, met=False), by=the("worker"), now=NOW)
    assert (visit.stage, codes(visit)) == (Stage.MISSED, ["visit.missed"])
    with pytest.raises(Invalid, match="Nobody was home"):
        record_visit(home, Call(at=NOW, met=False, said="…"), by=the("worker"), now=NOW)


@pytest.mark.parametrize(
    ("at", "field"), [(NOW + timedelta(hours=1), "at"), (NOW - timedelta(days=40), "at")]
)
def test_a_visit_is_recorded_within_a_month_and_not_before_it_was(db: None, at: object, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        record_visit(a_household(), replace(MET, at=at), by=the("worker"), now=NOW)  # type: ignore[arg-type]  # the list above holds instants
    assert refused.value.field == field


def test_the_next_visit_is_planned_or_moved(db: None) -> None:
    worker, home = the("worker"), a_household()
    first = record_visit(home, replace(MET, next_on=TOMORROW), by=worker, now=NOW)
    (next_one,) = planned_for(home, worker)
    assert (next_one.planned_on, next_one.follows, next_one.why) == (TOMORROW, first, Why.FOLLOW_UP)
    record_visit(home, replace(MET, next_on=TODAY), by=worker, now=NOW)
    assert [each.planned_on for each in planned_for(home, worker)] == [TODAY]


def test_sent_twice_it_is_there_once(db: None) -> None:
    worker, home = the("worker"), a_household()
    key = new_id()
    first = record_visit(home, MET, by=worker, now=NOW, id=key)
    assert record_visit(home, MET, by=worker, now=NOW, id=key) == first
    with pytest.raises(Conflict):
        record_visit(home, MET, by=the("head"), now=NOW, id=key)


def test_a_visit_is_changed_on_its_day_by_whoever_wrote_it_and_never_after(db: None) -> None:
    worker = the("worker")
    visit = record_visit(a_household(), MET, by=worker, now=NOW)
    change_visit(visit, said="腿好些了", agreed="", by=worker, now=NOW)
    visit.refresh_from_db()
    assert (visit.said, visit.agreed, codes(visit)[-1]) == ("腿好些了", "", "visit.changed")
    with pytest.raises(NotAllowed):
        change_visit(visit, said="…", agreed="", by=the("head"), now=NOW)
    later = NOW + timedelta(days=1)
    with pytest.raises(NotAllowed):
        change_visit(visit, said="…", agreed="", by=the("worker", later), now=later)


def test_other_grids_are_not_there_and_neighbours_do_not_visit(db: None) -> None:
    with pytest.raises(NotYours):
        record_visit(a_home_elsewhere(), MET, by=the("worker"), now=NOW)
    with pytest.raises(NotAllowed):
        plan_visit(a_household(), on=TODAY, by=the("building"), now=NOW)


def test_only_whoever_plans_for_others_plans_on_their_seats(db: None) -> None:
    home, seat = a_household(), the_workers_seat()
    visit = plan_visit(home, on=TOMORROW, by=the("head"), now=NOW, seat=seat)
    assert (visit.seat, visit.person) == (seat, None)
    with pytest.raises(NotAllowed):
        plan_visit(a_household(), on=TOMORROW, by=the("instructor"), now=NOW, seat=seat)
    with pytest.raises(NotAllowed):
        cancel_visit(visit, by=the("instructor"), now=NOW)
    with pytest.raises(Invalid, match="makes no visits there"):
        plan_visit(a_home_elsewhere(), on=TOMORROW, by=the("head"), now=NOW, seat=seat)
    with pytest.raises(Invalid, match="This day is over"):
        plan_visit(home, on=TODAY - timedelta(days=1), by=the("worker"), now=NOW)


def test_many_are_planned_at_once_and_none_twice(db: None) -> None:
    worker, homes = the("worker"), [a_household(), a_household(), a_household()]
    plan_visit(homes[0], on=TODAY, by=worker, now=NOW)
    made = plan_many(homes, [TOMORROW] * 3, by=worker, now=NOW, seat=the_workers_seat())
    assert [each.household for each in made] == homes[1:]
    assert Visit.objects.planned().count() == 3


def test_a_matter_comes_out_of_a_visit(db: None) -> None:
    worker, home = the("worker"), a_household()
    visit = record_visit(home, MET, by=worker, now=NOW)
    raised = raise_matter(visit, a_kind(), text="楼道的灯坏了。", by=worker, now=NOW)
    assert raised.matter.place == home.place
    assert "T" not in raised.matter.address  # not the door
    known = a_matter(worker).matter
    link_matter(visit, known, by=worker, now=NOW)
    assert {each.matter_id for each in visit.matters.all()} == {raised.matter.pk, known.pk}
    with pytest.raises(Conflict):
        link_matter(visit, known, by=worker, now=NOW)
    planned = plan_visit(home, on=TODAY, by=worker, now=NOW)
    with pytest.raises(Invalid, match="record the visit first"):
        raise_matter(planned, a_kind(), text="灯", by=worker, now=NOW)


def test_merchants_are_visited_too(db: None) -> None:
    worker, shop = the("worker"), a_merchant()
    old = NOW - timedelta(days=300)
    type(shop).objects.filter(pk=shop.pk).update(confirmed_at=old)
    visit = record_visit(shop, replace(MET, marks=[Mark("merchant", shop.pk, "safety")]), by=worker, now=NOW)
    shop.refresh_from_db()
    assert (visit.merchant, shop.seen("safety").at, shop.confirmed_at) == (shop, NOW, old)


def test_the_bulk_path_leaves_what_live_acts_leave(db: None) -> None:
    worker, home, other = the("worker"), a_household(), a_household()
    assert worker.user
    seat = the_workers_seat()
    plan_visit(home, on=TODAY, by=worker, now=NOW)
    live = record_visit(home, MET, by=worker, now=NOW, planned=planned_for(home, worker)[0])
    told = PastVisit(
        place=other.place, person=worker.user.pk, seat=seat.pk, household=other.pk, at=MET.at,
        planned_on=TODAY, planned_at=NOW, recorded_at=NOW, said=MET.said, agreed=MET.agreed,
    )  # fmt: skip
    assert store_visits([told], by=SYSTEM) == 1
    (past,) = Visit.objects.filter(household=other)
    same = ("stage", "why", "way", "person_id", "seat_id", "visited_at", "planned_on", "said", "agreed",
            "confirmed", "recorded_at", "recorded_by", "erased_at")  # fmt: skip
    assert {name: getattr(past, name) for name in same} == {name: getattr(live, name) for name in same}
    assert codes(past) == codes(live)
    kept = [
        [{**line.facts, "household": "", "place": ""} for line in timeline(Subject("visit", each.pk))]
        for each in (live, past)
    ]
    assert kept[0] == kept[1]
    assert not verify().problems

"""A changed calendar or limit moves every open date, keeps what was used and granted, and tells the reporter."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from mulin.journal.face import Entry, Subject, timeline, timeline_for_reporter
from mulin.kernel.worktime import Limit, Unit, elapsed
from mulin.matters.actions import recompute, redating
from mulin.matters.actions.types import set_limit
from mulin.matters.face import Matter, MatterType, recompute_due, recompute_progress
from mulin.matters.models import MovedPromise, Part, PartKind, Recompute
from mulin.matters.rules.limits import Clock
from mulin.places.face import Area, DayKind, Hours, Level, SingleDay, calendar_at, open_calendar, set_days
from mulin.posts.face import Who
from tests.matters.world import NOW, a_kind, a_matter, do, seat_of, the, the_grid

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
SETTLED = NOW + timedelta(minutes=1)


def town() -> Area:
    return Area.objects.get(path=the_grid().path[: Level.TOWN])


def off_tomorrow(days: int = 3) -> None:
    """The town closes for some days."""
    calendar = open_calendar(town(), hours=Hours(), by=the("sysadmin").actor(), now=NOW)
    first = NOW.date() + timedelta(days=1)
    single = [SingleDay(first + timedelta(days=n), DayKind.OFF, "台风") for n in range(days)]
    set_days(calendar, days=single, by=the("sysadmin").actor(), now=NOW)


def worked_through(now: datetime = SETTLED) -> None:
    """The worker goes on until nothing is left."""
    system = Who.system(now)
    recompute_due(by=system, now=now)  # sees the change
    later = now + timedelta(minutes=1)
    while recompute_due(by=Who.system(later), now=later):
        pass


def dates(matter: Matter) -> tuple[Any, ...]:
    matter.refresh_from_db()
    return matter.due_at, matter.promise_at, matter.next_rung_at


def left_until(at: datetime) -> timedelta:
    return elapsed(NOW, at, calendar_at(town().path))


def test_a_day_off_moves_what_is_due_after_it() -> None:
    matter = a_matter().matter
    before = dates(matter)
    promised = left_until(matter.promise_at)
    off_tomorrow()
    worked_through()
    due, promise, _rung = dates(matter)
    assert promise > before[1]
    assert left_until(promise) == promised  # as much working time as before
    assert due is not None
    assert matter.first_promise_at == before[1]


def test_dates_come_out_as_if_the_calendar_had_been_so_from_the_start() -> None:
    matter = do(a_matter(start=Level.TOWN).matter, "file", "operator")
    off_tomorrow()
    worked_through()
    again = do(a_matter(start=Level.TOWN).matter, "file", "operator")
    assert dates(matter) == dates(again)


def test_a_lead_part_moves_with_its_turn() -> None:
    matter = do(a_matter(start=Level.TOWN).matter, "file", "operator")
    matter = do(matter, "dispatch", "operator", seat=seat_of("handler"))
    matter = do(matter, "accept", "handler")
    off_tomorrow()
    worked_through()
    matter.refresh_from_db()
    part = Part.objects.get(matter=matter, kind=PartKind.LEAD, to_at=None)
    assert part.due_at == matter.due_at
    assert part.due_at is not None
    assert part.due_at > NOW + timedelta(days=4)


def test_pauses_and_granted_time_are_kept() -> None:
    """What was used before a pause and what was granted on top count on the new calendar and limit alike."""
    matter = do(a_matter(start=Level.TOWN).matter, "file", "operator")
    Matter.objects.filter(pk=matter.pk).update(
        promise_used=timedelta(hours=7), promise_extra=timedelta(hours=3), due_used=timedelta(minutes=30)
    )
    kind = MatterType.objects.get(pk=matter.type_id)
    for clock, days in ((Clock.PROMISE, 9), (Clock.DISPATCH, 2)):
        set_limit(kind, clock=clock, limit=Limit(days, Unit.WORKDAY), by=Who.system(NOW), now=NOW)
    worked_through()
    due, promise, _rung = dates(matter)
    assert left_until(promise) == timedelta(hours=9 * 8 - 7 + 3)
    assert due is not None
    assert left_until(due) == timedelta(hours=16, minutes=-30)


def test_a_clock_that_stands_still_keeps_its_date() -> None:
    matter = a_matter().matter
    Matter.objects.filter(pk=matter.pk).update(due_from=None, promise_from=None)
    before = dates(matter)
    off_tomorrow()
    worked_through()
    assert dates(matter) == before


def test_what_no_calendar_can_date_holds_up_no_other() -> None:
    endless, other = a_matter().matter, a_matter(text="别的灯坏了").matter
    Matter.objects.filter(pk=endless.pk).update(promise_extra=timedelta(days=9000))
    before = dates(endless)
    off_tomorrow()
    worked_through()
    assert dates(endless) == before
    assert dates(other)[1] > other.first_promise_at


def test_what_is_settled_stays_as_it_was() -> None:
    matter = a_matter().matter
    matter = do(matter, "decline", "worker")
    before = dates(matter)
    off_tomorrow()
    worked_through()
    assert dates(matter) == before


def test_the_reporter_reads_that_the_promise_moved() -> None:
    matter = a_matter().matter
    was = matter.promise_at
    off_tomorrow()
    worked_through()
    matter.refresh_from_db()
    line = timeline_for_reporter(Subject("matter", matter.pk))[-1]
    assert line.code == "matter.promise_moved"
    assert line.facts == {"was": was.isoformat(), "promise": matter.promise_at.isoformat()}
    assert not MovedPromise.objects.exists()


def test_a_promise_that_came_back_is_not_told() -> None:
    matter = a_matter().matter
    off_tomorrow()
    MovedPromise.objects.create(id=matter.pk, was=matter.promise_at)
    recompute.tell_moved(by=Who.system(NOW), now=NOW)
    assert "matter.promise_moved" not in {line.code for line in timeline(Subject("matter", matter.pk))}
    assert not MovedPromise.objects.exists()


def test_several_changes_make_one_pass() -> None:
    a_matter()
    off_tomorrow()
    system = Who.system(NOW)
    assert recompute_due(by=system, now=NOW) == 0  # somebody may still be at it
    set_limit(a_kind(), clock=Clock.HANDLE, limit=Limit(2, Unit.WORKDAY), by=system, now=NOW)
    worked_through()
    assert Entry.objects.filter(code="matters.redated").count() == 1
    progress = recompute_progress()
    assert (progress.running, progress.percent) == (False, 0)
    worked_through()
    assert Entry.objects.filter(code="matters.redated").count() == 1


def test_a_change_on_the_way_makes_another_pass() -> None:
    a_matter()
    off_tomorrow()
    recompute_due(by=Who.system(NOW), now=NOW)
    row = recompute._begun(Recompute.objects.get(), NOW)
    set_limit(a_kind(), clock=Clock.HANDLE, limit=Limit(2, Unit.WORKDAY), by=Who.system(NOW), now=NOW)
    assert row.cursor is not None
    worked_through()
    assert Entry.objects.filter(code="matters.redated").count() == 2
    assert not recompute_progress().running


def test_a_pass_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    matters = [a_matter(text=f"第{n}件").matter for n in range(5)]
    off_tomorrow()
    monkeypatch.setitem(recompute._pace, connection.vendor, recompute.Pace(2))
    monkeypatch.setattr(recompute, "SMALLEST", 2)
    monkeypatch.setitem(recompute.HELD, connection.vendor, 0.0)  # always too long
    monkeypatch.setattr(recompute, "A_WHILE", 0)  # one batch a round
    recompute_due(by=Who.system(NOW), now=NOW)
    seen: list[int] = []
    while recompute_due(by=Who.system(SETTLED), now=SETTLED) and len(seen) < 10:
        seen.append(recompute_progress().percent)
    assert seen[0] < seen[1] < seen[2]
    assert seen[-1] == 100
    assert all(dates(matter)[1] > matter.first_promise_at for matter in matters)


def test_whoever_acts_meanwhile_goes_first() -> None:
    """A matter that changed between reading and writing is read again, and comes out right all the same."""
    matter = do(a_matter(start=Level.TOWN).matter, "file", "operator")
    other = a_matter(start=Level.TOWN).matter
    off_tomorrow()
    rows = redating.again([matter.pk, other.pk])
    batch = redating.worked_out(rows, redating.Grounds.read())
    do(matter, "pass_up", "operator")
    assert redating.written(batch) is False
    worked_through()
    twin = do(do(a_matter(start=Level.TOWN).matter, "file", "operator"), "pass_up", "operator")
    assert dates(matter) == dates(twin)


def test_a_batch_costs_a_fixed_number_of_statements(django_assert_max_num_queries: Any) -> None:
    for n in range(6):
        a_matter(text=f"第{n}件")
    off_tomorrow()
    recompute_due(by=Who.system(NOW), now=NOW)
    with django_assert_max_num_queries(32):
        recompute_due(by=Who.system(SETTLED), now=SETTLED)


@pytest.mark.parametrize("amount", [0, -3])
def test_a_limit_of_zero_or_less_is_refused(amount: int) -> None:
    with pytest.raises(ValueError, match="zero or negative"):
        set_limit(
            a_kind(), clock=Clock.HANDLE, limit=Limit(amount, Unit.WORKDAY), by=Who.system(NOW), now=NOW
        )
    assert not Recompute.objects.exists()

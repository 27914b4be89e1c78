"""The ladder: each rung comes once, in order, however often the clock stands still and whatever is granted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulin.kernel.worktime import MONDAY_TO_FRIDAY, Limit, Unit, duration
from mulin.matters.rules.clocks import Running
from mulin.matters.rules.ladder import (
    SAMPLE_LADDER,
    URGENT_LADDER,
    Rung,
    next_at,
    passed,
    rungs_for,
    told_at,
)
from mulin.matters.rules.limits import Clock

MONDAY = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)  # half past eight in Shanghai
LIMIT, CALENDAR = Limit(2, Unit.WORKDAY), MONDAY_TO_FRIDAY
HOUR = timedelta(hours=1)
percents = st.lists(st.integers(1, 300), min_size=1, max_size=6, unique=True).map(sorted)
happenings = st.lists(
    st.tuples(st.sampled_from(["wait", "pause", "resume", "extend"]), st.integers(1, 40)), max_size=25
)


@given(percents, happenings)
def test_every_rung_comes_once_and_in_order(steps: list[int], happened: list[tuple[str, int]]) -> None:
    """Looked at whenever `next_at` says, as the worker does; at the end everything has come."""
    rungs = tuple(Rung(percent) for percent in steps)
    clock, now, reached = Running(Clock.HANDLE, MONDAY), MONDAY, 0
    fired: list[int] = []
    for what, hours in [*happened, ("resume", 0), ("wait", 24 * 60)]:
        until = now + hours * HOUR
        while (due := next_at(clock, reached, rungs, LIMIT, CALENDAR)) is not None and due <= until:
            now = max(now, due)
            came = passed(clock, reached, rungs, LIMIT, CALENDAR, now)
            assert came, "found, and yet nothing has come"
            used = clock.paused(now, LIMIT, CALENDAR).used
            whole = duration(LIMIT, CALENDAR) + clock.extra
            for rung in came:
                assert used >= whole * (rung.percent / 100)
                fired.append(rung.percent)
            reached = came[-1].percent
            assert passed(clock, reached, rungs, LIMIT, CALENDAR, now) == ()
        now = until
        if what == "pause":
            clock = clock.paused(now, LIMIT, CALENDAR)
            assert next_at(clock, reached, rungs, LIMIT, CALENDAR) is None
        elif what == "resume":
            clock = clock.resumed(now)
        elif what == "extend" and clock.extra < 40 * HOUR:
            clock = clock.extended(8 * HOUR)
    assert fired == steps


def test_what_was_missed_comes_together_up_to_where_it_is_handed_up() -> None:
    clock = Running(Clock.FILE, MONDAY)
    rungs = (Rung(50), Rung(100, ("superior",)), Rung(150, (), hand_up=True), Rung(200))
    late = MONDAY + timedelta(days=30)
    assert [rung.percent for rung in passed(clock, 0, rungs, LIMIT, CALENDAR, late)] == [50, 100, 150]
    assert passed(clock, 150, rungs, LIMIT, CALENDAR, late) == (Rung(200),)


def test_a_pause_and_more_time_move_the_next_rung() -> None:
    clock = Running(Clock.HANDLE, MONDAY)
    first = next_at(clock, 0, SAMPLE_LADDER, LIMIT, CALENDAR)
    assert first == MONDAY + timedelta(days=1, hours=5, minutes=30)  # 12 of 16 hours, and lunch
    stopped = clock.paused(MONDAY + HOUR, LIMIT, CALENDAR)
    assert next_at(stopped, 0, SAMPLE_LADDER, LIMIT, CALENDAR) is None
    going = stopped.resumed(MONDAY + 3 * HOUR)
    assert next_at(going, 0, SAMPLE_LADDER, LIMIT, CALENDAR) == first + 2 * HOUR
    longer = going.extended(8 * HOUR)
    assert next_at(longer, 0, SAMPLE_LADDER, LIMIT, CALENDAR) == first + timedelta(days=1)


def test_an_edited_ladder_never_comes_twice() -> None:
    clock = Running(Clock.HANDLE, MONDAY)
    late = MONDAY + timedelta(days=30)
    edited = (Rung(50), Rung(80), Rung(120))
    assert [rung.percent for rung in passed(clock, 75, edited, LIMIT, CALENDAR, late)] == [80, 120]


@pytest.mark.parametrize("ladder", [SAMPLE_LADDER, URGENT_LADDER])
def test_the_samples_climb(ladder: tuple[Rung, ...]) -> None:
    assert list(ladder) == sorted(ladder, key=lambda rung: rung.percent)
    assert all(rung.percent > 0 and rung.tells for rung in ladder)


def test_a_rung_of_one_clock_stands_before_that_of_all() -> None:
    every, own, other = Rung(100), Rung(100, ("lead",), clock=Clock.HANDLE), Rung(50, clock=Clock.FILE)
    assert rungs_for((every, own, other), Clock.HANDLE) == (own,)
    assert rungs_for((own, every, other), Clock.HANDLE) == (own,)
    assert rungs_for((every, own, other), Clock.FILE) == (other, every)


def test_what_is_supervised_reminds_one_level_higher() -> None:
    assert told_at([Rung(75)], supervised=True) == ("turn", "superior")
    assert told_at([Rung(100, ("turn", "superior"))], supervised=True) == ("turn", "superior", "supervisor")
    assert told_at([Rung(50, ("lead",)), Rung(75, ("dispatcher",))], supervised=False) == (
        "lead",
        "dispatcher",
    )
    assert told_at([Rung(200, (), hand_up=True)], supervised=True) == ()

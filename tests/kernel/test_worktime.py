"""Working time: what is added is what is measured."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulin.kernel.worktime import (
    MONDAY_TO_FRIDAY,
    ROUND_THE_CLOCK,
    Calendar,
    Limit,
    TooLittleTime,
    Unit,
    add,
    add_time,
    clock_for,
    duration,
    elapsed,
    is_open,
    measure,
    minutes,
    next_opening,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
SEVEN_DAYS = Calendar("hotline", ((time(8), time(0)),), weekdays=(0, 1, 2, 3, 4, 5, 6))
HOLIDAY = Calendar(
    "with-holiday",
    MONDAY_TO_FRIDAY.shifts,
    off=frozenset({date(2026, 5, 1), date(2026, 5, 4), date(2026, 5, 5)}),
    on=frozenset({date(2026, 5, 9)}),
)
SUMMER_TIME = Calendar("elsewhere", ((time(9), time(17)),), zone="Europe/Berlin")
MIDNIGHT = Calendar("till-midnight", ((time(0), time(6)), (time(18), time(0))), weekdays=(5, 6))
GAPS = Calendar(
    "gaps", MONDAY_TO_FRIDAY.shifts, weekdays=(0, 2),
    off=frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(400)), on=frozenset({date(2026, 7, 5)}),
)  # fmt: skip
CALENDARS = (MONDAY_TO_FRIDAY, SEVEN_DAYS, HOLIDAY, SUMMER_TIME, ROUND_THE_CLOCK, MIDNIGHT, GAPS)

instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
limits = st.builds(Limit, st.integers(1, 40), st.sampled_from(Unit))
calendars = st.sampled_from(CALENDARS)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@given(instants, limits, calendars)
def test_measuring_gives_the_limit_back(start: datetime, limit: Limit, calendar: Calendar) -> None:
    end = add(start, limit, calendar)
    assert end >= start
    assert end.tzinfo is UTC
    assert measure(start, end, clock_for(limit, calendar)) == minutes(limit, calendar)


@given(instants, limits, limits, calendars)
def test_two_limits_in_a_row_are_their_sum(start: datetime, a: Limit, b: Limit, calendar: Calendar) -> None:
    a, b = Limit(a.amount, Unit.WORKHOUR), Limit(b.amount, Unit.WORKHOUR)
    both = Limit(a.amount + b.amount, Unit.WORKHOUR)
    assert add(add(start, a, calendar), b, calendar) == add(start, both, calendar)


@given(instants, instants, instants, calendars)
def test_measures_add_up(a: datetime, b: datetime, c: datetime, calendar: Calendar) -> None:
    a, b, c = (each.replace(second=0, microsecond=0) for each in sorted((a, b, c)))
    assert measure(a, b, calendar) + measure(b, c, calendar) == measure(a, c, calendar)


@given(instants, instants, limits, calendars)
def test_an_earlier_start_never_ends_later(
    a: datetime, b: datetime, limit: Limit, calendar: Calendar
) -> None:
    early, late = sorted((a, b))
    assert add(early, limit, calendar) <= add(late, limit, calendar)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "end"),
    [
        ("2026-03-18T10:00", 1, Unit.WORKDAY, "2026-03-19T10:00"),
        ("2026-03-18T11:00", 2, Unit.WORKHOUR, "2026-03-18T14:30"),
        (
            "2026-03-18T17:00",
            1,
            Unit.WORKHOUR,
            "2026-03-18T18:00",
        ),  # the end of a shift, not the next's start
        ("2026-03-20T17:00", 2, Unit.WORKHOUR, "2026-03-23T09:30"),  # over a weekend
        ("2026-03-21T12:00", 1, Unit.WORKDAY, "2026-03-23T18:00"),  # from a Saturday
        ("2026-03-18T22:00", 2, Unit.HOUR, "2026-03-19T00:00"),  # round the clock
        ("2026-03-18T11:50", 30, Unit.WORKMINUTE, "2026-03-18T13:50"),  # over lunch
        ("2025-12-31T17:00", 2, Unit.WORKHOUR, "2026-01-01T09:30"),  # over the end of a year
    ],
)
def test_ends_when_people_expect_it(start: str, amount: int, unit: Unit, end: str) -> None:
    assert add(at(start), Limit(amount, unit), MONDAY_TO_FRIDAY) == at(end)


def test_knows_days_off_and_days_made_up() -> None:
    assert add(at("2026-04-30T10:00"), Limit(1, Unit.WORKDAY), HOLIDAY) == at("2026-05-06T10:00")
    assert add(at("2026-05-08T10:00"), Limit(1, Unit.WORKDAY), HOLIDAY) == at("2026-05-09T10:00")


def test_a_workday_is_eight_hours() -> None:
    assert duration(Limit(1, Unit.WORKDAY), MONDAY_TO_FRIDAY) == timedelta(hours=8)


def test_opens_and_closes() -> None:
    assert is_open(at("2026-03-18T08:30"), MONDAY_TO_FRIDAY)
    assert not is_open(at("2026-03-18T12:00"), MONDAY_TO_FRIDAY)
    assert not is_open(at("2026-03-21T10:00"), MONDAY_TO_FRIDAY)
    assert next_opening(at("2026-03-20T18:00"), MONDAY_TO_FRIDAY) == at("2026-03-23T08:30")
    assert next_opening(at("2026-03-20T10:01"), MONDAY_TO_FRIDAY) == at("2026-03-20T10:01")


def test_nothing_is_negative() -> None:
    assert measure(at("2026-03-19T10:00"), at("2026-03-18T10:00"), MONDAY_TO_FRIDAY) == 0
    with pytest.raises(ValueError, match="never negative"):
        add_time(at("2026-03-18T10:00"), timedelta(seconds=-1), MONDAY_TO_FRIDAY)


@pytest.mark.parametrize("amount", [0, -1, -365])
def test_a_limit_is_never_zero_or_negative(amount: int) -> None:
    with pytest.raises(ValueError, match="zero or negative"):
        Limit(amount, Unit.WORKDAY)


MORNING = (time(9), time(12))


@pytest.mark.parametrize(
    ("calendar", "why"),
    [
        ({"shifts": ()}, "never opens"),
        ({"shifts": (MORNING,), "weekdays": ()}, "never opens"),
        ({"shifts": (MORNING,), "weekdays": (0, 7)}, "does not exist"),
        ({"shifts": ((time(12), time(9)),)}, "overlap"),
        ({"shifts": ((time(9), time(9)),)}, "overlap"),
        ({"shifts": (MORNING, (time(11), time(18)))}, "overlap"),
        ({"shifts": ((time(22), time(0)), MORNING)}, "overlap"),
    ],
)
def test_an_impossible_calendar_is_refused_when_it_is_made(calendar: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Calendar("impossible", **calendar)


ONCE = Calendar("once", (MORNING,), weekdays=(), on=frozenset({date(2026, 6, 1), date(2031, 6, 2)}))


def test_a_calendar_with_gaps_says_where_it_has_too_little_time() -> None:
    start = at("2026-01-01T00:00")
    assert add_time(start, timedelta(hours=3), ONCE) == at("2026-06-01T12:00")
    assert add_time(start, timedelta(hours=4), ONCE) == at("2031-06-02T10:00")
    with pytest.raises(TooLittleTime, match="too little working time: not 7:00:00"):
        add_time(start, timedelta(hours=7), ONCE)
    with pytest.raises(TooLittleTime):
        next_opening(at("2031-06-02T12:00"), ONCE)


def test_ten_years_is_as_far_as_anyone_looks_whatever_was_asked_before() -> None:
    late = Calendar("late", (MORNING,), weekdays=(), on=frozenset({date(2040, 1, 2)}))
    assert elapsed(at("2020-01-01T00:00"), at("2041-01-01T00:00"), late) == timedelta(hours=3)
    with pytest.raises(TooLittleTime):
        add_time(at("2026-01-01T00:00"), timedelta(hours=1), late)
    assert add_time(at("2031-01-01T00:00"), timedelta(hours=1), late) == at("2040-01-02T10:00")


spans = st.timedeltas(timedelta(0), timedelta(days=120))
anywhen = st.datetimes(datetime(2019, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
near_new_year = st.builds(
    lambda year, offset: datetime(year, 1, 1, tzinfo=SHANGHAI) + offset,
    st.integers(2020, 2031), st.timedeltas(timedelta(days=-4), timedelta(days=4)),
)  # fmt: skip
starts = st.one_of(anywhen, near_new_year)


@given(starts, spans, calendars)
def test_adding_then_measuring_is_exact_to_the_microsecond(
    start: datetime, span: timedelta, calendar: Calendar
) -> None:
    end = add_time(start, span, calendar)
    assert elapsed(start, end, calendar) == span
    assert end.tzinfo is UTC
    if span:  # and it is the first such instant: the end of a shift, not the next one's start
        assert elapsed(start, end - timedelta(microseconds=1), calendar) < span


@given(starts, spans, calendars, st.lists(st.tuples(st.floats(0.01, 0.99), spans), max_size=6))
def test_pausing_and_resuming_keeps_what_was_used(
    start: datetime, limit: timedelta, calendar: Calendar, pauses: list[tuple[float, timedelta]]
) -> None:
    used, running_since = timedelta(0), start
    for share, stood_still in pauses:
        paused_at = add_time(running_since, (limit - used) * share, calendar)
        used += elapsed(running_since, paused_at, calendar)
        running_since = paused_at + stood_still
    due = add_time(running_since, limit - used, calendar)
    assert used + elapsed(running_since, due, calendar) == limit


def _walked(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """The same question answered the slow way: day by day, shift by shift."""
    zone, total, day = ZoneInfo(calendar.zone), timedelta(0), start.date() - timedelta(days=2)
    while day <= end.date() + timedelta(days=2):
        for begin, close in calendar.shifts if calendar.works_on(day) else ():
            last = day + timedelta(days=1) if close == time(0) else day
            b = datetime.combine(day, begin, zone).astimezone(UTC)
            e = datetime.combine(last, close, zone).astimezone(UTC)
            total += max(min(e, end) - max(b, start), timedelta(0))
        day += timedelta(days=1)
    return total


@given(starts, st.timedeltas(timedelta(0), timedelta(days=40)), calendars)
def test_the_table_says_what_walking_the_days_says(
    start: datetime, length: timedelta, calendar: Calendar
) -> None:
    start = start.astimezone(UTC)
    assert elapsed(start, start + length, calendar) == _walked(start, start + length, calendar)


@given(st.lists(starts, min_size=2, max_size=5), spans, calendars)
def test_what_was_asked_before_changes_no_answer(
    moments: list[datetime], span: timedelta, calendar: Calendar
) -> None:
    used = replace(calendar)
    answers = [add_time(moment, span, used) for moment in moments]
    assert answers == [add_time(moment, span, replace(calendar)) for moment in moments]


def test_clocks_that_are_put_forward_or_back_lose_and_gain_nothing() -> None:
    night = Calendar("night", ((time(1), time(2, 30)), (time(2, 30), time(4))), (0, 1, 2, 3, 4, 5, 6),
                     zone="Europe/Berlin")  # fmt: skip
    spring, autumn = datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)
    for day, hours in ((spring, 2), (autumn, 4)):
        before = day - timedelta(hours=6)
        assert elapsed(before, before + timedelta(hours=20), night) == timedelta(hours=hours)

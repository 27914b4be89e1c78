"""Working time: what is added is what is measured."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulin.kernel.worktime import (
    MONDAY_TO_FRIDAY,
    ROUND_THE_CLOCK,
    Calendar,
    Limit,
    Unit,
    add,
    clock_for,
    duration,
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
CALENDARS = (MONDAY_TO_FRIDAY, SEVEN_DAYS, HOLIDAY, SUMMER_TIME, ROUND_THE_CLOCK)

instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
limits = st.builds(Limit, st.integers(0, 40), st.sampled_from(Unit))
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
        ("2026-03-18T03:00", 0, Unit.WORKDAY, "2026-03-18T03:00"),
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
    with pytest.raises(ValueError, match="negative"):
        Limit(-1, Unit.HOUR)


def test_a_calendar_that_never_opens_is_noticed() -> None:
    never = Calendar("never", ((time(9), time(10)),), weekdays=())
    with pytest.raises(ValueError, match="too little"):
        add(at("2026-03-18T10:00"), Limit(1, Unit.WORKHOUR), never)
    with pytest.raises(ValueError, match="never opens"):
        next_opening(at("2026-03-18T10:00"), never)

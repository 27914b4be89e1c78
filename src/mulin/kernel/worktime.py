"""Working time: when a limit ends, and how much of it has passed.

A `Calendar` says when people work. `add_time` and `elapsed` are exact inverses on it, to the microsecond:
`elapsed(start, add_time(start, span, calendar), calendar)` is `span`, across lunch, nights, holidays and years.
`add` and `measure` are the same in limits and whole minutes. All take aware instants; results are in UTC.
A workday is as many working minutes as the calendar's full day has, wherever it begins; a workhour is sixty
working minutes; an hour (for emergencies) runs round the clock, whatever the calendar.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from mulin.kernel.workspans import EPOCH, MICROSECOND, Shift, Table, TooLittleTime, length_of, problem_of

__all__ = [
    "MONDAY_TO_FRIDAY", "ROUND_THE_CLOCK", "Calendar", "Limit", "Shift", "TooLittleTime", "Unit", "add", "add_time",
    "clock_for", "duration", "elapsed", "is_open", "measure", "minutes", "next_opening",
]  # fmt: skip

ZERO, MINUTE, HOUR, DAY = timedelta(0), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Unit(StrEnum):
    """What a limit is counted in."""

    WORKDAY = "workday"
    WORKHOUR = "workhour"
    WORKMINUTE = "workminute"
    HOUR = "hour"


@dataclass(frozen=True)
class Limit:
    """How long something may take: 3 workdays, 4 workhours, 2 hours. Never nothing, never less."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"a limit is at least 1, never zero or negative: {self.amount} {self.unit}")


@dataclass(frozen=True)
class Calendar:
    """When people work: the shifts of a working day, on which weekdays (Monday is 0), in which time zone.

    A shift that ends at 00:00 ends at midnight. `off` and `on` are single dates that differ from the weekday:
    holidays, and working days made up for them. A calendar that can never open is refused.
    """

    name: str
    shifts: tuple[Shift, ...]
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    zone: str = "Asia/Shanghai"
    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        problem = problem_of(self.shifts, self.weekdays, self.on)
        if problem:
            raise ValueError(f"the calendar {self.name} {problem}")

    def works_on(self, day: date) -> bool:
        return day in self.on or (day.weekday() in self.weekdays and day not in self.off)

    @cached_property
    def workday(self) -> timedelta:
        """The working time of one full day."""
        return sum((length_of(shift) for shift in self.shifts), ZERO)

    @cached_property
    def always(self) -> bool:
        """Whether it never closes, so that its time is plain time."""
        return self.workday == DAY and not self.off and len(set(self.weekdays)) == 7

    @cached_property
    def table(self) -> Table:
        """Its working spans, worked out once and then looked up; it grows by years as they are asked for."""
        return Table(self.name, self.shifts, self.works_on, ZoneInfo(self.zone))


# Sample office hours, eight a day; each town sets its own.
MONDAY_TO_FRIDAY = Calendar("monday-to-friday", ((time(8, 30), time(12)), (time(13, 30), time(18))))
ROUND_THE_CLOCK = Calendar(
    "round-the-clock", ((time(0), time(0)),), weekdays=(0, 1, 2, 3, 4, 5, 6), zone="UTC"
)


def add_time(start: datetime, span: timedelta, calendar: Calendar) -> datetime:
    """Return the instant at which so much working time has passed since `start`.

    It is the end of a shift, not the next one's start; no time at all ends at `start` itself. Raises
    TooLittleTime where the calendar does not have as much within ten years.
    """
    if span < ZERO:
        raise ValueError("working time that is added is never negative")
    if calendar.always or not span:
        return start.astimezone(UTC) + span
    begin = (start - EPOCH) // MICROSECOND
    return EPOCH + calendar.table.after(begin, span // MICROSECOND) * MICROSECOND


def elapsed(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """Return the working time between two instants; none where `end` is not after `start`."""
    if end <= start:
        return ZERO
    if calendar.always:
        return end - start
    begin, last = (start - EPOCH) // MICROSECOND, (end - EPOCH) // MICROSECOND
    return calendar.table.between(begin, last) * MICROSECOND


def add(start: datetime, limit: Limit, calendar: Calendar) -> datetime:
    """Return the instant at which a limit that begins at `start` ends."""
    return add_time(start, duration(limit, calendar), clock_for(limit, calendar))


def measure(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Return the whole working minutes between two instants; 0 where `end` is not after `start`."""
    return elapsed(start, end, calendar) // MINUTE


def duration(limit: Limit, calendar: Calendar) -> timedelta:
    """Return a limit as working time on its calendar (an hour: as time)."""
    if limit.unit is Unit.WORKDAY:
        return limit.amount * calendar.workday
    return limit.amount * (MINUTE if limit.unit is Unit.WORKMINUTE else HOUR)


def minutes(limit: Limit, calendar: Calendar) -> int:
    """Return a limit in working minutes on its calendar (an hour: in minutes)."""
    return duration(limit, calendar) // MINUTE


def clock_for(limit: Limit, calendar: Calendar) -> Calendar:
    """Return the calendar on which to measure a limit: hours run round the clock."""
    return ROUND_THE_CLOCK if limit.unit is Unit.HOUR else calendar


def is_open(now: datetime, calendar: Calendar) -> bool:
    """Whether people work at this instant."""
    return calendar.always or calendar.table.is_open((now - EPOCH) // MICROSECOND)


def next_opening(now: datetime, calendar: Calendar) -> datetime:
    """Return `now` where people work then, otherwise the next instant at which they begin."""
    if calendar.always:
        return now.astimezone(UTC)
    return EPOCH + calendar.table.opening((now - EPOCH) // MICROSECOND) * MICROSECOND

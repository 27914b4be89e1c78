"""Working time: when a limit ends, and how much of it has passed.

A `Calendar` says when people work; `add` and `measure` are exact inverses on it: measuring from a start to
`add(start, limit, calendar)` gives the limit back. Both take and give aware instants; results are in UTC.
A workday is as many working minutes as the calendar's full day has, wherever it begins; a workhour is sixty
working minutes; an hour (for emergencies) runs round the clock, whatever the calendar.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

ZERO, MINUTE, DAY = timedelta(0), timedelta(minutes=1), timedelta(days=1)
LONGEST_SEARCH = timedelta(days=3660)

Shift = tuple[time, time]
Span = tuple[datetime, datetime]


class Unit(StrEnum):
    """What a limit is counted in."""

    WORKDAY = "workday"
    WORKHOUR = "workhour"
    HOUR = "hour"


@dataclass(frozen=True)
class Limit:
    """How long something may take: 3 workdays, 4 workhours, 2 hours."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError("a limit is never negative")


@dataclass(frozen=True)
class Calendar:
    """When people work: the shifts of a working day, on which weekdays (Monday is 0), in which time zone.

    A shift that ends at 00:00 ends at midnight. `off` and `on` are single dates that differ from the weekday:
    holidays, and working days made up for them.
    """

    name: str
    shifts: tuple[Shift, ...]
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    zone: str = "Asia/Shanghai"
    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()

    def works_on(self, day: date) -> bool:
        return day in self.on or (day.weekday() in self.weekdays and day not in self.off)

    @property
    def workday(self) -> timedelta:
        """The working time of one full day."""
        return sum((_length(shift) for shift in self.shifts), ZERO)


# Sample office hours, eight a day; each town sets its own.
MONDAY_TO_FRIDAY = Calendar("monday-to-friday", ((time(8, 30), time(12)), (time(13, 30), time(18))))
ROUND_THE_CLOCK = Calendar(
    "round-the-clock", ((time(0), time(0)),), weekdays=(0, 1, 2, 3, 4, 5, 6), zone="UTC"
)


def add(start: datetime, limit: Limit, calendar: Calendar) -> datetime:
    """Return the instant at which a limit that begins at `start` ends: the end of a shift, not the next's
    start.

    A limit of nothing ends at `start` itself.
    """
    left = duration(limit, calendar)
    if limit.unit is Unit.HOUR or not left:
        return start.astimezone(UTC) + left
    for begin, end in _spans_from(start.astimezone(UTC), calendar):
        if end - begin >= left:
            return begin + left
        left -= end - begin
    raise ValueError(f"the calendar {calendar.name} has too little working time for {limit}")


def measure(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Return the whole working minutes between two instants; 0 where `end` is not after `start`."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    worked, day, last = ZERO, _local_day(start, calendar), _local_day(end, calendar)
    while day <= last:
        worked += sum((max(min(e, end) - max(b, start), ZERO) for b, e in _spans(calendar, day)), ZERO)
        day += DAY
    return worked // MINUTE


def duration(limit: Limit, calendar: Calendar) -> timedelta:
    """Return a limit as working time on its calendar (an hour: as time)."""
    one = calendar.workday if limit.unit is Unit.WORKDAY else timedelta(hours=1)
    return limit.amount * one


def minutes(limit: Limit, calendar: Calendar) -> int:
    """Return a limit in working minutes on its calendar (an hour: in minutes)."""
    return duration(limit, calendar) // MINUTE


def clock_for(limit: Limit, calendar: Calendar) -> Calendar:
    """Return the calendar on which to measure a limit: hours run round the clock."""
    return ROUND_THE_CLOCK if limit.unit is Unit.HOUR else calendar


def is_open(now: datetime, calendar: Calendar) -> bool:
    """Whether people work at this instant."""
    now = now.astimezone(UTC)
    return any(begin <= now < end for begin, end in _spans(calendar, _local_day(now, calendar)))


def next_opening(now: datetime, calendar: Calendar) -> datetime:
    """Return `now` where people work then, otherwise the next instant at which they begin."""
    for begin, _end in _spans_from(now.astimezone(UTC), calendar):
        return begin
    raise ValueError(f"the calendar {calendar.name} never opens")


def _length(shift: Shift) -> timedelta:
    begin, end = (timedelta(hours=t.hour, minutes=t.minute, seconds=t.second) for t in shift)
    return (end if end else DAY) - begin


def _local_day(instant: datetime, calendar: Calendar) -> date:
    return instant.astimezone(ZoneInfo(calendar.zone)).date()


def _spans_from(start: datetime, calendar: Calendar) -> Iterator[Span]:
    """Yield the working spans from `start` on, the first one cut at it, for ten years."""
    day, last = _local_day(start, calendar), _local_day(start + LONGEST_SEARCH, calendar)
    while day <= last:
        for begin, end in _spans(calendar, day):
            if end > start:
                yield max(begin, start), end
        day += DAY


@lru_cache(maxsize=8192)
def _spans(calendar: Calendar, day: date) -> tuple[Span, ...]:
    """The working spans of one local day, in UTC."""
    if not calendar.works_on(day):
        return ()
    zone = ZoneInfo(calendar.zone)
    return tuple(
        (
            datetime.combine(day, begin, zone).astimezone(UTC),
            datetime.combine(day + DAY if end == time(0) else day, end, zone).astimezone(UTC),
        )
        for begin, end in calendar.shifts
    )

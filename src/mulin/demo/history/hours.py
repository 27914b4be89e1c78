"""When people act: the hours of a role, and how far so many minutes reach in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from mulin.places.face import DayKind, holidays_of

ZONE = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)

Shift = tuple[time, time]


@dataclass(frozen=True)
class Hours:
    """The shifts of a weekday, a Saturday and a Sunday; a public holiday is like a Sunday, a made-up day a weekday."""

    weekday: tuple[Shift, ...]
    saturday: tuple[Shift, ...] = ()
    sunday: tuple[Shift, ...] = ()

    def on(self, day: datetime) -> tuple[Shift, ...]:
        public = _public(day.year).get(day.date())
        if public:
            return self.sunday if public is DayKind.OFF else self.weekday
        return {5: self.saturday, 6: self.sunday}.get(day.weekday(), self.weekday)


@cache
def _public(year: int) -> dict[date, DayKind]:
    return {day.date: day.kind for day in holidays_of(year)}


_MORNING, _AFTERNOON = (time(8, 30), time(12)), (time(13, 30), time(18))
OFFICE = Hours((_MORNING, _AFTERNOON))
GRID = Hours(((time(8), time(12)), (time(14), time(18, 30))), ((time(9), time(12)),))
CENTRE = Hours(*[((time(8), time(20)),)] * 3)
NEIGHBOURS = Hours(*[((time(7, 30), time(11, 30)), (time(14), time(20, 30)))] * 3)
AWAKE = Hours(*[((time(7), time(22, 30)),)] * 3)
ALWAYS = Hours(*[((time(0), time(23, 59, 59)),)] * 3)

OF_ROLE: dict[str, Hours] = {
    "grid_worker": GRID,
    "building_head": NEIGHBOURS,
    "unit_head": NEIGHBOURS,
    "volunteer": NEIGHBOURS,
    "centre_operator": CENTRE,
    "specialist": CENTRE,
}


def hours_of(role: str, *, urgent: bool) -> Hours:
    """An emergency waits for nobody's hours."""
    return ALWAYS if urgent else OF_ROLE.get(role, OFFICE)


def after(start: datetime, minutes: float, hours: Hours) -> datetime:
    """The instant at which so many minutes of these hours have passed, to the second."""
    left = timedelta(minutes=minutes)
    for begin, end in _spans(start.astimezone(ZONE), hours):
        if end - begin > left:
            found = begin + left
            return found.replace(microsecond=0).astimezone(start.tzinfo)
        left -= end - begin
    raise AssertionError("hours without end")


def _spans(start: datetime, hours: Hours) -> Iterator[tuple[datetime, datetime]]:
    day = start.replace(hour=0, minute=0, second=0, microsecond=0)
    while True:
        for begin, end in hours.on(day):
            first, last = datetime.combine(day, begin, ZONE), datetime.combine(day, end, ZONE)
            if last > start:
                yield max(first, start), last
        day += DAY


def fits(at: datetime, hours: Hours) -> bool:
    """Whether somebody with these hours is at work then."""
    here = at.astimezone(ZONE)
    return any(begin <= here.time() < end for begin, end in hours.on(here))

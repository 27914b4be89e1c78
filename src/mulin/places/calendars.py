"""Which calendar counts where: all of them in memory, read anew only where the stamp has moved."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from mulin.kernel.worktime import MONDAY_TO_FRIDAY, Calendar, Shift
from mulin.places.calendar_models import CalendarDay, WorkCalendar
from mulin.places.holidays import DayKind, holidays_of, known_years
from mulin.places.locating import map_version
from mulin.places.models import Stamp
from mulin.places.rules import parents

_KEPT = 2  # as maps in memory: the present ones, and those that a long request still uses
_books: dict[str, Calendars] = {}
_same: dict[Calendar, Calendar] = {}
_reading = threading.Lock()


@dataclass(frozen=True)
class Calendars:
    """The calendars of an installation as they are at one stamp."""

    everywhere: Calendar
    of_areas: Mapping[str, Calendar] = field(default_factory=dict)

    def at(self, path: str) -> Calendar:
        """The calendar that counts at a path: the nearest one up the tree."""
        if self.of_areas:
            for each in (path, *parents(path)):
                if each in self.of_areas:
                    return self.of_areas[each]
        return self.everywhere


def calendar_at(path: str) -> Calendar:
    """Return the calendar that counts at a path: one cheap statement."""
    return calendars().at(path)


def calendars(version: str | None = None) -> Calendars:
    """Return the calendars of a version (`map_version`), read anew only where places or calendars have changed.

    Whoever has read the version already gives it, and no statement is needed.
    """
    version = map_version() if version is None else version
    if not version:  # nothing was ever written of places, so nobody has made a calendar
        return Calendars(standard())
    found = _books.get(version)
    if found is None:
        with _reading:
            found = _books.get(version) or _keep(version, read_calendars())
    return found


def _keep(version: str, made: Calendars) -> Calendars:
    while len(_books) >= _KEPT:
        _books.pop(next(iter(_books)), None)
    _books[version] = made
    return made


def calendars_mark() -> UUID | None:
    """Return a mark that moves whenever a calendar changes, and only then."""
    return Stamp.objects.values_list("calendars", flat=True).first()


@cache
def standard() -> Calendar:
    """Monday to Friday, with the public holidays of every year that is known: where nobody has made a calendar."""
    days = {day.date: day.kind for year in known_years() for day in holidays_of(year)}
    return _made("", MONDAY_TO_FRIDAY.shifts, MONDAY_TO_FRIDAY.weekdays, days)


def read_calendars() -> Calendars:
    """Read every open calendar: two statements."""
    return assembled(open_rows())


def open_rows() -> list[tuple[WorkCalendar, Mapping[date, str]]]:
    """The open calendars, each with the days of its own."""
    rows = list(WorkCalendar.objects.filter(closed_at=None).select_related("area").defer("area__border"))
    days: dict[UUID, dict[date, str]] = {row.pk: {} for row in rows}
    of_them = CalendarDay.objects.filter(calendar__in=rows)
    for key, day, kind in of_them.values_list("calendar_id", "date", "kind"):
        days[key][day] = kind
    return [(row, days[row.pk]) for row in rows]


def assembled(rows: Iterable[tuple[WorkCalendar, Mapping[date, str]]]) -> Calendars:
    """Put calendars together, from the top of the tree down, each with the days that it inherits."""
    everywhere = standard()
    above: Mapping[date, str] = _days_of(everywhere)
    made: dict[str, Calendar] = {}
    all_days: dict[str, Mapping[date, str]] = {}
    for row, own in sorted(rows, key=lambda pair: pair[0].area.path if pair[0].area else ""):
        if row.area is None:
            everywhere, above = _made(row.name, row.hours, row.weekdays, own), own
            continue
        path = row.area.path
        nearest = next((each for each in parents(path) if each in all_days), None)
        inherited = (all_days[nearest] if nearest else above) if row.inherits else {}
        all_days[path] = {**inherited, **own}
        made[path] = _made(row.name, row.hours, row.weekdays, all_days[path])
    return Calendars(everywhere, made)


def nearest_above(calendar: WorkCalendar) -> list[WorkCalendar]:
    """The open calendars whose single days it inherits, the nearest first: one statement."""
    if calendar.area is None or not calendar.inherits:
        return []
    above = Q(area__path__in=parents(calendar.area.path)) | Q(area=None)
    rows = WorkCalendar.objects.filter(above, closed_at=None).select_related("area").defer("area__border")
    found: list[WorkCalendar] = []
    for row in sorted(rows, key=lambda row: -len(row.area.path) if row.area else 0):
        found.append(row)
        if not row.inherits:
            break
    return found


def _days_of(calendar: Calendar) -> dict[date, str]:
    return dict.fromkeys(calendar.off, DayKind.OFF.value) | dict.fromkeys(calendar.on, DayKind.ON.value)


def _made(name: str, shifts: Iterable[Shift], weekdays: Iterable[int], days: Mapping[date, str]) -> Calendar:
    """The calendar of the kernel; one that is like a former one is that one, with what it has worked out."""
    made = Calendar(
        name, tuple(shifts), tuple(weekdays), settings.TIME_ZONE,
        off=frozenset(day for day, kind in days.items() if kind == DayKind.OFF),
        on=frozenset(day for day, kind in days.items() if kind == DayKind.ON),
    )  # fmt: skip
    if len(_same) > 1000:
        _same.clear()
    return _same.setdefault(made, made)

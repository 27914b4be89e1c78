"""A year as twelve small months, each day with what it is."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import get_day_names, get_month_names
from django.utils.translation import get_language, to_locale

from mulin.kernel.worktime import Calendar
from mulin.places.face import DayKind, ShownDay


@dataclass(frozen=True, slots=True)
class Cell:
    """One square of a month; empty before its first and after its last day."""

    day: date | None = None
    works: bool = False
    single: ShownDay | None = None

    @property
    def kind(self) -> str:
        """What the square shows: off, on (made up), rest (such as a weekend), or nothing for a working day."""
        if self.single:
            return str(self.single.kind)
        return "" if self.works or not self.day else "rest"


@dataclass(frozen=True, slots=True)
class Month:
    number: int
    label: str
    weeks: list[list[Cell]]
    workdays: int


def weekdays() -> list[str]:
    """The heads of the columns, Monday first."""
    names = get_day_names("abbreviated", locale=_locale())
    return [names[day] for day in range(7)]


def _locale() -> str:
    """CLDR's names: in the one catalogue of all rooms, "May" is also what somebody may do."""
    return to_locale(get_language() or "en")


def months_of(year: int, counts: Calendar, days: Sequence[ShownDay]) -> list[Month]:
    """Twelve months as they count in a calendar, with its single days."""
    singles = {day.date: day for day in days}
    return [_month(year, number, counts, singles) for number in range(1, 13)]


def _month(year: int, number: int, counts: Calendar, singles: dict[date, ShownDay]) -> Month:
    weeks = [
        [_cell(day, counts, singles) if day.month == number else Cell() for day in week]
        for week in calendar.Calendar().monthdatescalendar(year, number)
    ]
    workdays = sum(cell.works for week in weeks for cell in week)
    return Month(number, get_month_names("wide", "stand-alone", _locale())[number], weeks, workdays)


def _cell(day: date, counts: Calendar, singles: dict[date, ShownDay]) -> Cell:
    return Cell(day, counts.works_on(day), singles.get(day))


def counted(days: Sequence[ShownDay]) -> dict[str, int]:
    """How many of each kind."""
    return {kind.value: sum(day.kind is kind for day in days) for kind in DayKind}

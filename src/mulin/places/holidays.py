"""China's public holidays and the working days made up for them, from the maintained package, year by year.

The state announces a year late in the one before. A year that the package does not have is unknown, and is never
guessed: it is imported when the package has it, or the town pastes the announcement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from chinese_calendar import constants


class DayKind(StrEnum):
    """What a single date is: a day on which nobody works, or one on which people do."""

    OFF = "off"
    ON = "on"


@dataclass(frozen=True, slots=True)
class SingleDay:
    """A date that differs from its day of the week."""

    date: date
    kind: DayKind
    name: str = ""
    name_en: str = ""


@cache
def known_years() -> tuple[int, ...]:
    """The years whose holidays are known."""
    return tuple(sorted({day.year for day in constants.holidays}))


@cache
def holidays_of(year: int) -> tuple[SingleDay, ...]:
    """The days off and the made-up days of a year, in order; none where the year is not known."""
    off = [_day(day, DayKind.OFF, name) for day, name in constants.holidays.items() if day.year == year]
    on = [_day(day, DayKind.ON, name) for day, name in constants.workdays.items() if day.year == year]
    return tuple(sorted(off + on, key=lambda each: each.date))


def _day(day: date, kind: DayKind, name: str) -> SingleDay:
    return SingleDay(day, kind, constants.Holiday(name).chinese, name)

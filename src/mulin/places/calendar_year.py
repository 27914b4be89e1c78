"""One year of a calendar, to be shown: its single days, those of its own and those from above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mulin.places.calendar_models import CalendarDay, WorkCalendar
from mulin.places.calendars import nearest_above
from mulin.places.holidays import DayKind, SingleDay, holidays_of
from mulin.places.naming import in_language


@dataclass(frozen=True, slots=True)
class ShownDay:
    """A single day as it counts in a calendar; `own` where it can be taken back there."""

    date: date
    kind: DayKind
    name: str
    name_en: str
    own: bool

    @property
    def label(self) -> str:
        """Its name in the language of the screen."""
        return in_language(self.name, self.name_en)

    @property
    def single(self) -> SingleDay:
        return SingleDay(self.date, self.kind, self.name, self.name_en)


def days_of_year(calendar: WorkCalendar, year: int) -> list[ShownDay]:
    """The single days that count in a calendar in a year, in order: two statements."""
    chain = [calendar, *nearest_above(calendar)]
    rows = CalendarDay.objects.filter(calendar__in=chain, date__year=year)
    of = {row.pk: number for number, row in enumerate(chain)}
    found: dict[date, ShownDay] = {}
    if all(row.area_id for row in chain) and chain[-1].inherits:
        found = {day.date: _shown(day) for day in holidays_of(year)}
    for row in sorted(rows, key=lambda row: -of[row.calendar_id]):
        own = row.calendar_id == calendar.pk
        found[row.date] = ShownDay(row.date, DayKind(row.kind), row.name, row.name_en, own)
    return [found[day] for day in sorted(found)]


def _shown(day: SingleDay) -> ShownDay:
    return ShownDay(day.date, day.kind, day.name, day.name_en, own=False)

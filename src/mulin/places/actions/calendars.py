"""Calendars of areas: opening and closing them, their hours, their single days, a year's public holidays.

Whoever keeps due dates sees the stamp's mark of calendars move, and works them out anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mulin.journal.face import Actor, Json, record
from mulin.kernel.refusals import Conflict, Invalid
from mulin.kernel.text import clean
from mulin.kernel.workspans import length_of
from mulin.kernel.worktime import MONDAY_TO_FRIDAY, ZERO, Calendar, Shift
from mulin.places import entries
from mulin.places.actions.writing import again, begin
from mulin.places.calendar_models import CALENDAR_NAME_LIMIT, DAY_NAME_LIMIT, CalendarDay, WorkCalendar
from mulin.places.calendars import assembled, open_rows
from mulin.places.holidays import DayKind, SingleDay, holidays_of, known_years
from mulin.places.models import Area

FEWEST_WORKDAYS = 40  # in a year: with fewer, the longest limit would not end within ten years
MOST_SHIFTS = 4
MOST_DAYS = 400  # in one go


@dataclass(frozen=True)
class Hours:
    """When people work on a working day, on which days of the week, and whether single days come from above."""

    shifts: tuple[Shift, ...] = MONDAY_TO_FRIDAY.shifts
    weekdays: tuple[int, ...] = MONDAY_TO_FRIDAY.weekdays
    inherits: bool = True
    name: str = ""


@transaction.atomic
def open_calendar(area: Area | None, *, hours: Hours, by: Actor, now: datetime) -> WorkCalendar:
    """Give an area a calendar of its own, or with no area everywhere; that one starts with the public holidays."""
    begin(calendars=True)
    area = again(area) if area else None
    if WorkCalendar.objects.filter(area=area, closed_at=None).exists():
        raise Conflict(_("There is a calendar here already."), code="calendar_open")
    calendar = WorkCalendar.objects.create(area=area, from_at=now, changed_at=now, **_columns(hours, area))
    facts = {"path": area.path if area else "", **_facts(calendar)}
    words = {"name": calendar.name}
    record(entries.CALENDAR_OPENED, entries.about_calendar(calendar), by=by, at=now, facts=facts, words=words)
    if area is None:
        for year in known_years():
            _take_over(calendar, year)
    _check_time(now)
    return calendar


@transaction.atomic
def seed_calendar(*, by: Actor, now: datetime) -> WorkCalendar | None:
    """Open the calendar for everywhere where there is none yet."""
    if WorkCalendar.objects.filter(area=None, closed_at=None).exists():
        return None
    return open_calendar(None, hours=Hours(), by=by, now=now)


@transaction.atomic
def set_hours(calendar: WorkCalendar, *, hours: Hours, by: Actor, now: datetime) -> WorkCalendar:
    """Change the hours, lunch, days of the week or name. The same again changes nothing."""
    calendar = _begun(calendar)
    columns = _columns(hours, calendar.area)
    if all(getattr(calendar, name) == value for name, value in columns.items()):
        return calendar
    for name, value in columns.items():
        setattr(calendar, name, value)
    calendar.changed_at = now
    calendar.save(update_fields=[*columns, "changed_at"])
    words = {"name": calendar.name}
    about, facts = entries.about_calendar(calendar), _facts(calendar)
    record(entries.HOURS_CHANGED, about, by=by, at=now, facts=facts, words=words)
    _check_time(now)
    return calendar


@transaction.atomic
def set_days(calendar: WorkCalendar, *, days: Sequence[SingleDay], by: Actor, now: datetime) -> WorkCalendar:
    """Say of single dates that nobody works, or that people do; what was said of them before is replaced."""
    if not 1 <= len(days) <= MOST_DAYS:
        raise Invalid(_("Give 1 to %(most)d days at a time.") % {"most": MOST_DAYS}, code="days")
    if len({day.date for day in days}) < len(days):
        raise Invalid(_("A date is there twice."), code="days")
    calendar = _begun(calendar)
    calendar.days.filter(date__in=[day.date for day in days]).delete()
    _keep_days(calendar, days, given=False)
    facts = {"days": {day.date.isoformat(): str(day.kind) for day in days}}
    return _changed(calendar, entries.DAYS_CHANGED, facts, by, now)


@transaction.atomic
def clear_days(calendar: WorkCalendar, *, dates: Collection[date], by: Actor, now: datetime) -> WorkCalendar:
    """Take single days back: these dates are again what their day of the week, or the calendar above, says."""
    calendar = _begun(calendar)
    gone = sorted(calendar.days.filter(date__in=dates).values_list("date", flat=True))
    if not gone:
        return calendar
    calendar.days.filter(date__in=gone).delete()
    facts = {"days": {day.isoformat(): "" for day in gone}}
    return _changed(calendar, entries.DAYS_CHANGED, facts, by, now)


@transaction.atomic
def import_year(calendar: WorkCalendar, *, year: int, by: Actor, now: datetime) -> WorkCalendar:
    """Take over a year's public holidays and made-up days. Days that the town has set itself stay as they are."""
    if year not in known_years():
        raise Invalid(
            _(
                "The public holidays of %(year)d are not known to this version. Add them by hand when announced."
            )
            % {"year": year},
            code="year_unknown",
            field="year",
        )
    calendar = _begun(calendar)
    count = _take_over(calendar, year)
    return _changed(calendar, entries.YEAR_IMPORTED, {"year": year, "days": count}, by, now)


@transaction.atomic
def close_calendar(calendar: WorkCalendar, *, by: Actor, now: datetime) -> WorkCalendar:
    """Close a calendar: its area goes by the next one above again. The one for everywhere stays."""
    calendar = _begun(calendar)
    if calendar.area is None:
        raise Invalid(_("The calendar for everywhere cannot be closed."), code="calendar_needed")
    calendar.closed_at = calendar.changed_at = now
    calendar.save(update_fields=["closed_at", "changed_at"])
    facts = {"path": calendar.area.path}
    record(entries.CALENDAR_CLOSED, entries.about_calendar(calendar), by=by, at=now, facts=facts)
    return calendar


def _begun(calendar: WorkCalendar) -> WorkCalendar:
    """Lock, and read anew; a closed calendar is not changed any more."""
    begin(calendars=True)
    fresh = WorkCalendar.objects.select_related("area").get(pk=calendar.pk)
    if fresh.closed_at is not None:
        raise Conflict(_("This calendar has been closed."), code="calendar_closed")
    return fresh


def _take_over(calendar: WorkCalendar, year: int) -> int:
    calendar.days.filter(date__year=year, given=True).delete()
    own = set(calendar.days.filter(date__year=year).values_list("date", flat=True))
    days = [day for day in holidays_of(year) if day.date not in own]
    _keep_days(calendar, days, given=True)
    return len(days)


def _keep_days(calendar: WorkCalendar, days: Iterable[SingleDay], *, given: bool) -> None:
    CalendarDay.objects.bulk_create(
        CalendarDay(
            calendar=calendar, date=day.date, kind=DayKind(day.kind).value, name=_named(day.name),
            name_en=_named(day.name_en), given=given,
        )
        for day in days
    )  # fmt: skip


def _named(name: str) -> str:
    return clean(name, DAY_NAME_LIMIT, lines=False, field="days")


def _changed(
    calendar: WorkCalendar, code: str, facts: Mapping[str, Json], by: Actor, now: datetime
) -> WorkCalendar:
    calendar.changed_at = now
    calendar.save(update_fields=["changed_at"])
    record(code, entries.about_calendar(calendar), by=by, at=now, facts=facts)
    _check_time(now)
    return calendar


def _columns(hours: Hours, area: Area | None) -> dict[str, Any]:
    """The columns of hours that can be; anything else is refused with words."""
    if not hours.shifts or len(hours.shifts) > MOST_SHIFTS:
        raise Invalid(_("Give the hours of a working day."), code="hours", field="shifts")
    closed_at = time(0)
    for i, (begin_at, end_at) in enumerate(hours.shifts):
        if length_of((begin_at, end_at)) <= ZERO or begin_at < closed_at or (i and closed_at == time(0)):
            raise Invalid(
                _("The hours overlap, run backwards or are out of order."), code="hours", field="shifts"
            )
        closed_at = end_at
    weekdays = sorted(set(hours.weekdays))
    if not weekdays or not set(weekdays) <= set(range(7)):
        raise Invalid(_("Choose at least one day of the week."), code="weekdays", field="weekdays")
    name = clean(hours.name, CALENDAR_NAME_LIMIT, lines=False, field="name")
    shifts = [[_written(begin_at), _written(end_at)] for begin_at, end_at in hours.shifts]
    return {"name": name, "shifts": shifts, "weekdays": weekdays, "inherits": hours.inherits or area is None}


def _written(moment: time) -> str:
    return moment.strftime("%H:%M")


def _facts(calendar: WorkCalendar) -> dict[str, Json]:
    return {"shifts": calendar.shifts, "weekdays": calendar.weekdays, "inherits": calendar.inherits}


def _check_time(now: datetime) -> None:
    """Refuse what leaves any calendar (this one, or one that inherits) too few working days to keep a limit."""
    made = assembled(open_rows())
    for calendar in (made.everywhere, *made.of_areas.values()):
        year = _too_little_in(calendar, now.year)
        if year:
            raise Invalid(
                _("In %(year)d fewer than %(few)d working days would be left; no limit could be kept.")
                % {"year": year, "few": FEWEST_WORKDAYS},
                code="too_little_time",
            )


def _too_little_in(calendar: Calendar, this_year: int) -> int | None:
    """The first year, from this one on, with too few working days; years without single days off have enough."""
    for year in sorted({day.year for day in calendar.off if day.year >= this_year}):
        first = date(year, 1, 1).toordinal()
        days = (date.fromordinal(first + n) for n in range(365))
        if sum(calendar.works_on(day) for day in days) < FEWEST_WORKDAYS:
            return year
    return None

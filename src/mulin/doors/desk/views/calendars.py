"""Calendars: when people work, the year with its holidays and made-up days, and what may be changed of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mulin.doors.desk.calendar_forms import (
    DateForm,
    DaysForm,
    HoursForm,
    LinesForm,
    NewCalendarForm,
    PreviewForm,
    YearForm,
)  # fmt: skip
from mulin.doors.desk.ground import home_of
from mulin.doors.desk.months import counted, months_of, weekdays
from mulin.kernel.refusals import NotAllowed, NotYours, Refusal
from mulin.kernel.worktime import Calendar, Limit, Unit, add
from mulin.matters.face import recompute_progress
from mulin.places.face import (
    Area,
    Level,
    ShownDay,
    WorkCalendar,
    calendars,
    clear_days,
    close_calendar,
    days_of_year,
    import_year,
    known_years,
    open_calendar,
    parents,
    read_lines,
    seed_calendar,
    set_days,
    set_hours,
    within,
    write_lines,
)  # fmt: skip
from mulin.posts.face import Permission, Scope, Who, may, needs, who_asks

MANY = 200
NEXT_YEAR_FROM = 11  # the month in which the state usually announces the next year


def may_edit(who: Who, area: Area | None) -> bool:
    """An area's calendar is its administrator's; that for everywhere, whoever looks after every town."""
    if area is not None:
        return may(who, Permission.PLACE_EDIT, Scope(paths=(area.path,)))
    towns = Area.objects.open().at_level(Level.TOWN).values_list("path", flat=True)
    held = may(who, Permission.SYSTEM_MANAGE)
    return held and all(may(who, Permission.SYSTEM_MANAGE, Scope(paths=(path,))) for path in towns)


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def calendars_page(request: HttpRequest) -> HttpResponse:
    """The calendar for everywhere, and those of my areas."""
    who = who_asks(request)
    rows = list(_of(home_of(who)).order_by("area__path")[:MANY])
    rows.sort(key=lambda row: row.area.path if row.area else "")
    book = calendars()
    context = {
        "rows": [(row, _counts(row)) for row in rows],
        "standard": None if any(row.area is None for row in rows) else book.everywhere,
        "may_seed": may_edit(who, None),
        "may_open": who.has(Permission.PLACE_EDIT),
        "missing": _missing(book.everywhere, who.now),
        "progress": recompute_progress(),
    }
    return render(request, "desk/calendars.html", context)


def _of(home: Area | None) -> Any:
    rows = WorkCalendar.objects.filter(closed_at=None).select_related("area").defer("area__border")
    if home is None:
        return rows
    town = home.path[: Level.TOWN]
    low, high = within(town)
    mine = Q(area__path__gte=low, area__path__lt=high) | Q(area__path__in=parents(town))
    return rows.filter(mine | Q(area=None))


def _counts(row: WorkCalendar) -> Calendar:
    book = calendars()
    return book.at(row.area.path) if row.area else book.everywhere


def _missing(counts: Calendar, now: datetime) -> int | None:
    """The first year that matters now and has no public holidays yet."""
    today = timezone.localtime(now)
    years = [today.year, today.year + 1] if today.month >= NEXT_YEAR_FROM else [today.year]
    there = {day.year for day in counts.off}
    return next((year for year in years if year not in there), None)


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def calendar(request: HttpRequest, id: UUID) -> HttpResponse:
    """One calendar: a year of it, its hours, and what it means for a limit."""
    return _page(request, _find(id))


def _find(id: UUID) -> WorkCalendar:
    found = WorkCalendar.objects.select_related("area").defer("area__border").filter(pk=id, closed_at=None)
    row = found.first()
    if row is None:
        raise NotYours
    return row


def _page(request: HttpRequest, row: WorkCalendar, *, status: int = 200, **bound: forms.Form) -> HttpResponse:
    who = who_asks(request)
    year, counts = _year(request, who), _counts(row)
    days = days_of_year(row, year)
    edits = may_edit(who, row.area)
    context: dict[str, Any] = {
        "row": row, "counts": counts, "now": who.now, "year": year, "edits": edits,
        "weekdays": weekdays(), "months": months_of(year, counts, days),
        "days": days, "count": counted(days), "known": year in known_years(),
        "missing": _missing(counts, who.now), "progress": recompute_progress(), **_preview(request, who, counts),
    }  # fmt: skip
    if edits:
        initial = HoursForm.initial_of(counts, row.name, inherits=row.inherits)
        context["hours_form"] = bound.get("hours") or HoursForm(
            initial=initial, auto_id="hours_%s", everywhere=row.area is None
        )
        context["days_form"] = bound.get("days") or DaysForm(auto_id="days_%s")
        context["lines_form"] = bound.get("lines") or LinesForm(auto_id="lines_%s")
        context["year_form"] = bound.get("year")
        context["opened"] = next(iter(bound), "")
    return render(request, "desk/calendar.html", context, status=status)


def _year(request: HttpRequest, who: Who) -> int:
    form = YearForm(request.GET)
    return int(form.cleaned_data["year"]) if form.is_valid() else timezone.localtime(who.now).year


def _preview(request: HttpRequest, who: Who, counts: Calendar) -> dict[str, Any]:
    """What a limit comes to: three working days from now, or what was asked."""
    asked = "days" in request.GET
    form = PreviewForm(request.GET if asked else None, initial={"days": 3}, auto_id="preview_%s")
    days, raised = 3, who.now
    if asked and form.is_valid():
        days, raised = form.cleaned_data["days"], form.cleaned_data["raised"] or who.now
    due = None if asked and form.errors else add(raised, Limit(days, Unit.WORKDAY), counts)
    return {"preview_form": form, "preview_days": days, "preview_raised": raised, "preview_due": due}


@needs(Permission.DESK_OPEN, Permission.PLACE_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Give an area a calendar of its own, beginning with the hours that it has now."""
    who, status = who_asks(request), 200
    given = request.GET.get("area", "")[: int(Level.UNIT)]
    initial = {"area": given, **HoursForm.initial_of(calendars().at(given))}
    form = NewCalendarForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        status, row = _tried(form, lambda: _opened(form, who))
        if row:
            messages.success(request, _("The calendar counts from now on."))
            return _back(row)
    return render(request, "desk/calendar_new.html", {"form": form}, status=status or 200)


def _opened(form: NewCalendarForm, who: Who) -> WorkCalendar:
    area = form.cleaned_data["area"]
    _require(who, area)
    return open_calendar(area, hours=form.hours(), by=who.actor(), now=who.now)


@needs(Permission.DESK_OPEN, Permission.SYSTEM_MANAGE)
def seed(request: HttpRequest) -> HttpResponse:
    """Open the calendar for everywhere."""
    if request.method == "POST":
        who = who_asks(request)
        _require(who, None)
        seed_calendar(by=who.actor(), now=who.now)
    return HttpResponseRedirect(reverse("calendars"), status=303)


@needs(Permission.DESK_OPEN, Permission.PLACE_EDIT)
def hours(request: HttpRequest, id: UUID) -> HttpResponse:
    """Change the hours, lunch, or days of the week."""
    row = _find(id)
    form = HoursForm(request.POST, auto_id="hours_%s", everywhere=row.area is None)
    return _changed(request, row, "hours", form, lambda by: set_hours(row, hours=form.hours(), **by))


@needs(Permission.DESK_OPEN, Permission.PLACE_EDIT)
def days(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say of a date, or several, that nobody works, or that people do."""
    row, form = _find(id), DaysForm(request.POST, auto_id="days_%s")
    return _changed(request, row, "days", form, lambda by: set_days(row, days=form.days(), **by))


@needs(Permission.DESK_OPEN, Permission.PLACE_EDIT)
def lines(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take over many days that were pasted."""
    row, form = _find(id), LinesForm(request.POST, auto_id="lines_%s")
    return _changed(
        request, row, "lines", form,
        lambda by: set_days(row, days=read_lines(form.cleaned_data["lines"]), **by),
    )  # fmt: skip


@needs(Permission.DESK_OPEN, Permission.PLACE_EDIT)
def clear(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take a single day back."""
    row, form = _find(id), DateForm(request.POST)
    return _changed(
        request, row, "clear", form, lambda by: clear_days(row, dates=[form.cleaned_data["date"]], **by)
    )


@needs(Permission.DESK_OPEN, Permission.PLACE_EDIT)
def take_over(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take over a year's public holidays."""
    row, form = _find(id), YearForm(request.POST)
    return _changed(
        request, row, "year", form, lambda by: import_year(row, year=form.cleaned_data["year"], **by)
    )


@needs(Permission.DESK_OPEN, Permission.PLACE_EDIT)
def close(request: HttpRequest, id: UUID) -> HttpResponse:
    """Close an area's calendar: it goes by the next one above again."""
    row = _find(id)
    if request.method != "POST":
        return _back(row)
    who = who_asks(request)
    _require(who, row.area)
    close_calendar(row, by=who.actor(), now=who.now)
    messages.success(request, _("The calendar is closed; the next one above counts."))
    return HttpResponseRedirect(reverse("calendars"), status=303)


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def csv(request: HttpRequest, id: UUID) -> HttpResponse:
    """The single days of a year as a file, which can be pasted in again elsewhere."""
    row, year = _find(id), _year(request, who_asks(request))
    shown: list[ShownDay] = days_of_year(row, year)
    answer = HttpResponse(
        "\ufeff" + write_lines(day.single for day in shown), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="calendar-{year}.csv"'
    return answer


def _changed(
    request: HttpRequest, row: WorkCalendar, name: str, form: forms.Form, act: Callable[[dict[str, Any]], object]
) -> HttpResponse:  # fmt: skip
    if request.method != "POST":
        return _back(row)
    who = who_asks(request)
    _require(who, row.area)
    status, done = _tried(form, lambda: act({"by": who.actor(), "now": who.now}))
    if not done:
        return _page(request, row, status=status, **{name: form})
    messages.success(request, _("Saved. Open due dates are worked out anew; pauses are kept."))
    return _back(row, _year_of(form))


def _year_of(form: forms.Form) -> int | None:
    given = form.cleaned_data
    return given.get("year") or (given["date"].year if given.get("date") else None)


def _tried(form: forms.Form, act: Callable[[], Any]) -> tuple[int, Any]:
    """Do it if the form is right; the status of the page that says what is wrong, and what came of it."""
    if not form.is_valid():
        return 422, None
    try:
        return 0, act()
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        return refusal.status, None


def _require(who: Who, area: Area | None) -> None:
    if not may_edit(who, area):
        raise NotAllowed(_("This calendar counts beyond your area: it is changed above you."))


def _back(row: WorkCalendar, year: int | None = None) -> HttpResponseRedirect:
    query = f"?year={year}" if year else ""
    return HttpResponseRedirect(reverse("calendar", args=[row.pk]) + query, status=303)

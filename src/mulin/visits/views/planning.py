"""Where one should call: today, this week, and what is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mulin.kernel.refusals import Refusal
from mulin.places.face import Area, Level, calendar_at
from mulin.posts.face import Permission, Seat, Who, needs, who_asks
from mulin.registry.face import STALE_DAYS, Household, Merchant
from mulin.visits.actions.planning import Target, plan_many
from mulin.visits.codes import Why
from mulin.visits.models import Visit
from mulin.visits.queries.campaigns import open_for
from mulin.visits.queries.doors import door_lines
from mulin.visits.queries.due import Due, count_due, due, in_need
from mulin.visits.queries.grounds import chosen_seat, ground, own_seats, seats_to_plan, uuid_of
from mulin.visits.queries.week import ROLES, presence
from mulin.visits.rules.dates import monday, today, week_days
from mulin.visits.rules.spreading import A_DAY, Door, spread
from mulin.visits.views.base import done, page

PERIODS = (90, STALE_DAYS, 365)
MOST = 200
AHEAD = timedelta(days=6)


@needs(Permission.DESK_OPEN, Permission.VISIT_READ)
def home(request: HttpRequest) -> HttpResponse:
    """One's own plan for the next days, who is in need of a call, what is due, and whether one was there this week."""
    who = who_asks(request)
    day = today(who.now)
    seats = own_seats(who)
    rows = _planned(seats, day + AHEAD, who)
    place, areas = ground(who, Permission.VISIT_READ)
    paths = [seat.area.path for seat in seats if seat.area]
    context = {
        "day": day,
        "overdue": [row for row in rows if row["visit"].planned_on < day],
        "rows": [row for row in rows if row["visit"].planned_on >= day],
        "needs": _in_need(who, paths),
        "place": place,
        "stale_days": STALE_DAYS,
        "due_count": count_due(who, place.path, days=STALE_DAYS) if place and seats else 0,
        "campaigns": open_for(who),
        "spots": [area for area in areas if area.level == Level.GRID] if seats else [],
        "own": _own_week(who, place),
        "may_record": bool(seats),
        "may_count": who.holds(Permission.VISIT_PLAN),
    }
    return page(request, "home.html", context)


def _planned(seats: Sequence[Seat], last: date, who: Who) -> list[dict[str, Any]]:
    rows = Visit.objects.planned_until(last).filter(seat__in=[seat.pk for seat in seats])
    return _with_doors(rows.with_people().with_target().order_by("planned_on", "place", "id")[:MOST], who)


def _with_doors(visits: Any, who: Who) -> list[dict[str, Any]]:
    rows = list(visits)
    doors = door_lines([visit.target for visit in rows], who)
    return [{"visit": visit, "door": doors[visit.target.pk]} for visit in rows]


def _in_need(who: Who, paths: Sequence[str]) -> list[Due]:
    found = {each.target.pk: each for path in paths[:5] for each in in_need(who, path, limit=20)}
    return list(found.values())[:20]


def _own_week(who: Who, place: Area | None) -> Any:
    """One's own days, for those of whom days in the grid are asked."""
    if place is None or who.user is None or not any(seat.role in ROLES for seat in who.seats):
        return None
    shown = presence(place.path, monday(today(who.now)), now=who.now, only=who.user.pk)
    return shown.week.lines[0] if shown.week.lines else None


@needs(Permission.DESK_OPEN, Permission.VISIT_RECORD)
def due_list(request: HttpRequest) -> HttpResponse:
    """Not confirmed for N days, the longest first; chosen doors go into a plan."""
    who = who_asks(request)
    place, areas = ground(who, Permission.VISIT_RECORD, request.GET.get("area", ""))
    days, shops = days_asked(request), request.GET.get("of") == "merchants"
    lines: list[Due] = []
    after = ""
    if place:
        lines, after = due(who, place.path, days=days, merchants=shops, after=request.GET.get("after", ""))
    kept = {"area": place.path if place else "", "days": str(days), "of": "merchants" if shops else ""}
    context = {
        "place": place, "areas": areas, "days": days, "periods": sorted({*PERIODS, days}), "merchants": shops,
        "lines": lines, "seats": seats_to_plan(who) if who.holds(Permission.VISIT_PLAN) else [],
        "tomorrow": today(who.now) + timedelta(days=1),
        "page": {"next_url": _link(kept | {"after": after})} if after else {},
    }  # fmt: skip
    return page(request, "due.html", context)


def days_asked(request: HttpRequest) -> int:
    given = request.GET.get("days", "")
    return (
        min(max(int(given), 1), 3650)
        if given.isascii() and given.isdigit() and len(given) < 6
        else STALE_DAYS
    )


def _link(words: dict[str, str]) -> str:
    return "?" + urlencode({name: value for name, value in words.items() if value})


@needs(Permission.DESK_OPEN, Permission.VISIT_RECORD)
def week(request: HttpRequest) -> HttpResponse:
    """The week of a seat, day by day."""
    who = who_asks(request)
    seats = seats_to_plan(who)
    seat = chosen_seat(seats, request.GET.get("seat", ""))
    first = week_asked(request.GET.get("week", ""), who)
    days = week_days(first)
    rows = _of_week(seat, days, who) if seat else []
    context = {
        "seat": seat, "seats": seats, "first": first,
        "days": [{"day": day, "rows": [row for row in rows if row["visit"].planned_on == day]} for day in days],
        "count": len(rows), "today": today(who.now), "a_day": A_DAY,
        "before": first - timedelta(days=7), "after": first + timedelta(days=7),
        "may_propose": bool(seat and _working(seat, first, who)),
    }  # fmt: skip
    return page(request, "week.html", context)


def week_asked(text: str, who: Who) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = today(who.now)
    return monday(found) if 2000 <= found.year <= 2200 else monday(today(who.now))


def _of_week(seat: Seat, days: Sequence[date], who: Who) -> list[dict[str, Any]]:
    rows = Visit.objects.planned().filter(seat=seat, planned_on__gte=days[0], planned_on__lte=days[-1])
    return _with_doors(rows.with_people().with_target().order_by("planned_on", "place", "id")[:MOST], who)


@needs(Permission.DESK_OPEN, Permission.VISIT_RECORD)
@require_POST
def plan_chosen(request: HttpRequest) -> HttpResponse:
    """The doors that were ticked, all on one day."""
    who = who_asks(request)
    asked = request.POST.get("seat", "")
    seat = chosen_seat(seats_to_plan(who), asked) if asked else None
    targets = _ticked(who, request.POST.getlist("doors"))
    back = reverse("visits-due")
    try:
        day = date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        messages.error(request, _("Please choose a day."))
        return done(back)
    if not targets:
        messages.error(request, _("Please tick the doors first."))
        return done(back)
    return _planned_all(request, who, seat, targets, [day] * len(targets), Why.STALE)


@needs(Permission.DESK_OPEN, Permission.VISIT_RECORD)
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """A week's plan from what is most in need and longest unconfirmed; neighbours on the same day."""
    who = who_asks(request)
    seat = chosen_seat(seats_to_plan(who), request.POST.get("seat", ""))
    if seat is None or seat.area is None:
        return done(reverse("visits-week"))
    first = week_asked(request.POST.get("week", ""), who)
    days = _working(seat, first, who)
    chosen = spread(_doors(who, seat, len(days) * A_DAY), days)
    if not chosen:
        messages.info(request, _("Nothing is due that is not planned already."))
        return done(reverse("visits-week") + _link({"seat": str(seat.pk), "week": first.isoformat()}))
    return _planned_all(
        request, who, seat, [each for each, _day in chosen], [day for _each, day in chosen], Why.STALE
    )


def _working(seat: Seat, first: date, who: Who) -> list[date]:
    """The working days of a week that are not over."""
    assert seat.area  # noqa: S101 - seats of visits are at places
    calendar = calendar_at(seat.area.path)
    return [day for day in week_days(first) if day >= today(who.now) and calendar.works_on(day)]


def _doors(who: Who, seat: Seat, most: int) -> list[Door[Household]]:
    """The most urgent first: whom one knows to be in need, then what is longest unconfirmed."""
    assert seat.area  # noqa: S101 - seats of visits are at places
    lines, _after = due(who, seat.area.path, days=STALE_DAYS, limit=min(MOST, 2 * most or 1))
    both = {each.target.pk: each for each in [*in_need(who, seat.area.path, limit=most or 1), *lines]}
    open_lines = [each for each in both.values() if each.planned_on is None][:most]
    return [
        Door(each.target, (each.target.place, 0, each.door.where))
        for each in open_lines
        if isinstance(each.target, Household)
    ]


def _planned_all(
    request: HttpRequest,
    who: Who,
    seat: Seat | None,
    targets: Sequence[Target],
    days: Sequence[date],
    why: str,
) -> HttpResponse:
    url = reverse("visits-week") + _link(
        {"seat": str(seat.pk) if seat else "", "week": min(days).isoformat()}
    )
    try:
        made = plan_many(targets, days, by=who, now=who.now, seat=seat, why=why)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        messages.error(request, str(refusal.message))
        return done(url)
    text = ngettext("%(n)d visit is planned.", "%(n)d visits are planned.", len(made)) % {"n": len(made)}
    messages.success(request, text)
    return done(url)


def _ticked(who: Who, doors: Sequence[str]) -> list[Target]:
    """Back from "household:<id>"; what one does not visit is left out, as if it were not there."""
    pairs = [text.partition(":") for text in doors[:MOST]]
    homes: list[UUID] = [id for kind, _colon, text in pairs if kind == "household" and (id := uuid_of(text))]
    shops: list[UUID] = [id for kind, _colon, text in pairs if kind == "merchant" and (id := uuid_of(text))]
    found: list[Target] = []
    if homes:
        found += Household.objects.allowed(who, Permission.VISIT_RECORD).filter(pk__in=homes)
    if shops:
        found += Merchant.objects.allowed(who, Permission.VISIT_RECORD).filter(pk__in=shops)
    return found

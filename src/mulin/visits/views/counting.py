"""Days in the grid, and how much of each grid was called on."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.kernel.refusals import Invalid
from mulin.posts.face import Permission, needs, who_asks
from mulin.registry.face import STALE_DAYS
from mulin.visits.actions.presence import check_in
from mulin.visits.queries.coverage import coverage, total
from mulin.visits.queries.grounds import ground
from mulin.visits.queries.week import presence
from mulin.visits.views.base import done, page
from mulin.visits.views.planning import days_asked, week_asked

PERIODS = (30, 90, STALE_DAYS, 365)


@needs(Permission.DESK_OPEN, Permission.VISIT_PLAN)
def days_in_the_grid(request: HttpRequest) -> HttpResponse:
    """Which cadres were in their grid on how many days of a week. By name, never by how often: it is no ranking."""
    who = who_asks(request)
    place, areas = ground(who, Permission.VISIT_PLAN, request.GET.get("area", ""))
    first = week_asked(request.GET.get("week", ""), who)
    shown = presence(place.path, first, now=who.now) if place else None
    rows = []
    if shown:
        rows = [
            {
                "line": line, "person": shown.people[line.person], "grounds": shown.grounds[line.person],
                "days": [
                    {"day": day, "there": day in line.days, "away": day in line.away} for day in shown.days
                ],
            }
            for line in shown.week.lines
        ]  # fmt: skip
    context = {
        "place": place, "areas": areas, "first": first, "rows": rows, "week": shown.week if shown else None,
        "heads": shown.days if shown else [], "least": settings.MULIN_PRESENCE_DAYS,
        "share": settings.MULIN_PRESENCE_SHARE,
        "reached": shown.week.reached(settings.MULIN_PRESENCE_SHARE) if shown else None,
        "before": first - timedelta(days=7), "after": first + timedelta(days=7),
    }  # fmt: skip
    return page(request, "presence.html", context)


@needs(Permission.DESK_OPEN, Permission.VISIT_READ)
def covered(request: HttpRequest) -> HttpResponse:
    """Of each grid: how many homes, at how many somebody was met, how many were confirmed."""
    who = who_asks(request)
    place, areas = ground(who, Permission.VISIT_READ, request.GET.get("area", ""))
    days, shops = days_asked(request), request.GET.get("of") == "merchants"
    lines = coverage(place.path, days=days, now=who.now, merchants=shops) if place else []
    context = {
        "place": place, "areas": areas, "days": days, "periods": sorted({*PERIODS, days}), "merchants": shops,
        "lines": lines, "total": total(lines),
    }  # fmt: skip
    return page(request, "coverage.html", context)


@needs(Permission.DESK_OPEN, Permission.VISIT_RECORD)
@require_POST
def check_in_here(request: HttpRequest) -> HttpResponse:
    """I am in this grid today."""
    who = who_asks(request)
    asked = request.POST.get("area", "")
    if not asked:
        raise Invalid(_("Please say in which grid you are."), code="missing", field="area")
    place, _areas = ground(who, Permission.VISIT_RECORD, asked)
    assert place  # noqa: S101 - what is not one's own is refused above
    check_in(place, by=who, now=who.now)
    messages.success(request, _("It is noted that you are in %(grid)s today.") % {"grid": place.label})
    return done(reverse("visits"))

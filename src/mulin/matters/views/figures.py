"""Figures: how much of what was closed is confirmed to be solved, beside how much was closed in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from mulin.kernel.refusals import NotYours
from mulin.matters.queries.rechecks import Solved, solved_figures
from mulin.matters.rules.confirmed import MINIMUM, Share
from mulin.places.face import Area
from mulin.posts.face import Permission, Scope, Who, may, needs, who_asks

PERIODS = (30, 90, 365)


@dataclass(frozen=True)
class Line:
    """One area's figures, in words."""

    label: str
    confirmed: Share
    in_time: Share
    cannot_tell: int
    interval: str


@needs(Permission.DESK_OPEN, Permission.MATTER_READ)
def figures(request: HttpRequest) -> HttpResponse:
    """Of one area and the areas in it, for the last days."""
    who = who_asks(request)
    days = _days(request.GET.get("days", ""))
    area = area_asked(who, request.GET.get("area", ""))
    rows = solved_figures(area.path, who.now - timedelta(days=days), who.now) if area else []
    names = _names([row.path for row in rows])
    context = {
        "now": who.now,
        "area": area,
        "days": days,
        "periods": PERIODS,
        "lines": [_line(row, names) for row in rows],
        "minimum": MINIMUM,
    }
    return render(request, "matters/figures.html", context)


def _days(word: str) -> int:
    return int(word) if word in {str(each) for each in PERIODS} else PERIODS[0]


def area_asked(who: Who, path: str) -> Area | None:
    """The area of the address, if they read all that lies in it; without one, the highest of theirs."""
    if path:
        found = Area.objects.plain().filter(path=path).first()
        if found is None or not may(who, Permission.MATTER_READ, Scope(paths=(found.path,))):
            raise NotYours
        return found
    mine = [seat.area for seat in who.seats if seat.area]
    readable = [area for area in mine if may(who, Permission.MATTER_READ, Scope(paths=(area.path,)))]
    return min(readable, key=lambda area: len(area.path), default=None)


def _names(paths: list[str]) -> dict[str, str]:
    return {area.path: area.label for area in Area.objects.plain().filter(path__in=paths)}


def _line(row: Solved, names: dict[str, str]) -> Line:
    return Line(
        names.get(row.path, row.path), row.confirmed, row.in_time, row.cannot_tell, _interval(row.confirmed)
    )


def _interval(share: Share) -> str:
    """Nineteen times out of twenty the true share lies here; nothing where there are too few."""
    if share.interval is None:
        return ""
    low, high = share.interval
    return _("%(low)d%% to %(high)d%%") % {"low": round(low), "high": round(high)}

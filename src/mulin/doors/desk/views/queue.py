"""What waits for me, what is late, what is where: one list whose filters live in the address."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from functools import cache
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin.look.shapes import Chip
from mulin.matters.face import (
    CHANNELS,
    Filters,
    Matter,
    MatterType,
    Show,
    State,
    filtered,
    listed,
    state_label,
)
from mulin.places.face import Area, Level
from mulin.posts.face import (
    Permission,
    Who,
    away_from,
    deputies_at,
    holders_of,
    needs,
    people_by_id,
    who_asks,
)

COUNTED = 100  # a chip counts no further than this


def shows() -> dict[Show, tuple[str, str]]:
    """What each list is called, and its icon."""
    return {
        Show.MINE: (_("Waits for me"), "inbox"),
        Show.LATE: (_("Late"), "alert-triangle"),
        Show.OPEN: (pgettext("list", "Open"), "circle-dot"),
        Show.DONE: (pgettext("list", "Done"), "circle-check"),
        Show.VOID: (pgettext("list", "Not taken"), "circle-off"),
        Show.ALL: (pgettext("list", "All"), "list"),
        Show.FOLLOW_UP: (_("To follow up"), "phone-call"),
    }


@needs(Permission.DESK_OPEN)
def home(request: HttpRequest) -> HttpResponse:
    """Where the desk begins: the queue for whoever has one, else the people or the places."""
    who = who_asks(request)
    if who.holds(Permission.MATTER_READ):
        return redirect("queue")
    return redirect("people" if who.holds(Permission.PERSON_READ) else "places")


@needs(Permission.DESK_OPEN, Permission.MATTER_READ)
def queue(request: HttpRequest) -> HttpResponse:
    """The list of matters; without filters, what waits for me."""
    who = who_asks(request)
    filters = Filters.read(request.GET.dict(), Show.MINE)
    page = listed(who, filters, after=request.GET.get("after", ""))
    whole = filters == Filters(show=Show.MINE) and not request.GET.get("after") and not page.next
    mark = _mark([(each.pk, each.version) for each in page.rows]) if whole else _stamp(who)
    context: dict[str, Any] = {
        "rows": page.rows,
        "filters": filters,
        "title": shows()[filters.show][0] if filters.show in shows() else _("Matters"),
        "chips": _show_chips(filters, who, _waiting(mark)),
        "narrow": _narrow_chips(filters),
        "clear_url": _url(Filters(show=filters.show)),
        "page": {"next_url": _next(filters, page.next), "previous_url": ""},
        "stamp": mark,
        "holders": _holders(page.rows, who),
        "now": who.now,
        "export_url": _export(filters, who),
        "may_raise": who.holds(Permission.MATTER_RAISE),
    }
    return render(request, "desk/queue.html", context)


@cache
def _address() -> str:
    return reverse("queue")


def _url(filters: Filters, **changes: str) -> str:
    return f"{_address()}?{urlencode(filters.query(**changes))}"


def _next(filters: Filters, after: str) -> str:
    return f"{_url(filters)}&{urlencode({'after': after})}" if after else ""


def _export(filters: Filters, who: Who) -> str:
    """This very list as Excel; for whoever may take it out."""
    if not who.holds(Permission.MATTER_EXPORT):
        return ""
    return f"{reverse('matters-export')}?{urlencode(filters.query())}"


def _show_chips(filters: Filters, who: Who, waiting: int) -> list[Chip]:
    """The lists to choose from; what waits and what is late say how many."""
    return [
        Chip(
            label=label,
            url=_url(Filters(show=show, area=filters.area, type=filters.type)),
            active=filters.show is show,
            count=waiting if show is Show.MINE else _count(who, show) if show is Show.LATE else None,
            icon=icon,
        )
        for show, (label, icon) in shows().items()
        if show is not Show.FOLLOW_UP or _asks(who)
    ] + _looks(who)


def _asks(who: Who) -> bool:
    return who.holds(Permission.MATTER_ASK) and who.holds(Permission.CONTACT_REVEAL)


def _looks(who: Who) -> list[Chip]:
    """Second looks are a list of their own: they do not show who handled it."""
    if not who.holds(Permission.MATTER_CHECK):
        return []
    return [Chip(label=_("Second looks"), url=reverse("rechecks"), active=False, icon="eye-check")]


def _count(who: Who, show: Show) -> int:
    """Counted here: the few rows cost less than a statement around the statement."""
    return len(filtered(who, Filters(show=show)).values_list("version", flat=True)[:COUNTED])


def _narrow_chips(filters: Filters) -> list[Chip]:
    """The filters that are on, each with the address without it; then the states that one may choose."""
    on = []
    if filters.q:
        on.append((f"“{filters.q}”", _url(filters, q="")))
    if filters.type:
        kind = MatterType.objects.filter(code=filters.type).first()
        on.append((kind.label if kind else filters.type, _url(filters, type="")))
    if filters.area:
        on.append((_area_name(filters.area), _url(filters, area="")))
    if filters.channel:
        on.append((str(CHANNELS.get(filters.channel, filters.channel)), _url(filters, channel="")))
    chips = [Chip(label=label, url=url, active=True, icon="x") for label, url in on]
    return chips + _level_chips(filters) + _state_chips(filters)


def _area_name(path: str) -> str:
    found = Area.objects.plain().filter(path=path).first()
    return found.label if found else path


def _level_chips(filters: Filters) -> list[Chip]:
    return [
        Chip(
            label=str(level.label),
            url=_url(filters, level="" if filters.level == str(int(level)) else str(int(level))),
            active=filters.level == str(int(level)),
        )
        for level in (Level.GRID, Level.VILLAGE, Level.TOWN, Level.COUNTY)
    ] + [
        Chip(
            label=_("Urgent"),
            url=_url(filters, urgent="" if filters.urgent else "1"),
            active=bool(filters.urgent),
        )
    ]


def _state_chips(filters: Filters) -> list[Chip]:
    if filters.show not in (Show.OPEN, Show.ALL, Show.MINE):
        return []
    states = (State.REPORTED, State.FILED, State.DISPATCHED, State.HANDLING, State.HANDLED)
    return [
        Chip(
            label=state_label(state),
            url=_url(filters, state="" if filters.state == state else state),
            active=filters.state == state,
        )
        for state in states
    ]


def _holders(rows: list[Matter], who: Who) -> dict[object, str]:
    """Who sits on the seats that have the turn: names for the column "with whom"; who is away says until when."""
    turns = {matter.turn_id for matter in rows if matter.turn_id}
    held = {seat: holders_of(seat, who.now) for seat in turns}
    people = people_by_id({person for sitting in held.values() for person in sitting})
    return {
        seat: ", ".join(
            _named(people[person].label, person in deputies_at(seat, who.now))
            for person in sitting
            if person in people
        )
        if sitting
        else _away(seat, who)
        for seat, sitting in held.items()
    }


def _named(name: str, stands_in: bool) -> str:
    return _("%(name)s (stands in)") % {"name": name} if stands_in else name


def _away(seat: UUID, who: Who) -> str:
    """Nobody is there: until when those who sit there are away, or nothing where the seat is vacant."""
    back = min(away_from(seat, who.now).values(), default=None)
    if back is None:
        return ""
    last = timezone.localtime(back - timedelta(microseconds=1))
    return _("away until %(day)s") % {"day": date_format(last, "MONTH_DAY_FORMAT")}


@needs(Permission.DESK_OPEN, Permission.MATTER_READ)
def stamp(request: HttpRequest) -> HttpResponse:
    """How many wait for me now; 304 while nothing changed."""
    mark = _stamp(who_asks(request))
    if request.headers.get("If-None-Match", "").removeprefix("W/") == mark:
        return HttpResponse(status=304, headers={"ETag": mark})
    count = _waiting(mark)
    response = render(request, "desk/parts/stamp.html", {"count": count, "stamp": mark})
    response["ETag"] = mark
    response["Cache-Control"] = "private, no-cache"
    return response


def _waiting(mark: str) -> int:
    return int(mark.strip('"').partition("-")[0])


def _stamp(who: Who) -> str:
    """Names what waits for me, as an ETag: changes when a matter comes or goes. In the order of the list."""
    rows = filtered(who, Filters(show=Show.MINE)).order_by(F("due_at").asc(nulls_last=True), "id")
    return _mark(list(rows.values_list("pk", "version")[:COUNTED]))


def _mark(found: list[tuple[UUID, int]]) -> str:
    digest = hashlib.sha256(repr(found).encode()).hexdigest()[:16]
    return f'"{len(found)}-{digest}"'

"""Ladders at the desk: when in a turn whom to remind, and when the matter goes up a level."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.kernel.refusals import NotYours, Refusal
from mulin.kernel.worktime import Calendar, Limit
from mulin.matters.actions.ladders import (
    Ladder,
    Place,
    add_rung,
    change_rung,
    check,
    end_rung,
    follow_again,
)
from mulin.matters.actions.types import may_edit_list
from mulin.matters.forms import add_refusal
from mulin.matters.ladder_words import REMINDS, Line, after_words, drawn, reminded
from mulin.matters.listwords import CLOCKS, limit_words
from mulin.matters.models import MatterType
from mulin.matters.rules.ladder import CLOCKS as TURNS
from mulin.matters.rules.ladder import Rung
from mulin.matters.rules.limits import Clock, limit_for
from mulin.places.face import calendars
from mulin.posts.face import Permission, needs, who_asks

HOUSE = {"ordinary": False, "urgent": True}


class RungForm(forms.Form):
    """One rung: when, whom to remind, and whether it goes up a level."""

    percent = forms.IntegerField(
        label=gettext_lazy("At how many percent of the limit"),
        help_text=gettext_lazy("100 is the due date."),
    )
    tells = forms.MultipleChoiceField(
        label=gettext_lazy("Whom to remind"),
        choices=[(str(who), words) for who, words in REMINDS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    hand_up = forms.BooleanField(label=gettext_lazy("It goes up a level"), required=False)
    clock = forms.ChoiceField(
        label=gettext_lazy("Of which limit"),
        choices=[("", gettext_lazy("Of every limit")), *((str(clock), CLOCKS[clock]) for clock in TURNS)],
        required=False,
    )

    def rung(self) -> Rung:
        data = self.cleaned_data
        clock = Clock(data["clock"]) if data["clock"] else None
        return Rung(data["percent"], tuple(data["tells"]), data["hand_up"], clock)


@dataclass(frozen=True)
class Row:
    """A rung in the table; `form` changes it, and is open where something was wrong with what was typed."""

    place: str
    percent: int
    clock: str
    reminds: list[str]
    hand_up: bool
    sample: bool
    after: str
    form: RungForm | None
    open: bool


@dataclass
class Shown:
    """What was typed into one of the forms, and what it would come to."""

    which: str = ""
    place: str = ""
    form: RungForm | None = None
    fresh: Rung | None = None
    status: int = 200


@dataclass
class Card:
    """One ladder with its line, its table and its forms."""

    which: str
    title: str
    line: Line
    rows: list[Row]
    own: bool
    add: RungForm | None
    add_open: bool
    preview: list[str] = field(default_factory=list)


@needs(Permission.DESK_OPEN, Permission.MATTER_TYPE_READ)
def house(request: HttpRequest) -> HttpResponse:
    """The two ladders that every entry follows which has none of its own."""
    return _page(request, None, Shown())


@needs(Permission.DESK_OPEN, Permission.MATTER_TYPE_READ)
def ladder(request: HttpRequest, which: str) -> HttpResponse:
    """The ladder of one entry."""
    found = _find(which)
    return _page(request, found.kind, Shown()) if found.kind else _back(found)


@needs(Permission.DESK_OPEN, Permission.MATTER_TYPE_EDIT)
def add(request: HttpRequest, which: str) -> HttpResponse:
    """Put a rung on a ladder, or look first what it would come to."""
    found = _find(which)
    return _changed(request, found, which, "", lambda rung: add_rung(found, rung, **_by(request)))


@needs(Permission.DESK_OPEN, Permission.MATTER_TYPE_EDIT)
def change(request: HttpRequest, which: str, place: str) -> HttpResponse:
    """Put another rung in the place of one."""
    found, at = _find(which), _place(place)
    return _changed(request, found, which, place, lambda rung: change_rung(found, at, rung, **_by(request)))


@needs(Permission.DESK_OPEN, Permission.MATTER_TYPE_EDIT)
def end(request: HttpRequest, which: str, place: str) -> HttpResponse:
    """Take a rung away."""
    found, at = _find(which), _place(place)
    if request.method == "POST":
        _told(request, lambda: end_rung(found, at, **_by(request)), _("The rung was taken away."))
    return _back(found)


@needs(Permission.DESK_OPEN, Permission.MATTER_TYPE_EDIT)
def follow(request: HttpRequest, which: str) -> HttpResponse:
    """Let an entry follow the ladder of all again."""
    found = _find(which)
    if found.kind is None:
        raise NotYours
    if request.method == "POST":
        kind = found.kind
        _told(request, lambda: follow_again(kind, **_by(request)), _("It follows the ladder of all again."))
    return _back(found)


def _find(which: str) -> Ladder:
    if which in HOUSE:
        return Ladder(urgent=HOUSE[which])
    kind = MatterType.objects.filter(code=which, level=3).select_related("parent__parent").first()
    if kind is None:
        raise NotYours
    return Ladder(kind)


def _place(place: str) -> Place:
    clock, _dash, percent = place.rpartition("-")
    if not percent.isdecimal() or len(percent) > 4 or clock not in {"all", *TURNS}:
        raise NotYours
    return (None if clock == "all" else Clock(clock)), int(percent)


def _changed(
    request: HttpRequest, found: Ladder, which: str, place: str, save: Callable[[Rung], None]
) -> HttpResponse:
    if request.method != "POST":
        return _back(found)
    shown = Shown(which, place, RungForm(request.POST, auto_id=f"{which}_{place or 'new'}_%s"))
    assert shown.form  # noqa: S101 - made in the line above
    if not shown.form.is_valid():
        shown.status = 422
        return _page(request, found.kind, shown)
    try:
        rung = check(shown.form.rung())
        if "preview" in request.POST:
            shown.fresh = rung
            return _page(request, found.kind, shown)
        save(rung)
    except Refusal as refusal:
        add_refusal(shown.form, refusal)
        shown.status = refusal.status
        return _page(request, found.kind, shown)
    messages.success(
        request, _("The ladder was changed. Turns that run already are reminded by it from now on.")
    )
    return _back(found)


def _told(request: HttpRequest, act: Callable[[], None], done: str) -> None:
    """Do it, and say what came of it on the next page."""
    try:
        act()
    except Refusal as refusal:
        if refusal.status == 403:
            raise
        messages.error(request, str(refusal))
        return
    messages.success(request, done)


def _by(request: HttpRequest) -> dict[str, Any]:
    who = who_asks(request)
    return {"by": who, "now": who.now}


def _back(found: Ladder) -> HttpResponseRedirect:
    url = reverse("matter-ladder", args=[found.kind.code]) if found.kind else reverse("matter-ladders")
    return HttpResponseRedirect(url, status=303)


def _page(request: HttpRequest, kind: MatterType | None, shown: Shown) -> HttpResponse:
    who = who_asks(request)
    edits = may_edit_list(who) and (kind is None or kind.closed_at is None)
    calendar = calendars().everywhere
    if kind:
        cards = [_card(kind.code, Ladder(kind), kind.label, shown, edits, calendar)]
    else:
        titles = {"ordinary": _("Of all entries"), "urgent": _("Of all urgent entries")}
        cards = [
            _card(which, Ladder(urgent=urgent), titles[which], shown, edits, calendar)
            for which, urgent in HOUSE.items()
        ]
    context = {"now": who.now, "kind": kind, "cards": cards, "edits": edits}
    return render(request, "matters/ladder.html", context, status=shown.status)


def _card(which: str, found: Ladder, title: str, shown: Shown, edits: bool, calendar: Calendar) -> Card:
    rungs, mine = found.rungs, shown.which == which
    stored = {(row.rung.clock, row.percent): row.sample for row in found.rows}
    limits = _limits(found)
    rows = [
        _row(which, rung, stored.get((rung.clock, rung.percent), True), limits, calendar, shown, edits)
        for rung in rungs
    ]
    typed = mine and not shown.place
    form = (shown.form if typed else RungForm(auto_id=f"{which}_new_%s")) if edits else None
    left = [rung for rung in rungs if not mine or _slug(rung) != shown.place] if shown.fresh else rungs
    fresh = shown.fresh if mine else None
    preview = _previews(fresh, limits, calendar) if fresh else []
    own = found.kind is not None and bool(stored)
    return Card(which, title, drawn(left, fresh), rows, own, form, typed, preview)


def _limits(found: Ladder) -> dict[Clock, Limit]:
    """By clock: of the entry, else the samples."""
    kind = found.kind
    own = {Clock(row.clock): row.limit for row in kind.limits.filter(to_at=None)} if kind else {}
    urgent = kind.urgent if kind else found.urgent
    return {clock: limit_for(clock, own, urgent=urgent) for clock in TURNS}


def _slug(rung: Rung) -> str:
    return f"{rung.clock or 'all'}-{rung.percent}"


def _row(
    which: str,
    rung: Rung,
    sample: bool,
    limits: dict[Clock, Limit],
    calendar: Calendar,
    shown: Shown,
    edits: bool,
) -> Row:
    place = _slug(rung)
    typed = (shown.which, shown.place) == (which, place)
    initial = {
        "percent": rung.percent,
        "tells": rung.tells,
        "hand_up": rung.hand_up,
        "clock": rung.clock or "",
    }
    form = shown.form if typed else RungForm(initial=initial, auto_id=f"{which}_{place}_%s")
    limit = limits[rung.clock or Clock.HANDLE]
    return Row(
        place, rung.percent, str(CLOCKS[rung.clock]) if rung.clock else _("Every limit"), reminded(rung), rung.hand_up,
        sample, after_words(limit, rung.percent, calendar), form if edits else None, typed,
    )  # fmt: skip


def _previews(rung: Rung, limits: dict[Clock, Limit], calendar: Calendar) -> list[str]:
    """What it comes to, for each limit that it counts for; equal ones once."""
    clocks = [rung.clock] if rung.clock else list(limits)
    said = {
        limit_words(limits[clock]): after_words(limits[clock], rung.percent, calendar) for clock in clocks
    }
    return list(said.values())

"""The table of who does what, by town: the house's row and the town's own, and what it comes to in one grid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mulin.kernel.refusals import NotYours, Refusal
from mulin.matters.actions.who_does import clear_who, set_who
from mulin.matters.labels import CIRCULATIONS, FUNCTIONS
from mulin.matters.queries.who_tables import OwnRow, own_rows, table_at
from mulin.matters.queries.who_there import InGrid, There
from mulin.matters.rules.states import Circulation
from mulin.matters.rules.who import WHO, Function
from mulin.matters.who_forms import BackForm, WhoForm
from mulin.places.face import BASE, Area, Level, parents
from mulin.posts.face import ROLES, Permission, Scope, Who, may, needs, who_asks


@dataclass(frozen=True)
class Row:
    """One line of the page."""

    function: str
    label: str
    roles: tuple[str, ...]
    house: tuple[str, ...]
    own: bool
    planned: OwnRow | None
    planned_roles: tuple[str, ...]
    there: There | None


@needs(Permission.DESK_OPEN, Permission.MATTER_TYPE_READ)
def table(request: HttpRequest) -> HttpResponse:
    """Everything for one town, with what it comes to in the grid that was asked for."""
    who = who_asks(request)
    town = town_asked(who, request.GET.get("town", ""))
    grids = _grids(town)
    grid = next((each for each in grids if each.path == request.GET.get("grid", "")), None)
    there = InGrid(grid, who.now) if grid else None
    context = {
        "now": who.now,
        "town": town,
        "towns": Area.objects.plain().open().at_level(Level.TOWN).order_by("path")[:100],
        "grids": grids,
        "grid": grid,
        "circles": [(each, CIRCULATIONS[each], _rows(town, each, there, who.now)) for each in Circulation],
        "edits": may_edit(who, town),
    }
    return render(request, "matters/who_table.html", context)


def may_edit(who: Who, town: Area) -> bool:
    return may(who, Permission.MATTER_TYPE_EDIT, Scope(paths=(town.path,)))


def town_asked(who: Who, path: str) -> Area:
    """The town of the address; else that of one's own area, else the first there is."""
    towns = Area.objects.plain().open().at_level(Level.TOWN)
    if path:
        found = towns.filter(path=path).first()
    else:
        own = next((seat.area.path for seat in who.seats if seat.area), "")
        mine = [each for each in (own, *parents(own)) if len(each) == Level.TOWN] if own else []
        found = towns.filter(path__in=mine).first() or towns.order_by("path").first()
    if found is None:
        raise NotYours
    return found


def _grids(town: Area) -> list[Area]:
    rows = Area.objects.plain().open().under(town.path).at_level(Level.GRID).of_family(BASE)
    return list(rows.order_by("path")[:300])


def _rows(town: Area, circle: Circulation, grid: InGrid | None, now: datetime) -> list[Row]:
    table, own = table_at(town.path, now), own_rows(town.path)
    there = grid.of(circle, table) if grid else {}
    return [_row(circle, each, table[circle, each], own, now, there.get(each)) for each in Function]


def _row(
    circle: Circulation, function: Function, roles: tuple[str, ...], own: list[OwnRow], now: datetime,
    there: There | None,
) -> Row:  # fmt: skip
    rows = [row for row in own if row.key == (circle, function)]
    running = next((row for row in rows if row.counts(now)), None)
    planned = next((row for row in rows if row.from_at > now), None)
    return Row(
        str(function), str(FUNCTIONS[function]), _labels(roles), _labels(WHO[circle, function]),
        running is not None, planned, _labels(planned.roles) if planned else (), there,
    )  # fmt: skip


def _labels(roles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(ROLES[code].label) if code in ROLES else code for code in roles)


@needs(Permission.DESK_OPEN, Permission.MATTER_TYPE_EDIT)
def row(request: HttpRequest, circulation: str, function: str) -> HttpResponse:
    """Set one row of a town from a day on."""
    who, (circle, does) = who_asks(request), _key(circulation, function)
    town = _mine(who, request.GET.get("town", ""))
    if request.method != "POST":
        return _page(
            request, town, circle, does, WhoForm(circle, does, initial=_initial(town, circle, does, who))
        )
    form = WhoForm(circle, does, request.POST)
    if not form.is_valid():
        return _page(request, town, circle, does, form, status=422)
    try:
        set_who(town, circle, does, form.roles(), from_day=form.cleaned_data["from_day"], by=who, now=who.now)
    except Refusal as refusal:
        form.add_error("from_day" if refusal.field == "from_day" else "role1", str(refusal.message))
        return _page(request, town, circle, does, form, status=refusal.status)
    messages.success(request, _("The table was changed."))
    return _back(town)


@needs(Permission.DESK_OPEN, Permission.MATTER_TYPE_EDIT)
def back(request: HttpRequest, circulation: str, function: str) -> HttpResponse:
    """Back to the house's row from a day on."""
    who, (circle, does) = who_asks(request), _key(circulation, function)
    town = _mine(who, request.GET.get("town", ""))
    form = BackForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return _back(town)
    try:
        clear_who(town, circle, does, from_day=form.cleaned_data["from_day"], by=who, now=who.now)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("From that day on the house's row counts."))
    return _back(town)


def _key(circulation: str, function: str) -> tuple[Circulation, Function]:
    if circulation not in set(Circulation) or function not in set(Function):
        raise NotYours
    return Circulation(circulation), Function(function)


def _mine(who: Who, path: str) -> Area:
    town = town_asked(who, path)
    if not may_edit(who, town):
        raise NotYours
    return town


def _initial(town: Area, circle: Circulation, function: Function, who: Who) -> dict[str, object]:
    roles = table_at(town.path, who.now)[circle, function]
    return {f"role{n}": code for n, code in enumerate(roles, start=1)} | {
        "from_day": timezone.localdate(who.now)
    }


def _page(
    request: HttpRequest,
    town: Area,
    circle: Circulation,
    function: Function,
    form: WhoForm,
    *,
    status: int = 200,
) -> HttpResponse:
    who = who_asks(request)
    context = {
        "now": who.now,
        "town": town,
        "circle": CIRCULATIONS[circle],
        "function": FUNCTIONS[function],
        "house": _labels(WHO[circle, function]),
        "own": any(each.key == (circle, function) for each in own_rows(town.path)),
        "form": form,
        "back_form": BackForm(auto_id="back_%s", initial={"from_day": timezone.localdate(who.now)}),
        "address": reverse("who-row", args=[str(circle), str(function)]),
        "back_address": reverse("who-back", args=[str(circle), str(function)]),
    }
    return render(request, "matters/who_row.html", context, status=status)


def _back(town: Area) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('who-table')}?town={town.path}", status=303)

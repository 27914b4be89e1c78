"""The registry: who lives and trades where, from the street down to the floor, and as lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin.doors.desk.ground import home_of
from mulin.doors.desk.registry_chips import narrow_chips, noun_chips
from mulin.doors.desk.registry_rows import (
    door_rows,
    household_rows,
    merchant_rows,
    people_for_duty,
    resident_rows,
)
from mulin.kernel.refusals import NotYours
from mulin.places.face import BASE, Area, Level, children, lineage
from mulin.posts.face import Permission, Who, may, needs, who_answers, who_asks
from mulin.registry.face import (
    Colour,
    HomeFilters,
    HomePage,
    counts_of,
    counts_only,
    floor_plan,
    listed_dwellings,
    listed_households,
    listed_merchants,
    listed_residents,
)

MANY = 500
COLOURS: dict[Colour, Callable[[], str]] = {
    Colour.USE: lambda: _("Use"),
    Colour.STALE: lambda: _("Last confirmed"),
    Colour.PEOPLE: lambda: pgettext("registry", "Households"),
}


@needs(Permission.DESK_OPEN, Permission.REGISTRY_READ)
def registry(request: HttpRequest) -> HttpResponse:
    """An area with what is in it: down to the building, whose doors are shown floor by floor."""
    who = who_asks(request)
    area = _area(request.GET.get("area", ""), who)
    context: dict[str, Any] = {
        "area": area,
        "way": [each for each in lineage(area)[:-1] if each.level >= Level.COUNTY],
        "nouns": noun_chips("", area.path),
        "counts": counts_of([area], who)[area.path],
        "counts_only": counts_only(who),
        "now": who.now,
        "may_open": may(who, Permission.REGISTRY_OPEN, area),
        **_tools(who),
    }
    if area.level >= Level.BUILDING and not context["counts_only"]:
        return render(request, "desk/registry.html", context | _building(request, area, who))
    return render(request, "desk/registry.html", context | {"inside": _inside(area, who)})


def _area(path: str, who: Who) -> Area:
    """The one asked for; else where one works."""
    if path:
        found = Area.objects.plain().filter(path=path[: Level.UNIT], closed_at=None).first()
        if found is None:
            raise NotYours
        return found
    home = _base_home(who) or home_of(who) or Area.objects.plain().open().order_by("level", "path").first()
    if home is None:
        raise NotYours
    return home


def _base_home(who: Who) -> Area | None:
    """Of several grids that one works in, the one in which people live."""
    reading = [
        seat.area for seat in who.seats if seat.area and Permission.REGISTRY_READ in seat.line.permissions
    ]
    grids = Area.objects.plain().filter(pk__in=[area.pk for area in reading]).select_related("family")
    return next((area for area in grids.order_by("level", "path") if _is_base(area)), None)


def _inside(area: Area, who: Who) -> list[tuple[Area, Any]]:
    """What lies directly in it, each with its counts; an overlay grid only where something is told of it."""
    inside = list(children(area).select_related("family")[:MANY])
    if counts_only(who):
        inside = [each for each in inside if each.level <= Level.GRID]
    counts = counts_of(inside, who)
    return [(each, counts[each.path]) for each in inside if _is_base(each) or not counts[each.path].nothing]


def _is_base(area: Area) -> bool:
    return area.family is None or area.family.code == BASE


def _building(request: HttpRequest, area: Area, who: Who) -> dict[str, Any]:
    colour = request.GET.get("colour", Colour.USE)
    chosen = Colour(colour) if colour in list(Colour) else Colour.USE
    colours = [
        {
            "label": label(),
            "url": f"?{urlencode({'area': area.path, 'colour': each})}",
            "active": each is chosen,
        }
        for each, label in COLOURS.items()
    ]
    return {
        "plan": floor_plan(area, who, colour=chosen),
        "colours": colours,
        "answers": who_answers(area, who.now),
    }


@needs(Permission.DESK_OPEN, Permission.REGISTRY_READ)
def doors(request: HttpRequest) -> HttpResponse:
    """Doors, as one walks from one to the next."""
    return _list(request, "doors", listed_dwellings, door_rows)


@needs(Permission.DESK_OPEN, Permission.REGISTRY_READ)
def households(request: HttpRequest) -> HttpResponse:
    """Households; from here one may say for many at once who looks after them."""
    return _list(request, "households", listed_households, household_rows)


@needs(Permission.DESK_OPEN, Permission.REGISTRY_READ)
def residents(request: HttpRequest) -> HttpResponse:
    """People, masked; by name, whoever is called so in one's area."""
    return _list(request, "residents", listed_residents, resident_rows)


@needs(Permission.DESK_OPEN, Permission.REGISTRY_READ)
def merchants(request: HttpRequest) -> HttpResponse:
    """Shops, companies and other bodies."""
    return _list(request, "merchants", listed_merchants, merchant_rows)


Lister = Callable[..., HomePage[Any]]
Rows = Callable[[Sequence[Any], Who], list[dict[str, Any]]]


def _list(request: HttpRequest, noun: str, listed: Lister, rows: Rows) -> HttpResponse:
    """A name is sent in the body: addresses are kept by browsers and by whatever lies between."""
    who, named = who_asks(request), request.POST.get("q", "")
    filters = HomeFilters.read({**request.GET.dict(), "q": named})
    after = (request.POST if named else request.GET).get("after", "")[:200]
    page = listed(who, filters, after=after)
    filters = replace(filters, q="")
    area = Area.objects.plain().filter(path=filters.area).first() if filters.area else None
    url = reverse(f"registry-{noun}")
    more = f"{url}?{urlencode({**filters.query(), 'after': page.next})}" if page.next and not named else ""
    context = {
        "noun": noun,
        "title": _titles()[noun],
        "rows": rows(page.rows, who),
        "filters": filters,
        "named": named,
        "named_after": page.next if named else "",
        "here": f"{url}?{urlencode(filters.query())}",
        "area": area,
        "nouns": noun_chips(noun, filters.area),
        "narrow": narrow_chips(noun, filters, url),
        "clear_url": f"{url}?{urlencode(HomeFilters(area=filters.area).query())}",
        "page": {"next_url": more, "previous_url": ""},
        "now": who.now,
        "may_open": who.holds(Permission.REGISTRY_OPEN),
        "searchable": noun != "doors",
        "people": people_for_duty(who) if noun == "households" else [],
        **_tools(who),
    }
    return render(request, "desk/registry_list.html", context)


def _tools(who: Who) -> dict[str, bool]:
    """What stands above every page of the registry."""
    return {
        "may_find": who.holds(Permission.REGISTRY_FIND),
        "may_enter": who.holds(Permission.REGISTRY_EDIT),
        "may_propose": who.holds(Permission.REGISTRY_PROPOSE),
        "may_answer": who.holds(Permission.REGISTRY_ANSWER),
        "may_import": who.holds(Permission.REGISTRY_IMPORT),
        "may_export": who.holds(Permission.REGISTRY_EXPORT),
    }


def _titles() -> dict[str, str]:
    return {
        "doors": _("Doors"),
        "households": pgettext("registry", "Households"),
        "residents": _("People who live here"),
        "merchants": _("Merchants"),
    }

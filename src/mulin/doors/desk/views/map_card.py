"""What opens beside the map on a click: what it is, who answers for it, its matters, its homes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mulin.kernel.refusals import NotYours
from mulin.matters.face import Filters, Show, filtered, listed
from mulin.places.face import Area, Landmark, LandmarkKind, Level, Panorama, lineage
from mulin.posts.face import Permission, Scope, Who, answering_at, may, needs, who_asks
from mulin.registry.face import Merchant, floor_plan, homes_within

FEW = 6
COUNTED = 1000


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def area_card(request: HttpRequest, path: str) -> HttpResponse:
    """A grid, a building, or any other area."""
    area = Area.objects.plain().select_related("family").filter(path=path).first()
    if area is None:
        raise NotYours
    who = who_asks(request)
    way = lineage(area)
    context = {"area": area, "way": [each for each in way[:-1] if each.level >= Level.TOWN]}
    context |= {"answering": answering_at(who, way), "is_grid": area.level == Level.GRID}
    return render(request, "desk/parts/card_area.html", context | _matters(who, area) | _homes(who, area))


def _matters(who: Who, area: Area) -> dict[str, Any]:
    if not who.has(Permission.MATTER_READ):
        return {"reads_matters": False}
    filters = Filters(show=Show.OPEN, area=area.path)
    count = filtered(who, filters)[:COUNTED].count()
    rows = listed(who, filters, limit=FEW).rows if count else []
    return {"reads_matters": True, "open_count": count, "matters": rows}


def _homes(who: Who, area: Area) -> dict[str, Any]:
    """Numbers of what lives there; of a building its doors, floor by floor."""
    if not may(who, Permission.REGISTRY_READ, area):
        return {"reads_homes": False}
    found: dict[str, Any] = {"reads_homes": True, "homes": homes_within(who, area.path)}
    if area.level >= Level.BUILDING:
        found |= {"plan": floor_plan(area, who), "may_open": may(who, Permission.REGISTRY_OPEN, area)}
    return found


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def landmark_card(request: HttpRequest, id: UUID) -> HttpResponse:
    """A public place."""
    found = Landmark.objects.there().filter(pk=id).first()
    if found is None:
        raise NotYours
    edits = may(who_asks(request), Permission.PLACE_PICTURE, Scope(paths=(found.place,)))
    kind = LandmarkKind(found.kind).label
    context = {"landmark": found, "kind": kind, "around": _around(found.place), "may_edit": edits}
    return render(request, "desk/parts/card_landmark.html", context)


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def panorama_card(request: HttpRequest, id: UUID) -> HttpResponse:
    """A small picture of a panorama, and the way to the whole."""
    found = Panorama.objects.there().filter(pk=id).first()
    if found is None:
        raise NotYours
    context = {"panorama": found, "around": _around(found.place)}
    return render(request, "desk/parts/card_panorama.html", context)


@needs(Permission.DESK_OPEN, Permission.REGISTRY_READ)
def merchant_card(request: HttpRequest, id: UUID) -> HttpResponse:
    """A merchant as a list shows it: no names and no numbers of people."""
    who = who_asks(request)
    rows = Merchant.objects.visible_to(who).there().select_related("area").defer("area__border")
    found = rows.filter(pk=id).first()
    if found is None:
        raise NotYours
    context = {"merchant": found, "may_open": may(who, Permission.REGISTRY_OPEN, found)}
    return render(request, "desk/parts/card_merchant.html", context)


def _around(path: str) -> Area | None:
    return Area.objects.plain().filter(path=path).first()

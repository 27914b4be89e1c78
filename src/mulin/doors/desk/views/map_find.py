"""Searching on the map: areas and addresses, public places, panoramas, merchants, a matter by its number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.matters.face import Matter
from mulin.places.face import Area, Landmark, LandmarkKind, Level, Panorama, lineages, search_areas
from mulin.posts.face import Permission, Who, needs, who_asks
from mulin.registry.face import find_merchants

MOST_WORDS = 60
AREAS, PINS = 8, 4
ZOOMS = {Level.COUNTY: 11, Level.TOWN: 14, Level.VILLAGE: 15, Level.GRID: 16, Level.MICRO_GRID: 17}
CLOSE = 18
Found = dict[str, Any]


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def find(request: HttpRequest) -> JsonResponse:
    """What has these words, each with where to fly and which card to open. Names of residents are not looked for."""
    who, words = who_asks(request), request.GET.get("q", "").strip()[:MOST_WORDS]
    found = list(_all(who, words)) if words else []
    return JsonResponse({"found": found}, headers={"Cache-Control": "private, no-store"})


def _all(who: Who, words: str) -> Iterator[Found]:
    yield from _matters(who, words)
    yield from found_areas(words)
    for row in Landmark.objects.there().called(words)[:PINS]:
        yield _at("landmark", str(row.pk), row.label, str(LandmarkKind(row.kind).label), row.lon, row.lat)
    for each in Panorama.objects.there().called(words)[:PINS]:
        yield _at("panorama", str(each.pk), each.label, _("Panorama"), each.lon, each.lat)
    if who.has(Permission.REGISTRY_READ):
        for shop in find_merchants(who, words, PINS):
            lon, lat = (shop.lon, shop.lat) if shop.lon is not None else (shop.area.lon, shop.area.lat)
            if lon is not None and lat is not None:
                yield _at("merchant", str(shop.pk), shop.name, _("Merchant"), lon, lat)


def found_areas(words: str) -> Iterator[Found]:
    """Areas by name, compound or address, each with the way to it: two statements."""
    rows = [row for row in search_areas(words, limit=4 * AREAS) if row.lon is not None][:AREAS]
    ways = lineages(rows)
    for row in rows:
        yield _at("area", row.path, row.label, _where(row, ways[row.path]), row.lon or 0.0, row.lat or 0.0,
                  zoom=ZOOMS.get(row.rank, CLOSE))  # fmt: skip


def _where(area: Area, way: list[Area]) -> str:
    above = [each.label for each in way[:-1] if each.level >= Level.VILLAGE]
    return " · ".join([str(area.rank.label), *above, *([area.address_label] if area.address_label else [])])


def _matters(who: Who, words: str) -> Iterator[Found]:
    if not who.has(Permission.MATTER_READ):
        return
    rows = Matter.objects.visible_to(who).filter(number=words, lon__isnull=False)
    for row in rows.only("number", "title", "lon", "lat"):
        url = reverse("matter", args=[row.number])
        yield _at("matter", row.number, row.title, row.number, row.lon or 0.0, row.lat or 0.0) | {"url": url}


def _at(kind: str, id: str, name: str, words: str, lon: float, lat: float, zoom: int = CLOSE) -> Found:
    return {"kind": kind, "id": id, "name": name, "words": words, "at": [lon, lat], "zoom": zoom}

"""The public map: what is open where, as everybody may know it; the same as a list."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from mulin.doors.portal import layers
from mulin.doors.portal.frame import page
from mulin.doors.portal.layers import Box, Packed
from mulin.doors.portal.places import spot_in_words
from mulin.kernel.geo import check_point
from mulin.kernel.refusals import Invalid
from mulin.matters.face import public_lines
from mulin.places.face import Area, locate
from mulin.posts.face import open_to_all, who_asks

LISTED = 60


@open_to_all("Everybody may see what is open, without a word about persons.")
@require_safe
def public_map(request: HttpRequest) -> HttpResponse:
    lines = public_lines(LISTED)
    paths = {line.village for line in lines}
    names = {area.path: area.label for area in Area.objects.plain().filter(path__in=paths)}
    rows = [(line, names.get(line.village, "")) for line in lines]
    return page(request, "portal/map.html", {"rows": rows, "listed": LISTED})


@open_to_all("The same for the map: kind, state, a rounded spot.")
@require_safe
def matters(request: HttpRequest) -> HttpResponse:
    """`?box=west,south,east,north`: what lies on the tiles it touches; without it, everything (at most 2,000)."""
    found = layers.matters(_box(request.GET.get("box", "")), who_asks(request).now)
    return _answer(request, found, max_age=60)


@open_to_all("Borders and names of communities and grids are public.")
@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    return _layer(request, layers.areas)


@open_to_all("Where houses stand is public.")
@require_safe
def buildings(request: HttpRequest) -> HttpResponse:
    return _layer(request, layers.buildings)


@open_to_all("Says in words what lies at a spot of the map.")
@require_safe
def nearest(request: HttpRequest) -> JsonResponse:
    try:
        lon, lat = float(request.GET.get("lon", "")), float(request.GET.get("lat", ""))
    except ValueError:
        raise Invalid(code="no_place") from None
    response = JsonResponse({"name": spot_in_words(locate(lon, lat))})
    response["Cache-Control"] = "private, no-store"
    return response


def _layer(request: HttpRequest, made: Callable[[], Packed]) -> HttpResponse:
    return _answer(request, made(), max_age=300)


def _answer(request: HttpRequest, packed: Packed, *, max_age: int) -> HttpResponse:
    if request.headers.get("If-None-Match", "").removeprefix("W/") == packed.etag:
        response: HttpResponse = HttpResponseNotModified()
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(packed.zipped, content_type="application/geo+json")
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(packed.plain, content_type="application/geo+json")
    response["ETag"] = packed.etag
    response["Cache-Control"] = f"public, max-age={max_age}"
    patch_vary_headers(response, ("Accept-Encoding", "Accept-Language", "Cookie"))
    return response


def _box(text: str) -> Box:
    if not text:
        return layers.WORLD
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise Invalid(code="box") from None
    return (*check_point(west, south), *check_point(east, north))

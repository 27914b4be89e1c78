"""The map's layers as GeoJSON, each with a tag by which the browser asks whether it is still the same."""

from __future__ import annotations

import gzip
from functools import lru_cache
from heapq import nlargest

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from mulin.doors.desk.ground import home_of
from mulin.kernel.refusals import Invalid
from mulin.matters.face import Filters, Kind, Matter, Show, filtered, state_label
from mulin.places.face import BASE, Level, layer, map_version
from mulin.posts.face import Permission, Who, needs, who_asks

MOST = 5000
MOST_SHAPES = 8000
TYPE = "application/geo+json"
EVERYWHERE = (-180.0, -85.0, 180.0, 85.0)


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def areas(request: HttpRequest) -> HttpResponse:
    """Borders of communities and grids; of an overlay family its grids alone."""
    family = request.GET.get("family", BASE)
    levels = [Level.VILLAGE, Level.GRID] if family == BASE else [Level.GRID]
    return _answer(request, levels, family)


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def buildings(request: HttpRequest) -> HttpResponse:
    """Footprints."""
    return _answer(request, [Level.BUILDING])


def _box(request: HttpRequest) -> tuple[float, float, float, float]:
    """The rectangle that was asked for (`bbox=west,south,east,north`), else everything there is."""
    raw = request.GET.get("bbox")
    if not raw:
        return EVERYWHERE
    try:
        west, south, east, north = (float(part) for part in raw.split(","))
    except ValueError:
        raise Invalid(code="bbox", field="bbox") from None
    return west, south, east, north


def _answer(request: HttpRequest, levels: list[Level], family: str = "") -> HttpResponse:
    """Made once for each version of the tree, each part of it and each language; kept compressed, as it goes out."""
    language, around, box = get_language() or "", _around(who_asks(request)), _box(request)
    version = map_version()
    etag = f'"{version}-{around}-{language}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding, Cookie"}
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    made = _told if version and box == EVERYWHERE else _told.__wrapped__
    body = made(version, around, tuple(levels), family, box, language.startswith("zh"))
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    return HttpResponse(body, content_type=TYPE, headers=headers)


def _around(who: Who) -> str:
    """One's town; for whoever works above one, all that is theirs; for whoever has no home here, everything."""
    home = home_of(who)
    return home.path[: Level.TOWN] if home else ""


@lru_cache(maxsize=32)
def _told(
    version: str,  # noqa: ARG001 - what it is kept under
    around: str, levels: tuple[Level, ...], family: str,
    box: tuple[float, float, float, float], chinese: bool,
) -> bytes:  # fmt: skip
    """With names in the language of the screen, and where each area's page is."""
    found = layer(box, levels, family=family, within=[around] if around else None, limit=MOST_SHAPES)
    collection = orjson.loads(found.body)
    for feature in collection["features"]:
        properties = feature["properties"]
        if not chinese and properties["name_en"]:
            properties["name"] = properties["name_en"]
        properties["url"] = reverse("place", args=[properties["path"]])
        properties["id"] = feature["id"]
    return gzip.compress(orjson.dumps(collection), 5, mtime=0)


@needs(Permission.DESK_OPEN, Permission.MATTER_READ)
def matters(request: HttpRequest) -> HttpResponse:
    """Matters with a pin, as the filter says: number and title, for whoever may read them."""
    who = who_asks(request)
    filters = Filters.read(request.GET.dict(), Show.OPEN)
    features = [_feature(matter, who) for matter in _newest(who, filters)]
    body = orjson.dumps({"type": "FeatureCollection", "features": features})
    return HttpResponse(body, content_type=TYPE, headers={"Cache-Control": "private, no-store"})


def _newest(who: Who, filters: Filters) -> list[Matter]:
    """Open ones are few, and put in order here: asked for the newest, a database walks all that ever was."""
    rows = filtered(who, filters).filter(spot__isnull=False).only(*_COLUMNS)
    if filters.show in _FEW:
        return nlargest(MOST, rows, key=lambda matter: matter.reported_at)
    return list(rows.order_by("-reported_at")[:MOST])


_FEW = (Show.MINE, Show.OPEN, Show.LATE, Show.WAITING)
_COLUMNS = ("number", "title", "state", "due_at", "lon", "lat", "urgent", "reported_at")


def _feature(matter: Matter, who: Who) -> dict[str, object]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [matter.lon, matter.lat]},
        "properties": {
            "id": str(matter.pk),
            "number": matter.number,
            "title": matter.title,
            "kind": _kind(matter, who),
            "state": state_label(matter.state),
            "url": reverse("matter", args=[matter.number]),
        },
    }


def _kind(matter: Matter, who: Who) -> str:
    """Its kind as the colours know it: an open one whose time is over is late."""
    if matter.kind is Kind.OPEN and matter.due_at and matter.due_at < who.now:
        return "late"
    return str(matter.kind)

"""Points of the one map by tile: matters and merchants, each tile kept until something happens."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from mulin.journal.face import newest_entry_id
from mulin.kernel.maptiles import Points, Tile, TileShelf
from mulin.matters.face import Filters, Show, matter_points
from mulin.posts.face import Permission, Who, needs, who_asks
from mulin.registry.face import merchant_points

TYPE = "application/geo+json"
SHELF = TileShelf()


@needs(Permission.DESK_OPEN, Permission.MATTER_READ)
def matter_tile(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    """Matters with a pin in one tile, as the filter says; `kinds` names the colours that are wanted."""
    who = who_asks(request)
    filters = Filters.read(request.GET.dict(), Show.OPEN)
    kinds = [kind for kind in request.GET.get("kinds", "").split(",") if kind]
    return answered(request, Tile(z, x, y), matter_points(who, filters, kinds), who)


@needs(Permission.DESK_OPEN, Permission.REGISTRY_READ)
def merchant_tile(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    """Shops and bodies of one's area in one tile."""
    who = who_asks(request)
    return answered(request, Tile(z, x, y), merchant_points(who), who)


def answered(request: HttpRequest, tile: Tile, points: Points, who: Who) -> HttpResponse:
    """The tile, or 304. Whatever happens makes it new; a minute does, too, since matters grow late."""
    version = f"{newest_entry_id()}-{who.now:%H%M}"
    body, etag = SHELF.get(tile, points, version)
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(body, content_type=TYPE, headers=headers)

"""The one map: all layers of my area; what one clicks says what it is; and the same as a list."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from mulin.doors.desk.ground import home_of
from mulin.doors.desk.map_scales import SCALES, ColourBy
from mulin.doors.desk.map_words import one_words
from mulin.doors.desk.sketch import sketch
from mulin.doors.desk.views.map_find import MOST_WORDS, found_areas
from mulin.look.shapes import Chip
from mulin.matters.face import Filters, Show, listed, matters_by_kind
from mulin.places.face import BASE, Area, Family, Landmark, LandmarkKind, Level
from mulin.posts.face import Permission, Who, needs, who_asks

NEAR = 50
SHOWN = (Show.MINE, Show.OPEN, Show.LATE, Show.WAITING, Show.DONE, Show.ALL)


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def map(request: HttpRequest) -> HttpResponse:
    """What is drawn is what the filter says; the list below has the same matters."""
    who = who_asks(request)
    filters = Filters.read(request.GET.dict(), Show.OPEN)
    home, words = home_of(who), request.GET.get("q", "").strip()[:MOST_WORDS]
    reads = _reads_matters(who)
    context = {
        "center": f"{home.lon},{home.lat}" if home and home.lon is not None else "",
        "zoom": _zoom(len(home.path)) if home else "",
        "sketch": _sketch(home),
        "one": json.dumps(_layers(who, filters), ensure_ascii=False),
        "home": home,
        "chips": _chips(filters) if reads else [],
        "rows": listed(who, filters, limit=NEAR).rows if reads else [],
        "words": words,
        "found": list(found_areas(words)) if words else [],
        "landmarks": [
            (row, LandmarkKind(row.kind).label)
            for row in Landmark.objects.there().order_by("name", "id")[:NEAR]
        ],
        "queue_url": f"{reverse('queue')}?{urlencode(filters.query())}" if reads else "",
    }
    return render(request, "desk/map.html", context)


def _sketch(home: Area | None) -> str:
    """What is seen until the map has drawn; nothing for whoever has no middle to begin at."""
    if home is None or home.lon is None or home.lat is None:
        return ""
    return sketch(home.path[: Level.TOWN], home.lon, home.lat, _zoom(len(home.path)))


def _layers(who: Who, filters: Filters) -> dict[str, Any]:
    """Where the island gets what it draws; a layer that one may not read is not there."""
    query = urlencode(filters.query())
    reads, knows = _reads_matters(who), who.has(Permission.REGISTRY_READ)
    return {
        "language": get_language(),
        "matters": f"{_tiles('map-matter-tile')}?{query}" if reads else "",
        "kinds": matters_by_kind(who, filters) if reads else {},
        "merchants": _tiles("map-merchant-tile") if knows else "",
        "landmarks": reverse("map-landmarks"),
        "panoramas": reverse("map-panoramas"),
        "people": reverse("map-people") if who.has(Permission.POST_READ) else "",
        "families": _families(),
        "colours": [
            {"by": by, "label": str(SCALES[by].label), "url": f"{reverse('map-numbers', args=[by])}?{query}"}
            for by in ColourBy
            if (reads if by is ColourBy.MATTERS else knows)
        ],
        "card": "/".join(reverse("map-card-area", args=["0"]).split("/")[:-3]) + "/",
        "find": reverse("map-find"),
        "words": one_words(),
    }


def _reads_matters(who: Who) -> bool:
    """By a seat: that everybody reads what they raised themselves makes no layer."""
    return who.holds(Permission.MATTER_READ)


def _tiles(name: str) -> str:
    """The address of a layer with the tile left open."""
    return reverse(name, args=[0, 0, 0]).replace("0/0/0.json", "{z}/{x}/{y}.json")


def _families() -> list[dict[str, str]]:
    """The overlays, each a layer of its own."""
    rows = Family.objects.exclude(code=BASE).order_by("code")
    areas = reverse("map-areas")
    return [{"code": row.code, "label": row.label, "url": f"{areas}?family={row.code}"} for row in rows]


def _chips(filters: Filters) -> list[Chip]:
    labels = {
        Show.MINE: _("Waits for me"),
        Show.OPEN: pgettext("list", "Open"),
        Show.LATE: _("Late"),
        Show.WAITING: _("Waiting"),
        Show.DONE: pgettext("list", "Done"),
        Show.ALL: pgettext("list", "All"),
    }
    return [
        Chip(label=labels[show], url=f"?{urlencode(filters.query(show=show))}", active=filters.show is show)
        for show in SHOWN
    ]


def _zoom(level: int) -> int:
    return {6: 11, 9: 14, 12: 15, 15: 16}.get(level, 17)

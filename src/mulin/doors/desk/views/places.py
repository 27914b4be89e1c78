"""Places: the tree to walk through, and one area with its people, its ground and what is open there."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mulin.doors.desk.ground import home_of
from mulin.kernel.refusals import NotYours
from mulin.matters.face import Filters, Show, filtered
from mulin.places.face import Area, Level, children, lineage, search_areas
from mulin.posts.face import Duty, Permission, Post, Seat, Who, needs, who_asks

MANY = 500
COUNTED = 1000
PLANNED = (Level.VILLAGE, Level.GRID, Level.MICRO_GRID)  # of which there is a plan on paper


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def places(request: HttpRequest) -> HttpResponse:
    """Where I am at home, and a way to find any other area."""
    who = who_asks(request)
    words = request.GET.get("q", "").strip()[:100]
    if words:
        return render(request, "desk/places.html", {"words": words, "found": search_areas(words, limit=50)})
    home = _town_of(home_of(who))
    return render(request, "desk/places.html", _tree(home))


def _town_of(home: Area | None) -> Area | None:
    """The tree opens at the town, however small the area that one works in."""
    if home is None or home.level <= Level.TOWN:
        return home
    return next((area for area in lineage(home) if area.level == Level.TOWN), home)


def _tree(home: Area | None) -> dict[str, Any]:
    if home is None:
        top = Area.objects.plain().open().at_level(Level.PROVINCE).order_by("path")
        return {"home": None, "children": list(top)}
    return {"home": home, "way": lineage(home)[:-1], "children": list(children(home)[:MANY])}


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def place(request: HttpRequest, path: str) -> HttpResponse:
    """One area."""
    who = who_asks(request)
    area = Area.objects.plain().select_related("family").filter(path=path).first()
    if area is None:
        raise NotYours
    way = lineage(area)
    context = {
        "area": area,
        "way": way[:-1],
        "groups": _groups(list(children(area).select_related("family")[:MANY])),
        "seats": _seats(area, who),
        "duties": _duties(area, who),
        "open_count": _open(area, who),
        "has_plan": area.rank in PLANNED and area.lon is not None and area.is_open,
        "queue_url": f"{reverse('queue')}?{urlencode({'show': Show.OPEN, 'area': area.path})}",
        "point": f"{area.lon},{area.lat}" if area.lon is not None else "",
        "zoom": {Level.TOWN: 14, Level.VILLAGE: 15, Level.GRID: 16}.get(area.rank, 17),
    }
    return render(request, "desk/place.html", context)


def _groups(areas: list[Area]) -> list[tuple[str, list[Area]]]:
    """Children under the name of their level; overlay grids apart from the base ones."""
    found: dict[str, list[Area]] = {}
    for area in areas:
        name = area.family.label if area.family else str(area.rank.label)
        found.setdefault(name, []).append(area)
    return list(found.items())


def _seats(area: Area, who: Who) -> list[tuple[Seat, list[Post]]]:
    """The seats at this area, each with who sits there now; an empty one is vacant."""
    seats = list(Seat.objects.visible_to(who).filter(area=area).select_related("area").order_by("role"))
    posts: dict[Any, list[Post]] = {}
    for post in (
        Post.objects.open_at(who.now).filter(seat__in=seats).select_related("user").order_by("from_at")
    ):
        posts.setdefault(post.seat_id, []).append(post)
    return [(seat, posts.get(seat.pk, [])) for seat in seats]


def _duties(area: Area, who: Who) -> list[Duty]:
    running = Duty.objects.visible_to(who).open_at(who.now).filter(area=area)
    return list(running.select_related("user").order_by("from_at"))


def _open(area: Area, who: Who) -> int | None:
    """How many open matters of this area the person may see; None for whoever reads none."""
    if not who.has(Permission.MATTER_READ):
        return None
    return filtered(who, Filters(show=Show.OPEN, area=area.path))[:COUNTED].count()

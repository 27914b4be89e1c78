"""One search: matters by number and words, places by name or code, people by name."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from mulin.kernel import numbers
from mulin.matters.face import Filters, Matter, Show, listed
from mulin.places.face import Area, lineages, search_areas
from mulin.posts.face import Permission, User, Who, needs, who_asks

PEOPLE, AREAS = 10, 20


@needs(Permission.DESK_OPEN)
def search(request: HttpRequest) -> HttpResponse:
    """A whole official number leads straight to its matter."""
    who = who_asks(request)
    words = request.GET.get("q", "").strip()[:200]
    number = numbers.parse(words) if words else None
    if number and Matter.objects.visible_to(who).filter(number=number).exists():
        return redirect("matter", number=number)
    filters = Filters(show=Show.ALL, q=words)
    page = listed(who, filters, after=request.GET.get("after", "")) if words else None
    more = {**filters.query(), "after": page.next} if page and page.next else None
    areas = search_areas(words, limit=AREAS) if words and who.has(Permission.PLACE_READ) else []
    context = {
        "words": words,
        "search_query": words,
        "rows": page.rows if page else [],
        "areas": _ways(areas),
        "people": _people(who, words),
        "page": {"next_url": f"{reverse('search')}?{urlencode(more)}" if more else "", "previous_url": ""},
        "now": who.now,
    }
    return render(request, "desk/search.html", context)


def _ways(areas: list[Area]) -> list[tuple[Area, list[Area]]]:
    """Each with the last steps of the way to it: 长乐居委会 is in more than one town."""
    ways = lineages(areas)
    return [(area, ways[area.path][:-1][-3:]) for area in areas]


def _people(who: Who, words: str) -> list[User]:
    if not words or not who.holds(Permission.PERSON_READ):
        return []
    return list(User.objects.visible_to(who).named(words).order_by("name", "id")[:PEOPLE])

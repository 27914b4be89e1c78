"""The organisation chart of a street, which one can click from the centre down to a building."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from mulin.kernel.refusals import NotYours
from mulin.places.face import Area
from mulin.posts.gate import needs, who_asks
from mulin.posts.permits import may
from mulin.posts.queries.chart import chart, own_area
from mulin.posts.rules import Permission
from mulin.posts.views.base import page
from mulin.posts.who import Who


@needs(Permission.DESK_OPEN, Permission.POST_READ)
def organisation_chart(request: HttpRequest) -> HttpResponse:
    """From one's own area down, or the area of the address; of whoever works for a body, that body."""
    who, path = who_asks(request), request.GET.get("area", "")
    if not path and own_area(who) is None and who.organisations:
        return HttpResponseRedirect(reverse("organisation", args=[who.organisations[0].id]))
    context = {
        "chart": chart(area_asked(who, path), who),
        "may_see_people": who.has(Permission.PERSON_READ),
    }
    return page(request, "chart.html", context)


def area_asked(who: Who, path: str) -> Area:
    """An open area whose seats one may see; without a path one's own."""
    found = Area.objects.plain().open().filter(path=path[:24]).first() if path else own_area(who)
    if found is None or not may(who, Permission.POST_READ, found):
        raise NotYours
    return found

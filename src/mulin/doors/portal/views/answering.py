"""Who answers for a building: its people and the bodies that serve it, for whoever lives there."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from mulin.doors.portal.areas import chosen_path, ladder
from mulin.doors.portal.frame import page, see_other
from mulin.doors.portal.places import in_words
from mulin.kernel import throttle
from mulin.kernel.refusals import NotYours
from mulin.places.face import Area, Level
from mulin.posts.face import client_address, open_to_all, who_answers, who_asks

# A neighbourhood behind one address looks its people up; nobody reads out a whole town in an evening.
LOOKS, WINDOW = 600, timedelta(minutes=10)


@open_to_all("Whoever lives here may know who answers for their building.")
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which building: by the lists, from the community down. Each list opens what the one above says."""
    path = chosen_path(request.GET.dict())
    area = _area(path) if path else None
    if area and "show" in request.GET:
        return see_other("answering-for", area.path)
    return page(request, "portal/answering_choose.html", {"rungs": ladder(area), "chosen": area})


@open_to_all("Whoever lives here may know who answers for their building.")
@require_safe
def answering(request: HttpRequest, path: str) -> HttpResponse:
    """Names of people at work and numbers of offices; never anybody's own number."""
    who = who_asks(request)
    where = throttle.address(client_address(request))
    throttle.take(f"portal:answering:{where}", limit=LOOKS, per=WINDOW, now=who.now)
    area = _area(path)
    if area is None or area.level < Level.VILLAGE:
        raise NotYours
    context = {
        "found": who_answers(area, who.now),
        "where": in_words(area),
        "report_url": reverse("report"),
    }
    return page(request, "portal/answering.html", context)


def _area(path: str) -> Area | None:
    if not (path.isascii() and path.isdigit()):
        return None
    return Area.objects.plain().open().filter(path=path[:24]).first()

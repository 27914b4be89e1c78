"""The one map: my area with its grids, buildings and open matters; and the same as a list."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mulin.doors.desk.ground import home_of
from mulin.matters.face import Filters, Show, listed
from mulin.posts.face import Permission, needs, who_asks


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def map(request: HttpRequest) -> HttpResponse:
    """What is drawn is what the filter says; the list below has the same matters."""
    who = who_asks(request)
    filters = Filters.read(request.GET.dict(), Show.OPEN)
    home = home_of(who)
    context = {
        "center": f"{home.lon},{home.lat}" if home and home.lon is not None else "",
        "zoom": _zoom(len(home.path)) if home else "",
        "matters_url": f"{reverse('map-matters')}?{urlencode(filters.query())}",
        "rows": listed(who, filters, limit=50).rows,
        "home": home,
        "queue_url": f"{reverse('queue')}?{urlencode(filters.query())}",
    }
    return render(request, "desk/map.html", context)


def _zoom(level: int) -> int:
    return {6: 11, 9: 14, 12: 15, 15: 16}.get(level, 17)

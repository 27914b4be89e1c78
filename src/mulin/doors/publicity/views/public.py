"""The public page of a grid: what its signboard says, and the portal as one stands in this grid."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from mulin.doors.portal.frame import page
from mulin.doors.portal.places import in_words
from mulin.doors.publicity.grids import grid_there, shown
from mulin.kernel import throttle
from mulin.places.face import Area, Level
from mulin.posts.face import client_address, open_to_all, who_asks

# A neighbourhood behind one address scans its cards; nobody reads out a whole county in an evening.
LOOKS, WINDOW = 600, timedelta(minutes=10)


@open_to_all("What a grid makes public is for whoever passes its signboard.")
@require_safe
def grid_page(request: HttpRequest, path: str) -> HttpResponse:
    """Names of people at work and numbers of offices; the way to report from here."""
    who = who_asks(request)
    take_look(request, who.now)
    grid = grid_there(path)
    found = shown([grid], who.now)[0]
    context = {
        "grid": grid,
        "board": found.board,
        "found": found,
        "picture": mark_safe(found.picture),  # noqa: S308 - drawn by us: numbers, and one escaped name
        "where": in_words(grid),
        "who_url": f"{reverse('answering')}?{urlencode(_chosen(grid))}",
    }
    return page(request, "publicity/grid.html", context)


def take_look(request: HttpRequest, now: datetime) -> None:
    """So many looks in so long a time, for the page and the API together."""
    where = throttle.address(client_address(request))
    throttle.take(f"portal:answering:{where}", limit=LOOKS, per=WINDOW, now=now)


def _chosen(grid: Area) -> dict[str, str]:
    """The lists of "who answers for this building", opened at this grid."""
    levels = (Level.TOWN, Level.VILLAGE, Level.GRID)
    return {f"area_{int(level)}": grid.path[:level] for level in levels}

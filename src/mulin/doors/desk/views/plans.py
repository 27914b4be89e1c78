"""A grid's plan as PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from mulin.doors.desk.grid_plan import TEMPLATE, plan_data
from mulin.kernel import paper
from mulin.kernel.refusals import NotYours
from mulin.places.face import Area, Level
from mulin.posts.face import Permission, needs, who_asks

DRAWN = (Level.GRID, Level.MICRO_GRID, Level.VILLAGE)


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def plan(request: HttpRequest, path: str) -> HttpResponse:
    """Its border, its buildings with numbers, public places and who is on duty. Nothing of residents is on it."""
    rows = Area.objects.open().filter(path=path, level__in=[int(level) for level in DRAWN])
    area = rows.filter(border__isnull=False).first()
    if area is None:
        raise NotYours
    made = paper.pdf(TEMPLATE, plan_data(area, who_asks(request)), language=get_language() or "en")
    headers = {
        "Content-Disposition": f'inline; filename="plan-{area.path}.pdf"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(made, content_type="application/pdf", headers=headers)

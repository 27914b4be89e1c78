"""Sheets of paper for programs: the same as the desk prints, with contacts masked."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from mulin.kernel.shapes import Problem
from mulin.matters.queries.rechecks import not_blind
from mulin.matters.queries.seeing import see
from mulin.matters.views.printing import as_pdf, handover_paper, matter_paper, start_of
from mulin.posts.face import Permission, needs, who_asks

router = Router()
FAILS = dict.fromkeys((400, 401, 403, 404, 409, 422, 429, 503), Problem)
PDF = {
    "responses": {
        200: {"description": "OK", "content": {"application/pdf": {"schema": {"format": "binary"}}}}
    }
}
Language = Literal["zh-hans", "en"]
Paper = Literal["sheet", "dispatch", "slip"]


@router.get("/matters/{number}/papers/{paper}", response={**FAILS}, openapi_extra=PDF)
@needs(Permission.DESK_OPEN, Permission.MATTER_READ)
def matter_papers(request: HttpRequest, number: str, paper: Paper, language: Language = "zh-hans") -> Any:
    """A matter's sheet, its dispatch sheet or the slip of its reporter, as PDF. Contacts are masked."""
    who = who_asks(request)
    seen = see(who, number)
    not_blind(seen.matter, who)
    pdf = matter_paper(seen, paper, language=language, who=who, start=start_of(request))
    return as_pdf(pdf, f"{seen.matter.number}-{paper}.pdf")


@router.get("/seats/{id}/hand-over", response={**FAILS}, openapi_extra=PDF)
@needs(Permission.DESK_OPEN, Permission.MATTER_READ)
def hand_over(request: HttpRequest, id: UUID, language: Language = "zh-hans") -> Any:
    """What waits at a seat, as far as you may read it: the list that both sign when it is handed over."""
    return as_pdf(handover_paper(id, language=language, who=who_asks(request)), "hand-over.pdf")

"""A list of matters as Excel, for programs."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema

from mulin.kernel.shapes import Problem
from mulin.matters.actions.exporting import start_export
from mulin.matters.queries.lists import Filters, Show
from mulin.posts.face import Permission, needs, who_asks

router = Router()
FAILS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), Problem)
Word = Annotated[str, Field(max_length=200)]


class ExportIn(Schema):
    """The filters of `GET /matters`, and what the list is for."""

    purpose: Literal["duty", "verify", "audit"]
    show: Word = "open"
    state: Word = ""
    type: Word = ""
    area: Word = ""
    level: Word = ""
    urgent: Word = ""
    channel: Word = ""
    q: Word = ""


class ExportOut(Schema):
    """The job that makes the file: see `/jobs`."""

    job: str


@router.post("/export", response={200: ExportOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.MATTER_EXPORT)
def export(request: HttpRequest, body: ExportIn) -> Any:
    """Take out a list as it is filtered; contacts are masked, and it is written down."""
    who = who_asks(request)
    filters = Filters.read(body.dict(exclude={"purpose"}), Show.OPEN)
    return ExportOut(job=str(start_export(filters, purpose=body.purpose, by=who, now=who.now).pk))

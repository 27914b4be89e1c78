"""Paper codes for residents, for programs: a kiosk at the window, a phone at the door."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from mulin.kernel.shapes import Problem
from mulin.posts import actions
from mulin.posts.gate import needs, who_asks
from mulin.posts.models import ResidentCode
from mulin.posts.queries.residents import codes_issued_by
from mulin.posts.rules import Permission
from mulin.posts.rules.slips import shown
from mulin.posts.views.base import one
from mulin.posts.views.residents import state_of

router = Router()
FAILS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), Problem)
LISTED = 100


class PaperCodeIn(Schema):
    """The document that was seen; `seen` says that its owner stood there."""

    name: Annotated[str, Field(max_length=100)]
    document: Annotated[str, Field(max_length=20)]
    seen: bool
    number: Annotated[str, Field(max_length=30)] = ""
    language: Annotated[str, Field(max_length=10)] = "zh-hans"


class PaperCodeOut(Schema):
    """A paper code; the code itself is told once, when it is issued. `state`: open, used, withdrawn, expired."""

    id: UUID
    state: str
    document: str
    issued_at: datetime
    expires_at: datetime
    code: str = ""

    @staticmethod
    def of(code: ResidentCode, now: datetime, plain: str = "") -> "PaperCodeOut":
        return PaperCodeOut(
            id=code.pk, state=state_of(code, now), document=code.document, issued_at=code.created_at,
            expires_at=code.expires_at, code=plain,
        )  # fmt: skip


@router.get("/residents/codes", response={200: list[PaperCodeOut], **FAILS})
@needs(Permission.RESIDENT_ADMIT)
def paper_codes(request: HttpRequest) -> Any:
    """The paper codes that you issued, the newest first."""
    who = who_asks(request)
    return [PaperCodeOut.of(code, who.now) for code in codes_issued_by(who)[:LISTED]]


@router.post("/residents/codes", response={201: PaperCodeOut, **FAILS})
@needs(Permission.RESIDENT_ADMIT)
def paper_code_issue(request: HttpRequest, given: PaperCodeIn) -> Any:
    """Issue a code to somebody who stands before you with their document."""
    who = who_asks(request)
    code, plain = actions.issue_paper_code(**given.dict(), by=who, now=who.now)
    return Status(201, PaperCodeOut.of(code, who.now, shown(plain)))


@router.post("/residents/codes/{id}/withdraw", response={200: PaperCodeOut, **FAILS})
@needs(Permission.RESIDENT_ADMIT)
def paper_code_withdraw(request: HttpRequest, id: UUID) -> Any:
    """Make a paper code of yours worthless."""
    who = who_asks(request)
    actions.withdraw_paper_code(one(codes_issued_by(who), id), by=who, now=who.now)
    return PaperCodeOut.of(one(codes_issued_by(who), id), who.now)

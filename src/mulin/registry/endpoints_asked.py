"""Links to residents' accounts, proposed changes and requests about one's own data, for programs."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from mulin.kernel.masking import mask_name
from mulin.kernel.refusals import Conflict, NotYours
from mulin.kernel.shapes import Problem
from mulin.posts.face import Permission, needs, who_asks
from mulin.registry.actions.linking import end_link, link_record
from mulin.registry.actions.proposals import accept_proposal, propose, refuse_proposal, withdraw_proposal
from mulin.registry.actions.requests import ask_for, hand_over_copy, take_step
from mulin.registry.models import DataRequest, Proposal
from mulin.registry.queries.deciding import deciding, lines_of, my_proposals, waiting_proposals
from mulin.registry.queries.own_record import link_to
from mulin.registry.views.linking import one_to_link
from mulin.registry.views.proposals import note_seen, one_to_decide, one_to_propose
from mulin.registry.views.requests import listed, note_asked, one_to_answer

router = Router()
FAILS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), Problem)
Word = Annotated[str, Field(max_length=20)]
Name = Annotated[str, Field(max_length=100)]
Words = Annotated[str, Field(max_length=2000)]
Key = Annotated[str, Field(max_length=100)]


class LinkIn(Schema):
    """The account's number, and what stands in the document; `seen` says that its owner stood there."""

    number: Annotated[str, Field(max_length=30)]
    seen: bool
    document: Annotated[str, Field(max_length=60)] = ""
    born_on: date | None = None


class LinkOut(Schema):
    """Since when a record is linked, and by what of the document it was proved."""

    id: UUID
    proof: str
    linked_at: datetime
    ended_at: datetime | None


@router.post("/residents/{id}/link", response={201: LinkOut, **FAILS})
@needs(Permission.REGISTRY_LINK)
def record_link(request: HttpRequest, id: UUID, body: LinkIn) -> Any:
    """Link a resident's account to their record: what stands in the document is compared, so many times an hour."""
    who = who_asks(request)
    return Status(201, link_record(one_to_link(who, id), **body.dict(), by=who, now=who.now))


@router.post("/residents/{id}/unlink", response={200: LinkOut, **FAILS})
@needs(Permission.REGISTRY_LINK)
def record_unlink(request: HttpRequest, id: UUID) -> Any:
    """The account reads the record no more."""
    who = who_asks(request)
    link = link_to(one_to_link(who, id))
    if link is None:
        raise Conflict
    end_link(link, by=who, now=who.now)
    link.refresh_from_db()
    return link


class ProposalOut(Schema):
    """A proposal: what it is about, which columns, how far it is; what it says is in `GET …/proposals/{id}`."""

    id: UUID
    subject_kind: str
    subject: UUID
    name: str
    kind: str
    columns: list[str]
    source: str
    stage: str
    contested: bool
    proposed_at: datetime
    decided_at: datetime | None
    reason: str


class ProposalPageOut(Schema):
    items: list[ProposalOut]
    next: str


class ColumnOut(Schema):
    """What stands there now, and what each open proposal says (null: nothing). Phones are masked."""

    column: str
    now: str
    says: list[str | None]
    contested: bool


class DecidingOut(Schema):
    """All open proposals about one thing, side by side."""

    proposals: list[ProposalOut]
    columns: list[ColumnOut]
    version: int | None


def _line(each: Any) -> dict[str, Any]:
    row: Proposal = each.row
    return {
        "id": row.pk, "subject_kind": row.subject_kind, "subject": row.subject, "name": each.subject,
        "kind": row.kind, "columns": sorted(row.wanted), "source": row.source, "stage": row.stage,
        "contested": each.is_contested, "proposed_at": row.proposed_at, "decided_at": row.decided_at,
        "reason": row.reason,
    }  # fmt: skip


@router.get("/proposals", response={200: ProposalPageOut, **FAILS})
@needs(Permission.REGISTRY_PROPOSE)
def proposals(request: HttpRequest, show: Word = "waiting", after: Key = "") -> Any:
    """Those that wait for your decision, the oldest first; `show=mine` are those you made."""
    who = who_asks(request)
    if show == "mine":
        return {"items": [_line(each) for each in my_proposals(who)], "next": ""}
    rows, more = waiting_proposals(who, after=after)
    return {"items": [_line(each) for each in rows], "next": more}


@router.get("/proposals/{id}", response={200: DecidingOut, **FAILS})
@needs(Permission.REGISTRY_EDIT)
def proposal(request: HttpRequest, id: UUID) -> Any:
    """What is proposed beside what stands there: a reading, written down."""
    who = who_asks(request)
    shown = deciding(one_to_decide(who, id), who)
    note_seen(shown, who)
    columns = [
        {
            "column": each.column.name,
            "now": each.now,
            "says": each.says,
            "contested": each.column.is_contested,
        }
        for each in shown.columns
    ]
    version = shown.thing.version if shown.thing else None
    return {"proposals": [_line(each) for each in shown.proposals], "columns": columns, "version": version}


class ProposeIn(Schema):
    """About a resident, dwelling or merchant: the columns that are different; or `left`, of a resident."""

    subject_kind: Word
    subject: UUID
    given: dict[Word, Name] = {}
    left: bool = False
    note: Annotated[str, Field(max_length=1000)] = ""


@router.post("/proposals", response={201: ProposalOut, **FAILS})
@needs(Permission.REGISTRY_PROPOSE)
def proposal_make(request: HttpRequest, body: ProposeIn) -> Any:
    """Propose a change. Whether it is what is kept already is not said."""
    who = who_asks(request)
    thing = one_to_propose(who, body.subject_kind, body.subject)
    made = propose(thing, body.given, by=who, now=who.now, left=body.left, note=body.note)
    return Status(201, _line(lines_of([made])[0]))


class AcceptIn(Schema):
    """`version` is the one that was seen: where it is another now, nothing is written."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None


class RefuseIn(Schema):
    """Whoever proposed it reads this."""

    reason: Annotated[str, Field(max_length=1000)]


@router.post("/proposals/{id}/accept", response={200: ProposalOut, **FAILS})
@needs(Permission.REGISTRY_EDIT)
def proposal_accept(request: HttpRequest, id: UUID, body: AcceptIn) -> Any:
    """It is right, and is written."""
    who = who_asks(request)
    done = accept_proposal(one_to_decide(who, id), by=who, now=who.now, version=body.version)
    return _line(lines_of([done])[0])


@router.post("/proposals/{id}/refuse", response={200: ProposalOut, **FAILS})
@needs(Permission.REGISTRY_EDIT)
def proposal_refuse(request: HttpRequest, id: UUID, body: RefuseIn) -> Any:
    """It is not accepted."""
    who = who_asks(request)
    done = refuse_proposal(one_to_decide(who, id), reason=body.reason, by=who, now=who.now)
    return _line(lines_of([done])[0])


@router.post("/proposals/{id}/withdraw", response={200: ProposalOut, **FAILS})
@needs(Permission.REGISTRY_PROPOSE)
def proposal_withdraw(request: HttpRequest, id: UUID) -> Any:
    """Take back what you proposed."""
    who = who_asks(request)
    found = Proposal.objects.made_by(who.user.pk).filter(pk=id).first() if who.user else None
    if found is None:
        raise NotYours
    return _line(lines_of([withdraw_proposal(found, by=who, now=who.now)])[0])


class RequestOut(Schema):
    """A request about one's own data. `text` and `answer` only in `GET …/data-requests/{id}`."""

    id: UUID
    resident: UUID
    name: str
    kind: str
    stage: str
    source: str
    asked_at: datetime
    due_at: datetime
    answered_at: datetime | None
    ground: str
    text: str = ""
    answer: str = ""


class RequestPageOut(Schema):
    items: list[RequestOut]
    next: str


def _request(row: DataRequest, *, whole: bool = False) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": row.pk, "resident": row.resident_id, "name": mask_name(row.resident.name), "kind": row.kind,
        "stage": row.stage, "source": row.source, "asked_at": row.asked_at, "due_at": row.due_at,
        "answered_at": row.answered_at, "ground": row.ground,
    }  # fmt: skip
    return told | ({"text": row.text, "answer": row.answer} if whole else {})


@router.get("/data-requests", response={200: RequestPageOut, **FAILS})
@needs(Permission.REGISTRY_ANSWER)
def data_requests(request: HttpRequest, show: Word = "open", after: Key = "") -> Any:
    """What is to be answered, the most urgent first; `show=answered`, the newest first."""
    rows, more = listed(who_asks(request), "answered" if show == "answered" else "open", after)
    return {"items": [_request(row) for row in rows], "next": more}


@router.get("/data-requests/{id}", response={200: RequestOut, **FAILS})
@needs(Permission.REGISTRY_ANSWER)
def data_request(request: HttpRequest, id: UUID) -> Any:
    """One request in their own words: a reading, written down."""
    who = who_asks(request)
    found = one_to_answer(who, id)
    note_asked(found, who)
    return _request(found, whole=True)


class AskIn(Schema):
    """What somebody asks at the window: correct, copy, erase. `seen` says that they stood there with their document."""

    resident: UUID
    kind: Word
    seen: bool
    text: Words = ""


@router.post("/data-requests", response={201: RequestOut, **FAILS})
@needs(Permission.REGISTRY_LINK)
def data_request_make(request: HttpRequest, body: AskIn) -> Any:
    """Take in what somebody asks about their own data."""
    who = who_asks(request)
    resident = one_to_link(who, body.resident)
    made = ask_for(resident, kind=body.kind, text=body.text, seen=body.seen, by=who, now=who.now)
    return Status(201, _request(made))


class StepIn(Schema):
    """What the step asks for: an answer, and where it is refused a ground: right, law, needed, others, unclear."""

    answer: Words = ""
    ground: Word = ""


@router.post("/data-requests/{id}/steps/{step}", response={200: RequestOut, **FAILS})
@needs(Permission.REGISTRY_ANSWER)
def data_request_step(request: HttpRequest, id: UUID, step: Word, body: StepIn) -> Any:
    """take, grant, refuse, extend."""
    who = who_asks(request)
    done = take_step(
        one_to_answer(who, id), step, answer=body.answer, ground=body.ground, by=who, now=who.now
    )
    return _request(done)


@router.post("/data-requests/{id}/copy", response={200: dict[str, Any], **FAILS})
@needs(Permission.REGISTRY_ANSWER)
def data_request_copy(request: HttpRequest, id: UUID) -> Any:
    """The copy that was granted, whole; that it left the house is written down."""
    who = who_asks(request)
    return hand_over_copy(one_to_answer(who, id), by=who, now=who.now)

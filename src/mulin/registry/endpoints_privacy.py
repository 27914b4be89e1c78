"""Revealing, finding by a number, opening in an emergency and looking at it again, for programs."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from mulin.kernel.masking import mask_name
from mulin.kernel.refusals import NotYours
from mulin.kernel.shapes import Problem
from mulin.posts.face import Permission, needs, who_asks
from mulin.registry.actions.breaking import judge_glass
from mulin.registry.actions.finding import find_exact
from mulin.registry.actions.revealing import reveal
from mulin.registry.models import BreakGlass
from mulin.registry.queries.glass import opened_for
from mulin.registry.views.glass import broken
from mulin.registry.views.revealing import found

router = Router()
FAILS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), Problem)
Word = Annotated[str, Field(max_length=20)]


class RevealedIn(Schema):
    """What it is needed for: contact, verify, emergency, request."""

    purpose: Word


class RevealedOut(Schema):
    value: str


@router.post("/reveal/{record}/{id}/{column}", response={200: RevealedOut, **FAILS})
@needs(Permission.REGISTRY_REVEAL)
def reveal_value(request: HttpRequest, record: Word, id: UUID, column: Word, body: RevealedIn) -> Any:
    """Show the whole of a masked value: for a purpose, so many an hour, and on record."""
    who = who_asks(request)
    thing = found(who, record, id, column)
    return RevealedOut(value=reveal(thing, column, purpose=body.purpose, by=who, now=who.now))


class FindIn(Schema):
    """An exact document number or phone; `purpose`: duty, contact, verify, emergency, request."""

    number: Annotated[str, Field(max_length=60)]
    purpose: Word = "duty"


class HitOut(Schema):
    """A record with this number: `kind` is resident, merchant or dwelling; the name is masked."""

    kind: str
    id: UUID
    name: str
    place: str


@router.post("/find", response={200: list[HitOut], **FAILS})
@needs(Permission.REGISTRY_FIND)
def find_by_number(request: HttpRequest, body: FindIn) -> Any:
    """Whose number it is, within your area: on record, hit or miss, and so many an hour."""
    who = who_asks(request)
    hit = find_exact(body.number, purpose=body.purpose, by=who, now=who.now)
    people = [
        HitOut(kind="resident", id=row.pk, name=mask_name(row.name), place=row.place) for row in hit.residents
    ]
    shops = [HitOut(kind="merchant", id=row.pk, name=row.name, place=row.place) for row in hit.merchants]
    owned = [HitOut(kind="dwelling", id=row.pk, name=row.number, place=row.place) for row in hit.dwellings]
    return people + shops + owned


class GlassIn(Schema):
    """What has happened, and either the `number` of a person or a `building` (its code) and a `door`."""

    reason: Annotated[str, Field(max_length=400)]
    number: Annotated[str, Field(max_length=60)] = ""
    building: Annotated[str, Field(max_length=60)] = ""
    door: Annotated[str, Field(max_length=20)] = ""


class GlassOut(Schema):
    """What was opened: `kind` is resident or dwelling, `record` its id; `judged` is empty until it was reviewed."""

    id: UUID
    kind: str
    record: UUID
    place: str
    by: UUID
    opened_at: datetime
    until_at: datetime
    reason: str
    judged: str
    note: str

    @staticmethod
    def of(glass: BreakGlass) -> "GlassOut":
        return GlassOut(
            id=glass.pk, kind=glass.subject_kind, record=glass.subject, place=glass.place, by=glass.user_id,
            opened_at=glass.opened_at, until_at=glass.until_at, reason=glass.reason, judged=glass.judged,
            note=glass.note,
        )  # fmt: skip


class JudgeIn(Schema):
    """`judged`: right, talked or wrong."""

    judged: Word
    note: Annotated[str, Field(max_length=1000)] = ""


@router.post("/glass", response={201: GlassOut, **FAILS})
@needs(Permission.REGISTRY_BREAK_GLASS)
def break_glass(request: HttpRequest, body: GlassIn) -> Any:
    """Open in an emergency what lies outside your area, for three hours; whoever is responsible there is told."""
    return Status(201, GlassOut.of(broken(body.dict(), who_asks(request))))


@router.get("/glass", response={200: list[GlassOut], **FAILS})
@needs(Permission.REGISTRY_REVIEW)
def glass_list(
    request: HttpRequest, judged: bool = False, after: Annotated[str, Field(max_length=80)] = ""
) -> Any:
    """What was opened in emergencies, the newest first; pages by key: pass the last `opened_at id` as `after`."""
    return [GlassOut.of(row.glass) for row in opened_for(who_asks(request), judged=judged, after=after)[0]]


@router.post("/glass/{id}/judge", response={200: GlassOut, **FAILS})
@needs(Permission.REGISTRY_REVIEW)
def glass_judged(request: HttpRequest, id: UUID, body: JudgeIn) -> Any:
    """Say what you make of it; once, and never of what you opened yourself."""
    who = who_asks(request)
    glass = BreakGlass.objects.visible_to(who).filter(pk=id).first()
    if glass is None:
        raise NotYours
    judge_glass(glass, judged=body.judged, note=body.note, by=who, now=who.now)
    glass.refresh_from_db()
    return GlassOut.of(glass)

"""Care needs for programs: the same acts and readers as at the desk."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from mulin.kernel.masking import mask_name
from mulin.kernel.refusals import Invalid, NotYours
from mulin.kernel.shapes import Problem
from mulin.posts.face import Permission, Seat, needs, who_asks
from mulin.registry.actions.care import change_care, end_care, grant_care, read_care
from mulin.registry.models import CareNeed, Resident
from mulin.registry.queries.care import care_to_read
from mulin.registry.views.care import find_need

router = Router()
FAILS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), Problem)
MANY = 200
Text = Annotated[str, Field(max_length=1000)]
Readers = Annotated[list[UUID], Field(max_length=50)]


class CareRow(Schema):
    """A need that you were named to read; the name is masked until you open it."""

    id: UUID
    name: str
    until_on: date


class CareOut(Schema):
    """One need, for its readers. `readers`: seats whose holders may read it."""

    id: UUID
    resident: UUID
    kind: str
    purpose: str
    note: str
    basis: str
    basis_text: str
    from_on: date
    until_on: date
    granted_at: datetime
    ended_at: datetime | None
    readers: list[UUID]

    @staticmethod
    def of(need: CareNeed) -> "CareOut":
        return CareOut(
            id=need.pk, resident=need.resident_id, kind=need.kind, purpose=need.purpose, note=need.note,
            basis=need.basis, basis_text=need.basis_text, from_on=need.from_on, until_on=need.until_on,
            granted_at=need.granted_at, ended_at=need.ended_at,
            readers=list(need.readers.order_by("id").values_list("seat_id", flat=True)),
        )  # fmt: skip


class CareIn(Schema):
    """A need of a resident; kept for a year at most."""

    resident: UUID
    kind: Annotated[str, Field(max_length=12)]
    purpose: Text
    basis: Annotated[str, Field(max_length=12)]
    basis_text: Text
    until_on: date
    readers: Readers
    from_on: date | None = None
    note: Text = ""


class CareChangeIn(Schema):
    """What is to change; what is left out stays."""

    purpose: Text | None = None
    note: Text | None = None
    until_on: date | None = None
    readers: Readers | None = None


@router.get("", response={200: list[CareRow], **FAILS})
@needs(Permission.DESK_OPEN)
def care_needs(request: HttpRequest) -> Any:
    """The needs that you were named to read, the first 200; those that expire first on top."""
    rows = care_to_read(who_asks(request))[:MANY]
    return [CareRow(id=each.pk, name=mask_name(each.resident.name), until_on=each.until_on) for each in rows]


@router.post("", response={201: CareOut, **FAILS})
@needs(Permission.CARE_GRANT)
def care_grant(request: HttpRequest, given: CareIn) -> Any:
    """Enter a need that somebody applied for, agreed to, or that a law asks for."""
    who = who_asks(request)
    resident = Resident.objects.visible_to(who).standing().filter(pk=given.resident).first()
    if resident is None:
        raise NotYours
    said = given.dict(exclude={"resident", "readers"})
    need = grant_care(resident, **said, readers=_seats(given.readers), by=who, now=who.now)
    return Status(201, CareOut.of(need))


@router.get("/{id}", response={200: CareOut, **FAILS})
@needs(Permission.DESK_OPEN)
def care_need(request: HttpRequest, id: UUID) -> Any:
    """One need. It is written down that you read it."""
    who = who_asks(request)
    need = find_need(who, id)
    read_care(need, by=who, now=who.now)
    return CareOut.of(need)


@router.post("/{id}/change", response={200: CareOut, **FAILS})
@needs(Permission.CARE_GRANT)
def care_change(request: HttpRequest, id: UUID, given: CareChangeIn) -> Any:
    """Another purpose, note or end, other readers."""
    who = who_asks(request)
    need = find_need(who, id)
    read_care(need, by=who, now=who.now)
    readers = None if given.readers is None else _seats(given.readers)
    changed = change_care(need, **given.dict(exclude={"readers"}), readers=readers, by=who, now=who.now)
    return CareOut.of(changed)


@router.post("/{id}/end", response={200: CareOut, **FAILS})
@needs(Permission.CARE_GRANT)
def care_end(request: HttpRequest, id: UUID) -> Any:
    """It is needed no longer: nobody reads it from now on."""
    who = who_asks(request)
    need = find_need(who, id)
    read_care(need, by=who, now=who.now)
    return CareOut.of(end_care(need, by=who, now=who.now))


def _seats(ids: list[UUID]) -> list[Seat]:
    found = list(Seat.objects.filter(pk__in=ids).order_by("id"))
    if len(found) != len(set(ids)):
        raise Invalid(_("This seat has nothing to do with where they live."), code="readers", field="readers")
    return found

"""Residents, and who lives where, for programs: the same acts as at the desk."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from mulin.posts.face import needs, who_asks
from mulin.registry.actions import residences as stays
from mulin.registry.actions import residents as people
from mulin.registry.actions.merging import merge_residents
from mulin.registry.actions.staying import Stay
from mulin.registry.actions.taking_over import take_over
from mulin.registry.endpoints_records import DONE, FAILS, MADE, Edit
from mulin.registry.models import Dwelling
from mulin.registry.shapes_records import (
    ConfirmIn,
    DayIn,
    DiedIn,
    KeptOut,
    MergeIn,
    MoveHomeIn,
    ResidentChangeIn,
    ResidentIn,
    StayChangeIn,
    StayIn,
    StayOut,
    TakeOverIn,
)
from mulin.registry.views import dwellings, households, residences, residents

router = Router()
STAYS: dict[int, Any] = {200: StayOut, **FAILS}


def lives(request: HttpRequest, given: StayIn) -> tuple[Dwelling, Stay]:
    """The door and how somebody lives there, both as far as one may see them."""
    door = dwellings.find(request, given.dwelling)
    household = households.find(request, given.household) if given.household else None
    return door, Stay(household=household, **given.dict(exclude={"dwelling", "household"}))


@router.post("/residents", response=MADE)
@needs(Edit)
def resident_register(request: HttpRequest, given: ResidentIn) -> Any:
    """Enter a person who lives in a dwelling. A document that is known already is refused (document_known); the same
    name, birth date and door as well (namesake), unless you are `sure`."""
    who, (door, stay) = who_asks(request), lives(request, given.stay)
    made = people.register_resident(given.person.columns(), door, stay, by=who, now=who.now, sure=given.sure)
    return Status(201, KeptOut.of(made))


@router.post("/residents/take-over", response=DONE)
@needs(Edit)
def resident_take_over(request: HttpRequest, given: TakeOverIn) -> Any:
    """Somebody has moved here from another area: by number and name, both right. Each try is written down."""
    who, (door, stay) = who_asks(request), lives(request, given.stay)
    return KeptOut.of(take_over(given.document, given.name, door, stay, by=who, now=who.now, on=given.on))


@router.post("/residents/{id}/change", response=DONE)
@needs(Edit)
def resident_change(request: HttpRequest, id: UUID, given: ResidentChangeIn) -> Any:
    """Correct what is known of a person."""
    who, found = who_asks(request), residents.find(request, id)
    changed = people.change_resident(found, given.columns(), by=who, now=who.now, version=given.version)
    return KeptOut.of(changed)


@router.post("/residents/{id}/confirm", response=DONE)
@needs(Edit)
def resident_confirm(request: HttpRequest, id: UUID, given: ConfirmIn) -> Any:
    """They are still so: as a whole, or these facts (identity, phone, registration, work, family, stay, residence)."""
    who, found = who_asks(request), residents.find(request, id)
    return KeptOut.of(
        people.confirm_resident(found, by=who, now=who.now, facts=given.facts, version=given.version)
    )


@router.post("/residents/{id}/died", response=DONE)
@needs(Edit)
def resident_died(request: HttpRequest, id: UUID, given: DiedIn) -> Any:
    """Note a death: wherever they lived, they live no more. Without a day: it was noted by mistake."""
    who, found = who_asks(request), residents.find(request, id)
    if given.on is None:
        return KeptOut.of(people.set_alive(found, by=who, now=who.now, version=given.version))
    return KeptOut.of(people.set_died(found, given.on, by=who, now=who.now, version=given.version))


@router.post("/residents/{id}/merge", response=DONE)
@needs(Edit)
def resident_merge(request: HttpRequest, id: UUID, given: MergeIn) -> Any:
    """Two records of one person: this one stays."""
    who, found = who_asks(request), residents.find(request, id)
    other = residents.find(request, given.other)
    return KeptOut.of(merge_residents(found, other, by=who, now=who.now, version=given.version))


@router.post("/residents/{id}/move-in", response={201: StayOut, **FAILS})
@needs(Edit)
def resident_move_in(request: HttpRequest, id: UUID, given: StayIn) -> Any:
    """They live in another place, too; with `main` first of all there."""
    who, found = who_asks(request), residents.find(request, id)
    door, stay = lives(request, given)
    return Status(201, StayOut.of(stays.move_in(found, door, stay, by=who, now=who.now)))


@router.post("/residences/{id}/change", response=STAYS)
@needs(Edit)
def residence_change(request: HttpRequest, id: UUID, given: StayChangeIn) -> Any:
    """Correct how somebody lives there."""
    who, found = who_asks(request), residences.find(request, id)
    household = households.find(request, given.household) if given.household else None
    columns = given.columns("household")
    return StayOut.of(stays.change_residence(found, by=who, now=who.now, household=household, **columns))


@router.post("/residences/{id}/move", response={201: StayOut, **FAILS})
@needs(Edit)
def residence_move(request: HttpRequest, id: UUID, given: MoveHomeIn) -> Any:
    """They move from here to another dwelling; the answer is the new residence."""
    who, found = who_asks(request), residences.find(request, id)
    door, stay = lives(request, given.stay)
    moved = stays.move(found, door, stay, by=who, now=who.now, on=given.on, note=given.note)
    return Status(201, StayOut.of(moved))


@router.post("/residences/{id}/out", response=STAYS)
@needs(Edit)
def residence_out(request: HttpRequest, id: UUID, given: DayIn) -> Any:
    """They have moved away. Where it was their only home, they have left."""
    who, found = who_asks(request), residences.find(request, id)
    return StayOut.of(stays.move_out(found, by=who, now=who.now, on=given.on, note=given.note))

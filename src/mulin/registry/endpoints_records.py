"""Dwellings, households and merchants for programs: the same acts as at the desk."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from mulin.kernel.shapes import Problem
from mulin.posts.face import Permission, needs, who_asks
from mulin.registry.actions import dwellings as doors
from mulin.registry.actions import households as homes
from mulin.registry.actions import merchants as shops
from mulin.registry.actions.residences import leave_household, move_household
from mulin.registry.models import Residence
from mulin.registry.shapes_records import (
    ConfirmIn,
    DayIn,
    DwellingChangeIn,
    DwellingIn,
    HouseholdChangeIn,
    HouseholderIn,
    HouseholdIn,
    HouseholdMoveIn,
    KeptOut,
    MerchantChangeIn,
    MerchantEnterIn,
)
from mulin.registry.views import dwellings, households, merchants
from mulin.registry.views.writing import one

router = Router()
FAILS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), Problem)
MADE: dict[int, Any] = {201: KeptOut, **FAILS}
DONE: dict[int, Any] = {200: KeptOut, **FAILS}
Edit = Permission.REGISTRY_EDIT


@router.post("/dwellings", response=MADE)
@needs(Edit)
def dwelling_enter(request: HttpRequest, given: DwellingIn) -> Any:
    """Enter a door of a building or entrance."""
    who = who_asks(request)
    area = dwellings.place(given.area, who)
    return Status(201, KeptOut.of(doors.enter_dwelling(area, by=who, now=who.now, **given.columns("area"))))


@router.post("/dwellings/{id}/change", response=DONE)
@needs(Edit)
def dwelling_change(request: HttpRequest, id: UUID, given: DwellingChangeIn) -> Any:
    """Correct what is known of a door."""
    who, found = who_asks(request), dwellings.find(request, id)
    changed = doors.change_dwelling(found, by=who, now=who.now, version=given.version, **given.columns())
    return KeptOut.of(changed)


@router.post("/dwellings/{id}/confirm", response=DONE)
@needs(Edit)
def dwelling_confirm(request: HttpRequest, id: UUID, given: ConfirmIn) -> Any:
    """It is still so: as a whole, or these facts (place, use, owner)."""
    who, found = who_asks(request), dwellings.find(request, id)
    return KeptOut.of(
        doors.confirm_dwelling(found, by=who, now=who.now, facts=given.facts, version=given.version)
    )


@router.post("/dwellings/{id}/close", response=DONE)
@needs(Edit)
def dwelling_close(request: HttpRequest, id: UUID) -> Any:
    """It is no longer there. Whoever lives or trades there is moved first."""
    who, found = who_asks(request), dwellings.find(request, id)
    return KeptOut.of(doors.close_dwelling(found, by=who, now=who.now))


@router.post("/households", response=MADE)
@needs(Edit)
def household_open(request: HttpRequest, given: HouseholdIn) -> Any:
    """Enter people who live together in a dwelling; register its members after it."""
    who, door = who_asks(request), dwellings.find(request, given.dwelling)
    made = homes.open_household(door, by=who, now=who.now, **given.columns("dwelling"))
    return Status(201, KeptOut.of(made))


@router.post("/households/{id}/change", response=DONE)
@needs(Edit)
def household_change(request: HttpRequest, id: UUID, given: HouseholdChangeIn) -> Any:
    """Correct its kind, its number, or since when it is."""
    who, found = who_asks(request), households.find(request, id)
    changed = homes.change_household(found, by=who, now=who.now, version=given.version, **given.columns())
    return KeptOut.of(changed)


@router.post("/households/{id}/confirm", response=DONE)
@needs(Edit)
def household_confirm(request: HttpRequest, id: UUID, given: ConfirmIn) -> Any:
    """It is still so: as a whole, or these facts (members, number)."""
    who, found = who_asks(request), households.find(request, id)
    return KeptOut.of(
        homes.confirm_household(found, by=who, now=who.now, facts=given.facts, version=given.version)
    )


@router.post("/households/{id}/householder", response=DONE)
@needs(Edit)
def household_head(request: HttpRequest, id: UUID, given: HouseholderIn) -> Any:
    """Another householder. A relation that is not said is not known any more."""
    who, found = who_asks(request), households.find(request, id)
    head = one(Residence.objects.filter(household=found), given.residence)
    relations = {each.residence: each.relation for each in given.relations}
    changed = homes.set_householder(
        found, head, relations=relations, by=who, now=who.now, version=given.version
    )
    return KeptOut.of(changed)


@router.post("/households/{id}/move", response=DONE)
@needs(Edit)
def household_move(request: HttpRequest, id: UUID, given: HouseholdMoveIn) -> Any:
    """All of them move to another dwelling on one day."""
    who, found = who_asks(request), households.find(request, id)
    door = dwellings.find(request, given.dwelling)
    return KeptOut.of(move_household(found, door, by=who, now=who.now, on=given.on, kind=given.kind))


@router.post("/households/{id}/leave", response=DONE)
@needs(Edit)
def household_leave(request: HttpRequest, id: UUID, given: DayIn) -> Any:
    """All of them move away, and the household is dissolved."""
    who, found = who_asks(request), households.find(request, id)
    return KeptOut.of(leave_household(found, by=who, now=who.now, on=given.on, note=given.note))


@router.post("/merchants", response=MADE)
@needs(Edit)
def merchant_enter(request: HttpRequest, given: MerchantEnterIn) -> Any:
    """Enter who trades or works there."""
    who = who_asks(request)
    area = dwellings.place(given.area, who)
    door = dwellings.find(request, given.dwelling) if given.dwelling else None
    columns = given.columns("area", "dwelling")
    return Status(201, KeptOut.of(shops.enter_merchant(area, columns, by=who, now=who.now, dwelling=door)))


@router.post("/merchants/{id}/change", response=DONE)
@needs(Edit)
def merchant_change(request: HttpRequest, id: UUID, given: MerchantChangeIn) -> Any:
    """Correct what is known of them."""
    who, found = who_asks(request), merchants.find(request, id)
    changed = shops.change_merchant(found, given.columns(), by=who, now=who.now, version=given.version)
    return KeptOut.of(changed)


@router.post("/merchants/{id}/confirm", response=DONE)
@needs(Edit)
def merchant_confirm(request: HttpRequest, id: UUID, given: ConfirmIn) -> Any:
    """They are still so: as a whole, or these facts (identity, contact, safety, staff)."""
    who, found = who_asks(request), merchants.find(request, id)
    return KeptOut.of(
        shops.confirm_merchant(found, by=who, now=who.now, facts=given.facts, version=given.version)
    )


@router.post("/merchants/{id}/close", response=DONE)
@needs(Edit)
def merchant_close(request: HttpRequest, id: UUID, given: DayIn) -> Any:
    """They trade there no more."""
    who, found = who_asks(request), merchants.find(request, id)
    closed = shops.close_merchant(
        found, by=who, now=who.now, on=given.on, note=given.note, version=given.version
    )
    return KeptOut.of(closed)

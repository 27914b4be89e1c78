"""The registry for programs: lists masked, and one household, person or merchant as their pages show them.

Opening one is written down as at the desk. Numbers stay masked: to show one is an operation of its own.
"""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Status

from mulin.doors.api.dossier_shapes import (
    CountsOut,
    DossierDueOut,
    DossierDutyIn,
    DossierDutyOut,
    DossierStayOut,
    FactOut,
    HomeRow,
    HomeRows,
    HouseholdDossierOut,
    MemberOut,
    MerchantDossierOut,
    NamedIn,
    Narrowed,
    NarrowedByTrade,
    ResidentDossierOut,
    calls,
)
from mulin.doors.desk.registry_rows import (
    door_rows,
    household_rows,
    merchant_rows,
    people_for_duty,
    resident_rows,
)
from mulin.doors.dossier import (
    household_dossier,
    merchant_dossier,
    read_household,
    read_one,
    resident_dossier,
    the_one,
)
from mulin.kernel.refusals import Invalid, NotYours
from mulin.kernel.shapes import Problem
from mulin.places.face import Area
from mulin.posts.face import Duty, Permission, Who, assign_duty, end_duty, needs, require, who_asks
from mulin.registry.face import (
    Household,
    Merchant,
    Resident,
    counts_of,
    doors_named,
    listed_dwellings,
    listed_households,
    listed_merchants,
    listed_residents,
)

router = Router()
FAILS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), Problem)


@router.get("/areas/{path}/counts", response={200: CountsOut, **FAILS})
@needs(Permission.REGISTRY_READ)
def counts(request: HttpRequest, path: Annotated[str, Field(max_length=24)]) -> Any:
    """How many live and trade in an area."""
    area = Area.objects.plain().filter(path=path).first()
    if area is None:
        raise NotYours
    found = counts_of([area], who_asks(request))[area.path]
    return CountsOut(
        dwellings=found.dwellings, households=found.households, residents=found.residents,
        merchants=found.merchants, stale=found.stale,
    )  # fmt: skip


@router.get("/dwellings", response={200: HomeRows, **FAILS})
@needs(Permission.REGISTRY_READ)
def dwellings(request: HttpRequest, narrowed: Query[Narrowed]) -> Any:
    """Doors of your area."""
    who = who_asks(request)
    page = listed_dwellings(who, narrowed.filters(), after=narrowed.after)
    rows = [
        HomeRow(
            id=row["dwelling"].pk, where=row["door"], kind=row["dwelling"].use, people=row["people"],
            confirmed=row["age"], confirmed_at=row["dwelling"].confirmed_at,
        )
        for row in door_rows(page.rows, who)
    ]  # fmt: skip
    return HomeRows(rows=rows, next=page.next)


@router.get("/households", response={200: HomeRows, **FAILS})
@needs(Permission.REGISTRY_READ)
def households(request: HttpRequest, narrowed: Query[Narrowed]) -> Any:
    """Households of your area; `name` is the householder's, masked."""
    return _households(_without_name(request), narrowed)


@router.post("/households/search", response={200: HomeRows, **FAILS})
@needs(Permission.REGISTRY_READ)
def households_search(request: HttpRequest, named: NamedIn) -> Any:
    """Households with somebody of this name; the body takes what the list takes."""
    return _households(who_asks(request), named)


def _households(who: Who, narrowed: Narrowed) -> HomeRows:
    page = listed_households(who, narrowed.filters(), after=narrowed.after)
    rows = [
        HomeRow(
            id=row["household"].pk, where=row["door"], name=row["head"], kind=row["household"].kind,
            people=row["household"].members, looked_after_by=[duty.user.label for duty in row["duties"]],
            confirmed=row["age"], confirmed_at=row["household"].confirmed_at,
        )
        for row in household_rows(page.rows, who)
    ]  # fmt: skip
    return HomeRows(rows=rows, next=page.next)


@router.get("/residents", response={200: HomeRows, **FAILS})
@needs(Permission.REGISTRY_READ)
def residents(request: HttpRequest, narrowed: Query[Narrowed]) -> Any:
    """People of your area, masked."""
    return _residents(_without_name(request), narrowed)


@router.post("/residents/search", response={200: HomeRows, **FAILS})
@needs(Permission.REGISTRY_READ)
def residents_search(request: HttpRequest, named: NamedIn) -> Any:
    """People of this name, masked; the body takes what the list takes."""
    return _residents(who_asks(request), named)


def _residents(who: Who, narrowed: Narrowed) -> HomeRows:
    page = listed_residents(who, narrowed.filters(), after=narrowed.after)
    rows = [
        HomeRow(
            id=row["resident"].pk, where=row["door"], name=row["name"], age=row["years"], confirmed=row["age"],
            confirmed_at=row["resident"].confirmed_at,
        )
        for row in resident_rows(page.rows, who)
    ]  # fmt: skip
    return HomeRows(rows=rows, next=page.next)


@router.get("/merchants", response={200: HomeRows, **FAILS})
@needs(Permission.REGISTRY_READ)
def merchants(request: HttpRequest, narrowed: Query[NarrowedByTrade]) -> Any:
    """Merchants of your area; `q` finds by the name over the shop."""
    who = who_asks(request)
    page = listed_merchants(who, narrowed.filters(), after=narrowed.after)
    rows = [
        HomeRow(
            id=row["merchant"].pk, where=row["door"], name=row["merchant"].name, kind=row["merchant"].kind,
            confirmed=row["age"], confirmed_at=row["merchant"].confirmed_at,
        )
        for row in merchant_rows(page.rows, who)
    ]  # fmt: skip
    return HomeRows(rows=rows, next=page.next)


@router.get("/households/{id}", response={200: HouseholdDossierOut, **FAILS})
@needs(Permission.REGISTRY_OPEN)
def household(request: HttpRequest, id: UUID) -> Any:
    """One household, one dossier. It is written down that you read it."""
    who = who_asks(request)
    found = the_one(Household, id, who)
    read_household(found, who)
    dossier = household_dossier(found, who)
    where = doors_named([dossier.dwelling])[dossier.dwelling.pk]
    return HouseholdDossierOut(
        id=found.pk, version=found.version, where=where, kind=found.kind, number=found.number,
        dwelling=dossier.dwelling.pk, use=dossier.dwelling.use,
        members=[MemberOut.of(each) for each in dossier.members],
        looked_after_by=[DossierDutyOut.of(each) for each in dossier.duties],
        visits=calls(dossier.planned, dossier.visits), matters=[each.number for each in dossier.matters],
        due=[DossierDueOut.of(each) for each in dossier.due],
        facts=[FactOut.of(line) for line in dossier.facts.get(found.pk, [])],
    )  # fmt: skip


@router.get("/residents/{id}", response={200: ResidentDossierOut, **FAILS})
@needs(Permission.REGISTRY_OPEN)
def resident(request: HttpRequest, id: UUID) -> Any:
    """One person. It is written down that you read it."""
    who = who_asks(request)
    found = the_one(Resident, id, who)
    read_one(found, who)
    dossier = resident_dossier(found, who)
    doors = doors_named(row.dwelling for row in dossier.residences)
    return ResidentDossierOut(
        id=found.pk, version=found.version, name=found.name, sex=found.sex, born_on=found.born_on,
        died_on=found.died_on, left_on=found.left_on, phone=dossier.phone.masked,
        document_kind=found.document_kind, document=dossier.document.masked,
        residences=[DossierStayOut.of(row, doors[row.dwelling_id]) for row in dossier.residences],
        facts=[FactOut.of(line) for line in dossier.facts],
    )  # fmt: skip


@router.get("/merchants/{id}", response={200: MerchantDossierOut, **FAILS})
@needs(Permission.REGISTRY_OPEN)
def merchant(request: HttpRequest, id: UUID) -> Any:
    """One merchant. It is written down that you read it."""
    who = who_asks(request)
    found = the_one(Merchant, id, who)
    read_one(found, who)
    return MerchantDossierOut.of(merchant_dossier(found, who))


@router.post("/households/{id}/duties", response={201: DossierDutyOut, **FAILS})
@needs(Permission.DUTY_ASSIGN)
def duty_assign(request: HttpRequest, id: UUID, given: DossierDutyIn) -> Any:
    """Let somebody look after a household by name (包户)."""
    who = who_asks(request)
    found = _household(request, id)
    require(who, Permission.DUTY_ASSIGN, found)
    user = next((each for each in people_for_duty(who, found.place) if each.pk == given.person), None)
    if user is None:
        raise Invalid(_("Choose who is to look after it."), code="unknown_person", field="person")
    duty = assign_duty(user, household=found.pk, near=found.dwelling.area, by=who, now=who.now)
    return Status(201, DossierDutyOut.of(duty))


@router.post("/households/{id}/duties/{duty}/end", response={200: DossierDutyOut, **FAILS})
@needs(Permission.DUTY_ASSIGN)
def duty_end(request: HttpRequest, id: UUID, duty: UUID) -> Any:
    """They no longer look after it."""
    who = who_asks(request)
    found = _household(request, id)
    row = Duty.objects.open_at(who.now).filter(pk=duty, household=found.pk).select_related("user").first()
    if row is None:
        raise NotYours
    return DossierDutyOut.of(end_duty(row, by=who, now=who.now, near=found.dwelling.area))


def _without_name(request: HttpRequest) -> Who:
    """Who asks. A list that ignored a name in its address would look like everybody who is called so."""
    if "q" in request.GET:
        message = _("A name does not belong in an address: POST it to …/search.")
        raise Invalid(message, code="name_in_address", field="q")
    return who_asks(request)


def _household(request: HttpRequest, id: UUID) -> Household:
    rows = Household.objects.visible_to(who_asks(request)).select_related("dwelling__area")
    found = rows.filter(pk=id).first()
    if found is None:
        raise NotYours
    return found

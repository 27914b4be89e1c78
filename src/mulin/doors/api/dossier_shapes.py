"""The shapes of the registry's lists and pages for programs."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema

from mulin.doors.dossier import MerchantDossier
from mulin.posts.face import Duty
from mulin.registry.face import Due, FactLine, HomeFilters, Member, Residence

Word = Annotated[str, Field(max_length=100)]


class Narrowed(Schema):
    """Filters of a list, as in the address of the page; `after` is the `next` of the page before."""

    area: Annotated[str, Field(max_length=24)] = ""
    stale: Word = ""
    use: Word = ""
    lived: Word = ""
    kind: Word = ""
    trade: Word = ""
    hazard: Word = ""
    age: Word = ""
    elsewhere: Word = ""
    left: Word = ""
    answered: Word = ""
    after: Annotated[str, Field(max_length=200)] = ""

    def filters(self) -> HomeFilters:
        return HomeFilters.read(self.dict(exclude={"after"}))


class NarrowedByTrade(Narrowed):
    """`q`: part of the name over the shop, which everybody reads."""

    q: Word = ""


class NamedIn(Narrowed):
    """The same filters in the body, with `q`: part of somebody's name. No address has it: addresses are kept."""

    q: Word = ""


class HomeRow(Schema):
    """One line of a list; names are masked. `confirmed`: fresh, stale or old."""

    id: UUID
    where: str
    name: str = ""
    kind: str = ""
    people: int | None = None
    age: int | None = None
    looked_after_by: list[str] = []
    confirmed: str
    confirmed_at: datetime


class HomeRows(Schema):
    rows: list[HomeRow]
    next: str


class CountsOut(Schema):
    """How many are in an area, as far as you may see or count; `stale` households are due to be confirmed."""

    dwellings: int
    households: int
    residents: int
    merchants: int
    stale: int


class FactOut(Schema):
    """When, by whom and from where a fact was last confirmed."""

    fact: str
    at: datetime
    by: str
    source: str
    age: str

    @staticmethod
    def of(line: FactLine) -> "FactOut":
        return FactOut(fact=str(line.label), at=line.at, by=line.who, source=str(line.source), age=line.age)


class DossierDueOut(Schema):
    what: str
    on: date
    whose: str
    late: bool

    @staticmethod
    def of(due: Due) -> "DossierDueOut":
        return DossierDueOut(what=due.what, on=due.on, whose=due.of, late=due.late)


class MemberOut(Schema):
    """Somebody who lives there; phone and document masked."""

    resident: UUID
    residence: UUID
    name: str
    relation: str
    sex: str
    age: int | None
    phone: str
    document: str
    kind: str
    since: date | None
    permit_until: date | None

    @staticmethod
    def of(member: Member) -> "MemberOut":
        person, lives = member.resident, member.residence
        return MemberOut(
            resident=person.pk, residence=lives.pk, name=person.name, relation=lives.relation, sex=person.sex,
            age=member.age, phone=member.phone.masked, document=member.document.masked, kind=lives.kind,
            since=lives.from_on, permit_until=lives.permit_until,
        )  # fmt: skip


class DossierDutyOut(Schema):
    id: UUID
    person: UUID
    name: str
    from_at: datetime

    @staticmethod
    def of(duty: Duty) -> "DossierDutyOut":
        return DossierDutyOut(id=duty.pk, person=duty.user_id, name=duty.user.label, from_at=duty.from_at)


class CalledOut(Schema):
    """A visit: done, nobody home, or planned."""

    id: UUID
    stage: str
    planned_on: date | None
    at: datetime | None
    who: str
    agreed: str


class HouseholdDossierOut(Schema):
    """One household, one dossier."""

    id: UUID
    version: int
    where: str
    kind: str
    number: str
    dwelling: UUID
    use: str
    members: list[MemberOut]
    looked_after_by: list[DossierDutyOut]
    visits: list[CalledOut]
    matters: list[str]
    due: list[DossierDueOut]
    facts: list[FactOut]


class DossierStayOut(Schema):
    residence: UUID
    where: str
    household: UUID | None
    main: bool
    kind: str
    relation: str
    from_on: date | None
    to_on: date | None

    @staticmethod
    def of(row: Residence, where: str) -> "DossierStayOut":
        return DossierStayOut(
            residence=row.pk, where=where, household=row.household_id, main=row.main, kind=row.kind,
            relation=row.relation, from_on=row.from_on, to_on=row.to_on,
        )  # fmt: skip


class ResidentDossierOut(Schema):
    """One person; phone and document masked."""

    id: UUID
    version: int
    name: str
    sex: str
    born_on: date | None
    died_on: date | None
    left_on: date | None
    phone: str
    document_kind: str
    document: str
    residences: list[DossierStayOut]
    facts: list[FactOut]


class MerchantDossierOut(Schema):
    """One merchant; phones masked."""

    id: UUID
    version: int
    name: str
    kind: str
    trade: str
    credit_code: str
    where: str
    operator: str
    operator_phone: str
    hazard: str
    closed_on: date | None
    visits: list[CalledOut]
    matters: list[str]
    facts: list[FactOut]

    @staticmethod
    def of(dossier: MerchantDossier) -> "MerchantDossierOut":
        shop = dossier.merchant
        return MerchantDossierOut(
            id=shop.pk, version=shop.version, name=shop.name, kind=shop.kind, trade=shop.trade,
            credit_code=shop.credit_code, where=shop.address or dossier.way[-1].label, operator=shop.operator_name,
            operator_phone=dossier.operator_phone.masked, hazard=shop.hazard, closed_on=shop.closed_on,
            visits=calls(dossier.planned, dossier.visits), matters=[each.number for each in dossier.matters],
            facts=[FactOut.of(line) for line in dossier.facts],
        )  # fmt: skip


class DossierDutyIn(Schema):
    """Who is to look after the household by name."""

    person: UUID


def calls(*lists: Any) -> list[CalledOut]:
    return [
        CalledOut(
            id=visit.pk, stage=visit.stage, planned_on=visit.planned_on, at=visit.visited_at,
            who=visit.person.label if visit.person else "", agreed=visit.agreed,
        )
        for visits in lists
        for visit in visits
    ]  # fmt: skip

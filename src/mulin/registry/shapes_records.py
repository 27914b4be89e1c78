"""What programs say when they enter or change a record, and what they are told. Values: `registry.values`, code lists:
`registry.codes`; a column that is left out is not touched."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema

from mulin.registry.models import Dwelling, Household, Merchant, Residence, Resident

Short = Annotated[str, Field(max_length=200)]
Code = Annotated[str, Field(max_length=12)]
Path = Annotated[str, Field(max_length=24, pattern=r"^[0-9]*$")]
Note = Annotated[str, Field(max_length=500)]
Facts = Annotated[list[Code], Field(max_length=20)]
Version = Annotated[int, Field(ge=1, le=2_000_000_000)]
Number = Annotated[int, Field(ge=-1_000_000_000, le=1_000_000_000)]


class KeptOut(Schema):
    """A record after the act: what to name it by, and which version of it you have seen. Read it in its dossier."""

    id: UUID
    kind: str
    version: int
    place: str
    confirmed_at: datetime
    open: bool

    @staticmethod
    def of(thing: Dwelling | Household | Merchant | Resident) -> KeptOut:
        is_open = thing.is_here if isinstance(thing, Resident) else thing.is_open
        return KeptOut(
            id=thing.pk,
            kind=type(thing).__name__.lower(),
            version=thing.version,
            place=thing.place,
            confirmed_at=thing.confirmed_at,
            open=is_open,
        )


class StayOut(Schema):
    """Where somebody lives or lived, from when to when."""

    id: UUID
    resident: UUID
    dwelling: UUID
    household: UUID | None
    place: str
    relation: str
    kind: str
    main: bool
    from_on: date | None
    to_on: date | None

    @staticmethod
    def of(residence: Residence) -> StayOut:
        return StayOut(
            id=residence.pk,
            resident=residence.resident_id,
            dwelling=residence.dwelling_id,
            household=residence.household_id,
            place=residence.place,
            relation=residence.relation,
            kind=residence.kind,
            main=residence.main,
            from_on=residence.from_on,
            to_on=residence.to_on,
        )


class Given(Schema):
    """Columns; those that were sent are written."""

    def columns(self, *but: str) -> dict[str, Any]:
        return self.dict(exclude_unset=True, exclude=set(but) | {"version"})


class ConfirmIn(Schema):
    """It is as it stands here: the whole, or these facts. `version`: refuse if it is another by now."""

    facts: Facts | None = None
    version: Version | None = None


class DayIn(Schema):
    """On which day, up to today; nothing said: today."""

    on: date | None = None
    note: Note = ""
    version: Version | None = None


class DwellingChangeIn(Given):
    """What is to change of a door."""

    floor: Number | None = None
    number: Short = ""
    use: Code = ""
    square_metres: float | None = None
    hazard: Code = ""
    owner_name: Short = ""
    owner_phone: Short = ""
    version: Version | None = None


class DwellingIn(DwellingChangeIn):
    """A door of a building or entrance, named by its code."""

    area: Path


class HouseholdChangeIn(Given):
    """What is to change of a household."""

    kind: Code = ""
    number: Short = ""
    from_on: date | None = None
    version: Version | None = None


class HouseholdIn(HouseholdChangeIn):
    """People who live together in a dwelling."""

    dwelling: UUID


class RelationIn(Schema):
    residence: UUID
    relation: Code


class HouseholderIn(Schema):
    """Who it is now, by their residence, and how the others are related to them."""

    residence: UUID
    relations: Annotated[list[RelationIn], Field(max_length=100)] = []
    version: Version | None = None


class HouseholdMoveIn(Schema):
    """Where all of them move to."""

    dwelling: UUID
    on: date | None = None
    kind: Code | None = None


class ResidentChangeIn(Given):
    """What is to change of a person."""

    name: Short = ""
    former_name: Short = ""
    latin_name: Short = ""
    sex: Code = ""
    born_on: date | None = None
    nationality: Code = ""
    document_kind: Code = ""
    document: Short = ""
    document_until: date | None = None
    phone: Short = ""
    native_division: Code = ""
    registered_division: Code = ""
    registered_address: Short = ""
    marital: Code = ""
    education: Code = ""
    occupation: Short = ""
    workplace: Short = ""
    arrived_on: date | None = None
    leaves_on: date | None = None
    stay_purpose: Short = ""
    version: Version | None = None


class StayIn(Given):
    """How somebody lives in a dwelling: in a household of it, or as a lodger without one."""

    dwelling: UUID
    household: UUID | None = None
    relation: Code = ""
    kind: Code = "01"
    reason: Code = ""
    permit: Short = ""
    permit_until: date | None = None
    from_on: date | None = None
    main: bool = True


class ResidentIn(Schema):
    """A person, and where they live. `sure`: it is somebody else than the one of the same name, birth and door."""

    person: ResidentChangeIn
    stay: StayIn
    sure: bool = False


class TakeOverIn(Schema):
    """Somebody who moved here from another area, as on their card."""

    document: Short
    name: Short
    stay: StayIn
    on: date | None = None


class MergeIn(Schema):
    """The record that goes: what only it says is taken over."""

    other: UUID
    version: Version | None = None


class DiedIn(Schema):
    on: date | None
    version: Version | None = None


class StayChangeIn(Given):
    """What is to change of how somebody lives there; `household` takes them into one of the same dwelling."""

    household: UUID | None = None
    relation: Code = ""
    kind: Code = ""
    reason: Code = ""
    permit: Short = ""
    permit_until: date | None = None
    from_on: date | None = None


class MoveHomeIn(Schema):
    """From one dwelling to another, on one day."""

    stay: StayIn
    on: date | None = None
    note: Note = ""


class MerchantChangeIn(Given):
    """What is to change of a merchant."""

    name: Short = ""
    kind: Code = ""
    trade: Code = ""
    credit_code: Short = ""
    licence: Short = ""
    address: Short = ""
    operator_name: Short = ""
    operator_phone: Short = ""
    safety_name: Short = ""
    safety_phone: Short = ""
    staff_count: Number | None = None
    lives_in: bool | None = None
    extinguishers: bool | None = None
    hazard: Code = ""
    lon: float | None = None
    lat: float | None = None
    opened_on: date | None = None
    version: Version | None = None


class MerchantEnterIn(MerchantChangeIn):
    """Who trades or works at a place, named by its code (a grid, a building, an entrance), behind a door of it."""

    area: Path
    dwelling: UUID | None = None

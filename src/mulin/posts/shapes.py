"""What programs are told of people and posts, and what they say."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import AfterValidator, AwareDatetime

from mulin.kernel.masking import mask_phone
from mulin.places.face import Area
from mulin.posts.models import Duty, Organisation, Post, Seat, Token, User
from mulin.posts.rules import Role
from mulin.posts.who import Who

YEARS = range(2000, 2201)


def _in_our_time(at: datetime) -> datetime:
    if at.year not in YEARS:
        raise ValueError(_("This date is not of our time."))
    return at


Instant = Annotated[AwareDatetime, AfterValidator(_in_our_time)]
Name = Annotated[str, Field(max_length=100)]
Code = Annotated[str, Field(max_length=40)]
Path = Annotated[str, Field(max_length=24, pattern=r"^[0-9]*$")]
Secret = Annotated[str, Field(max_length=200)]


class PlaceOut(Schema):
    """An area, by its code of today."""

    path: str
    name: str
    name_en: str

    @staticmethod
    def of(area: Area) -> PlaceOut:
        return PlaceOut(path=area.path, name=area.name, name_en=area.name_en)


class SeatOut(Schema):
    """A role at an area or at an organisation; `holders` are the ids of those who sit there now."""

    id: UUID
    role: str
    label: str
    area: PlaceOut | None
    organisation: UUID | None
    holders: list[UUID] = []

    @staticmethod
    def of(seat: Seat, holders: list[User] | None = None) -> SeatOut:
        return SeatOut(
            id=seat.id,
            role=seat.role,
            label=seat.label,
            area=PlaceOut.of(seat.area) if seat.area else None,
            organisation=seat.organisation_id,
            holders=[user.id for user in holders or ()],
        )


class PostOut(Schema):
    """Who sits on which seat, from one instant up to another."""

    id: UUID
    person: UUID
    seat: SeatOut
    from_at: datetime
    to_at: datetime | None
    deputy_for: UUID | None

    @staticmethod
    def of(post: Post) -> PostOut:
        return PostOut(
            id=post.id,
            person=post.user_id,
            seat=SeatOut.of(post.seat),
            from_at=post.from_at,
            to_at=post.to_at,
            deputy_for=post.deputy_for_id,
        )


class DutyOut(Schema):
    """For which area or household somebody answers."""

    id: UUID
    person: UUID
    area: PlaceOut | None
    household: UUID | None
    from_at: datetime
    to_at: datetime | None

    @staticmethod
    def of(duty: Duty) -> DutyOut:
        return DutyOut(
            id=duty.id,
            person=duty.user_id,
            area=PlaceOut.of(duty.area) if duty.area else None,
            household=duty.household,
            from_at=duty.from_at,
            to_at=duty.to_at,
        )


class PersonOut(Schema):
    """Somebody with an account. The phone is masked."""

    id: UUID
    username: str
    name: str
    name_en: str
    language: str
    is_active: bool
    home: PlaceOut | None
    phone: str
    public_phone: str
    posts: list[PostOut]

    @staticmethod
    def of(user: User, posts: list[Post]) -> PersonOut:
        return PersonOut(
            id=user.id,
            username=user.username,
            name=user.name,
            name_en=user.name_en,
            language=user.language,
            is_active=user.is_active,
            home=PlaceOut.of(user.home) if user.home else None,
            phone=mask_phone(user.phone or ""),
            public_phone=user.public_phone,
            posts=[PostOut.of(post) for post in posts],
        )


class PeopleOut(Schema):
    """One page; pass `next` as `after` for the one that follows."""

    items: list[PersonOut]
    next: str | None


class MeOut(Schema):
    """Who you are, and what you may do anywhere."""

    person: PersonOut
    permissions: list[str]

    @staticmethod
    def of(who: Who, user: User, permissions: list[str]) -> MeOut:
        return MeOut(person=PersonOut.of(user, list(who.posts)), permissions=permissions)


class OrganisationOut(Schema):
    """A body, what it takes care of and where it serves."""

    id: UUID
    kind: str
    name: str
    name_en: str
    phone: str
    home: PlaceOut
    functions: list[str]
    serves: list[PlaceOut]
    closed_at: datetime | None

    @staticmethod
    def of(body: Organisation, serves: list[Area]) -> OrganisationOut:
        return OrganisationOut(
            id=body.id,
            kind=body.kind,
            name=body.name,
            name_en=body.name_en,
            phone=body.phone,
            home=PlaceOut.of(body.home),
            functions=[str(each) for each in body.functions],
            serves=[PlaceOut.of(area) for area in serves],
            closed_at=body.closed_at,
        )


class OrganisationsOut(Schema):
    """One page; pass `next` as `after` for the one that follows."""

    items: list[OrganisationOut]
    next: str | None


class RoleOut(Schema):
    """A line of the table of roles."""

    code: str
    label: str
    anchor: str
    reach: str
    levels: list[int]
    superior: str | None
    permissions: list[str]

    @staticmethod
    def of(line: Role) -> RoleOut:
        return RoleOut(
            code=line.code,
            label=str(line.label),
            anchor=line.anchor,
            reach=line.reach.value,
            levels=sorted(int(level) for level in line.levels),
            superior=line.superior,
            permissions=sorted(line.permissions),
        )


class TokenOut(Schema):
    """A token of yours. Its text was shown once, when it was made."""

    id: UUID
    name: str
    prefix: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None

    @staticmethod
    def of(token: Token) -> TokenOut:
        return TokenOut(
            id=token.id,
            name=token.name,
            prefix=token.prefix,
            created_at=token.created_at,
            expires_at=token.expires_at,
            revoked_at=token.revoked_at,
            last_used_at=token.last_used_at,
        )


class PersonIn(Schema):
    username: Code
    name: Name
    home: Path
    name_en: Name = ""
    phone: Code = ""
    public_phone: Code = ""
    language: Code = "zh-hans"
    password: Secret | None = None


class PersonPatch(Schema):
    """Only what is given is changed."""

    name: Name | None = None
    name_en: Name | None = None
    home: Path | None = None
    phone: Code | None = None
    public_phone: Code | None = None
    language: Code | None = None


class PasswordIn(Schema):
    password: Secret


class PurposeIn(Schema):
    purpose: Code


class PhoneOut(Schema):
    phone: str


class PostIn(Schema):
    """An appointment: give either the code of an area or the id of an organisation."""

    role: Code
    area: Path | None = None
    organisation: UUID | None = None
    from_at: Instant | None = None
    to_at: Instant | None = None
    deputy_for: UUID | None = None


class EndIn(Schema):
    """When it ends; at once, where nothing is said."""

    at: Instant | None = None


class DutyIn(Schema):
    area: Path


class OrganisationIn(Schema):
    kind: Code
    name: Name
    home: Path
    name_en: Name = ""
    phone: Code = ""
    functions: Annotated[list[Code], Field(max_length=40)] = []
    serves: Annotated[list[Path], Field(max_length=500)] = []


class OrganisationPatch(Schema):
    """Only what is given is changed; `serves` is the whole new list."""

    kind: Code | None = None
    name: Name | None = None
    name_en: Name | None = None
    phone: Code | None = None
    home: Path | None = None
    functions: Annotated[list[Code], Field(max_length=40)] | None = None
    serves: Annotated[list[Path], Field(max_length=500)] | None = None

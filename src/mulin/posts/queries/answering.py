"""Who answers for a place, as residents may know it: names of people at work and numbers of offices, no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from mulin.places.face import Area, Level, lineage
from mulin.posts.book import book
from mulin.posts.models import Duty, Organisation, User
from mulin.posts.rules import ROLES
from mulin.posts.rules.bodies import BodyFunction, BodyKind

# Whom residents of a place turn to, from near to far, and at which area their seat is.
SEATS = (
    ("unit_head", Level.UNIT),
    ("building_head", Level.BUILDING),
    ("grid_worker", Level.GRID),
    ("grid_head", Level.VILLAGE),
)
MOST_BODIES = 30
NOT_SHOWN = frozenset({BodyKind.CENTRE})  # the hotline stands beside


@dataclass(frozen=True)
class Answering:
    """One person: their name, what they are there, and a number of their office if there is one."""

    name: str
    role: str | Promise
    area: Area
    phone: str


@dataclass(frozen=True)
class Serving:
    """An organisation that serves the place."""

    name: str
    does: tuple[str | Promise, ...]
    phone: str


@dataclass(frozen=True)
class WhoAnswers:
    """Everybody for one place; `seats` has a role without a name where the seat is vacant now."""

    area: Area
    way: list[Area]
    duties: list[Answering]
    seats: list[tuple[str | Promise, Area, list[Answering]]]
    bodies: list[Serving]

    @property
    def nobody(self) -> bool:
        return not (self.duties or self.bodies or any(people for _role, _area, people in self.seats))


def who_answers(area: Area, now: datetime) -> WhoAnswers:
    """As it is now: six statements at most."""
    way = [each for each in lineage(area) if each.level >= Level.TOWN]
    return WhoAnswers(area, way, _duties(area, now), _seats(way, now), _bodies(area, now))


def _duties(area: Area, now: datetime) -> list[Answering]:
    """Who was made to answer for the building or its grid; a person whose account was closed answers for nothing."""
    rows = (
        Duty.objects.answering_for(area.path)
        .open_at(now)
        .filter(user__is_active=True, area__level__gte=Level.GRID)
    )
    return [
        Answering(duty.user.label, "", duty.area, duty.user.public_phone)
        for duty in rows.select_related("user", "area").defer("area__border")[:20]
        if duty.area
    ]


def _seats(way: list[Area], now: datetime) -> list[tuple[str | Promise, Area, list[Answering]]]:
    known = book()
    by_level = {area.level: area for area in way}
    here = [(role, by_level[level]) for role, level in SEATS if level in by_level]
    ids = {role: known.seats.get((role, area.pk)) for role, area in here}
    held: dict[str, tuple[UUID, ...]] = {role: known.holders(id, now) for role, id in ids.items() if id}
    people = known.people_by_id({user for users in held.values() for user in users})
    return [
        (ROLES[role].label, area, _people(role, area, held.get(role, ()), people))
        for role, area in here
        if held.get(role) or area.level in (Level.GRID, Level.VILLAGE)
    ]


def _people(role: str, area: Area, ids: tuple[UUID, ...], known: dict[UUID, User]) -> list[Answering]:
    found = [known[id] for id in ids if id in known]
    return [Answering(user.label, ROLES[role].label, area, user.public_phone) for user in found]


def _bodies(area: Area, now: datetime) -> list[Serving]:
    rows = Organisation.objects.serving(area.path, now).exclude(kind__in=[each.value for each in NOT_SHOWN])
    return [
        Serving(body.label, tuple(_does(each) for each in body.functions) or (body.rank.label,), body.phone)
        for body in rows.with_functions().order_by("kind", "name", "id")[:MOST_BODIES]
    ]


def _does(function: BodyFunction) -> str | Promise:
    return function.label

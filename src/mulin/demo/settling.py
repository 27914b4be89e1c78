"""Stores the invented people, bodies, posts and duties in bulk, with the entries that live acts would write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password

from mulin.demo.staff import DutySpec, OrganisationSpec, PersonSpec, PostSpec, Staff
from mulin.journal.face import SYSTEM, Draft, Json, Subject, bulk
from mulin.kernel import crypto
from mulin.places.face import Area
from mulin.posts.face import Duty, Organisation, OrganisationFunction, Post, Seat, Service, User

PHONE_CONTEXT = "person.phone"
OPENED = timedelta(days=420)  # before the demo's year begins


@dataclass
class Settled:
    """Who is there now, by the generator's names."""

    people: dict[str, User] = field(default_factory=dict)
    bodies: dict[str, Organisation] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    seats: dict[tuple[str, UUID], Seat] = field(default_factory=dict)


def store_staff(staff: Staff, *, now: datetime, language: str) -> Settled:
    """Everybody who works in the town, since before the demo's year, with one entry each as a live act has."""
    settled = Settled(areas={area.path: area for area in Area.objects.plain()})
    began = now - OPENED
    _store_people(staff.people, settled, began, language)
    _store_bodies(staff.organisations, settled, began)
    _store_posts(staff.posts, settled, now)
    _store_duties(staff.duties, settled, now)
    bulk(sorted(_entries(staff, settled, now), key=lambda draft: draft.at))
    return settled


def _store_people(people: Iterable[PersonSpec], settled: Settled, began: datetime, language: str) -> None:
    nobody_knows = make_password(None)  # sign-in in the demo is one click, by nobody's password
    for spec in people:
        settled.people[spec.username] = User(
            username=spec.username, name=spec.name_zh, name_en=spec.name_en, phone=spec.phone,
            phone_index=crypto.blind(spec.phone, context=PHONE_CONTEXT), password=nobody_knows,
            home=_town(settled), language=language, created_at=began,
        )  # fmt: skip
    User.objects.bulk_create(settled.people.values(), batch_size=500)


def _town(settled: Settled) -> Area:
    return next(area for path, area in settled.areas.items() if len(path) == 9)


def _store_bodies(specs: Iterable[OrganisationSpec], settled: Settled, began: datetime) -> None:
    functions, services = [], []
    for spec in specs:
        body = Organisation(
            kind=spec.kind, name=spec.name_zh, name_en=spec.name_en, home=settled.areas[spec.home],
            phone=spec.phone, created_at=began,
        )  # fmt: skip
        settled.bodies[spec.key] = body
        functions += [OrganisationFunction(organisation=body, function=each) for each in spec.functions]
        services += [
            Service(organisation=body, area=settled.areas[path], from_at=began) for path in spec.serves
        ]
    Organisation.objects.bulk_create(settled.bodies.values())
    OrganisationFunction.objects.bulk_create(functions)
    Service.objects.bulk_create(services)


def _store_posts(specs: Iterable[PostSpec], settled: Settled, now: datetime) -> None:
    specs = list(specs)
    for spec in specs:
        place = _place(spec, settled)
        area, body = (place, None) if isinstance(place, Area) else (None, place)
        settled.seats.setdefault(
            (spec.role, place.pk), Seat(role=spec.role, area=area, organisation=body)
        )  # fmt: skip
    Seat.objects.bulk_create(settled.seats.values(), batch_size=500)
    Post.objects.bulk_create(
        (
            Post(
                user=settled.people[spec.person], seat=settled.seats[spec.role, _place(spec, settled).pk],
                from_at=_days(spec.from_days, now), to_at=_until(spec, now),
            )
            for spec in specs
        ),
        batch_size=500,
    )  # fmt: skip


def _place(spec: PostSpec, settled: Settled) -> Area | Organisation:
    return settled.areas[spec.area] if spec.area else settled.bodies[spec.organisation or ""]


def _days(days: int, now: datetime) -> datetime:
    return now - timedelta(days=days)


def _until(spec: PostSpec, now: datetime) -> datetime | None:
    return None if spec.to_days is None else _days(spec.to_days, now)


def _store_duties(specs: Iterable[DutySpec], settled: Settled, now: datetime) -> None:
    Duty.objects.bulk_create(
        (
            Duty(
                user=settled.people[spec.person], area=settled.areas[spec.area], from_at=_days(spec.from_days, now)
            )
            for spec in specs
        ),
        batch_size=500,
    )  # fmt: skip


def _entries(staff: Staff, settled: Settled, now: datetime) -> Iterator[Draft]:
    for person in staff.people:
        user = settled.people[person.username]
        words = {"name": user.name, "name_en": user.name_en, "username": user.username}
        facts: dict[str, Json] = {"home": _town(settled).path}
        yield Draft("person.added", Subject("person", user.pk), SYSTEM, now - OPENED, facts, words)
    for spec in staff.organisations:
        body = settled.bodies[spec.key]
        words = {"name": body.name, "name_en": body.name_en}
        serving: dict[str, Json] = {"kind": spec.kind, "serves": sorted(spec.serves)}
        yield Draft(
            "organisation.added", Subject("organisation", body.pk), SYSTEM, now - OPENED, serving, words
        )
    for post in staff.posts:
        yield from _post_entries(post, settled, now)


def _post_entries(spec: PostSpec, settled: Settled, now: datetime) -> Iterator[Draft]:
    """The appointment, and its end where it lies in the past."""
    subject = Subject("person", settled.people[spec.person].pk)
    begun = min(_days(spec.from_days, now), now)
    facts = {"role": spec.role, "path": spec.area, "from": _days(spec.from_days, now).isoformat()}
    yield Draft("post.begun", subject, SYSTEM, begun, facts, {})
    ended = _until(spec, now)
    if ended and ended <= now:
        yield Draft("post.ended", subject, SYSTEM, ended, {"role": spec.role, "path": spec.area}, {})


def settled_from_rows() -> Settled:
    """The same as it was stored, read again."""
    areas = {area.path: area for area in Area.objects.plain()}
    people = {user.username: user for user in User.objects.order_by("created_at", "id")}
    return Settled(people=people, areas=areas)

"""The three questions: may I, which ones (queries/filters.py), who may. `Standing.grants` decides all."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol, runtime_checkable
from uuid import UUID

from django.db.models import Q

from mulin.kernel.refusals import NotAllowed, NotYours
from mulin.places.face import Area
from mulin.posts.models import Post, Seat, User
from mulin.posts.queries.filters import in_ranges
from mulin.posts.queries.seats import PostQuerySet
from mulin.posts.rules import (
    EVERYONE,
    RESIDENT,
    Permission,
    Scope,
    Standing,
    is_hidden,
    known,
    superiors,
    upwards,
)
from mulin.posts.who import Who


@runtime_checkable
class Scoped(Protocol):
    """A thing that says where it belongs."""

    def scope(self) -> Scope: ...


@runtime_checkable
class ScopedInTime(Protocol):
    """A thing whose place depends on the instant, as a person's does on their posts."""

    def scope_at(self, now: datetime) -> Scope: ...


Thing = Scope | Area | Scoped | ScopedInTime


def scope_of(thing: Thing, now: datetime) -> Scope:
    """Where a thing belongs; something that cannot say so raises."""
    if isinstance(thing, Scope):
        return thing
    if isinstance(thing, Area):
        return Scope(paths=(thing.path,))
    if isinstance(thing, ScopedInTime):
        return thing.scope_at(now)
    if isinstance(thing, Scoped):
        return thing.scope()
    raise TypeError(f"{type(thing).__name__} does not say where it belongs: give it scope() -> Scope")


def may(who: Who, permission: Permission, thing: Thing | None = None) -> bool:
    """Whether `who` may do that with this thing; without a thing, whether they may do it anywhere."""
    known(permission)
    if thing is None:
        return who.has(permission)
    scope = scope_of(thing, who.now)
    if who.is_system or permission in EVERYONE:
        return True
    if who.user and who.user.id in scope.people and permission in RESIDENT.permissions:
        return True
    return not is_hidden(who.own, scope) and _granted(who, permission, scope)


def _granted(who: Who, permission: Permission, scope: Scope) -> bool:
    if any(line.grants(permission, scope) for line in who.own):
        return True
    return who.may_stand_in(permission) and any(line.grants(permission, scope) for line in who.standings())


def require(
    who: Who, permission: Permission, thing: Thing | None = None, *, seen_by: Permission | None = None
) -> None:
    """Refuse unless `who` may. What they may not even see: 404; what they see: 403.

    `seen_by` is the permission to see the thing; without it, or without a thing, the refusal is 403.
    """
    if may(who, permission, thing):
        return
    if thing is not None and seen_by is not None and not may(who, seen_by, thing):
        raise NotYours
    raise NotAllowed


def who_may(permission: Permission, thing: Thing, now: datetime) -> list[User]:
    """Everybody who may do that with this thing at this instant, by name. Not for what everyone may."""
    if known(permission) in EVERYONE:
        raise ValueError(f"everyone may {permission}: there is no list")
    scope = scope_of(thing, now)
    people = _by_seat(permission, scope, now)
    if permission in RESIDENT.permissions:
        people |= set(scope.people)
    return list(User.objects.active().filter(pk__in=people).order_by("name", "id"))


def _by_seat(permission: Permission, scope: Scope, now: datetime) -> set[UUID]:
    """Holders of the seats that grant it; for a vacant one, of the nearest held seat above."""
    near = [seat.standing() for seat in _seats_near(scope)]
    seats = [line.seat for line in near]
    holders = _holders(Post.objects.open_at(now).filter(seat__in=seats))
    present = _holders(Post.objects.present_at(now).filter(seat__in=seats))
    held = {
        (line.role.code, line.path): holders[line.seat] for line in near if line.path and line.seat in present
    }
    found: set[UUID] = set()
    for line in near:
        if line.grants(permission, scope):
            found |= holders.get(line.seat, set())
            found |= set() if line.seat in present else _stand_ins(line, held)
    return found - _concerned(scope, found, now)


def _seats_near(scope: Scope) -> list[Seat]:
    """Every seat that may grant something here, and every seat above one of those."""
    paths = {above for path in scope.paths for above in upwards(path)}
    seats, bodies = scope.seats + scope.once_seats, scope.organisations + scope.once_organisations
    given = Seat.objects.filter(pk__in=seats).exclude(area=None).values_list("area__path", flat=True)
    if seats:
        paths |= {above for path in given if path for above in upwards(path)}
    here = Q(area__path__in=paths) | Q(organisation__in=bodies) | Q(pk__in=seats)
    return list(Seat.objects.filter(here).select_related("area"))


def _holders(posts: PostQuerySet) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for seat, user in posts.values_list("seat", "user"):
        found.setdefault(seat, set()).add(user)
    return found


def _stand_ins(vacant: Standing, held: dict[tuple[str, str], set[UUID]]) -> set[UUID]:
    if vacant.path is None:
        return set()  # above an organisation's seat is whoever dispatched: the matter knows
    return next((held[key] for key in superiors(vacant.role.code, vacant.path) if key in held), set())


def _concerned(scope: Scope, people: set[UUID], now: datetime) -> set[UUID]:
    """Those among them who sit in what is complained of."""
    if not (scope.about_paths or scope.about_organisations):
        return set()
    where = in_ranges(scope.about_paths, "seat__area__path") | Q(
        seat__organisation__in=scope.about_organisations
    )
    return set(Post.objects.open_at(now).filter(where, user__in=people).values_list("user", flat=True))

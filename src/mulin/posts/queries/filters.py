"""The second question, which ones may I: a permission as conditions on rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from django.db.models import Q

from mulin.kernel.refusals import Refusal
from mulin.kernel.text import clean
from mulin.places.face import within
from mulin.posts.rules import EVERYONE, RESIDENT, Permission, Standing, known, minimal, upwards

if TYPE_CHECKING:
    from mulin.posts.who import Who

Finder = Sequence[str] | Callable[[Collection[UUID]], Q]
"""Columns to compare with `in`; or, where they lie in another table, a function that makes the condition."""

SEARCH_LIMIT = 100
NONE = Q(pk__in=())
ALL = Q(pk__isnull=False)  # not an empty Q, which "or" would forget


def area_filter(
    who: Who,
    permission: Permission,
    *,
    path_fields: Sequence[str] = (),
    level_field: str | None = None,
    organisations: Finder = (),
    seats: Finder = (),
    people: Finder = (),
    about_path: str | None = None,
    about_organisation: str | None = None,
) -> Q:
    """Rows with which `who` has `permission`: the same answer as `may` for each, as index range scans.

    Name the columns from which the thing's own `scope()` is made; a test of the room compares the two.
    """
    known(permission)
    if who.is_system or permission in EVERYONE:
        return ALL
    granting = [
        line
        for line in standings_for(who, permission, seats=bool(seats))
        if permission in line.role.permissions
    ]
    found = _by_ground(granting, permission, path_fields, level_field)
    found |= _by_ids(organisations, {line.organisation for line in granting if line.organisation})
    found |= _by_ids(seats, {line.seat for line in granting})
    found &= _not_concerned(who.own, about_path, about_organisation)
    if who.user and permission in RESIDENT.permissions:
        found |= _by_ids(people, {who.user.id})
    return found


def standings_for(who: Who, permission: Permission, *, seats: bool) -> Iterable[Standing]:
    """The seats to look at. Vacant ones below add nothing where one's own cover their ground."""
    if not who.may_stand_in(permission):
        return who.own
    if seats:
        return who.standings()
    area_seats = [line for line in who.own if line.path]
    covered = all(
        permission in line.role.permissions and not line.only_own_level(permission) for line in area_seats
    )
    return who.own if covered else who.standings()


def _by_ground(
    granting: Iterable[Standing], permission: Permission, path_fields: Sequence[str], level_field: str | None
) -> Q:
    here = [line for line in granting if line.path]
    broad = minimal(line.path or "" for line in here if not line.only_own_level(permission))
    narrow = sorted({line.path or "" for line in here if line.only_own_level(permission)})
    found = NONE
    for field in path_fields:
        found |= in_ranges(broad, field)
        for path in narrow:
            found |= (
                in_ranges([path], field) & Q((level_field, len(path))) if level_field else Q((field, path))
            )
    return found


def in_ranges(paths: Iterable[str], field: str) -> Q:
    """Rows whose path lies within one of these areas."""
    found = NONE
    for path in paths:
        low, high = within(path)
        found |= Q((f"{field}__gte", low), (f"{field}__lt", high))
    return found


def _by_ids(finder: Finder, ids: set[UUID]) -> Q:
    if not ids:
        return NONE
    if callable(finder):
        return finder(ids)
    found = NONE
    for field in finder:
        found |= Q((f"{field}__in", ids))
    return found


def _not_concerned(own: Iterable[Standing], about_path: str | None, about_organisation: str | None) -> Q:
    """Whoever sits in what is complained of does not see the complaint."""
    concerned = NONE
    if about_path:
        paths = {above for line in own if line.path for above in upwards(line.path)}
        concerned |= Q((f"{about_path}__in", paths)) if paths else NONE
    if about_organisation:
        ids = {line.organisation for line in own if line.organisation}
        concerned |= Q((f"{about_organisation}__in", ids)) if ids else NONE
    return ALL if concerned == NONE else ~concerned


def running(now: datetime, prefix: str = "") -> Q:
    """Rows with a half-open [from, to) that holds `now`."""
    begun = Q((f"{prefix}from_at__lte", now))
    return begun & (Q((f"{prefix}to_at__isnull", True)) | Q((f"{prefix}to_at__gt", now)))


def by_key(field: str, last: tuple[str, UUID] | None) -> Q:
    """Keyset paging: rows after this (field, id)."""
    if last is None:
        return Q()
    value, last_id = last
    return Q((f"{field}__gt", value)) | Q((field, value), ("id__gt", last_id))


def words_of(text: str) -> list[str]:
    """The words of a search, at most five; what no name has in it (control characters) is left out."""
    return clean(text[:SEARCH_LIMIT], SEARCH_LIMIT, lines=False).split()[:5]


class Keyed(Protocol):
    """A row of a list that is ordered by name."""

    @property
    def pk(self) -> UUID: ...
    @property
    def name(self) -> str: ...


def key_of(row: Keyed) -> str:
    """Where the next page begins: "id~name"."""
    return f"{row.pk}~{row.name}"


def read_key(text: str) -> tuple[str, UUID] | None:
    """The last row of the page before; a key that is broken starts the list again."""
    id, _mark, name = text.partition("~")
    try:
        return clean(name, SEARCH_LIMIT * 2, lines=False), UUID(id)
    except (ValueError, Refusal):
        return None

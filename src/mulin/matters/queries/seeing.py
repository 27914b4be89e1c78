"""One matter through what a person may see, with what decides it: three statements, and none that joins."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from mulin.kernel import numbers
from mulin.kernel.db import rows
from mulin.kernel.refusals import NotYours
from mulin.matters.models import Matter, Part, Reporter
from mulin.matters.queries.dressing import dressed, seat_parts
from mulin.posts.face import Permission, Scope, Who, may

# A tick of the ladder that is just writing the row is waited for, and what it wrote is read.
_LOCK = " FOR NO KEY UPDATE"


@dataclass(frozen=True)
class Seen:
    """A matter with its parts, oldest first, and whoever raised it."""

    matter: Matter
    parts: list[Part]
    first: Reporter | None

    @property
    def scope(self) -> Scope:
        own = self.first.user_id if self.first else None
        return self.matter.scope_of(self.parts, (own,) if own else ())


def see(who: Who, number: str, *, lock: bool = False) -> Seen:
    """The matter of that number, if this person may read it: as `visible_to` says. Else there is none."""
    canonical = numbers.parse(number)
    found = rows.select(Matter, f"number = %s{_locking(lock)}", [canonical]) if canonical else []
    if not found:
        raise NotYours
    seen = around(dressed(found)[0])
    if not may(who, Permission.MATTER_READ, seen.scope):
        raise NotYours
    return seen


def read_locked(matter: Matter) -> Seen:
    """The same matter as it is now, and nobody else writes it until the transaction ends."""
    found = rows.select(Matter, f"id = %s{_locking(True)}", [matter.pk])
    if not found:
        raise Matter.DoesNotExist
    return around(dressed(found)[0])


def around(matter: Matter) -> Seen:
    """What decides who sees it and what may be done."""
    first = rows.select(Reporter, 'matter_id = %s AND "first"', [matter.pk])
    return Seen(matter, read_parts(matter), first[0] if first else None)


def read_parts(matter: Matter) -> list[Part]:
    """Its parts with their seats, oldest first."""
    parts = rows.select(Part, "matter_id = %s", [matter.pk], order="from_at, id")
    seat_parts(parts)
    return parts


def _locking(lock: bool) -> str:
    return _LOCK if lock and connection.features.has_select_for_no_key_update else ""

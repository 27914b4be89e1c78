"""Readings of the registry, each written before anything is shown: who, in which role, whose data, and for what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from mulin.journal.face import Disclosure, Purpose, Reading, Subject, disclose
from mulin.kernel import lasting
from mulin.kernel.refusals import NotAllowed, NotYours
from mulin.posts.face import Permission, Scope, Who
from mulin.registry.queries.opening import Openable, opens


def note_reading(
    people: Sequence[UUID],
    *,
    kind: Reading,
    by: Who,
    now: datetime,
    purpose: str = Purpose.DUTY,
    permission: Permission = Permission.REGISTRY_OPEN,
    about: Openable | None = None,
) -> Disclosure | None:
    """Write that these people's data is about to be seen by `by`, on the seat that lets them. Call it before showing.

    None where all of it was written for the same purpose within the last half hour. That somebody was searched for
    stays written also where the act that asked is refused.
    """
    if by.user is None:
        raise NotAllowed
    seat = seat_used(by, permission, about.scope() if about is not None else None)
    subject = subject_of(about) if about is not None else None
    write = partial(
        disclose, by.user.pk, people, kind=kind, purpose=purpose, at=now, seat=seat, subject=subject
    )
    if kind == Reading.SEARCH:
        lasting.also(write)
    with transaction.atomic():
        return write()


def require_opens(by: Who, permission: Permission, thing: Openable) -> None:
    """Refuse unless they may, in their area or behind a glass they broke: what they may not even see is not there."""
    if opens(by, permission, thing):
        return
    raise NotAllowed if opens(by, Permission.REGISTRY_READ, thing) else NotYours


def subject_of(thing: Openable) -> Subject:
    return Subject(type(thing).__name__.lower(), thing.pk)


def seat_used(by: Who, permission: Permission, scope: Scope | None = None) -> UUID | None:
    """The seat by which they may: one that reaches the thing, else any that has the permission at all."""
    having = [seat for seat in by.waiting_seats() if permission in seat.standing().role.permissions]
    reaching = [seat for seat in having if scope is not None and seat.standing().grants(permission, scope)]
    return next((seat.pk for seat in (*reaching, *having)), None)

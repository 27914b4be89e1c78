"""Asking whether a number is known: by a search, by entering somebody, by taking somebody over; all the same.

Whichever way one asks takes from one allowance and is written down, hit or miss, before anything is said.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from mulin.journal.face import Purpose, Reading
from mulin.kernel import throttle
from mulin.posts.face import Permission, Who
from mulin.registry.actions.reading import note_reading
from mulin.registry.models import Resident

ASKED_AN_HOUR = 60  # as many people as somebody at a window enters; far too few to go through a street


def take_asking(person: UUID, *, now: datetime) -> None:
    """One more number asked for. Take it before the transaction of the act."""
    throttle.take(f"registry.find:{person}", limit=ASKED_AN_HOUR, per=timedelta(hours=1), now=now)


def note_asking(known: Resident | None, *, by: Who, now: datetime) -> None:
    """Whoever enters a document number learns whether it is known, wherever that person lives."""
    if by.user is None:
        return
    take_asking(by.user.pk, now=now)
    note_reading(
        [known.pk] if known else [], kind=Reading.SEARCH, purpose=Purpose.VERIFY, by=by, now=now,
        permission=Permission.REGISTRY_EDIT, about=known,
    )  # fmt: skip

"""Which seats' turns are mine."""

from __future__ import annotations

from uuid import UUID

from mulin.matters.models import Part, PartKind
from mulin.posts.face import Who, vacant_at_bodies


def waiting_seat_ids(who: Who) -> frozenset[UUID]:
    """My seats, the vacant ones below me, and vacant seats of organisations to which I dispatched."""
    mine = frozenset(seat.pk for seat in who.waiting_seats())
    vacant = vacant_at_bodies(who.now) if mine else frozenset()
    if not vacant:
        return mine
    given = Part.objects.filter(kind=PartKind.LEAD, to_at=None, given_by__in=mine, seat__in=vacant)
    return mine | frozenset(given.values_list("seat", flat=True))

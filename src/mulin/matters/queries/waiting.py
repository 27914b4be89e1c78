"""Which seats' turns are mine."""

from __future__ import annotations

from uuid import UUID

from mulin.matters.models import Part, PartKind
from mulin.posts.face import Seat, Who


def waiting_seat_ids(who: Who) -> frozenset[UUID]:
    """My seats, the vacant ones below me, and vacant seats of organisations to which I dispatched."""
    mine = {seat.pk for seat in who.waiting_seats()}
    if not mine:
        return frozenset()
    given = Part.objects.filter(
        kind=PartKind.LEAD, to_at=None, given_by__in=mine, seat__organisation__isnull=False
    )
    vacant = Seat.objects.vacant_at(who.now).filter(pk__in=given.values("seat"))
    return frozenset(mine | set(vacant.values_list("pk", flat=True)))

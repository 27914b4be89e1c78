"""What waited for somebody's working hours: may they still be told of it, and is it still so?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mulin.matters.models import Part
from mulin.matters.queries.sight import read_sight
from mulin.matters.queries.sitters import read_sitters
from mulin.matters.queries.telling import givers, read_matters
from mulin.matters.rules.telling import Audience, audience_of
from mulin.posts.face import Seat

BY_TURN = (Audience.TURN, Audience.SUPERIOR)


@dataclass(frozen=True, slots=True)
class Waited:
    """A message as it was made: to whom, on which seat, about which entry of a matter."""

    kind: str
    matter: UUID
    user: UUID
    seat: UUID | None
    seq: int


@dataclass(frozen=True, slots=True)
class Still:
    """How it stands now; as in `Word`."""

    sees: bool
    knows: bool
    overtaken: bool


def still_told(waited: Sequence[Waited], now: datetime) -> list[Still]:
    """One answer for each, in a fixed handful of statements."""
    matters = read_matters({each.matter for each in waited})
    seats = Seat.objects.at_places().in_bulk([each.seat for each in waited if each.seat])
    given = Part.objects.filter(matter__in=list(matters), given_by__isnull=False)
    parts = given.select_related("seat", "given_by__area").order_by("from_at", "id")
    sitters = read_sitters(seats.values(), givers(parts), now)
    sight = read_sight(matters.values(), {each.user for each in waited}, now)
    return [
        Still(
            sees=sight.sees(each.user, each.matter, seats.get(each.seat) if each.seat else None, sitters),
            knows=sight.knows(each.user, each.matter, each.seq),
            overtaken=audience_of(each.kind) in BY_TURN and matters[each.matter].turn_id != each.seat,
        )
        for each in waited
    ]

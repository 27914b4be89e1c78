"""Who sits on many seats at once, who stands in for the vacant ones, and who is above them: two statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from mulin.posts.face import Post, Seat

Key = tuple[str, str]
"""A role, and the path of its area."""


@dataclass
class Sitters:
    """Answers for the seats it was read with. `given_by`: above an organisation's seat is whoever dispatched."""

    holders: dict[UUID, tuple[UUID, ...]] = field(default_factory=dict)
    above: dict[Key, tuple[UUID, ...]] = field(default_factory=dict)
    given_by: Mapping[UUID, Seat] = field(default_factory=dict)

    def of(self, seat: Seat) -> tuple[UUID, ...]:
        """Whoever holds it; of a vacant one, whoever stands in."""
        return self.holders.get(seat.pk) or self.superiors_of(seat)

    def superiors_of(self, seat: Seat) -> tuple[UUID, ...]:
        """The holders of the nearest held seat above."""
        giver = self.given_by.get(seat.pk)
        if seat.area is None:
            return self.of(giver) if giver and giver.area else ()
        return next((self.above[key] for key in seat.superiors() if key in self.above), ())


def read_sitters(seats: Iterable[Seat], given_by: Mapping[UUID, Seat], now: datetime) -> Sitters:
    """The seats come with their areas."""
    every = {seat.pk: seat for seat in (*seats, *given_by.values())}
    running = Post.objects.present_at(now).order_by("from_at", "id")
    holders: dict[UUID, dict[UUID, None]] = {}
    for seat, user in running.filter(seat__in=list(every)).values_list("seat", "user"):
        holders.setdefault(seat, {})[user] = None
    keys = {key for seat in every.values() for key in seat.superiors()}
    above: dict[Key, dict[UUID, None]] = {}
    if keys:
        roles, paths = {role for role, _ in keys}, {path for _, path in keys}
        there = running.filter(seat__role__in=roles, seat__area__path__in=paths)
        for role, path, user in there.values_list("seat__role", "seat__area__path", "user"):
            if path is not None:
                above.setdefault((role, path), {})[user] = None
    return Sitters(
        {seat: tuple(users) for seat, users in holders.items()},
        {key: tuple(users) for key, users in above.items() if key in keys},
        given_by,
    )

"""Names of people, seats and areas that a page shows, each kind read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.places.face import areas_at
from mulin.posts.face import holders_of, people_by_id, seats_by_id


@dataclass(frozen=True)
class Names:
    """What ids are called, in the language of the screen."""

    people: Mapping[UUID, str] = field(default_factory=dict)
    seats: Mapping[UUID, str] = field(default_factory=dict)
    holders: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)

    def person(self, id: UUID | None) -> str:
        return self.people.get(id, "") if id else ""

    def seat(self, id: UUID | None) -> str:
        return self.seats.get(id, "") if id else ""

    def sitting(self, id: UUID | None) -> tuple[str, ...]:
        """Who holds the seat now; nobody where it is vacant."""
        return self.holders.get(id, ()) if id else ()


def names(
    *, people: Iterable[UUID | None], seats: Iterable[UUID | None], paths: Iterable[str], now: datetime
) -> Names:
    """From memory; what is not there yet by one statement for each kind."""
    known = seats_by_id({id for id in seats if id})
    return Names(
        people=_labels({id for id in people if id}),
        seats={id: seat.label for id, seat in known.items()},
        holders=_holders(known, now),
        areas={path: area.label for path, area in areas_at(paths).items()},
    )


def _labels(people: set[UUID]) -> dict[UUID, str]:
    return {id: user.label for id, user in people_by_id(people).items()}


def _holders(seats: Iterable[UUID], now: datetime) -> dict[UUID, tuple[str, ...]]:
    sitting = {seat: found for seat in seats if (found := holders_of(seat, now))}
    labels = _labels({person for found in sitting.values() for person in found})
    return {
        seat: tuple(dict.fromkeys(labels[person] for person in found if person in labels))
        for seat, found in sitting.items()
    }


def reporter_name() -> str:
    """What stands for a resident in the timeline: never their name."""
    return _("the reporter")

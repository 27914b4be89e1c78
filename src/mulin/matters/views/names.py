"""Names of people, seats and areas that a page shows, each kind read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.places.face import Area
from mulin.posts.face import Post, Seat, User


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
    """Four statements, however much is asked for."""
    persons, places = {id for id in people if id}, {id for id in seats if id}
    return Names(
        people={user.pk: user.label for user in User.objects.filter(pk__in=persons)},
        seats={seat.pk: seat.label for seat in Seat.objects.at_places().filter(pk__in=places)},
        holders=_holders(places, now),
        areas={area.path: area.label for area in Area.objects.plain().filter(path__in=set(paths))},
    )


def _holders(seats: set[UUID], now: datetime) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, tuple[str, ...]] = {}
    posts = Post.objects.open_at(now).filter(seat__in=seats).select_related("user").order_by("from_at", "id")
    for post in posts:
        known = found.get(post.seat_id, ())
        found[post.seat_id] = known if post.user.label in known else (*known, post.user.label)
    return found


def reporter_name() -> str:
    """What stands for a resident in the timeline: never their name."""
    return _("the reporter")

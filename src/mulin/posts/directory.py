"""Who sits where, at any instant, from memory: chooses the next turn, live and for histories in the past."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from mulin.places.face import Area
from mulin.posts.models import Organisation, Post, Seat
from mulin.posts.rules import role as role_named
from mulin.posts.rules import superiors, upwards

Key = tuple[str, UUID]
"""A role, and the id of the area or of the organisation."""


@dataclass(frozen=True, slots=True)
class Term:
    """A post as the directory keeps it: who, from, up to."""

    user: UUID
    from_at: datetime
    to_at: datetime | None

    def runs_at(self, now: datetime) -> bool:
        return self.from_at <= now and (self.to_at is None or now < self.to_at)


@dataclass(frozen=True, slots=True)
class SeatState:
    """A seat at one instant. `id` is None where nobody ever made it: `seat_for` makes it."""

    id: UUID | None
    role: str
    area: UUID | None
    organisation: UUID | None
    path: str | None
    holders: tuple[UUID, ...]

    @property
    def is_vacant(self) -> bool:
        return not self.holders


@dataclass(slots=True)
class Book:
    """Seats with all their posts, past and to come, as far as they were read."""

    seats: dict[Key, UUID] = field(default_factory=dict)
    terms: dict[UUID, list[Term]] = field(default_factory=dict)
    at_path: dict[tuple[str, str], Key] = field(default_factory=dict)
    read: set[UUID] = field(default_factory=set)  # areas and organisations whose seats are all here
    whole: bool = False

    def add(self, seats: Iterable[Seat]) -> None:
        """Take in seats and every post that anybody ever held there: two statements."""
        found = list(seats)
        for seat in found:
            key = (seat.role, seat.area_id or seat.organisation_id or seat.id)
            self.seats[key] = seat.id
            self.terms[seat.id] = []
            if seat.area:
                self.at_path[seat.role, seat.area.path] = key
        posts = Post.objects.filter(user__is_active=True).order_by("from_at", "id")
        if not self.whole:
            posts = posts.filter(seat__in=[seat.id for seat in found])
        for seat_id, user, from_at, to_at in posts.values_list("seat", "user", "from_at", "to_at"):
            if seat_id in self.terms:
                self.terms[seat_id].append(Term(user, from_at, to_at))


class Directory:
    """Answers who holds a seat at `now`. Reads what it is asked for, by lineage, and keeps it.

    Live, make one for an act: the first question about a place reads the seats of all areas above it. For a
    history, read everything once and move through time with `at`:

        everybody = Directory.of_everything(now)
        everybody.at(then).seat("grid_worker", area=grid).holders
    """

    def __init__(self, now: datetime, book: Book | None = None) -> None:
        self.now = now
        self._book = book or Book()

    @classmethod
    def of_everything(cls, now: datetime) -> Directory:
        """With every seat and post there is: no question asks the database again."""
        book = Book(whole=True)
        book.add(Seat.objects.select_related("area").defer("area__border"))
        return cls(now, book)

    def at(self, now: datetime) -> Directory:
        """The same book at another instant."""
        return Directory(now, self._book)

    def prefetch(self, *, areas: Iterable[Area] = (), organisations: Iterable[UUID] = ()) -> None:
        """Read the seats of these areas, of those above them, and of these organisations together."""
        areas = [area for area in areas if area.id not in self._book.read]
        bodies = set(organisations) - self._book.read
        if self._book.whole or not (areas or bodies):
            return
        paths = {path for area in areas for path in upwards(area.path)}
        here = Q(area__path__in=paths) | Q(organisation__in=bodies)
        self._book.add(Seat.objects.filter(here).select_related("area").defer("area__border"))
        self._book.read |= {area.id for area in areas} | bodies

    def seat(
        self, role: str, *, area: Area | None = None, organisation: Organisation | UUID | None = None
    ) -> SeatState:
        """The seat of this role there, made or not, with who holds it now."""
        role_named(role)
        if area is not None:
            self.prefetch(areas=[area])
            return self._state(role, area.id, path=area.path)
        if organisation is None:
            raise TypeError("a seat is at an area or at an organisation")
        body = organisation.id if isinstance(organisation, Organisation) else organisation
        self.prefetch(organisations=[body])
        return self._state(role, body)

    def holders(self, seat: UUID) -> tuple[UUID, ...]:
        """Who holds this seat now; it must have been read."""
        return tuple(dict.fromkeys(term.user for term in self._book.terms[seat] if term.runs_at(self.now)))

    def first_held(self, candidates: Iterable[SeatState], exclude: Iterable[UUID] = ()) -> SeatState | None:
        """The first of these with a holder who is not excluded."""
        excluded = set(exclude)
        return next((state for state in candidates if set(state.holders) - excluded), None)

    def superior(self, state: SeatState) -> SeatState | None:
        """The nearest held seat above, past those that are vacant or were never made."""
        if state.path is None:
            return None
        for role, path in superiors(state.role, state.path):
            key = self._book.at_path.get((role, path))
            found = self._state(*key, path=path) if key else None
            if found and found.holders:
                return found
        return None

    def _state(self, role: str, place: UUID, *, path: str | None = None) -> SeatState:
        seat = self._book.seats.get((role, place))
        area, body = (place, None) if path is not None else (None, place)
        return SeatState(seat, role, area, body, path, self.holders(seat) if seat else ())

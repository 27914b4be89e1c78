"""Every seat with all its posts, in memory: who sits where, at any instant, and whose the vacant seats are.

Made anew where the stamp of posts or places has moved; nothing here outlives a change. What somebody may do is still
decided from the posts that run at the instant of the request.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from mulin.kernel.stamps import PLACES, POSTS, Kept
from mulin.places.face import Area
from mulin.posts.models import Leave, Post, Seat, User
from mulin.posts.rules import superiors

Key = tuple[str, UUID]
"""A role, and the id of the area or of the organisation."""

MOST_KEPT = 5000  # people and seats with everything that pages show of them
_COLUMNS = ("id", "role", "area_id", "organisation_id", "area__path")


@dataclass(frozen=True, slots=True)
class Term:
    """A post as the book keeps it: who, from, up to."""

    user: UUID
    from_at: datetime
    to_at: datetime | None
    deputy: bool = False

    def runs_at(self, now: datetime) -> bool:
        return self.from_at <= now and (self.to_at is None or now < self.to_at)


@dataclass(frozen=True, slots=True)
class Line:
    """A seat as the book keeps it."""

    id: UUID
    role: str
    area: UUID | None
    organisation: UUID | None
    path: str | None

    def seat(self) -> Seat:
        """For questions of permission: a row that knows where it is, and no names."""
        area = Area(id=self.area, path=self.path, level=len(self.path)) if self.area and self.path else None
        return Seat(id=self.id, role=self.role, area=area, organisation_id=self.organisation)


@dataclass(frozen=True, slots=True)
class Vacancies:
    """The vacant seats by whose they are meanwhile; right from one instant up to another."""

    from_at: datetime
    to_at: datetime | None
    below: Mapping[tuple[str, str], tuple[Seat, ...]]
    at_bodies: frozenset[UUID]  # above these is whoever dispatched: the matter knows

    def hold_at(self, now: datetime) -> bool:
        return self.from_at <= now and (self.to_at is None or now < self.to_at)


@dataclass(slots=True)
class Book:
    """Seats with all their posts, past and to come."""

    seats: dict[Key, UUID] = field(default_factory=dict)
    lines: dict[UUID, Line] = field(default_factory=dict)
    terms: dict[UUID, list[Term]] = field(default_factory=dict)
    leaves: dict[UUID, list[Term]] = field(default_factory=dict)
    at_path: dict[tuple[str, str], Key] = field(default_factory=dict)
    posts: OrderedDict[UUID, tuple[Post, ...]] = field(default_factory=OrderedDict)
    people: OrderedDict[UUID, User] = field(default_factory=OrderedDict)
    rows: OrderedDict[UUID, Seat] = field(default_factory=OrderedDict)
    _vacant: Vacancies | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def read(cls) -> Book:
        """Every seat, every post that anybody ever held who may sign in, and who was away: three statements."""
        book = cls()
        for row in Seat.objects.values_list(*_COLUMNS).iterator(2000):
            book._add(Line(*row))
        posts = Post.objects.filter(user__is_active=True).order_by("from_at", "id")
        columns = ("seat", "user", "from_at", "to_at", "deputy_for")
        for seat_id, user, from_at, to_at, deputy_for in posts.values_list(*columns).iterator(2000):
            if seat_id in book.terms:
                book.terms[seat_id].append(Term(user, from_at, to_at, deputy_for is not None))
        for user, from_at, to_at in Leave.objects.values_list("user", "from_at", "to_at").iterator(2000):
            book.leaves.setdefault(user, []).append(Term(user, from_at, to_at))
        return book

    def _add(self, line: Line) -> None:
        key = (line.role, line.area or line.organisation or line.id)
        self.seats[key], self.lines[line.id], self.terms[line.id] = line.id, line, []
        if line.path:
            self.at_path[line.role, line.path] = key

    def holders(self, seat: UUID, now: datetime) -> tuple[UUID, ...]:
        """Who sits there and is not away."""
        return tuple(dict.fromkeys(term.user for term in self.terms[seat] if self._is_there(term, now)))

    def _is_there(self, term: Term, now: datetime) -> bool:
        return term.runs_at(now) and self.back_at(term.user, now) is None

    def back_at(self, user: UUID, now: datetime) -> datetime | None:
        """When somebody who is away comes back; None for whoever is there."""
        return next((leave.to_at for leave in self.leaves.get(user, ()) if leave.runs_at(now)), None)

    def away(self, seat: UUID, now: datetime) -> dict[UUID, datetime]:
        """Who sits there but is away, and until when."""
        sitting = dict.fromkeys(term.user for term in self.terms.get(seat, ()) if term.runs_at(now))
        return {user: back for user in sitting if (back := self.back_at(user, now))}

    def deputies(self, seat: UUID, now: datetime) -> frozenset[UUID]:
        """Those among the holders who only stand in."""
        return frozenset(term.user for term in self.terms.get(seat, ()) if term.deputy and term.runs_at(now))

    def posts_of(self, user: UUID) -> tuple[Post, ...]:
        """All posts of a person, with where they are: one statement, the first time."""
        found = self.posts.get(user)
        if found is None:
            found = tuple(Post.objects.filter(user=user).with_seats().order_by("from_at", "id"))
            self._keep(self.posts, user, found)
        return found

    def person(self, id: UUID) -> User | None:
        """The row of a person: one statement, the first time."""
        return self.people_by_id([id]).get(id)

    def people_by_id(self, ids: Iterable[UUID]) -> dict[UUID, User]:
        """Rows of people: at most one statement."""
        wanted = set(ids)
        known = {id: found for id in wanted if (found := self.people.get(id))}
        if len(known) < len(wanted):
            for user in User.objects.filter(pk__in=wanted - known.keys()):
                known[user.pk] = user
                self._keep(self.people, user.pk, user)
        return known

    def seats_by_id(self, ids: Iterable[UUID]) -> dict[UUID, Seat]:
        """Rows of seats with where they are, as pages show them: at most one statement."""
        wanted = set(ids)
        known = {id: found for id in wanted if (found := self.rows.get(id))}
        if len(known) < len(wanted):
            for seat in Seat.objects.at_places().filter(pk__in=wanted - known.keys()):
                known[seat.pk] = seat
                self._keep(self.rows, seat.pk, seat)
        return known

    def seat_at(self, key: Key) -> Seat | None:
        """The seat of a role at an area or organisation, if anybody ever made it."""
        id = self.seats.get(key)
        return self.seats_by_id([id]).get(id) if id else None

    def _keep(self, shelf: OrderedDict[UUID, Any], id: UUID, row: Any) -> None:
        with self._lock:
            while len(shelf) >= MOST_KEPT:
                shelf.popitem(last=False)
            shelf[id] = row

    def vacant_below(self, keys: Iterable[tuple[str, str]], now: datetime) -> tuple[Seat, ...]:
        """The vacant seats whose nearest held seat above is one of these (role, path)."""
        below = self.vacancies(now).below
        return tuple(seat for key in dict.fromkeys(keys) for seat in below.get(key, ()))

    def vacancies(self, now: datetime) -> Vacancies:
        """Worked out anew only where a post or a leave has begun or ended since."""
        found = self._vacant
        if found is None or not found.hold_at(now):
            found = self._vacant = self._vacancies(now)
        return found

    def _vacancies(self, now: datetime) -> Vacancies:
        held = {id for id, terms in self.terms.items() if any(self._is_there(term, now) for term in terms)}
        held_at = {(line.role, line.path) for line in self.lines.values() if line.path and line.id in held}
        below: dict[tuple[str, str], list[Seat]] = {}
        for line in self.lines.values():
            if line.path and line.id not in held:
                key = next((key for key in superiors(line.role, line.path) if key in held_at), None)
                if key:
                    below.setdefault(key, []).append(line.seat())
        before, after = self._turning_points(now)
        empty = frozenset(line.id for line in self.lines.values() if not line.path and line.id not in held)
        return Vacancies(before, after, {key: tuple(seats) for key, seats in below.items()}, empty)

    def _turning_points(self, now: datetime) -> tuple[datetime, datetime | None]:
        """The instants around `now` at which some post or leave begins or ends."""
        rows = (*self.terms.values(), *self.leaves.values())
        every = [at for terms in rows for term in terms for at in (term.from_at, term.to_at) if at]
        later = [at for at in every if at > now]
        return max((at for at in every if at <= now), default=now), min(later, default=None)


_present = Kept(Book.read, POSTS, PLACES)


def book() -> Book:
    """The book as it is now."""
    return _present.now()


def seats_by_id(ids: Iterable[UUID]) -> dict[UUID, Seat]:
    """Seats with where they are, from memory. Nobody changes these rows."""
    return book().seats_by_id(ids)


def seat_at(role: str, place: UUID) -> Seat | None:
    """The seat of this role at an area or an organisation, from memory; None where nobody ever made it."""
    return book().seat_at((role, place))


def people_by_id(ids: Iterable[UUID]) -> dict[UUID, User]:
    """People, from memory. Nobody changes these rows."""
    return book().people_by_id(ids)


def holders_of(seat: UUID, now: datetime) -> tuple[UUID, ...]:
    """Who sits there now, from memory."""
    return book().holders(seat, now)


def vacant_at_bodies(now: datetime) -> frozenset[UUID]:
    """The seats at organisations that nobody holds now, from memory."""
    return book().vacancies(now).at_bodies


def away_from(seat: UUID, now: datetime) -> dict[UUID, datetime]:
    """Who holds this seat but is away, and until when; from memory."""
    return book().away(seat, now)


def deputies_at(seat: UUID, now: datetime) -> frozenset[UUID]:
    """Who only stands in there now; from memory."""
    return book().deputies(seat, now)

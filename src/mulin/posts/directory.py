"""Who sits where, at any instant, from memory: chooses the next turn, live and for histories in the past."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mulin.places.face import Area
from mulin.posts.book import Book, Key, book
from mulin.posts.models import Organisation
from mulin.posts.rules import role as role_named
from mulin.posts.rules import superiors

__all__ = ["Book", "Directory", "Key", "SeatState"]


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


class Directory:
    """Answers who holds a seat at `now`, from the book in memory; no question asks the database.

    For a history, move through time with `at`:

        everybody = Directory.of_everything(now)
        everybody.at(then).seat("grid_worker", area=grid).holders
    """

    def __init__(self, now: datetime, known: Book | None = None) -> None:
        self.now = now
        self._book = known or book()

    @classmethod
    def of_everything(cls, now: datetime) -> Directory:
        """With the book as it is now, for as long as it is used."""
        return cls(now)

    def at(self, now: datetime) -> Directory:
        """The same book at another instant."""
        return Directory(now, self._book)

    def seat(
        self, role: str, *, area: Area | None = None, organisation: Organisation | UUID | None = None
    ) -> SeatState:
        """The seat of this role there, made or not, with who holds it now."""
        role_named(role)
        if area is not None:
            return self._state(role, area.id, path=area.path)
        if organisation is None:
            raise TypeError("a seat is at an area or at an organisation")
        body = organisation.id if isinstance(organisation, Organisation) else organisation
        return self._state(role, body)

    def holders(self, seat: UUID) -> tuple[UUID, ...]:
        """Who holds this seat now."""
        return self._book.holders(seat, self.now)

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

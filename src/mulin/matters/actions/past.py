"""Matters that are being told: one by one, and as each of them stood at any time before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from mulin.journal.face import Draft
from mulin.matters.actions.apply import Seats
from mulin.matters.actions.cases import seat_key
from mulin.matters.actions.recurrence import Closed, is_hidden, last_of
from mulin.matters.models import Matter, Part, Reporter
from mulin.matters.rules.recurrence import Before, window
from mulin.matters.rules.states import Kind, State, kind_of
from mulin.matters.rules.step import Case
from mulin.matters.rules.who import SeatKey
from mulin.places.face import Area
from mulin.posts.face import Seat


@dataclass
class Told:
    """One matter, as far as it is told."""

    matter: Matter
    case: Case
    reporter: Reporter
    draw: float
    lead: Part | None = None
    parts: list[Part] = field(default_factory=list)
    shares: dict[UUID, Part] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)

    @property
    def at(self) -> datetime:
        """When the last act was."""
        return self.drafts[-1].at


class PastSeats(Seats):
    """All seats there are; one that a turn needs and nobody made is made with the rest."""

    def __init__(self, seats: Iterable[Seat], areas: Mapping[UUID, Area]) -> None:
        super().__init__({seat_key(seat): seat for seat in seats})
        self.made: list[Seat] = []
        self._areas = areas

    def has(self, key: SeatKey) -> bool:
        return key in self._known

    def at_bodies(self) -> Iterable[SeatKey]:
        return [key for key in self._known if key.organisation]

    def get(self, key: SeatKey | None) -> Seat | None:
        if key is not None and key not in self._known:
            area = self._areas[key.area] if key.area else None
            self._known[key] = Seat(role=key.role, area=area, organisation_id=key.organisation)
            self.made.append(self._known[key])
        return super().get(key)


class Past:
    """What was told so far, by kind: finds what came back, as `actions.recurrence` does live."""

    def __init__(self) -> None:
        self._told: dict[UUID, list[Told]] = defaultdict(list)

    def add(self, told: Told) -> None:
        self._told[told.matter.type_id].append(told)

    def before(self, matter: Matter, at: datetime) -> Before | None:
        """The last of its kind that was closed at the same place then."""
        days = matter.type.recurrence_days
        if not days or is_hidden(matter):
            return None
        since = window(at, days)
        rows = (_closed_at(told, at) for told in self._told[matter.type_id])
        return last_of(matter, (row for row in rows if row and row.closed_at >= since))


def _closed_at(told: Told, at: datetime) -> Closed | None:
    """As it stood at that time, if it was closed."""
    then = [draft for draft in told.drafts if draft.at < at]
    if not then or kind_of(str(then[-1].facts["to"])) is not Kind.DONE:
        return None
    closing = next(draft for draft in reversed(then) if _closes(draft))
    row = told.matter
    return Closed(
        row.pk, len(str(then[-1].facts["held"])), row.recurrence, closing.at, str(closing.facts["outcome"]), row.secret,
        row.about_area_id, row.about_organisation_id, row.place, row.lon, row.lat,
    )  # fmt: skip


def _closes(draft: Draft) -> bool:
    return draft.facts["to"] == State.CLOSED and draft.facts.get("from") != State.CLOSED

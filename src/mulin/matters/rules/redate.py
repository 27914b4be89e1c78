"""What the clocks of an open matter come to on the calendars and limits of today. Pauses and granted time stay.

It says what `Running.due` and `next_at` say, for very many matters: what depends on the type, the clock and the
calendar alone is worked out once (`Plan`). Keys are as the database gives them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from mulin.kernel.worktime import Calendar, clock_for, duration
from mulin.matters.rules.case import TypeFacts
from mulin.matters.rules.clocks import ends
from mulin.matters.rules.limits import Clock
from mulin.matters.rules.states import Kind, of_kind

Key = Any
_OPEN = frozenset(of_kind(Kind.OPEN))


class Dates(NamedTuple):
    due_at: datetime | None
    promise_at: datetime
    next_rung_at: datetime | None


class Dated(NamedTuple):
    """The columns of a matter from which its dates are made, and these as they are."""

    id: Key
    version: int
    rung: int
    type: Key
    place: str
    state: str
    turn: Key | None
    due_clock: str
    due_from: datetime | None
    due_used: timedelta
    due_extra: timedelta
    promise_from: datetime | None
    promise_used: timedelta
    promise_extra: timedelta
    due_at: datetime | None
    promise_at: datetime
    next_rung_at: datetime | None

    @property
    def dates(self) -> Dates:
        return Dates(self.due_at, self.promise_at, self.next_rung_at)


class DatedPart(NamedTuple):
    """The columns of an open part from which its due date is made."""

    id: Key
    matter: Key
    kind: str
    ask: str
    seat: Key
    clock_from: datetime | None
    used: timedelta
    extra: timedelta
    due_at: datetime | None


class Plan(NamedTuple):
    """A clock of a type on a calendar: how long it is, on what it runs, and where its rungs stand."""

    whole: timedelta
    calendar: Calendar
    rungs: tuple[int, ...]  # percents, from below


@dataclass
class Plans:
    """The plans of all types, each made when it is first asked for."""

    types: Mapping[Key, TypeFacts]
    _made: dict[tuple[Key, str, int], Plan] = field(default_factory=dict)

    def of(self, type: Key, clock: str, calendar: Calendar) -> Plan:
        key = (type, clock, id(calendar))  # whoever asks holds the calendars, so an id means one of them
        found = self._made.get(key)
        if found is None:
            facts, limit = self.types[type], self.types[type].limit(Clock(clock))
            rungs = tuple(rung.percent for rung in facts.ladder(Clock(clock)))
            found = Plan(duration(limit, calendar), clock_for(limit, calendar), rungs)
            self._made[key] = found
        return found


PART_CLOCKS = {"lead": Clock.HANDLE.value, "assist": Clock.ASSIST.value}
WITH_THE_TURN = ("extension", "hold")
"""What is asked here is to be decided before the turn itself is due."""


def redated(row: Dated, plans: Plans, town: Calendar, seat: Calendar) -> Dates:
    """The dates anew. A clock that stands still keeps its date until it runs again."""
    due_at, promise_at, next_rung_at = row.due_at, row.promise_at, row.next_rung_at
    if row.due_from is not None and row.due_clock:
        plan = plans.of(row.type, row.due_clock, seat)
        whole = plan.whole + row.due_extra
        due_at = ends(row.due_from, whole, row.due_used, plan.calendar)
        next_rung_at = None
        rung = next((each for each in plan.rungs if each > row.rung), None)
        if rung is not None and row.turn is not None and row.state in _OPEN:
            next_rung_at = ends(row.due_from, whole, row.due_used, plan.calendar, rung / 100)
    if row.promise_from is not None:
        plan = plans.of(row.type, Clock.PROMISE.value, town)
        promise_at = ends(row.promise_from, plan.whole + row.promise_extra, row.promise_used, plan.calendar)
    return Dates(due_at, promise_at, next_rung_at)


def part_redated(part: DatedPart, row: Dated, now: Dates, plans: Plans, seat: Calendar) -> datetime | None:
    """The due date of a part anew."""
    clock = PART_CLOCKS.get(part.kind)
    if clock and part.clock_from is not None:
        as_turn = (row.due_clock, row.turn, row.due_from, row.due_used, row.due_extra)
        if as_turn == (clock, part.seat, part.clock_from, part.used, part.extra):
            return now.due_at  # the lead's clock is mostly that of the turn
        plan = plans.of(row.type, clock, seat)
        return ends(part.clock_from, plan.whole + part.extra, part.used, plan.calendar)
    if clock is None and part.ask in WITH_THE_TURN and part.due_at == row.due_at:
        return now.due_at
    return part.due_at

"""One move of a matter, computed: what changes, whose turn is next, until when. Live acts and the demo use it alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from mulin.kernel.worktime import Calendar, Limit, add
from mulin.matters.rules.limits import Clock, limit_for
from mulin.matters.rules.moves import Ask, Lead, Move, Outcome
from mulin.matters.rules.states import Circulation, Kind, State, circulation, kind_of
from mulin.matters.rules.who import ANYWHERE, Function, Ground, Holders, SeatKey, first_seat


@dataclass(frozen=True)
class TypeFacts:
    """What the rules need of a matter type."""

    code: str
    urgent: bool
    to_grids: bool
    limits: Mapping[Clock, Limit] = field(default_factory=dict)

    def limit(self, clock: Clock) -> Limit:
        return limit_for(clock, dict(self.limits), urgent=self.urgent)


@dataclass(frozen=True)
class Case:
    """A matter as the rules see it, before or after a move."""

    id: UUID
    type: TypeFacts
    ground: Ground
    state: State
    turn: SeatKey | None
    due_at: datetime | None
    promise_at: datetime
    lead: SeatKey | None = None
    lead_due_at: datetime | None = None
    handlers: frozenset[UUID] = frozenset()  # people who took or handed in: they never check
    reporter: UUID | None = None  # a member of staff who raised it never files it
    concerned: frozenset[UUID] = frozenset()  # whom it complains of: never their turn
    deepest: int = ANYWHERE  # and it is never held below this level
    closed_at: datetime | None = None
    outcome: str = ""

    @property
    def held_level(self) -> int:
        return self.ground.held_at.level


@dataclass(frozen=True)
class Given:
    """What the person who moves has filled in."""

    note: str = ""
    reason: str = ""
    seat: SeatKey | None = None
    outcome: Outcome | None = None
    rating: int | None = None
    solved: bool | None = None

    def asked(self, move: Move) -> Given:
        """Only what this move asks for: whatever else was sent changes nothing."""
        return Given(**{str(ask): getattr(self, ask) for ask in move.asks if ask is not Ask.PHOTOS})

    def missing(self, move: Move) -> tuple[Ask, ...]:
        """The asked-for things that are empty; photos come apart and are never required."""
        has: dict[Ask, bool] = {
            Ask.NOTE: bool(self.note.strip()),
            Ask.REASON: bool(self.reason.strip()),
            Ask.SEAT: self.seat is not None,
            Ask.OUTCOME: self.outcome is not None,
            Ask.RATING: self.rating in (1, 2, 3, 4, 5),
            Ask.SOLVED: self.solved is not None,
        }
        return tuple(ask for ask in move.needs if not has.get(ask, True))


@dataclass(frozen=True)
class World:
    """What surrounds a move: who sits where, the calendar, and what chance drew."""

    holders: Holders
    calendar: Calendar
    now: datetime
    checked_share: float = 1.0  # how much of micro circulation is checked, 0 to 1
    draw: float = 0.0  # this matter's number in [0, 1)


@dataclass(frozen=True)
class Change:
    """What a move does to a case. `after` is the case as it then is."""

    after: Case
    person: UUID | None  # who moved
    seat: SeatKey | None  # from which seat
    lead_ended: bool = False
    lead_started: bool = False
    lead_taken: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)


class Impossible(Exception):
    """The table has the move, but this matter cannot make it. `why` is a code of the room's labels."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


# The moves that not everybody on the seat may make; `excluded` says who may not.
FUNCTION_OF: dict[str, Function] = {
    "file": Function.FILES,
    "decline": Function.FILES,
    "confirm": Function.CHECKS,
    "send_back": Function.CHECKS,
}


def excluded(function: Function, case: Case) -> frozenset[UUID]:
    """People who may not do this: the handler never checks, a staff reporter never files their own.

    Whoever the matter complains of does nothing about it at all.
    """
    if function is Function.CHECKS:
        return case.concerned | case.handlers
    if function is Function.FILES and case.reporter:
        return case.concerned | {case.reporter}
    return case.concerned


def rates_own_work(code: str, case: Case, person: UUID | None) -> bool:
    """Whether somebody who handled it would say how well it was handled."""
    return code == "rate" and person in case.handlers


def step(
    case: Case, move: Move, given: Given, world: World, *, person: UUID | None, seat: SeatKey | None
) -> Change:
    """Make the move. Raises Impossible; whether the person may is asked before."""
    ground = _moved_ground(case, move)
    state = move.to or case.state
    after = replace(case, ground=ground, state=state)
    after, ended, started, taken = _lead(after, move, given, world, person, seat)
    after = _next_turn(after, move, world)
    after = _closing(after, move, given, world)
    facts = _facts(case, after, given)
    return Change(after, person, seat, ended, started, taken, facts)


def _moved_ground(case: Case, move: Move) -> Ground:
    if not move.climb:
        return case.ground
    target = case.ground.above() if move.climb > 0 else case.ground.below()
    if target is None or target.level > case.deepest:
        raise Impossible("no_level_above" if move.climb > 0 else "no_level_below")
    if move.climb < 0 and target.level >= 15 and not case.type.to_grids:
        raise Impossible("not_for_grids")
    return replace(case.ground, held_at=target)


def _lead(
    case: Case, move: Move, given: Given, world: World, person: UUID | None, seat: SeatKey | None
) -> tuple[Case, bool, bool, bool]:
    """The case with its lead part, and whether one ended, started, was taken in person."""
    if move.lead is Lead.END:
        return replace(case, lead=None, lead_due_at=None), case.lead is not None, False, False
    if move.lead is Lead.START:
        due = _due(case, Clock.HANDLE, world)
        lead = given.seat or seat
        return replace(case, lead=lead, lead_due_at=due), case.lead is not None, True, False
    if move.lead is Lead.TAKE and person:
        handlers = case.handlers | {person}
        if case.lead is None:  # settled on the spot
            due = _due(case, Clock.HANDLE, world)
            return replace(case, lead=seat, lead_due_at=due, handlers=handlers), False, True, True
        return replace(case, handlers=handlers), False, False, True
    return case, False, False, False


def _next_turn(case: Case, move: Move, world: World) -> Case:
    if kind_of(case.state) in (Kind.DONE, Kind.VOID):
        return replace(case, turn=None, due_at=None)
    due = _due(case, move.clock, world) if move.clock else case.due_at
    if move.clock is Clock.HANDLE and case.lead_due_at and move.code != "send_back":
        due = case.lead_due_at
    if move.keeps_turn:
        return replace(case, due_at=due)
    if move.drawn and _unchecked(case, world):
        return replace(case, turn=None, due_at=due)
    return replace(case, turn=_seat_next(case, move, world), due_at=due)


def _seat_next(case: Case, move: Move, world: World) -> SeatKey | None:
    if move.next is None:
        return None
    if move.next is Function.HANDLES:
        return case.lead
    return first_seat(move.next, case.ground, world.holders, excluded(move.next, case))


def _unchecked(case: Case, world: World) -> bool:
    return circulation(case.held_level) is Circulation.MICRO and world.draw >= world.checked_share


def _closing(case: Case, move: Move, given: Given, world: World) -> Case:
    if case.state is State.CLOSED:
        outcome = given.outcome or Outcome.SOLVED
        return replace(case, closed_at=world.now, outcome=str(outcome))
    if move.code == "reopen":  # what was promised is over: the reporter gets a date anew
        return replace(case, closed_at=None, outcome="", promise_at=_due(case, Clock.PROMISE, world))
    return case


def _due(case: Case, clock: Clock, world: World) -> datetime:
    return add(world.now, case.type.limit(clock), world.calendar)


def _facts(before: Case, after: Case, given: Given) -> dict[str, Any]:
    """What the journal keeps of a move: codes, ids, dates and past paths, never words."""
    facts: dict[str, Any] = {
        "from": str(before.state),
        "to": str(after.state),
        "held": after.ground.held_at.path,
    }
    if after.due_at:
        facts["due"] = after.due_at.isoformat()
    if after.promise_at != before.promise_at:
        facts["promise"] = after.promise_at.isoformat()
    if after.state is State.CLOSED:
        facts["outcome"] = after.outcome
    if given.rating:
        facts["rating"] = given.rating
    if given.solved is not None:
        facts["solved"] = given.solved
    if after.turn:
        facts["turn"] = after.turn.role
    return facts


def birth(
    case: Case, move: Move, given: Given, world: World, *, person: UUID | None, seat: SeatKey | None
) -> Change:
    """The first move of a new matter: reported, or settled on the spot."""
    return step(case, move, given, world, person=person, seat=seat)


def may_reopen(closed_at: datetime | None, now: datetime, days: int) -> bool:
    """Within so many days after closing."""
    return closed_at is not None and (now - closed_at).days < days

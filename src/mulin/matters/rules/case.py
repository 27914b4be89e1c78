"""A matter as the rules see it, what is given to a move, what surrounds it, and what comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from mulin.kernel.worktime import Calendar, Limit
from mulin.matters.rules.clocks import Running
from mulin.matters.rules.ladder import SAMPLE_LADDER, Rung, rungs_for
from mulin.matters.rules.limits import Clock, limit_for
from mulin.matters.rules.move import Ask, Move, Opens, Outcome
from mulin.matters.rules.states import State
from mulin.matters.rules.who import ANYWHERE, Ground, Holders, SeatKey


@dataclass(frozen=True)
class TypeFacts:
    """What the rules need of a matter type."""

    code: str
    urgent: bool
    to_grids: bool
    limits: Mapping[Clock, Limit] = field(default_factory=dict)
    rungs: tuple[Rung, ...] = SAMPLE_LADDER

    def limit(self, clock: Clock) -> Limit:
        return limit_for(clock, dict(self.limits), urgent=self.urgent)

    def ladder(self, clock: Clock) -> tuple[Rung, ...]:
        return rungs_for(self.rungs, clock)


@dataclass(frozen=True)
class Share:
    """An open part besides the lead: a seat that assists, or is asked to decide. `id` is None until it is stored."""

    seat: SeatKey
    ask: Opens
    id: UUID | None = None
    person: UUID | None = None
    amount: int | None = None  # of time, in the unit of the limit of handling
    until: datetime | None = None
    clock: Running | None = None
    due_at: datetime | None = None

    @property
    def assists(self) -> bool:
        return self.ask is Opens.ASSIST


@dataclass(frozen=True)
class Case:
    """A matter as the rules see it, before or after a move.

    Clocks count; the dates beside them are what they come to on the calendar of today.
    """

    id: UUID
    type: TypeFacts
    ground: Ground
    state: State
    turn: SeatKey | None
    due_at: datetime | None
    promise_at: datetime
    turn_clock: Running | None = None
    promise_clock: Running | None = None
    lead: SeatKey | None = None
    lead_due_at: datetime | None = None
    lead_clock: Running | None = None
    lead_bound: bool = False  # a meeting decided that it is theirs
    past_leads: frozenset[SeatKey] = frozenset()
    shares: tuple[Share, ...] = ()
    resume_to: State | None = None
    resume_turn: SeatKey | None = None
    rung: int = 0  # the percent of the highest rung that this turn has reached
    next_rung_at: datetime | None = None
    return_count: int = 0
    extension_count: int = 0
    voices: int = 1  # how many people raised it
    meeting: bool = False  # nobody takes it: a coordination meeting has to decide
    children_open: bool = False  # split off, and not settled yet
    handlers: frozenset[UUID] = frozenset()  # people who took or handed in: they never check
    reporter: UUID | None = None  # a member of staff who raised it never files it
    reachable: bool = False  # the reporter left a way to ask them how it went
    concerned: frozenset[UUID] = frozenset()  # whom it complains of: never their turn
    deepest: int = ANYWHERE  # and it is never held below this level
    closed_at: datetime | None = None
    outcome: str = ""

    @property
    def held_level(self) -> int:
        return self.ground.held_at.level

    def asked(self, ask: Opens) -> tuple[Share, ...]:
        """The open parts of this kind."""
        return tuple(share for share in self.shares if share.ask is ask)


@dataclass(frozen=True)
class Portion:
    """One of several things that a matter was about: its kind, by its code, and what it is."""

    kind: str
    text: str


@dataclass(frozen=True)
class Given:
    """What the person who moves has filled in."""

    note: str = ""
    reason: str = ""
    seat: SeatKey | None = None
    outcome: Outcome | None = None
    rating: int | None = None
    solved: bool | None = None
    amount: int | None = None
    until: date | None = None
    other: str = ""
    portions: tuple[Portion, ...] = ()
    kind: str = ""
    place: str = ""

    def asked(self, move: Move) -> Given:
        """Only what this move asks for: whatever else was sent changes nothing."""
        return Given(**{str(ask): getattr(self, ask) for ask in move.asks if ask is not Ask.PHOTOS})

    def missing(self, move: Move) -> tuple[Ask, ...]:
        """The asked-for things that are empty; photos come apart and are never required.

        Any other outcome than solved has to say why.
        """
        has: dict[Ask, bool] = {
            Ask.NOTE: bool(self.note.strip()),
            Ask.REASON: bool(self.reason.strip()),
            Ask.SEAT: self.seat is not None,
            Ask.OUTCOME: self.outcome is not None,
            Ask.RATING: self.rating in (1, 2, 3, 4, 5),
            Ask.SOLVED: self.solved is not None,
            Ask.AMOUNT: self.amount is not None,
            Ask.UNTIL: self.until is not None,
            Ask.OTHER: bool(self.other.strip()),
            Ask.PORTIONS: bool(self.portions),
            Ask.KIND: bool(self.kind),
            Ask.PLACE: bool(self.place),
        }
        why = (Ask.REASON,) if self.outcome not in (None, Outcome.SOLVED) else ()
        return tuple(ask for ask in dict.fromkeys((*move.needs, *why)) if not has.get(ask, True))

    @property
    def unsatisfied(self) -> bool:
        """Not solved, or rated with one of the two worst."""
        return self.solved is False or (self.rating is not None and self.rating <= 2)


@dataclass(frozen=True)
class World:
    """What surrounds a move: who sits where, the calendars, and what chance drew.

    `calendar` is the town's, for promises; `seat_calendar` gives that of a seat, for its turns.
    """

    holders: Holders
    calendar: Calendar
    now: datetime
    checked_share: float = 1.0  # how much of micro circulation is checked, 0 to 1
    draw: float = 0.0  # this matter's number in [0, 1)
    seat_calendar: Callable[[SeatKey], Calendar] | None = None

    def of(self, seat: SeatKey | None) -> Calendar:
        return self.seat_calendar(seat) if seat and self.seat_calendar else self.calendar


@dataclass(frozen=True)
class Change:
    """What a move does to a case. `after` is the case as it then is.

    `answers` says for each part that ended how: granted, refused, lapsed, or nothing.
    """

    after: Case
    person: UUID | None  # who moved
    seat: SeatKey | None  # from which seat
    lead_ended: bool = False
    lead_started: bool = False
    lead_taken: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[UUID, str] = field(default_factory=dict)
    same_giver: bool = False  # the new lead part stays given by whoever dispatched


class Impossible(Exception):
    """The table has the move, but this matter cannot make it. `why` is a code of the room's labels."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)

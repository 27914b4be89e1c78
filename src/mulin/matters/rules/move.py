"""What a row of the flow can say: who moves, what it asks, what it does to turn, clock, level and parts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mulin.matters.rules.limits import Clock
from mulin.matters.rules.states import Circulation, State
from mulin.matters.rules.who import Function
from mulin.posts.face import Permission


class Actor(StrEnum):
    """Whose move it is."""

    TURN = "turn"  # whoever sits on the seat that has the turn
    REPORTER = "reporter"  # whoever raised it, with account or code
    REPORTER_OR_STAFF = "reporter_or_staff"  # or who holds the permission at the matter
    STAFF = "staff"  # who holds the permission at the matter
    DECIDER = "decider"  # whoever sits on the seat that is asked to decide
    ASSISTANT = "assistant"  # whoever sits on a seat that was called in to assist
    SYSTEM = "system"


class Outcome(StrEnum):
    """Closed is not always solved: closing says which."""

    SOLVED = "solved"
    NOT_OURS = "not_ours"
    NOT_FEASIBLE = "not_feasible"
    SETTLED_BY_ITSELF = "settled_by_itself"
    DUPLICATE = "duplicate"


class Ask(StrEnum):
    """What a move may ask of the person who makes it."""

    NOTE = "note"  # free text
    REASON = "reason"  # free text that the reporter will read
    SEAT = "seat"  # who shall handle it
    OUTCOME = "outcome"
    RATING = "rating"  # 1 (very dissatisfied) to 5 (very satisfied)
    SOLVED = "solved"  # yes or no, by the reporter
    PHOTOS = "photos"
    AMOUNT = "amount"  # how much time, in the unit of the limit of handling
    UNTIL = "until"  # a day
    OTHER = "other"  # another matter, by its number
    PORTIONS = "portions"  # what is split off: a kind and a text each
    KIND = "kind"  # an entry of the matter list, by its code
    PLACE = "place"  # an area, by its path


class Lead(StrEnum):
    """What happens to the lead part (who handles it)."""

    KEEP = "keep"
    START = "start"  # the named seat gets it
    TAKE = "take"  # the person who moves takes it in person
    END = "end"


class Opens(StrEnum):
    """Which part a move opens besides the lead, and what is asked of it."""

    NOTHING = ""
    ASSIST = "assist"
    EXTENSION = "extension"
    HOLD = "hold"
    UNSATISFIED = "unsatisfied"  # only where the answer is that it is not solved, or not well


@dataclass(frozen=True)
class Move:
    code: str
    sources: tuple[State, ...]
    to: State | None  # None: the state stays
    actor: Actor
    permission: Permission
    entry: str
    needs: tuple[Ask, ...] = ()
    takes: tuple[Ask, ...] = ()
    next: Function | None = None  # whose turn it is next; None with `keeps_turn` False: nobody's
    keeps_turn: bool = False
    clock: Clock | None = None  # which limit runs for the next turn
    lead: Lead = Lead.KEEP
    climb: int = 0  # +1 one level up, -1 one level down
    counts: str = ""  # the counter of the matter that this move adds one to
    likely: bool = False  # the one that the page offers as the big button
    safe: bool = False  # may be done on many at once
    only: Circulation | None = None  # the row holds in this circulation only, and wins there
    drawn: bool = False  # in micro circulation only a drawn share is checked; the rest closes at its due date
    pauses: bool = False  # every clock stands still from here on and keeps what it had
    resumes: bool = False  # back to the state before the pause; the clocks go on
    opens: Opens = Opens.NOTHING
    ends: bool = False  # ends the actor's own part, or that of the named seat
    decides: Opens = Opens.NOTHING  # needs an open part of this kind that waits for the actor, and answers it
    grants: bool = False  # the answer is yes
    reseats: bool = False  # what waits at one seat goes to the named one, with its clocks as they are
    bound: bool = False  # decided by a meeting: whoever gets it cannot return it

    @property
    def asks(self) -> tuple[Ask, ...]:
        return self.needs + self.takes

"""The flow of a matter as one table. Buttons, endpoints, checks, diagram and tests are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from mulin.matters.rules.limits import Clock
from mulin.matters.rules.states import Circulation, State, circulation
from mulin.matters.rules.who import Function
from mulin.posts.face import Permission


class Actor(StrEnum):
    """Whose move it is."""

    TURN = "turn"  # whoever sits on the seat that has the turn
    REPORTER = "reporter"  # whoever raised it, with account or code
    REPORTER_OR_STAFF = "reporter_or_staff"  # or who holds the permission at the matter
    STAFF = "staff"  # who holds the permission at the matter
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


class Lead(StrEnum):
    """What happens to the lead part (who handles it)."""

    KEEP = "keep"
    START = "start"  # the named seat gets it
    TAKE = "take"  # the person who moves takes it in person
    END = "end"


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

    @property
    def asks(self) -> tuple[Ask, ...]:
        return self.needs + self.takes


R, F, D, H, DONE = State.REPORTED, State.FILED, State.DISPATCHED, State.HANDLING, State.HANDLED

MOVES: tuple[Move, ...] = (
    Move(
        "report", (), State.REPORTED, Actor.REPORTER, Permission.MATTER_RAISE, "matter.reported",
        next=Function.FILES, clock=Clock.FILE,
    ),
    # Report, file and hand in as one act: the only case where a reporter files.
    Move(
        "settle", (), State.HANDLED, Actor.STAFF, Permission.MATTER_HANDLE, "matter.settled",
        needs=(Ask.REASON,), takes=(Ask.PHOTOS,), next=Function.CHECKS, clock=Clock.CHECK, lead=Lead.TAKE,
        drawn=True,
    ),
    # In the grid nobody dispatches: whoever files names the worker or head who handles it.
    Move(
        "file", (R,), State.HANDLING, Actor.TURN, Permission.MATTER_FILE, "matter.filed",
        takes=(Ask.NOTE, Ask.SEAT), next=Function.HANDLES, clock=Clock.HANDLE, lead=Lead.START, likely=True,
        safe=True, only=Circulation.MICRO,
    ),
    Move(
        "file", (R,), State.FILED, Actor.TURN, Permission.MATTER_FILE, "matter.filed",
        takes=(Ask.NOTE,), next=Function.DISPATCHES, clock=Clock.DISPATCH, likely=True, safe=True,
    ),
    Move(
        "decline", (R,), State.DECLINED, Actor.TURN, Permission.MATTER_FILE, "matter.declined",
        needs=(Ask.REASON,),
    ),
    Move(
        "pass_up", (R,), None, Actor.TURN, Permission.MATTER_PASS, "matter.passed_up",
        needs=(Ask.NOTE,), next=Function.FILES, clock=Clock.FILE, climb=+1, counts="passed_count",
    ),
    Move(
        "pass_up", (F, D, H), State.FILED, Actor.TURN, Permission.MATTER_PASS, "matter.passed_up",
        needs=(Ask.NOTE,), next=Function.DISPATCHES, clock=Clock.DISPATCH, lead=Lead.END, climb=+1,
        counts="passed_count",
    ),
    Move(
        "pass_down", (R,), None, Actor.TURN, Permission.MATTER_PASS, "matter.passed_down",
        needs=(Ask.NOTE,), next=Function.FILES, clock=Clock.FILE, climb=-1,
    ),
    Move(
        "pass_down", (F,), State.FILED, Actor.TURN, Permission.MATTER_PASS, "matter.passed_down",
        needs=(Ask.NOTE,), next=Function.DISPATCHES, clock=Clock.DISPATCH, climb=-1,
    ),
    Move(
        "dispatch", (F,), State.DISPATCHED, Actor.TURN, Permission.MATTER_DISPATCH, "matter.dispatched",
        needs=(Ask.SEAT,), takes=(Ask.NOTE,), next=Function.HANDLES, clock=Clock.ACCEPT, lead=Lead.START,
        likely=True,
    ),
    Move(
        "accept", (D,), State.HANDLING, Actor.TURN, Permission.MATTER_HANDLE, "matter.accepted",
        takes=(Ask.NOTE,), keeps_turn=True, clock=Clock.HANDLE, lead=Lead.TAKE, likely=True, safe=True,
    ),
    Move(
        "return", (D, H), State.FILED, Actor.TURN, Permission.MATTER_HANDLE, "matter.returned",
        needs=(Ask.NOTE,), next=Function.DISPATCHES, clock=Clock.DISPATCH, lead=Lead.END, counts="return_count",
    ),
    Move(
        "hand_in", (H,), State.HANDLED, Actor.TURN, Permission.MATTER_HANDLE, "matter.handed_in",
        needs=(Ask.REASON,), takes=(Ask.PHOTOS,), next=Function.CHECKS, clock=Clock.CHECK, lead=Lead.TAKE,
        likely=True, drawn=True,
    ),
    Move(
        "confirm", (DONE,), State.CLOSED, Actor.TURN, Permission.MATTER_CHECK, "matter.confirmed",
        needs=(Ask.OUTCOME,), takes=(Ask.REASON, Ask.PHOTOS), lead=Lead.END, likely=True, safe=True,
    ),
    Move(
        "send_back", (DONE,), State.HANDLING, Actor.TURN, Permission.MATTER_CHECK, "matter.sent_back",
        needs=(Ask.NOTE,), next=Function.HANDLES, clock=Clock.HANDLE, counts="rework_count",
    ),
    Move(
        "close_unchecked", (DONE,), State.CLOSED, Actor.SYSTEM, Permission.MATTER_CHECK, "matter.closed_unchecked",
        lead=Lead.END,
    ),
    Move(
        "rate", (State.CLOSED,), State.ASSESSED, Actor.REPORTER, Permission.MATTER_RATE, "matter.rated",
        needs=(Ask.RATING,), takes=(Ask.SOLVED, Ask.REASON), likely=True,
    ),
    Move(
        "reopen", (State.CLOSED, State.ASSESSED), State.FILED, Actor.REPORTER_OR_STAFF, Permission.MATTER_REOPEN,
        "matter.reopened", needs=(Ask.REASON,), next=Function.DISPATCHES, clock=Clock.DISPATCH,
        counts="reopen_count",
    ),
    Move(
        "withdraw", (R,), State.WITHDRAWN, Actor.REPORTER, Permission.MATTER_WITHDRAW, "matter.withdrawn",
        takes=(Ask.NOTE,),
    ),
)  # fmt: skip

CODES = tuple(dict.fromkeys(move.code for move in MOVES))
BIRTHS = {move.code: move for move in MOVES if not move.sources}


def find(code: str, state: str, held_level: int) -> Move | None:
    """The move of that name from that state at that level; None where the table has none."""
    return next((move for move in from_state(state, held_level) if move.code == code), None)


@cache
def from_state(state: str, held_level: int) -> tuple[Move, ...]:
    """What can happen next at all, whoever does it; the likely move first, one row for each code."""
    circle = circulation(held_level)
    rows = [move for move in MOVES if State(state) in move.sources and move.only in (None, circle)]
    best: dict[str, Move] = {}
    for move in rows:
        if move.code not in best or move.only:
            best[move.code] = move
    return tuple(sorted(best.values(), key=lambda move: not move.likely))

"""The flow of a matter as one table. Buttons, endpoints, checks, diagram and tests are made from it."""

from __future__ import annotations

from functools import cache

from mulin.matters.rules.limits import Clock
from mulin.matters.rules.move import Actor, Ask, Lead, Move, Opens, Outcome
from mulin.matters.rules.states import Circulation, State, circulation
from mulin.matters.rules.who import Function
from mulin.posts.face import Permission

__all__ = [
    "BIRTHS",
    "CODES",
    "MOVES",
    "Actor",
    "Ask",
    "Lead",
    "Move",
    "Opens",
    "Outcome",
    "find",
    "from_state",
]

R, F, D, H, DONE = State.REPORTED, State.FILED, State.DISPATCHED, State.HANDLING, State.HANDLED
HELD, ASKED, REFERRED = State.ON_HOLD, State.WAITING, State.REFERRED
OPEN = (R, F, D, H, DONE)
OVER = (State.CLOSED, State.ASSESSED)

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
    # What was split off from a matter: filed already, with the same holder.
    Move(
        "split_off", (), State.FILED, Actor.STAFF, Permission.MATTER_JOIN, "matter.split_off",
        next=Function.DISPATCHES, clock=Clock.DISPATCH,
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
        needs=(Ask.RATING,), takes=(Ask.SOLVED, Ask.REASON), opens=Opens.UNSATISFIED, likely=True,
    ),
    Move(
        "reopen", OVER, F, Actor.REPORTER_OR_STAFF, Permission.MATTER_REOPEN,
        "matter.reopened", needs=(Ask.REASON,), next=Function.DISPATCHES, clock=Clock.DISPATCH,
        counts="reopen_count",
    ),
    Move(
        "withdraw", (R,), State.WITHDRAWN, Actor.REPORTER, Permission.MATTER_WITHDRAW, "matter.withdrawn",
        takes=(Ask.NOTE,),
    ),
    # Time, pauses, and what the reporter is asked.
    Move(
        "ask_time", (H,), None, Actor.TURN, Permission.MATTER_HANDLE, "matter.time_asked",
        needs=(Ask.NOTE, Ask.AMOUNT), keeps_turn=True, opens=Opens.EXTENSION,
    ),
    Move(
        "grant_time", (H,), None, Actor.DECIDER, Permission.MATTER_DECIDE, "matter.time_granted",
        takes=(Ask.REASON,), keeps_turn=True, decides=Opens.EXTENSION, grants=True, counts="extension_count",
        likely=True,
    ),
    Move(
        "refuse_time", (H,), None, Actor.DECIDER, Permission.MATTER_DECIDE, "matter.time_refused",
        needs=(Ask.NOTE,), keeps_turn=True, decides=Opens.EXTENSION,
    ),
    Move(
        "ask_hold", (H,), None, Actor.TURN, Permission.MATTER_HANDLE, "matter.hold_asked",
        needs=(Ask.NOTE, Ask.UNTIL), keeps_turn=True, opens=Opens.HOLD,
    ),
    Move(
        "grant_hold", (H,), HELD, Actor.DECIDER, Permission.MATTER_DECIDE, "matter.put_on_hold",
        needs=(Ask.REASON,), decides=Opens.HOLD, grants=True, pauses=True, likely=True,
    ),
    Move(
        "refuse_hold", (H,), None, Actor.DECIDER, Permission.MATTER_DECIDE, "matter.hold_refused",
        needs=(Ask.NOTE,), keeps_turn=True, decides=Opens.HOLD,
    ),
    Move(
        "hold", (F, D, H), HELD, Actor.STAFF, Permission.MATTER_DECIDE, "matter.put_on_hold",
        needs=(Ask.REASON, Ask.UNTIL), pauses=True,
    ),
    Move(
        "resume", (HELD,), None, Actor.STAFF, Permission.MATTER_DECIDE, "matter.resumed",
        takes=(Ask.NOTE,), resumes=True, likely=True,
    ),
    Move("resume_due", (HELD,), None, Actor.SYSTEM, Permission.MATTER_DECIDE, "matter.resumed", resumes=True),
    Move(
        "ask_resident", (R, F, H), ASKED, Actor.TURN, Permission.MATTER_ASK, "matter.reporter_asked",
        needs=(Ask.REASON,), clock=Clock.ANSWER, pauses=True,
    ),
    Move(
        "answer", (ASKED,), None, Actor.REPORTER_OR_STAFF, Permission.MATTER_ASK, "matter.answered",
        needs=(Ask.REASON,), takes=(Ask.PHOTOS,), resumes=True, likely=True,
    ),
    Move(
        "no_answer", (ASKED,), None, Actor.SYSTEM, Permission.MATTER_ASK, "matter.not_answered", resumes=True,
    ),
    # From above.
    Move(
        "urge", OPEN, None, Actor.STAFF, Permission.MATTER_URGE, "matter.urged",
        needs=(Ask.NOTE,), keeps_turn=True, counts="urge_count",
    ),
    Move(
        "supervise", (*OPEN, HELD, ASKED, REFERRED), None, Actor.STAFF, Permission.MATTER_SUPERVISE,
        "matter.supervised", needs=(Ask.NOTE,), keeps_turn=True, counts="supervise_count",
    ),
    Move(
        "hand_up", (R,), None, Actor.SYSTEM, Permission.MATTER_PASS, "matter.handed_up",
        next=Function.FILES, clock=Clock.FILE, climb=+1, counts="passed_count",
    ),
    Move(
        "hand_up", (F, D, H), F, Actor.SYSTEM, Permission.MATTER_PASS, "matter.handed_up",
        next=Function.DISPATCHES, clock=Clock.DISPATCH, lead=Lead.END, climb=+1, counts="passed_count",
    ),
    # Joint handling: one lead, others assist.
    Move(
        "assist", (D, H), None, Actor.STAFF, Permission.MATTER_ASSIST, "matter.assist_called",
        needs=(Ask.SEAT,), takes=(Ask.NOTE, Ask.AMOUNT), keeps_turn=True, opens=Opens.ASSIST,
    ),
    Move(
        "assist_done", (D, H), None, Actor.ASSISTANT, Permission.MATTER_HANDLE, "matter.assist_done",
        needs=(Ask.NOTE,), takes=(Ask.PHOTOS,), keeps_turn=True, ends=True, likely=True,
    ),
    Move(
        "assist_return", (D, H), None, Actor.ASSISTANT, Permission.MATTER_HANDLE, "matter.assist_returned",
        needs=(Ask.NOTE,), keeps_turn=True, ends=True,
    ),
    Move(
        "release", (D, H), None, Actor.STAFF, Permission.MATTER_ASSIST, "matter.assist_released",
        needs=(Ask.SEAT,), takes=(Ask.NOTE,), keeps_turn=True, ends=True,
    ),
    # To the right owner.
    Move(
        "coordinate", (F,), D, Actor.TURN, Permission.MATTER_DISPATCH, "matter.coordinated",
        needs=(Ask.SEAT, Ask.NOTE), next=Function.HANDLES, clock=Clock.ACCEPT, lead=Lead.START, bound=True,
    ),
    Move(
        "hand_over", (D, H), D, Actor.TURN, Permission.MATTER_HANDLE, "matter.handed_over",
        needs=(Ask.SEAT, Ask.NOTE), next=Function.HANDLES, clock=Clock.ACCEPT, lead=Lead.START,
        counts="handover_count",
    ),
    # Somebody leaves a seat: what waits there goes to another one. The hand-over page asks who may.
    Move(
        "reassign", (*OPEN, HELD, ASKED, *OVER), None, Actor.SYSTEM, Permission.LEAVE_ARRANGE, "matter.reassigned",
        needs=(Ask.SEAT,), keeps_turn=True, reseats=True,
    ),
    Move(
        "refer", (R, F), REFERRED, Actor.STAFF, Permission.MATTER_REFER, "matter.referred",
        needs=(Ask.SEAT, Ask.NOTE), takes=(Ask.REASON,), lead=Lead.END, pauses=True,
    ),
    Move(
        "recall", (REFERRED,), F, Actor.STAFF, Permission.MATTER_REFER, "matter.recalled",
        needs=(Ask.NOTE,), next=Function.DISPATCHES, clock=Clock.DISPATCH,
    ),
    Move(
        "referral_back", (REFERRED,), DONE, Actor.SYSTEM, Permission.MATTER_REFER, "matter.referral_answered",
        needs=(Ask.REASON,), next=Function.CHECKS, clock=Clock.CHECK,
    ),
    Move(
        "join", (R, F, D, H, HELD, ASKED), State.JOINED, Actor.STAFF, Permission.MATTER_JOIN, "matter.joined",
        needs=(Ask.OTHER,), takes=(Ask.REASON,), lead=Lead.END, pauses=True,
    ),
    Move(
        "unjoin", (State.JOINED,), None, Actor.STAFF, Permission.MATTER_JOIN, "matter.unjoined",
        needs=(Ask.NOTE,), resumes=True,
    ),
    Move(
        "split", (R, F, D, H), None, Actor.STAFF, Permission.MATTER_JOIN, "matter.split",
        needs=(Ask.PORTIONS,), takes=(Ask.REASON,), keeps_turn=True,
    ),
    # The wrong kind or the wrong place: it starts again with whoever owns it.
    Move(
        "correct", (R,), None, Actor.STAFF, Permission.MATTER_CORRECT, "matter.corrected",
        needs=(Ask.NOTE,), takes=(Ask.KIND, Ask.PLACE), next=Function.FILES, clock=Clock.FILE,
    ),
    Move(
        "correct", (F, D, H), F, Actor.STAFF, Permission.MATTER_CORRECT, "matter.corrected",
        needs=(Ask.NOTE,), takes=(Ask.KIND, Ask.PLACE), next=Function.DISPATCHES, clock=Clock.DISPATCH,
        lead=Lead.END,
    ),
    # Closed is not solved.
    Move(
        "object", (DONE,), None, Actor.REPORTER, Permission.MATTER_REOPEN, "matter.objected",
        needs=(Ask.REASON,), next=Function.CHECKS, clock=Clock.CHECK,
    ),
    Move(
        "follow_up", OVER, State.ASSESSED, Actor.STAFF, Permission.MATTER_ASK, "matter.followed_up",
        needs=(Ask.SOLVED, Ask.RATING), takes=(Ask.NOTE,), opens=Opens.UNSATISFIED,
    ),
    # Somebody who did not know who handled it looked again, and it was not solved: their superior decides.
    Move(
        "found_unsolved", OVER, None, Actor.SYSTEM, Permission.MATTER_CHECK, "matter.found_unsolved",
        takes=(Ask.NOTE,), opens=Opens.UNSATISFIED,
    ),
    Move(
        "redo", OVER, F, Actor.DECIDER, Permission.MATTER_DECIDE, "matter.reopened",
        needs=(Ask.REASON,), next=Function.DISPATCHES, clock=Clock.DISPATCH, decides=Opens.UNSATISFIED, grants=True,
        counts="reopen_count", likely=True,
    ),
    Move(
        "uphold", OVER, None, Actor.DECIDER, Permission.MATTER_DECIDE, "matter.upheld",
        needs=(Ask.REASON,), decides=Opens.UNSATISFIED,
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

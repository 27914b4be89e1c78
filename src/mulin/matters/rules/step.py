"""One move of a matter, computed: what changes, whose turn is next, until when. Live acts and the demo use it alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from mulin.kernel.worktime import Calendar, add, duration
from mulin.matters.rules.case import Case, Change, Given, Impossible, Share, TypeFacts, World
from mulin.matters.rules.clocks import Running
from mulin.matters.rules.guards import climbed, guard, until_opening
from mulin.matters.rules.handing_over import reseated
from mulin.matters.rules.ladder import next_at
from mulin.matters.rules.limits import MEETING_AFTER_RETURNS, Clock
from mulin.matters.rules.move import Ask, Lead, Move, Opens, Outcome
from mulin.matters.rules.shares import shares_after
from mulin.matters.rules.states import Circulation, Kind, State, circulation, kind_of
from mulin.matters.rules.who import Function, SeatKey, first_seat

__all__ = [
    "FUNCTION_OF", "Case", "Change", "Given", "Impossible", "Share", "TypeFacts", "World", "birth", "excluded",
    "may_reopen", "rates_own_work", "step",
]  # fmt: skip

# The moves that not everybody on the seat may make; `excluded` says who may not.
FUNCTION_OF: dict[str, Function] = {
    "file": Function.FILES,
    "decline": Function.FILES,
    "confirm": Function.CHECKS,
    "send_back": Function.CHECKS,
    "grant_time": Function.DECIDES,
    "refuse_time": Function.DECIDES,
    "grant_hold": Function.DECIDES,
    "refuse_hold": Function.DECIDES,
    "redo": Function.DECIDES,
    "uphold": Function.DECIDES,
}


def excluded(function: Function, case: Case) -> frozenset[UUID]:
    """People who may not do this: the handler never checks nor decides, a staff reporter never files their own.

    Whoever the matter complains of does nothing about it at all.
    """
    if function in (Function.CHECKS, Function.DECIDES):
        return case.concerned | case.handlers
    if function is Function.FILES and case.reporter:
        return case.concerned | {case.reporter}
    return case.concerned


def rates_own_work(code: str, case: Case, person: UUID | None) -> bool:
    """Whether somebody who handled it would say how well it was handled."""
    return code in ("rate", "follow_up") and person in case.handlers


def step(
    case: Case, move: Move, given: Given, world: World, *, person: UUID | None, seat: SeatKey | None
) -> Change:
    """Make the move. Raises Impossible; whether the person may is asked before."""
    guard(case, move, given, world)
    after = replace(case, ground=climbed(case, move) or case.ground) if move.climb else case
    after = _counted(replace(after, state=_target(case, move)), move)
    after, ended, started, taken = _lead(after, move, given, world, person, seat)
    after = _turn(case, after, move, given, world)
    if move.reseats and seat and given.seat:
        after, ended, answers = reseated(after, seat, given.seat)
        facts = _facts(case, after, given)
        return Change(after, None, seat, ended, ended, facts=facts, answers=answers, same_giver=True)
    after = _promise_dated(after, world) if Ask.KIND in move.takes else after
    after = _granted(case, after, move, world, seat)
    after, answers = shares_after(after, move, given, world, seat, excluded(Function.DECIDES, after))
    after = _rung(_closing(after, move, given, world), world)
    facts = _facts(case, after, given)
    same_giver = move.code == "hand_over"
    return Change(after, person, seat, ended, started, taken, facts, answers, same_giver)


def birth(
    case: Case, move: Move, given: Given, world: World, *, person: UUID | None, seat: SeatKey | None
) -> Change:
    """The first move of a new matter: reported, or settled on the spot."""
    return step(case, move, given, world, person=person, seat=seat)


def _target(case: Case, move: Move) -> State:
    if move.resumes:
        return case.resume_to or State.FILED
    return move.to or case.state


def _counted(case: Case, move: Move) -> Case:
    """The counters that rules depend on; the third return calls a coordination meeting."""
    if move.counts == "return_count":
        count = case.return_count + 1
        return replace(case, return_count=count, meeting=case.meeting or count >= MEETING_AFTER_RETURNS)
    if move.counts == "extension_count":
        return replace(case, extension_count=case.extension_count + 1)
    return replace(case, meeting=False) if move.bound else case


def _lead(
    case: Case, move: Move, given: Given, world: World, person: UUID | None, seat: SeatKey | None
) -> tuple[Case, bool, bool, bool]:
    """The case with its lead part, and whether one ended, started, was taken in person."""
    if move.lead is Lead.END:
        return _without_lead(case), case.lead is not None, False, False
    if move.lead is Lead.START:
        return (
            _with_lead(case, given.seat or seat, world, bound=move.bound),
            case.lead is not None,
            True,
            False,
        )
    if move.lead is Lead.TAKE and person:
        taken = replace(case, handlers=case.handlers | {person})
        if case.lead is None:  # settled on the spot
            return _with_lead(taken, seat, world), False, True, True
        return taken, False, False, True
    return case, False, False, False


def _without_lead(case: Case) -> Case:
    past = case.past_leads | ({case.lead} if case.lead else set())
    return replace(
        case, lead=None, lead_due_at=None, lead_clock=None, lead_bound=False, past_leads=frozenset(past)
    )


def _with_lead(case: Case, lead: SeatKey | None, world: World, *, bound: bool = False) -> Case:
    clock = Running(Clock.HANDLE, world.now)
    due = clock.due(case.type.limit(Clock.HANDLE), world.of(lead))
    return replace(_without_lead(case), lead=lead, lead_clock=clock, lead_due_at=due, lead_bound=bound)


def _turn(before: Case, case: Case, move: Move, given: Given, world: World) -> Case:
    """Whose turn it is after the move, and by which clock."""
    if move.pauses:
        return _paused(before, case, move, given, world)
    if move.resumes:
        return _resumed(case, world)
    if kind_of(case.state) in (Kind.DONE, Kind.VOID):
        return replace(case, turn=None, due_at=None, turn_clock=None)
    if move.keeps_turn and move.clock is None:
        return case
    return _started(_promise_goes_on(case, world), move, world)


def _started(case: Case, move: Move, world: World) -> Case:
    """A new turn, or the same seat's on another clock."""
    seat = case.turn if move.keeps_turn else _seat_next(case, move, world)
    clock = Running(move.clock, world.now) if move.clock else case.turn_clock
    if move.clock is Clock.HANDLE and case.lead_clock and move.code != "send_back":
        clock = case.lead_clock
    return _dated(replace(case, turn=seat, turn_clock=clock, rung=0, resume_to=None, resume_turn=None), world)


def _dated(case: Case, world: World) -> Case:
    """The due date of the running turn, on the calendar of its seat."""
    if case.turn_clock is None:
        return replace(case, due_at=None)
    limit = case.type.limit(case.turn_clock.clock)
    return replace(case, due_at=case.turn_clock.due(limit, world.of(case.turn)))


def _seat_next(case: Case, move: Move, world: World) -> SeatKey | None:
    if move.next is None or (move.drawn and _unchecked(case, world)):
        return None
    if move.next is Function.HANDLES:
        return case.lead
    return first_seat(move.next, case.ground, world.holders, excluded(move.next, case))


def _unchecked(case: Case, world: World) -> bool:
    return circulation(case.held_level) is Circulation.MICRO and world.draw >= world.checked_share


def _paused(before: Case, case: Case, move: Move, given: Given, world: World) -> Case:
    """Every clock stands still and keeps what it had; the turn is nobody's until it goes on."""
    stopped = _each_clock(case, world, lambda clock, calendar: _stop(case, clock, calendar, world))
    return replace(
        stopped, turn=None, due_at=_awaited(case, move, given, world), resume_to=_back_to(before, move),
        resume_turn=None if kind_of(case.state) is Kind.VOID else before.turn or before.resume_turn,
    )  # fmt: skip


def _stop(case: Case, clock: Running, calendar: Calendar, world: World) -> Running:
    return clock.paused(world.now, case.type.limit(clock.clock), calendar)


def _back_to(before: Case, move: Move) -> State:
    """Where it goes on: with whoever had it, but without its lead only from the dispatcher again."""
    was = before.resume_to or before.state if kind_of(before.state) is Kind.WAITING else before.state
    if move.lead is Lead.END and was is not State.REPORTED:
        return State.FILED
    return was


def _awaited(case: Case, move: Move, given: Given, world: World) -> datetime | None:
    """Until when it stands still at most: the day that was named, or the time to answer."""
    if given.until:
        return until_opening(given.until, world.calendar)
    if move.decides is Opens.HOLD:
        return next((share.until for share in case.asked(Opens.HOLD)), None)
    return add(world.now, case.type.limit(move.clock), world.calendar) if move.clock else None


def _resumed(case: Case, world: World) -> Case:
    """The clocks go on with what they had; the turn is whose it was."""
    going = _each_clock(case, world, lambda clock, _calendar: clock.resumed(world.now))
    seat = case.resume_turn or _seat_of_state(case, world)
    if case.resume_turn is None or going.turn_clock is None:  # it lost its lead: a new turn begins
        clock = Clock.FILE if case.state is State.REPORTED else Clock.DISPATCH
        going = replace(going, turn_clock=Running(clock, world.now), rung=0)
    going = replace(_promise_dated(going, world), turn=seat, resume_to=None, resume_turn=None)
    return _lead_dated(_dated(going, world), world)


def _seat_of_state(case: Case, world: World) -> SeatKey | None:
    function = Function.FILES if case.state is State.REPORTED else Function.DISPATCHES
    return first_seat(function, case.ground, world.holders, excluded(function, case))


def _each_clock(case: Case, world: World, change: Callable[[Running, Calendar], Running]) -> Case:
    """The case with every clock that there is changed."""

    def changed(clock: Running | None, seat: SeatKey | None) -> Running | None:
        return change(clock, world.of(seat)) if clock else None

    shares = tuple(replace(share, clock=changed(share.clock, share.seat)) for share in case.shares)
    return replace(
        case, shares=tuple(_share_dated(case, share, world) for share in shares),
        turn_clock=changed(case.turn_clock, case.turn or case.resume_turn),
        lead_clock=changed(case.lead_clock, case.lead), promise_clock=changed(case.promise_clock, None),
    )  # fmt: skip


def _share_dated(case: Case, share: Share, world: World) -> Share:
    if share.clock is None or share.clock.stands:
        return share
    limit = case.type.limit(share.clock.clock)
    return replace(share, due_at=share.clock.due(limit, world.of(share.seat)))


def _lead_dated(case: Case, world: World) -> Case:
    if case.lead_clock is None:
        return case
    limit = case.type.limit(Clock.HANDLE)
    return replace(case, lead_due_at=case.lead_clock.due(limit, world.of(case.lead)) or case.lead_due_at)


def _promise_goes_on(case: Case, world: World) -> Case:
    if case.promise_clock is None or not case.promise_clock.stands:
        return case
    return _promise_dated(replace(case, promise_clock=case.promise_clock.resumed(world.now)), world)


def _promise_dated(case: Case, world: World) -> Case:
    if case.promise_clock is None:
        return case
    due = case.promise_clock.due(case.type.limit(Clock.PROMISE), world.calendar)
    return replace(case, promise_at=due or case.promise_at)


def _granted(before: Case, case: Case, move: Move, world: World, seat: SeatKey | None) -> Case:
    """Time that was granted goes on top of the turn, the lead's part and the promise."""
    if not move.grants or move.decides is not Opens.EXTENSION:
        return case
    asked = next((share for share in before.asked(Opens.EXTENSION) if share.seat == seat), None)
    if asked is None or asked.amount is None:
        raise Impossible("nothing_asked")
    limit = replace(case.type.limit(Clock.HANDLE), amount=asked.amount)
    longer = _each_extended(case, lambda calendar: duration(limit, calendar), world)
    return _lead_dated(_dated(_promise_dated(longer, world), world), world)


def _each_extended(case: Case, span: Callable[[Calendar], Any], world: World) -> Case:
    def more(clock: Running | None, seat: SeatKey | None) -> Running | None:
        return clock.extended(span(world.of(seat))) if clock else None

    return replace(
        case, turn_clock=more(case.turn_clock, case.turn), lead_clock=more(case.lead_clock, case.lead),
        promise_clock=more(case.promise_clock, None),
    )  # fmt: skip


def _closing(case: Case, move: Move, given: Given, world: World) -> Case:
    if case.state is State.CLOSED and move.to is State.CLOSED:
        outcome = given.outcome or Outcome.SOLVED
        return replace(case, closed_at=world.now, outcome=str(outcome))
    if kind_of(case.state) is Kind.OPEN and case.closed_at:
        # reopened: what was promised is over, the reporter gets a date anew
        fresh = replace(case, closed_at=None, outcome="", promise_clock=Running(Clock.PROMISE, world.now))
        return _promise_dated(fresh, world)
    return case


def _rung(case: Case, world: World) -> Case:
    """When the ladder of the running turn is looked at next."""
    running = kind_of(case.state) is Kind.OPEN and case.turn and case.turn_clock
    if not running or case.turn_clock is None:
        return replace(case, next_rung_at=None)
    clock, calendar = case.turn_clock, world.of(case.turn)
    rungs, limit = case.type.ladder(clock.clock), case.type.limit(clock.clock)
    return replace(case, next_rung_at=next_at(clock, case.rung, rungs, limit, calendar))


# What is kept of what was filled in, by its name in the facts.
_GIVEN_FACTS = {"rating": "rating", "amount": "amount", "other": "other", "type": "kind", "place": "place"}


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
    for name, value in _GIVEN_FACTS.items():
        if getattr(given, value):
            facts[name] = getattr(given, value)
    if given.solved is not None:
        facts["solved"] = given.solved
    if given.until:
        facts["until"] = given.until.isoformat()
    if after.turn:
        facts["turn"] = after.turn.role
    return facts


def may_reopen(closed_at: datetime | None, now: datetime, days: int) -> bool:
    """Within so many days after closing."""
    return closed_at is not None and (now - closed_at).days < days

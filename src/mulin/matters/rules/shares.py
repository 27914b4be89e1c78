"""The parts besides the lead: who assists, who is asked to decide, and what becomes of them at each move."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from mulin.kernel.worktime import add, duration
from mulin.matters.rules.case import Case, Given, Share, World
from mulin.matters.rules.clocks import Running
from mulin.matters.rules.guards import until_opening
from mulin.matters.rules.limits import Clock
from mulin.matters.rules.move import Ask, Move, Opens
from mulin.matters.rules.states import Kind, State, kind_of
from mulin.matters.rules.who import Function, SeatKey, first_seat

GRANTED, REFUSED, LAPSED, OVER = "granted", "refused", "lapsed", ""
_HANDS = (State.DISPATCHED, State.HANDLING)


def shares_after(
    case: Case, move: Move, given: Given, world: World, seat: SeatKey | None, barred: frozenset[UUID]
) -> tuple[Case, dict[UUID, str]]:
    """The case with the parts that are open after the move, and how those that ended were answered."""
    answers: dict[UUID, str] = {}
    kept: list[Share] = []
    for share in case.shares:
        answer = _answer(case, move, given, share, seat)
        if answer is None:
            kept.append(share)
        elif share.id:
            answers[share.id] = answer
    opened = _begun(case, move, given, world, barred)
    return replace(case, shares=tuple(kept) + opened), answers


def _answer(case: Case, move: Move, given: Given, share: Share, seat: SeatKey | None) -> str | None:
    """How this part ends by the move; None where it stays open."""
    if move.decides is share.ask and share.ask and share.seat == seat:
        return GRANTED if move.grants else REFUSED
    if move.ends and share.assists and share.seat == (given.seat or seat):
        return OVER
    return None if _still_fits(case, share) else (OVER if share.assists else LAPSED)


def _still_fits(case: Case, share: Share) -> bool:
    """Whether such a part makes sense in the state that the matter is in now."""
    paused = kind_of(case.state) is Kind.WAITING
    state = case.resume_to if paused else case.state
    if share.ask is Opens.ASSIST:
        return case.lead is not None and state in _HANDS
    if share.ask in (Opens.EXTENSION, Opens.HOLD):
        return case.state is State.HANDLING
    return kind_of(case.state) is Kind.DONE


def _begun(case: Case, move: Move, given: Given, world: World, barred: frozenset[UUID]) -> tuple[Share, ...]:
    if move.opens is Opens.NOTHING:
        return ()
    if move.opens is Opens.ASSIST:
        return (_assist(case, given.seat, given.amount, world),) if given.seat else ()
    if move.opens is Opens.UNSATISFIED and (_content(move, given) or case.asked(Opens.UNSATISFIED)):
        return ()
    seat = first_seat(Function.DECIDES, case.ground, world.holders, barred)
    return (_question(case, move, given, world, seat),) if seat else ()


def _content(move: Move, given: Given) -> bool:
    """Whether somebody was asked how it went, and it went well."""
    return Ask.RATING in move.asks and not given.unsatisfied


def _assist(case: Case, seat: SeatKey, amount: int | None, world: World) -> Share:
    """A part with a deadline of its own: what was named, else the type's limit for assisting."""
    clock, limit, calendar = Running(Clock.ASSIST, world.now), case.type.limit(Clock.ASSIST), world.of(seat)
    if amount:
        wanted = replace(case.type.limit(Clock.HANDLE), amount=amount)
        clock = clock.extended(duration(wanted, calendar) - duration(limit, calendar))
    return Share(seat, Opens.ASSIST, amount=amount, clock=clock, due_at=clock.due(limit, calendar))


def _question(case: Case, move: Move, given: Given, world: World, seat: SeatKey) -> Share:
    """Something to decide: on a request before the turn itself is due, on a complaint within the time of a check."""
    until = until_opening(given.until, world.calendar) if given.until else None
    return Share(seat, move.opens, amount=given.amount, until=until, due_at=_due(case, move, world, seat))


def _due(case: Case, move: Move, world: World, seat: SeatKey) -> datetime | None:
    if move.opens is Opens.UNSATISFIED:
        return add(world.now, case.type.limit(Clock.CHECK), world.of(seat))
    return case.due_at

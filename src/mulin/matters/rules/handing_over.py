"""What waits at a seat goes to another one: turns, the lead, and what it was asked, with their clocks as they are."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from mulin.matters.rules.case import Case, Share
from mulin.matters.rules.move import Opens
from mulin.matters.rules.states import Kind, State, kind_of
from mulin.matters.rules.who import Function, SeatKey

MOVED = "moved"

_FUNCTION = {
    State.REPORTED: Function.FILES,
    State.FILED: Function.DISPATCHES,
    State.DISPATCHED: Function.HANDLES,
    State.HANDLING: Function.HANDLES,
    State.HANDLED: Function.CHECKS,
}


def reseated(case: Case, old: SeatKey, new: SeatKey) -> tuple[Case, bool, dict[UUID, str]]:
    """The case with `new` wherever `old` stood, whether that moved the lead, and which parts it ended."""
    led = case.lead == old
    moved = {share.id: MOVED for share in case.shares if share.seat == old and share.id}
    shares = tuple(_moved(share, new) if share.seat == old else share for share in case.shares)
    after = replace(
        case, shares=shares, turn=_other(case.turn, old, new), lead=_other(case.lead, old, new),
        resume_turn=_other(case.resume_turn, old, new),
        past_leads=case.past_leads | {old} if led else case.past_leads,
    )  # fmt: skip
    return after, led, moved


def _other(seat: SeatKey | None, old: SeatKey, new: SeatKey) -> SeatKey | None:
    return new if seat == old else seat


def _moved(share: Share, new: SeatKey) -> Share:
    return replace(share, seat=new, id=None, person=None)


def functions_at(case: Case, seat: SeatKey) -> frozenset[Function]:
    """What the seat has to be able to do with this matter; nothing where it does not wait there."""
    found = {_of_share(share) for share in case.shares if share.seat == seat}
    state = case.resume_to or case.state if kind_of(case.state) is Kind.WAITING else case.state
    if seat in (case.turn, case.resume_turn) and state in _FUNCTION:
        found.add(_FUNCTION[state])
    if case.lead == seat:
        found.add(Function.HANDLES)
    return frozenset(found)


def _of_share(share: Share) -> Function:
    return Function.HANDLES if share.ask is Opens.ASSIST else Function.DECIDES

"""Whatever pauses a matter, its clocks keep what they had, to the microsecond; and any walk leaves it in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mulin.kernel.worktime import MONDAY_TO_FRIDAY, duration, elapsed
from mulin.matters.rules.clocks import Running
from mulin.matters.rules.guards import why_not
from mulin.matters.rules.limits import Clock
from mulin.matters.rules.moves import Actor, Move, Opens, Outcome, from_state
from mulin.matters.rules.states import Kind, State, kind_of
from mulin.matters.rules.step import Case, Given, Impossible, Share, step
from mulin.matters.rules.who import SeatKey
from tests.matters.rules.ground import (
    A_MOMENT,
    HANDLER,
    MEMBER,
    OPERATOR,
    PEOPLE,
    WORKER,
    a_case,
    a_world,
    an_id,
    the_move,
)

MINUTES = st.integers(min_value=0, max_value=60 * 24 * 12)


def in_hand() -> Case:
    """In hand since A_MOMENT, every clock running from there."""
    clock, promise = Running(Clock.HANDLE, A_MOMENT), Running(Clock.PROMISE, A_MOMENT)
    plain = a_case(State.HANDLING, 9)
    due = clock.due(plain.type.limit(Clock.HANDLE), MONDAY_TO_FRIDAY)
    promised = promise.due(plain.type.limit(Clock.PROMISE), MONDAY_TO_FRIDAY)
    assert due
    assert promised
    return replace(
        plain, turn=HANDLER, turn_clock=clock, lead_clock=clock, lead_due_at=due, due_at=due,
        promise_clock=promise, promise_at=promised,
    )  # fmt: skip


def a_pause(now: datetime) -> Given:
    return Given(reason="施工", until=now.date() + timedelta(days=30))


def moved(case: Case, code: str, at: datetime, what: Given, seat: SeatKey | None = OPERATOR) -> Case:
    move = the_move(code, case.state, case.held_level)
    return step(case, move, what, a_world(now=at), person=PEOPLE["operator"], seat=seat).after


@settings(max_examples=60)
@given(st.lists(st.tuples(MINUTES, MINUTES, st.booleans()), min_size=1, max_size=5))
def test_pauses_keep_what_was_used(pauses: list[tuple[int, int, bool]]) -> None:
    case, now, worked = in_hand(), A_MOMENT, timedelta()
    for run, stand, asked in pauses:
        now, began = now + timedelta(minutes=run), now
        worked += elapsed(began, now, MONDAY_TO_FRIDAY)
        case = moved(case, "ask_resident" if asked else "hold", now, a_pause(now), HANDLER)
        assert all(clock and clock.stands for clock in (case.turn_clock, case.lead_clock, case.promise_clock))
        now += timedelta(minutes=stand)
        case = moved(case, "answer" if asked else "resume", now, Given(reason="x"))
    assert case.turn_clock
    assert case.turn_clock.used == worked
    assert case.due_at
    limit = duration(case.type.limit(Clock.HANDLE), MONDAY_TO_FRIDAY)
    assert elapsed(now, case.due_at, MONDAY_TO_FRIDAY) == max(timedelta(), limit - worked)
    assert case.lead_due_at == case.due_at
    promise = duration(case.type.limit(Clock.PROMISE), MONDAY_TO_FRIDAY)
    assert elapsed(now, case.promise_at, MONDAY_TO_FRIDAY) == max(timedelta(), promise - worked)


@settings(max_examples=40)
@given(st.integers(min_value=1, max_value=3), st.integers(min_value=0, max_value=60 * 24 * 2))
def test_time_that_is_granted_is_the_same_for_turn_part_and_promise(amount: int, later: int) -> None:
    case, at = in_hand(), A_MOMENT + timedelta(minutes=later)
    asked = moved(case, "ask_time", at, Given(note="x", amount=amount), HANDLER)
    share = replace(asked.shares[0], id=an_id("asked"))
    after = moved(replace(asked, shares=(share,)), "grant_time", at, Given(), share.seat)
    more = duration(replace(case.type.limit(Clock.HANDLE), amount=amount), MONDAY_TO_FRIDAY)
    for name in ("due_at", "lead_due_at", "promise_at"):
        assert elapsed(getattr(case, name), getattr(after, name), MONDAY_TO_FRIDAY) == more


SEATS = (WORKER, MEMBER, HANDLER, OPERATOR)


def a_given(case: Case, rolled: Random, now: datetime) -> Given:
    """What somebody may have filled in, right or wrong."""
    return Given(
        note="x", reason="y", seat=rolled.choice(SEATS), outcome=rolled.choice(list(Outcome)),
        rating=rolled.randint(1, 5), solved=rolled.random() < 0.5, amount=rolled.randint(1, 5),
        until=now.date() + timedelta(days=rolled.randint(0, 40)), other="26-000001-3", kind="010101",
        place="370402005001003",
    )  # fmt: skip


def acting(case: Case, move: Move) -> SeatKey | None:
    if move.actor is Actor.TURN:
        return case.turn
    if move.actor in (Actor.DECIDER, Actor.ASSISTANT):
        shares = case.asked(move.decides or Opens.ASSIST)
        return shares[0].seat if shares else None
    return None


def can(case: Case, move: Move) -> bool:
    return (
        move.actor in (Actor.STAFF, Actor.SYSTEM, Actor.REPORTER, Actor.REPORTER_OR_STAFF)
        or acting(case, move) is not None
    )


def in_order(case: Case, before: Case, move: Move) -> None:
    kind = kind_of(case.state)
    what = f"{move.code}: {before.state} → {case.state}"
    assert case.turn is None or kind is Kind.OPEN, what
    assert case.turn is not None or kind is not Kind.OPEN or case.state is State.HANDLED, what
    assert (case.closed_at is not None) == (kind is Kind.DONE), what
    clocks = (case.turn_clock, case.lead_clock, case.promise_clock, *(share.clock for share in case.shares))
    if kind is Kind.WAITING:
        assert all(clock is None or clock.stands for clock in clocks), what
        assert case.resume_to is not None, what
        assert kind_of(case.resume_to) is Kind.OPEN, what
    if kind is Kind.OPEN:
        assert case.due_at is not None, what
        assert case.turn_clock is not None and not case.turn_clock.stands, what  # noqa: PT018 - one fact
    if case.state in (State.REPORTED, State.FILED, *(s for s in State if kind_of(s) is Kind.VOID)):
        assert case.lead is None, what
        assert not case.asked(Opens.ASSIST), what
    if case.state in (State.DISPATCHED, State.HANDLING):
        assert case.lead is not None, what
    if case.state is not State.HANDLING:
        assert not case.asked(Opens.EXTENSION) and not case.asked(Opens.HOLD), what  # noqa: PT018 - one fact
    assert len({share.seat for share in case.asked(Opens.ASSIST)}) == len(case.asked(Opens.ASSIST)), what
    assert case.lead not in {share.seat for share in case.asked(Opens.ASSIST)}, what
    assert case.next_rung_at is None or kind is Kind.OPEN, what
    assert case.promise_at is not None, what


@pytest.mark.parametrize("seed", range(40))
def test_any_walk_leaves_a_matter_in_order(seed: int) -> None:
    """Random moves that the table has; what the rules find impossible changes nothing."""
    rolled, now = Random(seed), A_MOMENT
    case = replace(
        a_case(State.REPORTED, rolled.choice((15, 12, 9))), turn_clock=Running(Clock.FILE, now),
        promise_clock=Running(Clock.PROMISE, now),
    )  # fmt: skip
    made = 0
    for turn in range(150):
        now += timedelta(minutes=rolled.randint(1, 600))
        rows = [move for move in from_state(case.state, case.held_level) if can(case, move)]
        if not rows:
            break
        move = rolled.choice([row for row in rows if row.code not in ("decline", "withdraw", "join")] or rows)
        if why_not(case, move, now):
            continue
        world = a_world(now=now, share=0.5, draw=rolled.random())
        try:
            change = step(
                case,
                move,
                a_given(case, rolled, now).asked(move),
                world,
                person=PEOPLE["operator"],
                seat=acting(case, move),
            )
        except Impossible:
            continue
        before, case = case, numbered(change.after, turn)
        in_order(case, before, move)
        made += 1
    assert made > 10


def numbered(case: Case, turn: int) -> Case:
    """As if what was opened had been stored."""
    shares: list[Share] = [
        share if share.id else replace(share, id=an_id(f"{turn}-{n}")) for n, share in enumerate(case.shares)
    ]
    return replace(case, shares=tuple(shares), handlers=frozenset())

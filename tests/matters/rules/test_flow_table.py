"""The table of moves is whole: every allowed pair does what it says, every other pair is refused."""

from __future__ import annotations

from itertools import product

import pytest

from mulin.matters.labels import HINTS
from mulin.matters.labels import MOVES as LABELS
from mulin.matters.rules.moves import BIRTHS, CODES, MOVES, Actor, Lead, Move, find, from_state
from mulin.matters.rules.states import Circulation, Kind, State, circulation, kind_of
from mulin.matters.rules.step import Given, Impossible, step
from tests.matters.rules.ground import A_MOMENT, PEOPLE, a_full_answer, a_world, ready_for, the_move

LEVELS = (15, 12, 9, 6)


@pytest.mark.parametrize("code", CODES)
def test_a_pair_is_in_the_table_or_there_is_no_such_move(code: str) -> None:
    for state, level in product(State, LEVELS):
        rows = [
            move
            for move in MOVES
            if move.code == code and state in move.sources and move.only in (None, circulation(level))
        ]
        assert (find(code, state, level) is not None) == bool(rows), (state, level)


@pytest.mark.parametrize("state", [state for state in State if kind_of(state) is Kind.VOID])
def test_nothing_leads_out_of_a_void_state_but_the_undoing_of_a_joining(state: State) -> None:
    left = {move.code for level in LEVELS for move in from_state(state, level)}
    assert left == ({"unjoin"} if state is State.JOINED else set())


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    "state", [State.REPORTED, State.FILED, State.DISPATCHED, State.HANDLING, State.HANDLED]
)
def test_whoever_has_the_turn_of_an_open_matter_has_one_likely_move(state: State, level: int) -> None:
    likely = [move for move in from_state(state, level) if move.likely and move.actor is Actor.TURN]
    assert len(likely) == 1
    assert from_state(state, level)[0] == likely[0]


def test_every_move_has_its_words() -> None:
    assert set(LABELS) >= set(CODES)
    offered = {move.code for move in MOVES if move.actor is not Actor.SYSTEM} - set(BIRTHS)
    assert set(HINTS) >= offered


def test_every_state_is_reached() -> None:
    assert {move.to for move in MOVES if move.to} == set(State)


@pytest.mark.parametrize("code", CODES)
def test_a_move_leads_where_the_table_says(code: str) -> None:
    for state, level in product(State, LEVELS):
        move = find(code, state, level)
        if move:
            leads_where_the_table_says(move, state, level)


def leads_where_the_table_says(move: Move, state: State, level: int) -> None:
    case, seat = ready_for(move, state, level)
    person = PEOPLE["operator"]
    if (move.climb > 0 and level == 6) or (move.climb < 0 and level == 15):
        with pytest.raises(Impossible, match="no_level"):
            step(case, move, a_full_answer(case), a_world(), person=person, seat=seat)
        return
    given = a_full_answer(case).asked(move)
    after = step(case, move, given, a_world(), person=person, seat=seat).after
    assert after.state == (case.resume_to if move.resumes else move.to or state)
    assert after.ground.held_at.level == level + _climbed(level, move.climb)
    kind = kind_of(after.state)
    assert (after.turn is not None) == (kind is Kind.OPEN)
    assert (after.due_at is not None) == (kind is Kind.OPEN) or kind is Kind.WAITING
    assert (after.closed_at is not None) == (kind is Kind.DONE)
    assert (after.lead is None) or move.lead is not Lead.END
    assert (after.next_rung_at is None) or kind is Kind.OPEN
    assert all(clock is None or clock.stands for clock in (after.turn_clock, after.promise_clock)) == (
        kind is not Kind.OPEN and (move.pauses or case.promise_clock is None or case.promise_clock.stands)
    ) or kind in (Kind.DONE, Kind.VOID)
    if after.due_at and move.clock:
        assert after.due_at > A_MOMENT
    another_limit = move.code == "correct"
    if not (move.grants or move.resumes or another_limit or case.promise_clock is None or case.closed_at):
        assert after.promise_at == case.promise_at or case.promise_clock.stands, (
            "the promise moves by no turn"
        )


def _climbed(level: int, climb: int) -> int:
    order = [15, 12, 9, 6]
    return order[order.index(level) + climb] - level


@pytest.mark.parametrize("move", [move for move in MOVES if move.needs])
def test_a_move_names_what_is_missing(move: object) -> None:
    assert Given().missing(move) == move.needs  # type: ignore[arg-type, attr-defined]  # parametrised by the table


def test_in_the_grid_filing_goes_straight_into_hand() -> None:
    assert the_move("file", "reported", 15).to is State.HANDLING
    assert the_move("file", "reported", 12).to is State.FILED


def test_circulation_is_nothing_but_the_level() -> None:
    assert [circulation(level) for level in (24, 17, 15, 12, 9, 6)] == [
        Circulation.MICRO, Circulation.MICRO, Circulation.MICRO, Circulation.SMALL, Circulation.LARGE,
        Circulation.LARGE,
    ]  # fmt: skip

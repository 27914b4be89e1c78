"""Who gets the turn: the table of circulations and functions, exclusions, and empty seats."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulin.matters.rules.states import State
from mulin.matters.rules.step import Given, step
from mulin.matters.rules.who import Function, SeatKey, candidates, first_seat, handler_seats
from tests.matters.rules.ground import (
    A_MOMENT,
    CHECKER,
    COUNTY_OPERATOR,
    EVERYBODY,
    HANDLER,
    HEAD,
    MEMBER,
    OPERATOR,
    OVERLAY,
    PEOPLE,
    WORKER,
    Seated,
    a_case,
    a_full_answer,
    a_ground,
    a_world,
    the_move,
)

FIRST = {
    (15, Function.FILES): WORKER,
    (15, Function.DISPATCHES): HEAD,
    (15, Function.CHECKS): HEAD,
    (12, Function.FILES): HEAD,
    (12, Function.DISPATCHES): HEAD,
    (12, Function.CHECKS): MEMBER,
    (9, Function.FILES): OPERATOR,
    (9, Function.DISPATCHES): OPERATOR,
    (9, Function.CHECKS): WORKER,
    (6, Function.FILES): COUNTY_OPERATOR,
    (6, Function.DISPATCHES): COUNTY_OPERATOR,
    (6, Function.CHECKS): WORKER,
}


@pytest.mark.parametrize(("place", "seat"), list(FIRST.items()))
def test_with_everybody_in_post_the_turn_is_as_the_house_plan_says(
    place: tuple[int, Function], seat: SeatKey
) -> None:
    level, function = place
    assert first_seat(function, a_ground(level), Seated()) == seat


def test_a_vacant_seat_hands_its_turn_to_the_level_above_and_the_matter_stays_held() -> None:
    without_worker = {key: people for key, people in EVERYBODY.items() if key != WORKER}
    assert first_seat(Function.FILES, a_ground(15), Seated(without_worker)) == HEAD


def test_where_nobody_is_in_post_at_all_the_levels_own_seat_waits_for_someone() -> None:
    assert first_seat(Function.FILES, a_ground(15), Seated({})) == WORKER


def test_an_overlay_grid_without_a_worker_is_served_by_the_worker_of_the_spot() -> None:
    assert first_seat(Function.FILES, a_ground(15, taken_by=OVERLAY), Seated()) == WORKER


def test_the_handler_never_checks() -> None:
    case = a_case(State.HANDLING, 9, handlers=frozenset())
    change = step(
        case,
        the_move("hand_in", "handling", 9),
        a_full_answer(case),
        a_world(),
        person=PEOPLE["worker"],
        seat=HANDLER,
    )
    assert PEOPLE["worker"] in change.after.handlers
    assert change.after.turn == CHECKER


def test_where_only_the_handler_could_check_the_centre_does() -> None:
    alone = Seated({key: EVERYBODY[key] for key in (HEAD, OPERATOR)})
    assert first_seat(Function.CHECKS, a_ground(15), alone, frozenset({PEOPLE["head"]})) == OPERATOR


def test_a_staff_reporter_never_files_their_own() -> None:
    case = a_case(State.REPORTED, 15, reporter=PEOPLE["worker"])
    move = the_move("pass_down", "reported", 12)
    raised = step(
        a_case(State.REPORTED, 12, reporter=PEOPLE["worker"]),
        move,
        Given(note="x"),
        a_world(),
        person=PEOPLE["head"],
        seat=HEAD,
    )
    assert case.reporter
    assert raised.after.turn == HEAD
    assert raised.after.held_level == 15


@given(missing=st.sets(st.sampled_from(sorted(EVERYBODY, key=str))), level=st.sampled_from([15, 12, 9, 6]),
       function=st.sampled_from([Function.FILES, Function.DISPATCHES, Function.CHECKS]),
       out=st.sets(st.sampled_from(sorted(PEOPLE.values(), key=str))))  # fmt: skip
def test_the_turn_goes_to_somebody_who_may_whenever_there_is_such_a_person(
    missing: set[SeatKey], level: int, function: Function, out: set[object]
) -> None:
    table = {key: people for key, people in EVERYBODY.items() if key not in missing}
    around, seated = a_ground(level), Seated(table)
    chosen = first_seat(function, around, seated, frozenset(out))  # type: ignore[arg-type]  # ids of people
    able = [key for key in candidates(function, around) if set(seated.holders(key)) - out]
    assert chosen == (able[0] if able else next(candidates(function, around)))


def test_who_may_handle_differs_by_circulation() -> None:
    roles = {level: {key.role for key in handler_seats(a_ground(level))} for level in (15, 12, 9)}
    assert roles[15] == {"grid_worker", "building_head"}
    assert roles[12] == {"committee_member", "grid_worker"}
    assert roles[9] == set()


@pytest.mark.parametrize(
    ("share", "draw", "checked"), [(1.0, 0.99, True), (0.2, 0.1, True), (0.2, 0.2, False), (0.0, 0.0, False)]
)
def test_a_drawn_share_of_the_grids_own_matters_is_checked(share: float, draw: float, checked: bool) -> None:
    case = a_case(State.HANDLING, 15)
    move = the_move("hand_in", "handling", 15)
    change = step(
        case, move, a_full_answer(case), a_world(share=share, draw=draw), person=PEOPLE["worker"], seat=WORKER
    )
    assert (change.after.turn == HEAD) is checked
    assert change.after.due_at is not None


def test_all_larger_matters_are_checked_whatever_is_drawn() -> None:
    case = a_case(State.HANDLING, 9)
    move = the_move("hand_in", "handling", 9)
    change = step(case, move, a_full_answer(case), a_world(share=0.0), person=PEOPLE["handler"], seat=HANDLER)
    assert change.after.turn == WORKER


def test_sent_back_keeps_the_same_hands_and_gives_a_new_date() -> None:
    case = a_case(State.HANDLED, 9, turn=CHECKER)
    move = the_move("send_back", "handled", 9)
    change = step(case, move, a_full_answer(case), a_world(), person=PEOPLE["checker"], seat=CHECKER)
    assert change.after.lead == change.after.turn == HANDLER
    assert change.after.due_at
    assert change.after.due_at > A_MOMENT + timedelta(days=1)


@pytest.mark.parametrize(("low", "high"), list(combinations((15, 12, 9, 6), 2)))
def test_passing_up_goes_one_level_and_no_further_than_the_county(low: int, high: int) -> None:
    case = a_case(State.REPORTED, low)
    for _ in range([15, 12, 9, 6].index(high) - [15, 12, 9, 6].index(low)):
        move = the_move("pass_up", "reported", case.held_level)
        case = step(case, move, Given(note="x"), a_world(), person=None, seat=None).after
    assert case.held_level == high

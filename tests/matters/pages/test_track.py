"""Time spent in each step and circulation, from the journal's lines alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mulin.matters.rules.states import STATES, Circulation, Kind, State, Step
from mulin.matters.rules.track import Moment, StepStatus, track

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LIVE = [state for state, facts in STATES.items() if facts.kind in (Kind.OPEN, Kind.WAITING)]
ENDS = [state for state in State if state not in LIVE]


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Moment], datetime]:
    states = draw(st.lists(st.sampled_from(LIVE), min_size=0, max_size=12))
    states = [State.REPORTED, *states, *draw(st.lists(st.sampled_from(ENDS), max_size=1))]
    gaps = draw(st.lists(st.integers(0, 10_000), min_size=len(states), max_size=len(states)))
    levels = draw(st.lists(st.sampled_from([6, 9, 12, 15]), min_size=len(states), max_size=len(states)))
    at, line = START, []
    for state, gap, level in zip(states, gaps, levels, strict=True):
        line.append(Moment(at, state, level))
        at += timedelta(minutes=gap)
    return line, at


@given(histories())
def test_all_steps_together_take_as_long_as_all_circulations(history: tuple[list[Moment], datetime]) -> None:
    line, now = history
    found = track(line, now)
    before_rating = sum((step.spent for step in found.steps if step.step is not Step.ASSESS), timedelta())
    assert before_rating == found.spent
    end = line[-1].at if line[-1].state in ENDS else now
    assert found.spent == end - START


@given(histories())
def test_no_time_is_negative_and_at_most_one_step_is_now(history: tuple[list[Moment], datetime]) -> None:
    found = track(*history)
    assert all(step.spent >= timedelta() for step in found.steps)
    running = [step for step in found.steps if step.status is StepStatus.NOW]
    assert len(running) == (STATES[history[0][-1].state].doing is not None)
    assert [step.step for step in found.steps] == list(Step)


@given(histories(), st.randoms())
def test_the_order_in_which_lines_are_given_does_not_matter(
    history: tuple[list[Moment], datetime], shuffler: object
) -> None:
    line, now = history
    apart = [
        Moment(each.at + timedelta(seconds=i), each.state, each.held_level) for i, each in enumerate(line)
    ]
    mixed = apart[:]
    shuffler.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert track(mixed, now + HOUR) == track(apart, now + HOUR)


def test_a_matter_that_rose_from_the_grid_to_the_town_shows_each_circulation() -> None:
    line = [
        Moment(START, State.REPORTED, 15),
        Moment(START + 1 * HOUR, State.REPORTED, 12),
        Moment(START + 3 * HOUR, State.REPORTED, 9),
        Moment(START + 4 * HOUR, State.FILED, 9),
    ]
    found = track(line, START + 10 * HOUR)
    assert found.circulations == {
        Circulation.MICRO: 1 * HOUR, Circulation.SMALL: 2 * HOUR, Circulation.LARGE: 7 * HOUR,
    }  # fmt: skip
    by_step = {step.step: step for step in found.steps}
    assert by_step[Step.FILE].spent == 4 * HOUR
    assert by_step[Step.FILE].status is StepStatus.DONE
    assert by_step[Step.DISPATCH].status is StepStatus.NOW
    assert by_step[Step.DISPATCH].spent == 6 * HOUR
    assert by_step[Step.HANDLE].status is StepStatus.AHEAD


def test_a_matter_sent_back_counts_both_rounds_of_work() -> None:
    line = [
        Moment(START, State.REPORTED, 15),
        Moment(START + 1 * HOUR, State.HANDLING, 15),
        Moment(START + 3 * HOUR, State.HANDLED, 15),
        Moment(START + 4 * HOUR, State.HANDLING, 15),
        Moment(START + 9 * HOUR, State.HANDLED, 15),
        Moment(START + 10 * HOUR, State.CLOSED, 15),
    ]
    by_step = {step.step: step for step in track(line, START + 20 * HOUR).steps}
    assert (by_step[Step.HANDLE].spent, by_step[Step.HANDLE].rounds) == (7 * HOUR, 2)
    assert (by_step[Step.CHECK].spent, by_step[Step.CHECK].rounds) == (2 * HOUR, 2)
    assert by_step[Step.DISPATCH].status is StepStatus.DONE, (
        "the grid dispatches nothing: it is over all the same"
    )
    assert by_step[Step.ASSESS].status is StepStatus.NOW


def test_a_matter_that_was_not_filed_has_nothing_before_it() -> None:
    line = [Moment(START, State.REPORTED, 15), Moment(START + HOUR, State.DECLINED, 15)]
    statuses = [step.status for step in track(line, START + 5 * HOUR).steps]
    assert statuses == [StepStatus.DONE, StepStatus.DONE, *[StepStatus.AHEAD] * 4]


def test_without_any_line_nothing_has_begun() -> None:
    found = track([], START)
    assert found.spent == timedelta()
    assert all(step.status is StepStatus.AHEAD for step in found.steps)

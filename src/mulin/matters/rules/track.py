"""Where the time went: how long a matter stood in each of the six steps, and in each circulation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from mulin.matters.rules.states import STATES, Circulation, Kind, State, Step, circulation

STEPS = tuple(Step)
_NOTHING = timedelta()


class StepStatus(StrEnum):
    DONE = "done"
    NOW = "now"
    AHEAD = "todo"  # the word that the look knows


@dataclass(frozen=True, slots=True)
class Moment:
    """What one entry of the journal says: from then on it stood so, at that level; `by` did it."""

    at: datetime
    state: State
    held_level: int
    by: UUID | None = None
    seat: UUID | None = None


@dataclass(frozen=True, slots=True)
class StepTime:
    """One step: whether it is over, since when, how long it took in all its rounds, who ended it last."""

    step: Step
    status: StepStatus
    at: datetime | None = None
    spent: timedelta = _NOTHING
    rounds: int = 0
    by: UUID | None = None
    seat: UUID | None = None


@dataclass(frozen=True, slots=True)
class Track:
    steps: tuple[StepTime, ...]
    circulations: Mapping[Circulation, timedelta]

    @property
    def spent(self) -> timedelta:
        """From the report until it was closed, or until now."""
        return sum(self.circulations.values(), _NOTHING)


@dataclass
class _Tally:
    """What was added up for one step while walking through the moments."""

    spent: timedelta = _NOTHING
    rounds: int = 0
    entered: datetime | None = None
    left: Moment | None = None


@dataclass
class _Walk:
    steps: dict[Step, _Tally] = field(default_factory=lambda: {step: _Tally() for step in STEPS})
    circles: dict[Circulation, timedelta] = field(default_factory=dict)


def track(moments: Iterable[Moment], now: datetime) -> Track:
    """Add up the time between the moments. Without any, nothing has begun.

    Time is real time, so that all parts add up to how long the reporter waited; once it is closed, the waiting for
    a rating is the reporter's own and counts in no circulation.
    """
    line = sorted(moments, key=lambda moment: moment.at)
    if not line:
        return Track(tuple(StepTime(step, StepStatus.AHEAD) for step in STEPS), {})
    walk = _Walk()
    walk.steps[Step.REPORT] = _Tally(rounds=1, entered=line[0].at, left=line[0])
    for before, here in zip([None, *line], line, strict=False):
        _enter(walk, before, here)
    for here, after in zip(line, [*line[1:], None], strict=True):
        _spend(walk, here, after, now)
    last = STATES[line[-1].state].doing
    return Track(tuple(_told(step, walk.steps[step], last, line[-1].state) for step in STEPS), walk.circles)


def _enter(walk: _Walk, before: Moment | None, here: Moment) -> None:
    """Count a new round where the step changed, and note who ended the one before."""
    was, step = STATES[before.state].doing if before else None, STATES[here.state].doing
    if was is step and before is not None:
        return
    if was is not None:
        walk.steps[was].left = here
    if step is not None:
        walk.steps[step].rounds += 1
        walk.steps[step].entered = here.at


def _spend(walk: _Walk, here: Moment, after: Moment | None, now: datetime) -> None:
    facts = STATES[here.state]
    if facts.doing is None:
        return
    length = max(_NOTHING, (after.at if after else now) - here.at)
    walk.steps[facts.doing].spent += length
    if facts.kind is not Kind.DONE:
        circle = circulation(here.held_level)
        walk.circles[circle] = walk.circles.get(circle, _NOTHING) + length


def _told(step: Step, tally: _Tally, last: Step | None, state: State) -> StepTime:
    if step is last:
        return StepTime(step, StepStatus.NOW, tally.entered, tally.spent, tally.rounds)
    over = _is_over(step, tally, last, state)
    left = tally.left if over else None
    return StepTime(
        step, StepStatus.DONE if over else StepStatus.AHEAD, left.at if left else None, tally.spent, tally.rounds,
        left.by if left else None, left.seat if left else None,
    )  # fmt: skip


def _is_over(step: Step, tally: _Tally, last: Step | None, state: State) -> bool:
    """Before the present step everything is over, also what this way left out; a void matter keeps what it had."""
    if last is not None:
        return STEPS.index(step) < STEPS.index(last)
    return tally.rounds > 0 or STATES[state].kind is Kind.DONE

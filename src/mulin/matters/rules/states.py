"""States of a matter and their kinds. Code asks the kind of a state, never a list of states."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a matter stands. Codes are stored and never change."""

    REPORTED = "reported"
    FILED = "filed"
    DISPATCHED = "dispatched"
    HANDLING = "handling"
    HANDLED = "handled"
    ON_HOLD = "on_hold"
    WAITING = "waiting"
    REFERRED = "referred"
    CLOSED = "closed"
    ASSESSED = "assessed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    JOINED = "joined"


class Kind(StrEnum):
    OPEN = "open"
    WAITING = "waiting"
    DONE = "done"
    VOID = "void"


class Step(StrEnum):
    """The six steps of the closed loop (采集上报 … 考核评价)."""

    REPORT = "report"
    FILE = "file"
    DISPATCH = "dispatch"
    HANDLE = "handle"
    CHECK = "check"
    ASSESS = "assess"


@dataclass(frozen=True)
class StateFacts:
    kind: Kind
    doing: Step | None  # the step that this state waits for; None when nothing is to come


STATES: dict[State, StateFacts] = {
    State.REPORTED: StateFacts(Kind.OPEN, Step.FILE),
    State.FILED: StateFacts(Kind.OPEN, Step.DISPATCH),
    State.DISPATCHED: StateFacts(Kind.OPEN, Step.HANDLE),
    State.HANDLING: StateFacts(Kind.OPEN, Step.HANDLE),
    State.HANDLED: StateFacts(Kind.OPEN, Step.CHECK),
    State.ON_HOLD: StateFacts(Kind.WAITING, Step.HANDLE),
    State.WAITING: StateFacts(Kind.WAITING, Step.HANDLE),
    State.REFERRED: StateFacts(Kind.WAITING, Step.HANDLE),
    State.CLOSED: StateFacts(Kind.DONE, Step.ASSESS),
    State.ASSESSED: StateFacts(Kind.DONE, None),
    State.DECLINED: StateFacts(Kind.VOID, None),
    State.WITHDRAWN: StateFacts(Kind.VOID, None),
    State.JOINED: StateFacts(Kind.VOID, None),
}


def of_kind(*kinds: Kind) -> tuple[State, ...]:
    """All states of these kinds, in the order of the loop."""
    return tuple(state for state, facts in STATES.items() if facts.kind in kinds)


LIVE = of_kind(Kind.OPEN, Kind.WAITING)
"""Somebody still owes something."""


def kind_of(state: str) -> Kind:
    return STATES[State(state)].kind


class Circulation(StrEnum):
    """Micro, small, large circulation (微循环, 小循环, 大循环): nothing but the level of `held_at`."""

    MICRO = "micro"
    SMALL = "small"
    LARGE = "large"


def circulation(held_level: int) -> Circulation:
    """`held_level` is a path length: 15 and longer is a grid, 12 a community, 9 and 6 a town or county."""
    if held_level >= 15:
        return Circulation.MICRO
    return Circulation.SMALL if held_level == 12 else Circulation.LARGE

"""The ladder of a turn: at which share of its limit whom to remind, and when to hand the matter up a level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mulin.kernel.worktime import Calendar, Limit
from mulin.matters.rules.clocks import Running


@dataclass(frozen=True)
class Rung:
    """One step: at `percent` of the limit (100 is the due date) `tells` are reminded; `hand_up` passes it up."""

    percent: int
    tells: tuple[str, ...] = ("turn",)
    hand_up: bool = False


SAMPLE_LADDER: tuple[Rung, ...] = (
    Rung(75),
    Rung(100, ("turn", "superior")),
    Rung(150, ("turn", "superior")),
)
"""Samples: every town sets its own for each type."""


def next_at(
    running: Running, fired: int, rungs: Sequence[Rung], limit: Limit, calendar: Calendar
) -> datetime | None:
    """When the first rung that has not fired yet is reached; None where none is left or the clock stands still."""
    if fired >= len(rungs):
        return None
    return running.due(limit, calendar, rungs[fired].percent / 100)

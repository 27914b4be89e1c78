"""The ladder of a turn: at which share of its limit whom to remind, and when to hand the matter up a level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mulin.kernel.worktime import Calendar, Limit
from mulin.matters.rules.clocks import Running
from mulin.matters.rules.limits import Clock
from mulin.matters.rules.telling import Audience

FIRST, LAST = 1, 1000
"""Between these percents of its limit a turn is reminded: never before it begins."""

REMINDED: tuple[Audience, ...] = (
    Audience.TURN, Audience.SUPERIOR, Audience.LEAD, Audience.DISPATCHER, Audience.SUPERVISOR,
)  # fmt: skip
"""Whom a rung can remind."""

CLOCKS: tuple[Clock, ...] = (Clock.FILE, Clock.DISPATCH, Clock.ACCEPT, Clock.HANDLE, Clock.CHECK)
"""The clocks of turns: on these a ladder stands."""


@dataclass(frozen=True)
class Rung:
    """One step: at `percent` of the limit (100 is the due date) `tells` are reminded; `hand_up` passes it up.

    Without `clock` it stands on the ladder of every clock.
    """

    percent: int
    tells: tuple[str, ...] = ("turn",)
    hand_up: bool = False
    clock: Clock | None = None


SAMPLE_LADDER: tuple[Rung, ...] = (
    Rung(75),
    Rung(100, ("turn", "superior")),
    Rung(150, ("turn", "superior", "dispatcher")),
)
"""Samples: every town sets its own for each type."""

URGENT_LADDER: tuple[Rung, ...] = (
    Rung(50),
    Rung(100, ("turn", "superior")),
    Rung(200, ("turn", "superior"), hand_up=True),
)
"""Samples, too: what is urgent and lies about goes to whoever is above."""


def rungs_for(rungs: Iterable[Rung], clock: Clock) -> tuple[Rung, ...]:
    """The ladder of one clock, from below. Where one is for this clock and one for all, this clock's counts."""
    found: dict[int, Rung] = {}
    for rung in rungs:
        if rung.clock is clock or (rung.clock is None and rung.percent not in found):
            found[rung.percent] = rung
    return tuple(found[percent] for percent in sorted(found))


def next_at(
    running: Running, reached: int, rungs: Sequence[Rung], limit: Limit, calendar: Calendar
) -> datetime | None:
    """When the first rung above `reached` percent comes; None where none is left or the clock stands still."""
    rung = next((each for each in rungs if each.percent > reached), None)
    return running.due(limit, calendar, rung.percent / 100) if rung else None


def passed(
    running: Running, reached: int, rungs: Sequence[Rung], limit: Limit, calendar: Calendar, now: datetime
) -> tuple[Rung, ...]:
    """The rungs above `reached` percent whose time has come, from below, up to the first that hands it up."""
    found: list[Rung] = []
    for rung in rungs:
        if rung.percent <= reached:
            continue
        at = running.due(limit, calendar, rung.percent / 100)
        if at is None or at > now:
            break
        found.append(rung)
        if rung.hand_up:
            break
    return tuple(found)


def told_at(rungs: Sequence[Rung], *, supervised: bool) -> tuple[str, ...]:
    """Whom to remind of these rungs together; of what is supervised whoever is above is reminded, too."""
    named = {who for rung in rungs for who in rung.tells}
    if supervised and named:
        named |= {Audience.SUPERVISOR} if Audience.SUPERIOR in named else {Audience.SUPERIOR}
    return tuple(str(who) for who in REMINDED if who in named)

"""The story of a matter as its journal tells it: which entries moved it, and where the time went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from mulin.journal.face import Line
from mulin.matters.rules.states import State
from mulin.matters.rules.track import Moment, Track, track


def moments(lines: Iterable[Line]) -> Iterator[Moment]:
    """The lines that moved the matter, as the rules want them."""
    for line in lines:
        state, held = line.facts.get("to"), str(line.facts.get("held", ""))
        if state in set(State) and held:
            yield Moment(line.at, State(state), len(held), line.by, line.seat)


def track_of(lines: Sequence[Line], now: datetime) -> Track:
    """The six steps with the time that each took."""
    return track(moments(lines), now)

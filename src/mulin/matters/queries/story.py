"""The story of a matter as its journal tells it: which entries moved it, and where the time went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from mulin.journal.face import Line, Subject, timeline, timeline_for_reporter
from mulin.matters.models import Matter
from mulin.matters.rules.states import State
from mulin.matters.rules.track import Moment, Track, track
from mulin.posts.face import Permission, Scope, Who, may

IMPORTED = "matter.imported"


def moments(lines: Iterable[Line]) -> Iterator[Moment]:
    """The lines that moved the matter, as the rules want them."""
    for line in lines:
        if line.code == IMPORTED:
            yield from _former(line)
            continue
        state, held = line.facts.get("to"), str(line.facts.get("held", ""))
        if state in set(State) and held:
            yield Moment(line.at, State(state), len(held), line.by, line.seat)


def _former(line: Line) -> Iterator[Moment]:
    """One line tells of the whole life of a matter that was taken over: what is between is not known."""
    held = len(str(line.facts["held"]))
    for name, state in (("reported", State.REPORTED), ("closed", State(line.facts["to"]))):
        yield Moment(datetime.fromisoformat(str(line.facts[name])), state, held, line.by)


def track_of(lines: Sequence[Line], now: datetime) -> Track:
    """The six steps with the time that each took."""
    return track(moments(lines), now)


def works_with(matter: Matter, who: Who, scope: Scope | None = None) -> bool:
    """Whether they see it from a seat: not merely because they raised it, which opens no word among colleagues."""
    return may(who, Permission.MATTER_READ, replace(scope or matter.scope(), people=()))


def lines_for(matter: Matter, who: Who, scope: Scope | None = None) -> list[Line]:
    """Its timeline: whole for whoever sees it from a seat, else what its reporter is told."""
    subject = Subject("matter", matter.pk)
    return timeline(subject) if works_with(matter, who, scope) else timeline_for_reporter(subject)

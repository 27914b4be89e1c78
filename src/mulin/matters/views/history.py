"""What happened: the timeline with its names, and the six steps with the time that each took."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.journal.face import ByKind, Line
from mulin.look.shapes import Step as TrackStep
from mulin.matters.labels import CIRCULATIONS, OUTCOMES, RATINGS, STEPS, again_words
from mulin.matters.ladder_words import reminder_words
from mulin.matters.models import Matter
from mulin.matters.rules.moves import Outcome
from mulin.matters.rules.states import Circulation
from mulin.matters.rules.track import StepStatus, StepTime, Track
from mulin.matters.views.buttons import ENTRY_ICONS
from mulin.matters.views.names import Names, reporter_name


@dataclass(frozen=True)
class Saying:
    """Words that belong to a line; `text` is empty where they were erased."""

    text: str
    internal: bool
    erased: bool


@dataclass(frozen=True)
class Told:
    """A line of the timeline as it is read."""

    title: str
    at: datetime
    icon: str
    who: str
    seat: str
    details: tuple[str, ...]
    words: tuple[Saying, ...]
    by_system: bool
    kind: str

    @property
    def internal(self) -> bool:
        """Whether only colleagues know of it."""
        return bool(self.words) and all(said.internal for said in self.words)


@dataclass(frozen=True)
class Fold:
    """Neighbouring lines: what people did stands open, what the system did is folded."""

    by_system: bool
    lines: tuple[Told, ...]


@dataclass(frozen=True)
class CircleTime:
    label: str
    spent: timedelta
    share: int  # of the whole, in percent


def seats_in(lines: Iterable[Line]) -> Iterator[UUID]:
    for line in lines:
        yield from (
            id for id in (line.seat, _uuid(line.facts.get("turn")), _uuid(line.facts.get("lead"))) if id
        )


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        return None


def told(lines: Sequence[Line], names: Names, reporters: frozenset[UUID]) -> list[Fold]:
    """The newest first. A resident is never named here: reading a person is asked for apart."""
    made = [_told(line, names, reporters) for line in reversed(lines)]
    return [Fold(by_system, tuple(group)) for by_system, group in groupby(made, lambda line: line.by_system)]


def _told(line: Line, names: Names, reporters: frozenset[UUID]) -> Told:
    return Told(
        title=str(line.label),
        at=line.at,
        icon=ENTRY_ICONS.get(line.code, "point"),
        who=actor(line, names, reporters),
        seat=names.seat(line.seat),
        details=tuple(reminder_words(line.facts) if line.code == _REMINDED else _details(line, names)),
        words=tuple(Saying(said.text or "", not said.public, said.erased) for said in line.words.values()),
        by_system=line.by_kind == ByKind.SYSTEM,
        kind=_KINDS.get(line.code, ""),
    )


_KINDS = {
    "matter.imported": "done",
    "matter.confirmed": "done", "matter.closed_unchecked": "done", "matter.rated": "done", "matter.declined": "void",
    "matter.withdrawn": "void", "matter.sent_back": "near", "matter.returned": "near", "matter.reopened": "near",
}  # fmt: skip


def actor(line: Line, names: Names, reporters: frozenset[UUID]) -> str:
    if line.by_kind == ByKind.SYSTEM:
        return _("the system")
    if line.by is None or line.by in reporters:
        return reporter_name()
    return names.person(line.by) or _("somebody")


_RAISED = {"matter.reported", "matter.settled"}
_REMINDED = "matter.reminded"
_CLOSING = {"matter.confirmed", "matter.closed_unchecked", "matter.imported"}


def _details(line: Line, names: Names) -> Iterator[str]:
    """What the line's facts say beyond its name."""
    facts = line.facts
    lead, turn = _uuid(facts.get("lead")), _uuid(facts.get("turn"))
    if lead:
        yield _("handled by %(seat)s") % {"seat": names.seat(lead)}
    elif turn and line.code != "matter.accepted":
        yield _("next: %(seat)s") % {"seat": names.seat(turn)}
    if line.code in _RAISED and isinstance(facts.get("times"), int):
        yield again_words(facts["times"])
    if line.code in _CLOSING and facts.get("outcome") in set(Outcome):
        yield str(OUTCOMES[Outcome(facts["outcome"])])
    if line.code == "matter.rated" and facts.get("rating") in RATINGS:
        yield str(RATINGS[facts["rating"]])
    if line.code == "matter.rated" and facts.get("solved") is False:
        yield _("not solved")


def steps_of(matter: Matter, found: Track, names: Names, reporters: frozenset[UUID]) -> list[TrackStep]:
    return [_step(matter, each, names, reporters) for each in found.steps]


def _step(matter: Matter, time: StepTime, names: Names, reporters: frozenset[UUID]) -> TrackStep:
    now = time.status is StepStatus.NOW
    reporter = time.by is None or time.by in reporters
    who = names.seat(matter.turn_id) if now else (reporter_name() if reporter else names.person(time.by))
    return {
        "key": str(time.step),
        "label": str(STEPS[time.step]),
        "status": time.status.value,
        "at": time.at,
        "due": matter.due_at if now else None,
        "spent": time.spent if time.spent else None,
        "who": who if now or time.at else "",
        "note": _rounds(time),
    }


def _rounds(time: StepTime) -> str:
    if time.status is StepStatus.DONE and time.rounds == 0:
        return _("not needed")
    return _("round %(n)d") % {"n": time.rounds} if time.rounds > 1 else ""


def circles_of(found: Track) -> list[CircleTime]:
    """Only the circulations it has been in, in their order."""
    spent: Mapping[Circulation, timedelta] = found.circulations
    whole = found.spent / timedelta(seconds=1) or 1.0
    return [
        CircleTime(
            str(CIRCULATIONS[each]), spent[each], round(100 * (spent[each] / timedelta(seconds=1)) / whole)
        )
        for each in Circulation
        if each in spent
    ]

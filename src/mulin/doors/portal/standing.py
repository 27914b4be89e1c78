"""What stands above a matter that is not simply on its way: paused, asked, joined, split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mulin.doors.portal.story import Story, tell, veiled
from mulin.journal.face import Line, Subject, timeline_for_reporter
from mulin.matters.face import Matter, State, state_label


@dataclass(frozen=True)
class Piece:
    """One of the things that a matter was split into, as its reporter may know it."""

    number: str
    label: str
    state: str


@dataclass(frozen=True)
class Standing:
    """`until`: when it goes on by itself; `words`: why it is paused, or what is asked."""

    paused: bool = False
    asked: bool = False
    words: str = ""
    since: datetime | None = None
    until: datetime | None = None
    main: Matter | None = None  # what it is handled together with; nothing of its first reporter's words
    main_story: Story | None = None
    pieces: Sequence[Piece] = field(default=())


def standing_of(matter: Matter, now: datetime, *, voice: bool) -> Standing:
    """A question is for whoever raised it, not for a voice."""
    if matter.state == State.JOINED:
        return _joined(matter, now)
    paused, asked = matter.state == State.ON_HOLD, matter.state == State.WAITING and not voice
    if not paused and not asked:
        return Standing(pieces=_pieces(matter))
    lines = timeline_for_reporter(Subject("matter", matter.pk))
    words = _last(lines, "matter.put_on_hold" if paused else "matter.reporter_asked")
    return Standing(paused, asked, words, matter.state_at, matter.due_at, pieces=_pieces(matter))


def _joined(matter: Matter, now: datetime) -> Standing:
    if matter.joined_to_id is None:
        return Standing()
    main = Matter.objects.with_labels().get(pk=matter.joined_to_id)
    return Standing(main=veiled(main), main_story=tell(main, now, voice=True))


def _pieces(matter: Matter) -> list[Piece]:
    if not matter.split_count:
        return []
    rows = Matter.objects.filter(split_from=matter).select_related("type").order_by("reported_at", "number")
    return [Piece(row.number, row.type_label, state_label(row.state, resident=True)) for row in rows]


def _last(lines: Sequence[Line], code: str) -> str:
    said = (word.text for line in reversed(lines) if line.code == code for word in line.words.values())
    return next((text for text in said if text), "")

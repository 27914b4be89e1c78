"""May this be sent? Asked apart from sending, before a message is made and again before one that waited is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mulin.kernel.worktime import Calendar, next_opening


class Why(StrEnum):
    """Why somebody is not told. The codes are stored."""

    UNSEEN = "unseen"  # they may not see the matter, or no longer
    KNOWN = "known"  # they did it themselves, or have acted on the matter since
    OVERTAKEN = "overtaken"  # the turn has moved on: it is no longer theirs
    MUTED = "muted"  # they chose not to be told of this


@dataclass(frozen=True, slots=True)
class Yes:
    """Now."""


@dataclass(frozen=True, slots=True)
class No:
    """Never, and why."""

    why: Why


@dataclass(frozen=True, slots=True)
class Later:
    """When the receiver's working hours begin."""

    at: datetime


Answer = Yes | No | Later


@dataclass(frozen=True, slots=True)
class Asked:
    """One message to one person. `calendar`: their working hours; a resident has none, and reads when they like."""

    sees: bool = True
    knows: bool = False
    overtaken: bool = False
    muted: bool = False
    urgent: bool = False
    calendar: Calendar | None = None


def may_send(asked: Asked, now: datetime) -> Answer:
    """Yes, no, or later. An emergency waits for nobody's working hours and cannot be muted."""
    if not asked.sees:
        return No(Why.UNSEEN)
    if asked.overtaken:
        return No(Why.OVERTAKEN)
    if asked.knows:
        return No(Why.KNOWN)
    if asked.urgent:
        return Yes()
    if asked.muted:
        return No(Why.MUTED)
    opening = next_opening(now, asked.calendar) if asked.calendar else now
    return Yes() if opening <= now else Later(opening)

"""Closes micro matters that nobody drew for a check, once their time is over."""

from __future__ import annotations

from datetime import datetime

from mulin.kernel.refusals import Refusal
from mulin.matters.actions.act import act
from mulin.matters.models import Matter
from mulin.matters.rules.step import Given
from mulin.posts.face import Who


def close_unchecked(*, by: Who, now: datetime, limit: int = 200) -> int:
    """Close those that are due, each in its own short transaction; returns how many."""
    closed = 0
    for matter in list(Matter.objects.unchecked_due(now)[:limit]):
        try:
            act(matter, "close_unchecked", given=Given(), by=by, now=now, version=matter.version)
        except Refusal:  # somebody acted in between: theirs stands
            continue
        closed += 1
    return closed

"""What the system does when a time is over: close what nobody checks, go on with what stood still."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mulin.kernel.refusals import Refusal
from mulin.matters.actions.act import act
from mulin.matters.models import Matter
from mulin.matters.rules.states import State
from mulin.matters.rules.step import Given
from mulin.posts.face import Who


def close_unchecked(*, by: Who, now: datetime, limit: int = 200) -> int:
    """Close those that are due, each in its own short transaction; returns how many."""
    return _each(Matter.objects.unchecked_due(now)[:limit], "close_unchecked", by, now)


def resume_due(*, by: Who, now: datetime, limit: int = 200) -> int:
    """Go on with what was on hold until now, and with what the reporter did not answer; returns how many."""
    held = _each(Matter.objects.paused_until(now, State.ON_HOLD)[:limit], "resume_due", by, now)
    return held + _each(Matter.objects.paused_until(now, State.WAITING)[:limit], "no_answer", by, now)


def _each(matters: Iterable[Matter], code: str, by: Who, now: datetime) -> int:
    """Each in a short transaction of its own."""
    done = 0
    for matter in list(matters):
        try:
            act(matter, code, given=Given(), by=by, now=now, version=matter.version)
        except Refusal:  # somebody acted in between: theirs stands
            continue
        done += 1
    return done

"""Closed is not always solved: the same kind at the same place again is linked, and starts one level up.

It never starts above the county. An emergency is linked only: whoever is nearest by goes first, and would lose
time by starting at a level above. What was a duplicate, or never ours, did not come back: it is not counted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from mulin.matters.rules.move import Outcome
from mulin.matters.rules.who import COUNTY, Ground

NEAR_METRES = 50
COMES_BACK = (Outcome.SOLVED, Outcome.SETTLED_BY_ITSELF, Outcome.NOT_FEASIBLE)


@dataclass(frozen=True)
class Before:
    """The one that was closed last at the same place."""

    id: UUID
    level: int  # that held it when it was closed
    times: int  # how often it had come back itself


def window(now: datetime, days: int) -> datetime:
    """Since when a closing counts."""
    return now - timedelta(days=days)


def raised(ground: Ground, before: Before, *, urgent: bool) -> Ground:
    """Where it starts: one level above where its kind starts, and above where its predecessor ended."""
    if urgent:
        return ground
    way = [spot for spot in ground.taken_by if spot.level >= min(COUNTY, ground.held_at.level)]
    ended = min(ground.held_at.level, before.level)
    higher = [spot for spot in way if spot.level < ended] or way[-1:]
    return replace(ground, held_at=higher[0]) if higher else ground

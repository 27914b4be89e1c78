"""How old what is known has grown. Pure; takes `now`."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from mulin.registry.rules.facts import STALE_DAYS


class Age(StrEnum):
    """Confirmed lately, due to be confirmed, or long due."""

    FRESH = "fresh"
    STALE = "stale"
    OLD = "old"


def stale_before(now: datetime, days: int = STALE_DAYS) -> datetime:
    """What was last confirmed before this instant is due."""
    return now - timedelta(days=days)


def age_of(confirmed_at: datetime, now: datetime, days: int = STALE_DAYS) -> Age:
    """Stale after so many days, old after twice as many."""
    if confirmed_at >= stale_before(now, days):
        return Age.FRESH
    return Age.STALE if confirmed_at >= stale_before(now, 2 * days) else Age.OLD

"""A clock that runs for a turn, a part or a promise: it can stand still and keeps what was used."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mulin.kernel.worktime import Calendar, Limit, add_time, clock_for, duration, elapsed
from mulin.matters.rules.limits import Clock

ZERO = timedelta()


def ends(
    since: datetime, whole: timedelta, used: timedelta, calendar: Calendar, share: float = 1.0
) -> datetime:
    """When what is left of a clock's whole time, or of a share of it, has passed since it runs."""
    return add_time(since, max(ZERO, whole * share - used), calendar)


@dataclass(frozen=True)
class Running:
    """Which limit it counts, since when, what was used before, and what was granted on top, in working time."""

    clock: Clock
    since: datetime | None
    used: timedelta = ZERO
    extra: timedelta = ZERO

    @property
    def stands(self) -> bool:
        return self.since is None

    def due(self, limit: Limit, calendar: Calendar, share: float = 1.0) -> datetime | None:
        """When the limit ends, or `share` of it; None while it stands still. What is over already ends at once."""
        if self.since is None:
            return None
        whole = duration(limit, calendar) + self.extra
        return ends(self.since, whole, self.used, clock_for(limit, calendar), share)

    def paused(self, now: datetime, limit: Limit, calendar: Calendar) -> Running:
        """Standing still from `now` on."""
        if self.since is None:
            return self
        used = self.used + elapsed(self.since, now, clock_for(limit, calendar))
        return replace(self, since=None, used=used)

    def resumed(self, now: datetime) -> Running:
        return replace(self, since=now) if self.since is None else self

    def extended(self, span: timedelta) -> Running:
        return replace(self, extra=self.extra + span)

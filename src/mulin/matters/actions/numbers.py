"""Official numbers of matters, in blocks drawn before the act's own transaction."""

from __future__ import annotations

from datetime import datetime

from mulin.kernel.counters import NumberSource

_SOURCE = NumberSource("matter")


def next_number(now: datetime) -> str:
    """Unique, short, with a check digit, not gapless."""
    return _SOURCE.next(now)

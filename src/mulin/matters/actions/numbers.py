"""Official numbers of matters, in blocks drawn before the act's own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from django.utils import timezone

from mulin.kernel.counters import NumberSource

_SOURCE = NumberSource("matter")


def prepare_number(now: datetime) -> None:
    """See that there is a number at hand; whoever opens a transaction around an act calls it before."""
    _SOURCE.prepare(now)


def next_number(now: datetime) -> str:
    """Unique, short, with a check digit, not gapless."""
    return _SOURCE.next(now)


def numbers_for(times: Iterable[datetime]) -> list[str]:
    """A number for each of these times, which must be in order; drawn a year at a time, in this transaction."""
    found: list[str] = []
    zone = timezone.get_default_timezone()
    for _year, same in groupby(times, key=lambda at: timezone.localtime(at, zone).year):
        ours = list(same)
        found += _SOURCE.many(ours[0], len(ours))
    return found

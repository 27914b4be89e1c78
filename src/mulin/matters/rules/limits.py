"""Limits of turns where a matter type names none. Samples: no standard fixes them; every town edits its own."""

from __future__ import annotations

from enum import StrEnum

from mulin.kernel.worktime import Limit, Unit


class Clock(StrEnum):
    """What a limit is for."""

    PROMISE = "promise"  # to the resident: from the report to the settled matter
    FILE = "file"
    DISPATCH = "dispatch"
    ACCEPT = "accept"
    HANDLE = "handle"
    CHECK = "check"
    ANSWER = "answer"  # how long the reporter has to answer a question; then it goes on without
    ASSIST = "assist"  # a second body's own part


SAMPLE_LIMITS: dict[Clock, Limit] = {
    Clock.PROMISE: Limit(5, Unit.WORKDAY),
    Clock.FILE: Limit(4, Unit.WORKHOUR),
    Clock.DISPATCH: Limit(4, Unit.WORKHOUR),
    Clock.ACCEPT: Limit(1, Unit.WORKDAY),
    Clock.HANDLE: Limit(3, Unit.WORKDAY),
    Clock.CHECK: Limit(1, Unit.WORKDAY),
    Clock.ANSWER: Limit(5, Unit.WORKDAY),
    Clock.ASSIST: Limit(2, Unit.WORKDAY),
}

# An emergency is counted round the clock.
URGENT_LIMITS: dict[Clock, Limit] = {
    Clock.PROMISE: Limit(24, Unit.HOUR),
    Clock.FILE: Limit(1, Unit.HOUR),
    Clock.DISPATCH: Limit(1, Unit.HOUR),
    Clock.ACCEPT: Limit(1, Unit.HOUR),
    Clock.HANDLE: Limit(8, Unit.HOUR),
    Clock.CHECK: Limit(12, Unit.HOUR),
    Clock.ANSWER: Limit(24, Unit.HOUR),
    Clock.ASSIST: Limit(4, Unit.HOUR),
}

MOST_EXTENSIONS = 1
"""How often time may be granted for one matter (a sample rule: once, before the deadline)."""

MEETING_AFTER_RETURNS = 3
"""The third return calls a coordination meeting: nobody takes it, so somebody decides."""

HOLD_AT_MOST_DAYS = 180
"""How far ahead a matter may be put on hold in one go."""

REOPENINGS_BY_REPORTERS = 3
"""How often those who raised a matter may have it reopened; staff may always."""

REOPENINGS_BY_PERSON = 5
REOPENINGS_WITHIN_DAYS = 30
"""How often one person may have matters reopened in so many days, over all that they raised (a sample)."""

RECHECK_LIMIT = Limit(5, Unit.WORKDAY)
"""How long a second look at what was closed may take (a sample)."""

FOLLOW_UP_TRIES = 3
"""How often a reporter is called who was not reached; then it is left at that."""

REOPEN_WITHIN_DAYS = 30
"""How long after closing a matter may be reopened (a sample; domain practice differs by town)."""


def limit_for(clock: Clock, own: dict[Clock, Limit], *, urgent: bool) -> Limit:
    """The type's own limit, else the sample for its urgency."""
    return own.get(clock) or (URGENT_LIMITS if urgent else SAMPLE_LIMITS)[clock]

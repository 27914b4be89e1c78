"""When a message goes out by mail, and when a mail that could not be sent is tried again. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

MINUTES_A_DAY = 24 * 60


class Pace(StrEnum):
    """How often somebody wants mail. The codes are stored."""

    EACH = "each"
    DAILY = "daily"
    URGENT = "urgent"  # emergencies and formal supervision only
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Quiet:
    """From one minute of the day to another, over midnight too; the same twice means never."""

    start: int
    end: int

    def holds(self, at: datetime) -> bool:
        minute = at.hour * 60 + at.minute
        if self.start <= self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end


@dataclass(frozen=True, slots=True)
class Wanted:
    """What decides over one message to one person. `digest` is the minute of the day when a daily mail goes out."""

    pace: Pace
    quiet: Quiet
    digest: int
    zone: tzinfo


def mail_at(now: datetime, wanted: Wanted, *, urgent: bool) -> datetime | None:
    """When it goes out; None: not by mail. What is urgent waits for no hour, yet nobody who said no gets it."""
    if wanted.pace is Pace.OFF or (wanted.pace is Pace.URGENT and not urgent):
        return None
    if urgent:
        return now
    local = now.astimezone(wanted.zone)
    if wanted.pace is Pace.DAILY:
        return _next(local, wanted.digest).astimezone(now.tzinfo)
    return _next(local, wanted.quiet.end).astimezone(now.tzinfo) if wanted.quiet.holds(local) else now


def _next(local: datetime, minute: int) -> datetime:
    """The next time that it is this minute of the day there."""
    at = time(minute // 60, minute % 60)
    today = datetime.combine(local.date(), at, local.tzinfo)
    return today if today > local else datetime.combine(local.date() + timedelta(days=1), at, local.tzinfo)


MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# A mail that was put off, by tries; and the pause for all of them while the server itself is not well.
_AGAIN = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR)
_SOON = (MINUTE / 3, MINUTE, 2 * MINUTE)
_DOWN = (MINUTE / 2, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 30 * MINUTE)
GIVE_UP = timedelta(days=2)
LEASE = 10 * MINUTE


def again_in(tries: int, *, hurry: bool = False) -> timedelta:
    """How long a mail rests after so many tries; what somebody waits for in front of a screen rests shorter."""
    steps = _SOON if hurry else _AGAIN
    return steps[min(max(tries, 1), len(steps)) - 1]


def rest_of(tries: int) -> timedelta:
    """How long a server rests that was not well so many times in a row."""
    return _DOWN[min(max(tries, 1), len(_DOWN)) - 1]


def minute_of(text: str) -> int:
    """The minute of the day that "08:30" names. Raises ValueError."""
    at = time.fromisoformat(text.strip())
    return at.hour * 60 + at.minute


def hours_of(text: str) -> Quiet:
    """The quiet hours that "21:00-07:00" names; nothing means none. Raises ValueError."""
    if not text.strip():
        return Quiet(0, 0)
    start, _mark, end = text.partition("-")
    return Quiet(minute_of(start), minute_of(end))

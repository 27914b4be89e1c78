"""The tick of the ladders: every rung whose time has come is fired, once, by the system.

What is due is found by the index of `next_rung_at` alone. What is to happen is worked out without any lock; then a
short transaction takes the matters of a batch that nobody has touched since, and writes entries, word to be sent and
the next rungs, a statement each. A matter that goes up a level makes the move `hand_up` like any other move. An act
in between wins: its matter is found again when its next rung is due.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from mulin.journal.face import Draft, Subject, record_many
from mulin.kernel.db.updating import native_key, update_rows
from mulin.kernel.log import where
from mulin.kernel.refusals import Conflict, Refusal
from mulin.kernel.worktime import TooLittleTime
from mulin.matters.actions.act import act
from mulin.matters.actions.telling import tell_of
from mulin.matters.models import Matter
from mulin.matters.queries.ladders import Kinds
from mulin.matters.rules.case import Given
from mulin.matters.rules.clocks import Running
from mulin.matters.rules.ladder import Rung, next_at, passed, told_at
from mulin.matters.rules.limits import Clock
from mulin.matters.rules.moves import find
from mulin.matters.rules.telling import Audience
from mulin.matters.rules.who import COUNTY
from mulin.places.face import Calendars, Level, calendars
from mulin.posts.face import Who

REMINDED = "matter.reminded"
MOST = 2000  # in one tick; then the worker's other jobs have their turn
BATCHES = {"sqlite": 50, "postgresql": 250}
BREATH = 0.004  # seconds between two batches on SQLite, in which somebody else gets the lock
AGAIN = timedelta(minutes=10)
UNTOLD = (
    Audience.TURN,
    Audience.SUPERIOR,
)  # whom a rung reminds that only hands up, where there is no level above

log = logging.getLogger("mulin.ladder")


class Due(NamedTuple):
    """A matter whose next rung is due, as it was found."""

    id: UUID
    version: int
    rung: int
    next_rung_at: datetime
    state: str
    urgent: bool
    held_level: int
    type: UUID
    place: str
    turn: UUID | None
    area: str | None
    clock: str
    since: datetime | None
    used: timedelta
    extra: timedelta
    supervised: int

    @property
    def running(self) -> Running | None:
        return Running(Clock(self.clock), self.since, self.used, self.extra) if self.clock else None

    @property
    def can_rise(self) -> bool:
        """Never above the county, and what was handled is being checked: there it only reminds."""
        return self.held_level > COUNTY and find("hand_up", self.state, self.held_level) is not None


_COLUMNS = (
    "id", "version", "rung", "next_rung_at", "state", "urgent", "held_level", "type_id", "place", "turn_id",
    "turn__area__path", "due_clock", "due_from", "due_used", "due_extra", "supervise_count",
)  # fmt: skip


@dataclass(frozen=True)
class Climb:
    """What comes of it: the rungs that remind, whom the last of them reminds, and what is next.

    Where it is then handed up, `instead` is the reminder for the case that there is no level above.
    """

    due: Due
    rungs: tuple[Rung, ...]
    tells: tuple[str, ...]
    next_at: datetime | None
    instead: Climb | None = None

    @property
    def reached(self) -> int:
        return self.rungs[-1].percent if self.rungs else self.due.rung

    @property
    def writes(self) -> bool:
        return bool(self.rungs) or self.instead is None

    def drafts(self, by: Who, now: datetime) -> Iterator[Draft]:
        for rung in self.rungs:
            tells = self.tells if rung is self.rungs[-1] else ()
            facts: dict[str, Any] = {"percent": rung.percent, "tells": tells, "turn": self.due.turn}
            yield Draft(REMINDED, Subject("matter", self.due.id), by.actor(), now, facts)


@dataclass
class Ticked:
    """What one tick did; `longest` is the longest that a transaction of many was open, in seconds."""

    found: int = 0
    reminded: int = 0
    handed_up: int = 0
    longest: float = 0.0
    batches: list[float] = field(default_factory=list)


def climb(*, by: Who, now: datetime) -> int:
    """Fire what is due; returns how many matters were found."""
    return tick(by=by, now=now).found


def tick(*, by: Who, now: datetime, most: int = MOST) -> Ticked:
    """One round: the emergencies first, all others in the order in which they were due."""
    done = Ticked()
    rows = sorted(found(now, most), key=lambda due: not due.urgent)
    if not rows:
        return done
    done.found = len(rows)
    kinds, book = Kinds.read(row.type for row in rows), calendars()
    size = BATCHES[connection.vendor]
    for start in range(0, len(rows), size):
        climbs = [_worked_out(row, kinds, book, now) for row in rows[start : start + size]]
        begun = time.monotonic()
        done.reminded += _written([each for each in climbs if each.writes], by, now)
        done.batches.append(time.monotonic() - begun)
        done.handed_up += sum(_handed_up(each, by, now) for each in climbs if each.instead)
        if connection.vendor == "sqlite" and start + size < len(rows):
            time.sleep(BREATH)
    done.longest = max(done.batches)
    return done


def found(now: datetime, most: int) -> list[Due]:
    """What is due, by the index of the next rungs."""
    rows = Matter.objects.filter(next_rung_at__lte=now).order_by("next_rung_at")
    return [Due._make(row) for row in rows.values_list(*_COLUMNS)[:most]]


def _worked_out(due: Due, kinds: Kinds, book: Calendars, now: datetime) -> Climb:
    """Compute; nothing is written. Where nothing has come yet, only the next rung is set right."""
    running, facts = due.running, kinds.facts[due.type]
    if running is None or due.turn is None:
        return Climb(due, (), (), None)
    rungs, limit = facts.ladder(running.clock), facts.limit(running.clock)
    calendar = book.at(due.area or due.place[: Level.TOWN])
    try:
        came = passed(running, due.rung, rungs, limit, calendar, now)
        reached = came[-1].percent if came else due.rung
        after = next_at(running, reached, rungs, limit, calendar)
        if came and came[-1].hand_up and due.can_rise:
            return _rising(due, came, after)
        return Climb(due, came, _tells(came, due), after)
    except TooLittleTime:  # a calendar without working days: the next act, or another calendar, sets it again
        return Climb(due, (), (), None)


def _rising(due: Due, came: tuple[Rung, ...], after: datetime | None) -> Climb:
    """Whoever gets it then is told of that; what was missed before is only written down."""
    before, last = came[:-1], came[-1:]
    there = due._replace(rung=before[-1].percent if before else due.rung)
    return Climb(due, before, (), due.next_rung_at, Climb(there, last, _tells(last, due), after))


def _tells(came: Sequence[Rung], due: Due) -> tuple[str, ...]:
    """What was missed meanwhile is told once, to all of them."""
    told = told_at(came, supervised=due.supervised > 0)
    return told or (UNTOLD if came and came[-1].hand_up else ())


def _written(climbs: Sequence[Climb], by: Who, now: datetime) -> int:
    """Write a batch in one short transaction; returns how many of its rungs were fired."""
    if not climbs:
        return 0
    with transaction.atomic():
        mine = _taken(climbs)
        drafts = [draft for each in mine for draft in each.drafts(by, now)]
        entries = record_many(drafts) if drafts else []
        tell_of(
            [entry for entry, draft in zip(entries, drafts, strict=True) if draft.facts["tells"]], now=now
        )
        rows = [(each.reached, each.next_at, native_key(each.due.id)) for each in mine]
        update_rows(Matter, ("rung", "next_rung_at"), ("id",), rows)
    return len(drafts)


def _taken(climbs: Sequence[Climb]) -> list[Climb]:
    """Those that are still as they were found; whatever somebody else is just at is left to them."""
    seen = ("pk", "version", "rung", "next_rung_at")
    rows = Matter.objects.filter(pk__in=[each.due.id for each in climbs])
    free = set(rows.select_for_update(skip_locked=True, no_key=True).values_list(*seen))
    return [each for each in climbs if each.due[:4] in free]


def _handed_up(each: Climb, by: Who, now: datetime) -> int:
    """Pass it up a level, like any move; 1 if it went up. Where that is impossible, the rung reminds."""
    try:
        matter = Matter.objects.get(pk=each.due.id, rung=each.reached)
        act(matter, "hand_up", given=Given(), by=by, now=now, version=each.due.version)
    except (Conflict, Matter.DoesNotExist):  # somebody acted in between: theirs stands
        return 0
    except Refusal:
        _written([each.instead] if each.instead else [], by, now)
        return 0
    except Exception as error:
        _later(each, now, where(error))
        return 0
    return 1


def _later(each: Climb, now: datetime, why: str) -> None:
    """One matter that cannot be handed up does not hold up the others, nor is it tried at every tick."""
    log.error("the matter %s could not be handed up; it is tried again later\n%s", each.due.id, why)
    same = Matter.objects.filter(pk=each.due.id, version=each.due.version)
    same.update(next_rung_at=now + AGAIN)

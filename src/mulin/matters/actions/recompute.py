"""A calendar or a limit changed: every open due date is worked out anew, in short steps, while others work on.

The worker calls `recompute_due` in each round. It sees that something changed, waits until nobody has changed
anything for a moment, and then passes through the open matters in the order of their keys. Where it has come to is
kept, so that it goes on after a stop; changes during a pass make one more. The entry that tells of a moved promise
is written behind the dates (docs/decisions/matters-moved-promises.md).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from mulin.journal.face import Draft, Subject, record, record_many
from mulin.kernel.db.updating import python_key
from mulin.matters.actions import redating
from mulin.matters.actions.redating import Grounds
from mulin.matters.actions.telling import tell_of
from mulin.matters.models import Matter, MovedPromise, Recompute
from mulin.matters.rules.redate import Dated
from mulin.matters.rules.states import LIVE
from mulin.places.face import calendars_mark
from mulin.posts.face import Who

SETTLED = timedelta(
    seconds=5
)  # after the last change: acts under way end meanwhile, several changes make one pass
A_WHILE = 1.0  # seconds of work before the other jobs of the worker have their turn
BREATH = 0.004  # seconds between two batches on SQLite, in which somebody else gets the lock
HELD = {"sqlite": 0.04, "postgresql": 0.2}  # seconds that a batch should hold its locks
SMALLEST, FIRST_SIZE, LARGEST = 20, 200, 4000  # matters a batch
ENTRIES = 100
TRIES = 5
BEGINNING = UUID(int=0)


@dataclass(frozen=True)
class Progress:
    """How far it has come, to be shown."""

    running: bool
    seen: int
    total: int
    begun_at: datetime | None

    @property
    def percent(self) -> int:
        return min(100, self.seen * 100 // self.total) if self.total else 0


@dataclass
class Pace:
    """How many matters make a batch: as many as the machine can write, just now, before others have waited long."""

    size: int = FIRST_SIZE

    def learn(self, held: float) -> None:
        """At most twice as many next time, at least half."""
        change = min(2.0, max(0.5, HELD[connection.vendor] / max(held, 0.001)))
        self.size = min(LARGEST, max(SMALLEST, int(self.size * change)))


_pace: dict[str, Pace] = {}  # learned by this worker, kept from round to round


def ask_recompute(now: datetime) -> None:
    """Say, in the transaction of the change, that due dates depend on what was changed."""
    _the_one()
    Recompute.objects.update(wanted=F("wanted") + 1, asked_at=now)


def recompute_progress() -> Progress:
    """Whether due dates are being worked out anew, and how far that has come: one statement."""
    row = Recompute.objects.first()
    if row is None:
        return Progress(running=False, seen=0, total=0, begun_at=None)
    running = row.cursor is not None or row.wanted != row.done
    return Progress(running, row.seen if row.cursor else 0, row.total, row.begun_at)


def recompute_due(*, by: Who, now: datetime) -> int:
    """Do a while of what is due; returns how many matters were seen or entries written."""
    row = _noticed(_the_one(), now)
    if row.cursor is None and row.wanted != row.done:
        if row.asked_at and now - row.asked_at < SETTLED:
            return 0
        row = _begun(row, now)
    if row.cursor is not None:
        return _passed(row, by, now)
    return tell_moved(by=by, now=now)


def _the_one() -> Recompute:
    return Recompute.objects.first() or Recompute.objects.get_or_create(only=True)[0]


def _noticed(row: Recompute, now: datetime) -> Recompute:
    """Look whether calendars have changed since."""
    mark = calendars_mark()
    if mark != row.calendars:
        changed = Recompute.objects.filter(pk=row.pk, calendars=row.calendars)
        if row.calendars is None:
            changed = Recompute.objects.filter(pk=row.pk, calendars__isnull=True)
        changed.update(calendars=mark, wanted=F("wanted") + 1, asked_at=now)
        row.refresh_from_db()
    return row


def _begun(row: Recompute, now: datetime) -> Recompute:
    total = Matter.objects.filter(state__in=LIVE).count()
    Recompute.objects.filter(pk=row.pk, cursor=None).update(
        cursor=BEGINNING, doing=F("wanted"), begun_at=now, total=total, seen=0, moved=0
    )
    row.refresh_from_db()
    return row


def _passed(row: Recompute, by: Who, now: datetime) -> int:
    """Batches for a while."""
    grounds, until, seen = Grounds.read(), time.monotonic() + A_WHILE, 0
    pace = _pace.setdefault(connection.vendor, Pace())
    while row.cursor is not None:
        rows = redating.open_matters(row.cursor, pace.size)
        if not rows:
            _ended(row, by, now)
            break
        if not _stepped(row, rows, grounds, pace):
            break  # another worker is doing the same
        seen += len(rows)
        if time.monotonic() >= until:
            break
        if connection.vendor == "sqlite":
            time.sleep(BREATH)
    return seen


def _stepped(row: Recompute, rows: list[Dated], grounds: Grounds, pace: Pace) -> bool:
    """One batch: computed without a lock, written in a short transaction together with the cursor."""
    last = python_key(rows[-1].id)
    for _ in range(TRIES):
        batch = redating.worked_out(rows, grounds)
        with transaction.atomic():
            begun = time.monotonic()
            done = redating.written(batch)
            won = done and _moved_on(row, last, len(rows), len(batch.matters))
            transaction.set_rollback(not won)
        if batch.matters:
            pace.learn(time.monotonic() - begun)
        if done:
            return won
        rows = redating.again(each.id for each in rows)
    return _one_at_a_time(row, rows, last, grounds)


def _one_at_a_time(row: Recompute, rows: list[Dated], last: UUID, grounds: Grounds) -> bool:
    """Where people are busy in this very batch: each matter under its lock."""
    moved = 0
    for each in rows:
        with transaction.atomic():
            Matter.objects.select_for_update(no_key=True).filter(pk=python_key(each.id)).first()
            batch = redating.worked_out(redating.again([each.id]), grounds)
            redating.written(batch)
            moved += len(batch.matters)
    return _moved_on(row, last, len(rows), moved)


def _moved_on(row: Recompute, last: UUID, seen: int, moved: int) -> bool:
    """Keep where it has come to; False where another worker was faster."""
    values = {"seen": row.seen + seen, "moved": row.moved + moved}
    won = Recompute.objects.filter(pk=row.pk, cursor=row.cursor).update(cursor=last, **values)
    row.cursor, row.seen, row.moved = last, values["seen"], values["moved"]
    return won == 1


def _ended(row: Recompute, by: Who, now: datetime) -> None:
    """The pass is over. One entry says what it did; changes since it began make another pass."""
    with transaction.atomic():
        over = Recompute.objects.filter(pk=row.pk, cursor=row.cursor)
        if over.update(cursor=None, done=F("doing"), total=row.seen) == 1:
            facts = {"seen": row.seen, "moved": row.moved}
            record("matters.redated", Subject("recompute", row.pk), by=by.actor(), at=now, facts=facts)


def tell_moved(*, by: Who, now: datetime) -> int:
    """Write the entries of promises that moved: the reporter reads them on the matter's page."""
    waiting = {row.pk: row.was for row in MovedPromise.objects.order_by("pk")[:ENTRIES]}
    if not waiting:
        return 0
    with transaction.atomic():
        locked = MovedPromise.objects.select_for_update(skip_locked=True).filter(pk__in=waiting)
        was = dict(locked.values_list("pk", "was"))
        stands = Matter.objects.filter(pk__in=was).values_list("pk", "promise_at")
        drafts = [
            Draft(
                "matter.promise_moved", Subject("matter", pk), by.actor(), now,
                {"was": was[pk].isoformat(), "promise": promise.isoformat()},
            )
            for pk, promise in sorted(stands)
            if promise != was[pk]
        ]  # fmt: skip
        if drafts:
            tell_of(record_many(drafts), now=now)
        MovedPromise.objects.filter(pk__in=was).delete()
    return len(was)

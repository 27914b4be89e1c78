"""Word to be sent after an act: a row of the same transaction, sent later, by whoever comes first, at least once."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from mulin.journal.models import Entry, Outbox
from mulin.journal.rules import Subject

LEASE = timedelta(minutes=5)


def outbox_add(kind: str, subject: Subject, entry: Entry | None, to: UUID | None, due_at: datetime) -> Outbox:
    """Put something to be told into the outbox. `to` is the bare id of the receiver, if there is one."""
    return Outbox.objects.create(
        kind=kind, subject_kind=subject.kind, subject=subject.id, entry=entry, to=to, due_at=due_at
    )


def outbox_due(now: datetime, *, limit: int = 50, lease: timedelta = LEASE) -> list[Outbox]:
    """Take what is due. Nobody else gets a taken row before its lease is over; so a worker that dies loses none."""
    due = Outbox.objects.filter(done_at=None, due_at__lte=now).order_by("due_at", "id")[:limit]
    return [row for row in due if _take(row, now + lease)]


def _take(row: Outbox, until: datetime) -> bool:
    mine = Outbox.objects.filter(id=row.id, done_at=None, due_at=row.due_at, tries=row.tries)
    taken = mine.update(due_at=until, tries=F("tries") + 1) == 1
    row.due_at, row.tries = until, row.tries + 1
    return taken


def outbox_done(row: Outbox, at: datetime) -> None:
    """It was sent."""
    Outbox.objects.filter(id=row.id).update(done_at=at)


def outbox_later(row: Outbox, due_at: datetime) -> None:
    """It could not be sent; try again at `due_at`. `row.tries` says how often it was tried."""
    Outbox.objects.filter(id=row.id, done_at=None).update(due_at=due_at)

"""Word to be sent after an act: a row of the same transaction, sent later, by whoever comes first, at least once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from mulin.journal.models import Entry, Outbox
from mulin.journal.rules import Subject
from mulin.kernel.db import rows

ONE_STATEMENT = 100  # rows; more are stored in batches
LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class OutboxDraft:
    """Something to be told. Without `to`, who is told is worked out when it is sent."""

    kind: str
    subject: Subject
    entry: Entry | None
    due_at: datetime
    to: UUID | None = None


def outbox_add(kind: str, subject: Subject, entry: Entry | None, to: UUID | None, due_at: datetime) -> Outbox:
    """Put something to be told into the outbox. `to` is the bare id of the receiver, if there is one."""
    return outbox_add_many([OutboxDraft(kind, subject, entry, due_at, to)])[0]


def outbox_add_many(drafts: Iterable[OutboxDraft]) -> list[Outbox]:
    """Put all of these into the outbox, in one statement; in none where there is nothing to tell."""
    made = [
        Outbox(
            kind=draft.kind,
            subject_kind=draft.subject.kind,
            subject=draft.subject.id,
            entry=draft.entry,
            to=draft.to,
            due_at=draft.due_at,
        )
        for draft in drafts
    ]
    if len(made) > ONE_STATEMENT:
        return Outbox.objects.bulk_create(made)
    rows.insert(*made)
    return made


def outbox_due(now: datetime, *, limit: int = 50, lease: timedelta = LEASE) -> list[Outbox]:
    """Take what is due. Nobody else gets a taken row before its lease is over; so a worker that dies loses none."""
    due = Outbox.objects.filter(done_at=None, due_at__lte=now)
    if not due.exists():
        return []
    with transaction.atomic():
        # On SQLite the transaction itself keeps the others out.
        taken = list(due.order_by("due_at", "id").select_for_update(skip_locked=True)[:limit])
        mine = Outbox.objects.filter(id__in=[row.id for row in taken])
        mine.update(due_at=now + lease, tries=F("tries") + 1)
    for row in taken:
        row.due_at, row.tries = now + lease, row.tries + 1
    return taken


def outbox_done(row: Outbox, at: datetime) -> None:
    """It was sent."""
    outbox_done_many([row], at)


def outbox_done_many(rows: Sequence[Outbox], at: datetime) -> None:
    """They were sent."""
    Outbox.objects.filter(id__in=[row.id for row in rows]).update(done_at=at)


def outbox_later(row: Outbox, due_at: datetime) -> None:
    """It could not be sent; try again at `due_at`. `row.tries` says how often it was tried."""
    Outbox.objects.filter(id=row.id, done_at=None).update(due_at=due_at)


def outbox_waiting(limit: int) -> list[Outbox]:
    """What is still to be sent, the oldest first, without taking it: for whoever looks ahead."""
    return list(Outbox.objects.filter(done_at=None).order_by("due_at", "id")[:limit])

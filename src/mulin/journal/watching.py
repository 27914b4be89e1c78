"""What whoever watches the machine wants to know of the journal."""

from __future__ import annotations

from datetime import datetime

from mulin.journal.models import Entry, Feed, Outbox


def newest_entry_at() -> datetime | None:
    """When the newest line was written: a clock that is behind it was set back."""
    return Entry.objects.order_by("-id").values_list("at", flat=True).first()


def newest_entry_id() -> str:
    """The newest line itself: another one, and something has happened. Ids of several processes may cross for a moment,
    so whoever keeps something under it keeps it for a short time only.
    """
    found = Entry.objects.order_by("-id").values_list("id", flat=True).first()
    return found.hex if found else ""


def outbox_behind(now: datetime) -> tuple[int, datetime | None]:
    """How many messages are due, and since when the oldest is."""
    due = Outbox.objects.filter(done_at=None, due_at__lte=now)
    return due.count(), due.order_by("due_at").values_list("due_at", flat=True).first()


def feed_behind() -> int:
    """How many lines have no position yet."""
    return Feed.objects.filter(position=None).count()

"""Marking messages as read. Read or not is the reader's own affair and no act: the journal says nothing of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from mulin.channels.models import Message
from mulin.kernel.refusals import NotYours
from mulin.posts.face import Who


def mark_read(id: UUID, *, by: Who, now: datetime) -> Message:
    """Mark one of one's own, with what lies within it; reading it twice changes nothing."""
    message = (
        Message.objects.filter(to=by.user, sent_at__isnull=False)
        .select_related("matter__type", "reporter")
        .filter(pk=id)
        .first()
    )
    if by.user is None or message is None:
        raise NotYours
    Message.objects.filter(pk=id).unread().update(read_at=now)
    Message.objects.filter(within=id).unread().update(read_at=now)
    return message


def mark_all_read(*, by: Who, now: datetime) -> int:
    """Mark everything that was sent up to now; returns how many one saw as unread."""
    mine = Message.objects.filter(to=by.user, sent_at__lte=now).unread()
    mine.filter(within__isnull=False).update(read_at=now)
    return mine.update(read_at=now)

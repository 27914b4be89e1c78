"""The worker's round, and what somebody then finds in their inbox."""

from __future__ import annotations

from datetime import datetime, timedelta

from mulin.channels.face import Message, send
from mulin.channels.queries.inbox import Told, inbox
from mulin.journal.face import Outbox
from mulin.matters.face import Matter
from tests.matters.world import NOW, the

NIGHT = NOW.replace(hour=23)
MORNING = NOW.replace(hour=8, minute=30) + timedelta(days=1)


def work(now: datetime = NOW) -> int:
    """Rounds until nothing is left; returns how much was done."""
    done = 0
    while some := send(now):
        done += some
    return done


def told(username: str, now: datetime = NOW) -> list[Told]:
    """The inbox of one of the cast, newest first."""
    return inbox(the(username, now)).rows


def kinds_told(username: str, matter: Matter) -> list[str]:
    """The kinds of message that they were shown about this matter, oldest first."""
    mine = Message.objects.filter(to=the(username).user, matter=matter, sent_at__isnull=False)
    return list(mine.order_by("created_at", "seq").values_list("kind", flat=True))


def kinds_to_reporters(matter: Matter) -> list[str]:
    mine = Message.objects.filter(reporter__matter=matter, sent_at__isnull=False)
    return list(mine.order_by("created_at", "seq").values_list("kind", flat=True))


def in_outbox(matter: Matter) -> list[str]:
    return list(Outbox.objects.filter(subject=matter.pk).order_by("id").values_list("kind", flat=True))

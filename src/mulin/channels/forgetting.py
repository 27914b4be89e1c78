"""What is forgotten in time: messages and the mails that carried them. The journal says that it ran."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mulin.channels.models import Letter, Mail, Message
from mulin.channels.models.mail import OPEN
from mulin.journal.face import Actor, Sweep, register_sweep


def declare() -> None:
    """Say how messages and mails are forgotten; called when the application starts."""
    register_sweep("messages", Sweep(
        "outbox", _("Messages"), _("Older ones are deleted, read or not."),
        lambda before: _old_messages(before).count(), _drop_messages,
    ))  # fmt: skip
    register_sweep("mails", Sweep(
        "outbox", _("Mails"), _("What is known of older ones is deleted; their words are gone already."),
        lambda before: _old_mails(before).count(), _drop_mails,
    ))  # fmt: skip


def _old_messages(before: datetime) -> QuerySet[Message]:
    """Not what still waits."""
    return Message.objects.filter(created_at__lt=before).exclude(sent_at=None, why="")


def _drop_messages(before: datetime, most: int, by: Actor, now: datetime) -> int:  # noqa: ARG001 - a sweep's signature
    oldest = list(_old_messages(before).order_by("created_at", "id").values_list("pk", flat=True)[:most])
    Letter.objects.filter(message__in=oldest).delete()
    Message.objects.filter(within__in=oldest).update(within=None)
    return Message.objects.filter(pk__in=oldest).delete()[0]


def _old_mails(before: datetime) -> QuerySet[Mail]:
    return Mail.objects.filter(created_at__lt=before, letters=None).exclude(stage__in=OPEN)


def _drop_mails(before: datetime, most: int, by: Actor, now: datetime) -> int:  # noqa: ARG001 - a sweep's signature
    oldest = list(_old_mails(before).order_by("created_at", "id").values_list("pk", flat=True)[:most])
    return Mail.objects.filter(pk__in=oldest).delete()[0]

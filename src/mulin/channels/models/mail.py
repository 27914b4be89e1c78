"""Mail: who wants it and where, which messages are to go out, and each mail on its way over the wire."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q

from mulin.channels.models.message import LANGUAGES, Message
from mulin.channels.rules.mailing import MINUTES_A_DAY, Pace
from mulin.kernel.fields import BlindIndex, EncryptedText, ShortText
from mulin.kernel.models import Record

ADDRESS_CONTEXT = "mail.address"


class Mailbox(Record):
    """How somebody wants to be told by mail. Staff prove their address here; a resident's is kept by their account.

    `bounced` is the blind index of an address that does not exist: nothing goes there, until it is another.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("user", "address", "asked", "bounced")
    RETENTION: ClassVar[str] = "person"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mailbox")
    address = EncryptedText(context=ADDRESS_CONTEXT, default="")
    asked = EncryptedText(context=ADDRESS_CONTEXT, default="")  # given, and not yet proved by its code
    code_hash = ShortText(limit=64, default="")
    code_until = models.DateTimeField(null=True)
    wrong = models.SmallIntegerField(default=0)
    pace = ShortText(limit=10, choices=[(each.value, each.value) for each in Pace], default=Pace.EACH.value)
    quiet_from = models.SmallIntegerField(null=True)  # minutes of the day; empty: the town's own
    quiet_to = models.SmallIntegerField(null=True)
    bounced = BlindIndex(default="", db_index=False)
    bounces = models.SmallIntegerField(default=0)

    user_id: UUID

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | Q(quiet_from__range=(0, MINUTES_A_DAY - 1), quiet_to__range=(0, MINUTES_A_DAY - 1)),
                name="mailbox_quiet_hours",
            )
        ]


class MailStage(models.TextChoices):
    """Where a mail stands. Until `handing` the server has not had all of it, and it may be tried again."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    HANDING = "handing"
    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"  # the server had all of it and never answered: not sent again, lest it come twice
    DROPPED = "dropped"  # no longer wanted, or too late to be of use


OPEN = (MailStage.WAITING, MailStage.CLAIMED, MailStage.HANDING)


class Mail(Record):
    """One mail. Its id makes its Message-ID, the same at each try. Address and words are emptied when it is over.

    `due_at` is when it is tried next, and while somebody has it, until when they have it.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("user", "address", "address_index", "subject", "body")
    RETENTION: ClassVar[str] = "outbox"
    MACHINERY: ClassVar[bool] = True

    kind = ShortText(limit=10)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="mails")
    address = EncryptedText(context=ADDRESS_CONTEXT, default="")
    address_index = BlindIndex(default="", db_index=False)  # where it went, to know what a bounce is about
    subject = EncryptedText(context="mail.subject", default="")
    body = EncryptedText(context="mail.body", default="")
    language = ShortText(limit=10, choices=LANGUAGES)
    priority = models.SmallIntegerField(default=2)
    stage = ShortText(limit=10, choices=MailStage.choices, default=MailStage.WAITING.value)
    due_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    why = ShortText(limit=20, default="")
    status = ShortText(
        limit=20, default=""
    )  # the server's figures, never its words: they may quote the address
    bounced_at = models.DateTimeField(null=True)

    user_id: UUID | None

    class Meta:
        indexes = [
            Index(fields=["priority", "due_at"], condition=Q(stage__in=OPEN), name="mail_open"),
            Index(fields=["-created_at", "-id"], name="mail_newest"),
        ]

    @property
    def is_over(self) -> bool:
        return self.stage not in OPEN


class Letter(Record):
    """A message that is to go out by mail as well. One for each message, and in one mail at most: so never twice."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("user",)
    RETENTION: ClassVar[str] = "outbox"
    MACHINERY: ClassVar[bool] = True

    message = models.OneToOneField(Message, models.PROTECT, related_name="letter")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="letters", db_index=False)
    due_at = models.DateTimeField()
    mail = models.ForeignKey(Mail, models.PROTECT, null=True, related_name="letters")
    why = ShortText(limit=20, default="")  # why it was not mailed after all

    user_id: UUID
    message_id: UUID

    class Meta:
        indexes = [
            Index(fields=["due_at"], condition=Q(mail__isnull=True, why=""), name="letter_waiting"),
        ]


class Relay(Record):
    """How the mail server does: one row. While it is down nothing is tried before `next_at`."""

    RETENTION: ClassVar[str] = "machinery"
    MACHINERY: ClassVar[bool] = True

    name = ShortText(limit=10, unique=True)
    down_since = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    why = ShortText(limit=20, default="")
    status = ShortText(limit=20, default="")
    well_at = models.DateTimeField(null=True)  # when it last took a mail

"""Messages to people, a town's own texts of them, and what somebody does not want to be told."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint
from django.utils.translation import get_language

from mulin.channels.queries.querysets import MessageQuerySet
from mulin.channels.rules.texts import TEXT_LIMIT
from mulin.kernel.fields import ShortText
from mulin.kernel.models import Record
from mulin.matters.face import Matter, Reporter
from mulin.places.face import Area

KIND_LIMIT = 40
STORED_LIMIT = 1000  # a text with its fields filled in
LANGUAGES = [("zh-hans", "zh-hans"), ("en", "en")]


class Message(Record):
    """Word to one person, in both languages as it was rendered; `language` is the one they chose.

    `{title}` is left in it: nothing that a resident wrote is stored here. `outbox` and `entry` are bare ids of the
    journal. It waits for `due_at` while `sent_at` is empty; `why` says why it was not sent after all. Of several that
    waited for one person, `within` is the one that they see.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("to", "reporter")
    RETENTION: ClassVar[str] = "outbox"
    MACHINERY: ClassVar[bool] = True

    outbox = models.UUIDField()
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="inbox", db_index=False
    )
    reporter = models.ForeignKey(Reporter, models.PROTECT, null=True, related_name="messages", db_index=False)
    kind = ShortText(limit=KIND_LIMIT)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="messages", db_index=False)
    entry = models.UUIDField(null=True)
    seq = models.IntegerField(default=0)
    seat = models.UUIDField(null=True)
    urgent = models.BooleanField(default=False)
    text = ShortText(limit=STORED_LIMIT)
    text_en = ShortText(limit=STORED_LIMIT)
    language = ShortText(limit=10, choices=LANGUAGES)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    why = ShortText(limit=20, default="")
    within = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts", db_index=False)

    to_id: UUID | None
    matter_id: UUID | None
    reporter_id: UUID | None

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            # Sent at least once, shown once: a worker that died and comes again adds nothing.
            UniqueConstraint(fields=["outbox", "to"], condition=Q(to__isnull=False), name="message_once_to"),
            UniqueConstraint(
                fields=["reporter", "outbox"],
                condition=Q(reporter__isnull=False),
                name="message_once_reporter",
            ),
            CheckConstraint(
                condition=Q(to__isnull=False) | Q(reporter__isnull=False), name="message_to_somebody"
            ),
        ]
        indexes = [
            Index(
                fields=["to", "-sent_at", "-id"],
                condition=Q(sent_at__isnull=False, within__isnull=True),
                name="message_inbox",
            ),
            Index(
                fields=["to"],
                condition=Q(sent_at__isnull=False, within__isnull=True, read_at__isnull=True),
                name="message_unread",
            ),
            Index(fields=["due_at"], condition=Q(sent_at__isnull=True, why=""), name="message_waiting"),
            Index(fields=["within"], condition=Q(within__isnull=False), name="message_parts"),
        ]

    @property
    def words(self) -> str:
        """In the language of the screen; a title is still missing."""
        return self.text_en if get_language() == "en" else self.text


class Template(Record):
    """A town's own text of a kind of message in one language, from one moment to another."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("by",)
    RETENTION: ClassVar[str] = "structure"

    town = models.ForeignKey(Area, models.PROTECT, related_name="message_texts")
    kind = ShortText(limit=KIND_LIMIT)
    language = ShortText(limit=10, choices=LANGUAGES)
    text = ShortText(limit=TEXT_LIMIT)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="message_texts")

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["town", "kind", "language"],
                condition=Q(to_at__isnull=True),
                name="template_one_running",
            ),
            CheckConstraint(
                condition=Q(to_at__isnull=True) | Q(to_at__gte=models.F("from_at")),
                name="template_ends_after_start",
            ),
        ]


class Muted(Record):
    """A kind of message that somebody does not want. Urgent ones come all the same."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("user",)
    RETENTION: ClassVar[str] = "person"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="muted")
    kind = ShortText(limit=KIND_LIMIT)

    class Meta:
        constraints = [UniqueConstraint(fields=["user", "kind"], name="muted_once")]

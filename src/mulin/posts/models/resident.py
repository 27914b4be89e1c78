"""Residents with an account: how they sign in, and from which devices. None of them ever needs one."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from mulin.kernel.fields import BlindIndex, EncryptedText, ShortText
from mulin.kernel.models import Record
from mulin.posts.models.person import User
from mulin.posts.rules.residents import Document, ResidentWay

EMAIL_CONTEXT = "resident.email"
NAME_CONTEXT = "resident.name"
_DOCUMENTS = [(each.value, each.value) for each in Document]
_WAYS = [(each.value, each.value) for each in ResidentWay]


class ResidentAccount(Record):
    """A resident's account. Its `user` holds no post and no password; reports are linked to that.

    `name` is that of the document which somebody of the staff saw; nobody is found by it.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("user", "number", "email", "email_index", "name", "document")
    RETENTION: ClassVar[str] = "person"

    user = models.OneToOneField(User, models.PROTECT, related_name="resident")
    number = ShortText(limit=12)  # printed on each paper: by it a further paper code opens the same account
    email = EncryptedText(context=EMAIL_CONTEXT, default="")
    email_index = BlindIndex(default="")
    name = EncryptedText(context=NAME_CONTEXT, default="")
    document = ShortText(limit=20, choices=_DOCUMENTS, default="")
    seen_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    user_id: UUID

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], name="resident_number_once"),
            models.UniqueConstraint(
                fields=["email_index"], condition=~Q(email_index=""), name="resident_email_once"
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class ResidentCode(Record):
    """A code that lets a resident in, once: sent to an address, or handed over on paper. Only its hash is kept.

    To which address it was sent is nowhere written down: the hash is over the address as well.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("resident", "name", "document")
    RETENTION: ClassVar[str] = "session"

    way = ShortText(limit=10, choices=_WAYS)
    resident = models.ForeignKey(ResidentAccount, models.PROTECT, null=True, related_name="codes")
    changes_email = models.BooleanField(default=False)  # proves a new address instead of letting in
    code = BlindIndex()
    wrong = models.SmallIntegerField(default=0)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="resident_codes")
    seat = models.UUIDField(null=True)
    name = EncryptedText(context=NAME_CONTEXT, default="")
    document = ShortText(limit=20, choices=_DOCUMENTS, default="")
    language = ShortText(limit=10, default="")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    by_id: UUID | None
    resident_id: UUID | None

    class Meta:
        indexes = [
            models.Index(fields=["by", "-created_at"], condition=Q(by__isnull=False), name="resident_code_by")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="resident_code_expires_later"
            ),
            models.CheckConstraint(
                condition=~Q(way=ResidentWay.PAPER.value) | Q(by__isnull=False),
                name="resident_paper_has_issuer",
            ),
        ]

    def is_open_at(self, now: datetime) -> bool:
        return self.used_at is None and self.withdrawn_at is None and now < self.expires_at


class ResidentSession(Record):
    """A device on which a resident is signed in: their sign-in log as well. Only the token's hash is kept."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("resident", "device")
    RETENTION: ClassVar[str] = "session"

    resident = models.ForeignKey(ResidentAccount, models.PROTECT, related_name="sessions")
    hash = ShortText(limit=64)  # SHA-256 of 256 random bits, which no guessing reaches
    way = ShortText(limit=10, choices=_WAYS)
    device = ShortText(limit=20, default="")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    resident_id: UUID

    class Meta:
        indexes = [models.Index(fields=["resident", "-created_at"], name="resident_session_newest")]
        constraints = [models.UniqueConstraint(fields=["hash"], name="resident_session_once")]

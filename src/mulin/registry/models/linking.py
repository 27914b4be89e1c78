"""Whose record a resident's account may read: linked by somebody who saw the document."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from mulin.kernel.fields import ShortText
from mulin.kernel.models import Record
from mulin.posts.face import ResidentAccount
from mulin.registry.codes_asked import Proof
from mulin.registry.models.resident import Resident


class RecordLink(Record):
    """From, to: an account and the record of the same person. One account has one record, and one record one account.

    `linked_by` and `ended_by` are bare UUIDs of users: whoever saw the document, or the resident.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("account", "resident")
    RETENTION: ClassVar[str] = "registry"

    account = models.ForeignKey(ResidentAccount, models.PROTECT, related_name="+")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="links")
    proof = ShortText(limit=10, choices=Proof)
    linked_at = models.DateTimeField()
    linked_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)

    account_id: UUID
    resident_id: UUID

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=Q(ended_at=None), name="link_account_once"),
            models.UniqueConstraint(fields=["resident"], condition=Q(ended_at=None), name="link_record_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("linked_at")), name="link_ends_after_start"
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

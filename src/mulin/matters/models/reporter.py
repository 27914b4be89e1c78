"""Who raised a matter, and how to reach them: apart from the matter, and encrypted."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from mulin.kernel.fields import BlindIndex, EncryptedText, ShortText
from mulin.kernel.models import Record


class ReporterKind(StrEnum):
    ANONYMOUS = "anonymous"
    CONTACT = "contact"  # left a phone number, has no account
    STAFF = "staff"
    RESIDENT = "resident"  # signed in


class Contact(Record):
    """How to reach someone. Showing it is a POST with a purpose, and leaves a Disclosure."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("name", "phone", "phone_index")
    RETENTION: ClassVar[str] = "contact"

    name = EncryptedText(context="contact.name", default="")
    phone = EncryptedText(context="contact.phone", default="")
    phone_index = BlindIndex(default="")
    created_at = models.DateTimeField()


class Reporter(Record):
    """One person's voice in a matter. The code that opens it for them is kept as a keyed hash only."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("code_hash",)
    RETENTION: ClassVar[str] = "matter"

    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="reporters")
    kind = ShortText(limit=12, choices=[(kind.value, kind.value) for kind in ReporterKind])
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="reports")
    contact = models.OneToOneField(Contact, models.PROTECT, null=True, related_name="reporter")
    code_hash = BlindIndex(default="", db_index=False)
    first = models.BooleanField(default=True)
    from_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter"], condition=Q(first=True), name="reporter_one_first")
        ]

"""What the API keeps: the first answer to each Idempotency-Key."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mulin.kernel.fields import BlindIndex, EncryptedText, ShortText
from mulin.kernel.models import Record


class FirstAnswer(Record):
    """The answer that a key got, for a day. It may hold a reporter's code, so it lies encrypted."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("body",)
    RETENTION: ClassVar[str] = "machinery"
    MACHINERY: ClassVar[bool] = True

    key = BlindIndex(unique=True, db_index=False)
    asked = ShortText(limit=64)
    status = models.PositiveSmallIntegerField(null=True)
    kind = ShortText(limit=80, default="")
    body = EncryptedText(context="api.first_answer", quotes=True, default="")
    at = models.DateTimeField(db_index=True)

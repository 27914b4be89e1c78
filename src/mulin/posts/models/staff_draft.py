"""A staff list that was sent in and looked at, and waits for a yes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mulin.kernel.fields import EncryptedText, ShortText
from mulin.kernel.models import Record
from mulin.posts.models.person import User

CONTEXT = "staff_draft.rows"


class StaffDraft(Record):
    """The rows of a list between the dry run and the yes; it goes with the yes, or after a day."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("user", "rows")
    RETENTION: ClassVar[str] = "machinery"
    MACHINERY: ClassVar[bool] = True

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="staff_drafts")
    file = ShortText(limit=120)
    rows = EncryptedText(context=CONTEXT)  # JSON: the phones of many people
    made_at = models.DateTimeField()

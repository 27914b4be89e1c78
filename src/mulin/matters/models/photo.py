"""A photo of a matter: decoded and encoded again, so that it tells nothing but what one sees."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from mulin.kernel.fields import ShortText
from mulin.kernel.models import Record


class Photo(Record):
    """Files lie in the data folder under `file` and `thumb`; they outlive their row by seven days."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("file", "thumb")
    RETENTION: ClassVar[str] = "photo"

    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="photos")
    when = ShortText(limit=8, choices=[("before", "before"), ("after", "after"), ("recheck", "recheck")])
    file = ShortText(limit=120)
    thumb = ShortText(limit=120)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    sha256 = ShortText(limit=64)
    by_reporter = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="photos")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")

"""What the demo remembers of itself."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mulin.kernel.fields import ShortText
from mulin.kernel.models import Record


class DemoTown(Record):
    """That the town in this database is the invented one. Only such a town lets its cast in at one click."""

    RETENTION: ClassVar[str] = "machinery"
    MACHINERY: ClassVar[bool] = True

    size = ShortText(limit=10)
    seed = models.BigIntegerField()
    language = ShortText(limit=10)
    built_at = models.DateTimeField()

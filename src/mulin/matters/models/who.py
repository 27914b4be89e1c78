"""A town's own rows of the table of who does what, each from one date to another."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from mulin.kernel.fields import ShortText
from mulin.kernel.models import Record
from mulin.kernel.stamps import KINDS, Stamped, StampedQuerySet
from mulin.matters.rules.states import Circulation
from mulin.matters.rules.who import Function


class WhoRow(Stamped, Record):
    """Which roles do this in this circulation, in their order. The one without an end is the last."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "structure"
    STAMP: ClassVar[str] = KINDS

    town = models.ForeignKey("places.Area", models.PROTECT, related_name="who_rows")
    circulation = ShortText(limit=8, choices=[(each.value, each.value) for each in Circulation])
    function = ShortText(limit=12, choices=[(each.value, each.value) for each in Function])
    roles = models.JSONField()
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    objects = StampedQuerySet["WhoRow"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "circulation", "function"], condition=Q(to_at=None), name="who_one_running"
            ),
            models.CheckConstraint(
                condition=Q(to_at=None) | Q(to_at__gt=F("from_at")), name="who_ends_after_start"
            ),
        ]

"""A part (承办): a seat's, and a person's, share in a matter."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from mulin.kernel.fields import ShortText
from mulin.kernel.models import Record


class PartKind(StrEnum):
    LEAD = "lead"
    ASSIST = "assist"
    DECIDE = "decide"


class Part(Record):
    """Who handles, assists or decides, from one moment to another. An ended part still gives sight."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "matter"

    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="parts")
    kind = ShortText(limit=8, choices=[(kind.value, kind.value) for kind in PartKind])
    seat = models.ForeignKey("posts.Seat", models.PROTECT, related_name="parts", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="parts")
    given_by = models.ForeignKey("posts.Seat", models.PROTECT, null=True, related_name="parts_given")
    due_at = models.DateTimeField(null=True)
    # What is asked of whoever decides, and how it was answered; on a lead part "meeting": they may not return it.
    ask = ShortText(limit=12, default="")
    answer = ShortText(limit=8, default="")
    amount = models.PositiveSmallIntegerField(null=True)
    until = models.DateTimeField(null=True)
    # The clock behind the due date, as a matter has it for its turn.
    clock_from = models.DateTimeField(null=True)
    used = models.DurationField(default=timedelta)
    extra = models.DurationField(default=timedelta)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(kind=PartKind.LEAD, to_at=None), name="part_one_lead"
            ),
            models.CheckConstraint(
                condition=Q(to_at=None) | Q(to_at__gte=models.F("from_at")), name="part_ends_after_start"
            ),
        ]
        indexes = [
            models.Index(fields=["seat", "matter"], name="part_sight"),
            # the second half of a queue: what I assist in or decide
            models.Index(fields=["seat", "kind", "due_at"], condition=Q(to_at=None), name="part_queue"),
        ]

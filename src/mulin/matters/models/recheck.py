"""A second look at a closed matter, by somebody who does not know who handled it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from mulin.kernel.fields import PastPath, ShortText
from mulin.kernel.models import Record
from mulin.matters.rules.confirmed import Answer


class Recheck(Record):
    """Drawn when the matter was closed, given to a seat that had no part in it. Its words lie in the journal."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "matter"

    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="rechecks")
    seat = models.ForeignKey("posts.Seat", models.PROTECT, related_name="rechecks", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="rechecks")
    place = PastPath()  # where the matter was filed: the figures of an area go by it
    in_time = models.BooleanField()  # closed by the date first promised
    answer = ShortText(limit=12, default="", choices=[(each.value, each.value) for each in Answer])
    drawn_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="recheck_answered_with_answer",
            ),
        ]
        indexes = [
            models.Index(fields=["seat", "due_at"], condition=Q(answered_at=None), name="recheck_queue"),
            models.Index(fields=["drawn_at", "place"], name="recheck_figures"),
        ]

"""The rungs of ladders: when in a turn whom to remind, and when the matter goes up a level."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from mulin.kernel.fields import ShortText
from mulin.kernel.models import Record
from mulin.kernel.stamps import KINDS, Stamped, StampedQuerySet
from mulin.matters.models.type import MatterType
from mulin.matters.rules.ladder import FIRST, LAST, Rung
from mulin.matters.rules.limits import Clock


class MatterRung(Stamped, Record):
    """A rung from one day to another; a running one has no end.

    Without a type it belongs to the ladder that every entry follows which has none of its own; there are two of
    these, one for what is urgent. Without a clock it counts for every clock of a turn.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "structure"
    STAMP: ClassVar[str] = KINDS

    type = models.ForeignKey(MatterType, models.PROTECT, null=True, related_name="rungs")
    urgent = models.BooleanField(default=False)
    clock = ShortText(limit=12, default="")
    percent = models.PositiveSmallIntegerField()
    tells = models.JSONField(default=list)
    hand_up = models.BooleanField(default=False)
    sample = models.BooleanField(default=False)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    objects = StampedQuerySet["MatterRung"].as_manager()

    class Meta:
        ordering = ("percent", "clock")
        constraints = [
            models.CheckConstraint(condition=Q(percent__range=(FIRST, LAST)), name="rung_within_the_ladder"),
            models.UniqueConstraint(
                fields=["type", "clock", "percent"],
                condition=Q(to_at=None, type__isnull=False),
                name="rung_one_running",
            ),
            models.UniqueConstraint(
                fields=["urgent", "clock", "percent"],
                condition=Q(to_at=None, type__isnull=True),
                name="rung_one_running_of_all",
            ),
        ]

    @property
    def rung(self) -> Rung:
        clock = Clock(self.clock) if self.clock else None
        return Rung(self.percent, tuple(self.tells), self.hand_up, clock)

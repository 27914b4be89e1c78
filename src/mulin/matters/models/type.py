"""The public matter list (事项清单): what may be raised, who takes it, until when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language

from mulin.kernel.fields import ShortText
from mulin.kernel.models import Record
from mulin.kernel.stamps import KINDS, Stamped, StampedQuerySet
from mulin.kernel.worktime import Limit, Unit
from mulin.matters.rules.limits import Clock


class MatterTypeQuerySet(StampedQuerySet["MatterType"]):
    def listed(self) -> MatterTypeQuerySet:
        """The entries that one may choose today."""
        return self.filter(level=3, closed_at=None)

    def tree(self) -> MatterTypeQuerySet:
        return self.filter(closed_at=None).order_by("code")


class MatterType(Stamped, Record):
    """An entry of the list, on one of three levels; only the third can be chosen.

    Limits and conditions are samples until a town has set its own.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "structure"
    STAMP: ClassVar[str] = KINDS

    code = ShortText(limit=12, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    level = models.PositiveSmallIntegerField()
    name = ShortText(limit=60)
    name_en = ShortText(limit=120)
    hint = ShortText(limit=400, default="")
    hint_en = ShortText(limit=400, default="")
    words = models.JSONField(default=list)
    family = ShortText(limit=20, default="base")
    start_level = models.PositiveSmallIntegerField(default=15)
    network = ShortText(limit=20, default="")
    urgent = models.BooleanField(default=False)
    danger = ShortText(limit=3, default="")
    public = models.BooleanField(default=False)
    to_grids = models.BooleanField(default=True)
    handlers = models.JSONField(default=list)
    filing = ShortText(limit=400, default="")
    filing_en = ShortText(limit=400, default="")
    closing = ShortText(limit=400, default="")
    closing_en = ShortText(limit=400, default="")
    recurrence_days = models.PositiveSmallIntegerField(default=30)
    # An entry for a time only: with whoever consented to it, and until when.
    temporary = models.BooleanField(default=False)
    valid_until = models.DateTimeField(null=True)
    consented_by = ShortText(limit=200, default="")
    sample = models.BooleanField(default=True)
    closed_at = models.DateTimeField(null=True)

    objects = MatterTypeQuerySet.as_manager()

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self._pick(self.name, self.name_en)

    @property
    def hint_label(self) -> str:
        return self._pick(self.hint, self.hint_en)

    @property
    def filing_label(self) -> str:
        return self._pick(self.filing, self.filing_en)

    @property
    def closing_label(self) -> str:
        return self._pick(self.closing, self.closing_en)

    @staticmethod
    def _pick(chinese: str, english: str) -> str:
        return english if english and get_language() == "en" else chinese


class MatterLimit(Stamped, Record):
    """A limit of a type for one clock, from one day to another. The running one has no end."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "structure"
    STAMP: ClassVar[str] = KINDS

    type = models.ForeignKey(MatterType, models.PROTECT, related_name="limits")
    clock = ShortText(limit=12, choices=[(clock.value, clock.value) for clock in Clock])
    amount = models.PositiveSmallIntegerField()
    unit = ShortText(limit=12, choices=[(unit.value, unit.value) for unit in Unit])
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    objects = StampedQuerySet["MatterLimit"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["type", "clock"], condition=models.Q(to_at=None), name="limit_one_running"
            )
        ]

    @property
    def limit(self) -> Limit:
        return Limit(self.amount, Unit(self.unit))

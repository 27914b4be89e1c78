"""Machinery of working out due dates anew: how far it has come, and which promises moved on the way."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from mulin.kernel.models import Record


class Recompute(Record):
    """One row. `wanted` counts the changes of calendars and limits, `done` those that every due date follows.

    `cursor` is the last matter that a running pass has seen; it begins again where it stopped.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "machinery"
    MACHINERY: ClassVar[bool] = True

    only = models.BooleanField(default=True)
    calendars = models.UUIDField(null=True)  # the mark of calendars that was last looked at
    wanted = models.PositiveIntegerField(default=0)
    doing = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    cursor = models.UUIDField(null=True)
    total = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["only"], name="recompute_once"),
            models.CheckConstraint(condition=Q(only=True), name="recompute_is_the_only"),
        ]


class MovedPromise(Record):
    """A promise that moved and whose entry is still to be written; `id` is the matter's, `was` what it was before."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "machinery"
    MACHINERY: ClassVar[bool] = True

    was = models.DateTimeField()

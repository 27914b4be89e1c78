"""A list of former matters that is taken over: what was uploaded, what its columns mean, what became of its rows."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from mulin.kernel.fields import EncryptedText, ShortText
from mulin.kernel.models import Record


class ImportStage(StrEnum):
    DRAFT = "draft"
    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    DROPPED = "dropped"


class Import(Record):
    """`table` holds the uploaded cells as JSON, encrypted, until they were taken over or given up; then nothing.

    `columns` says which column of the file holds what ({"kind": 3}), `meanings` what a word of theirs is here
    ({"kind": {"路灯": "010301"}}).
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("table",)
    RETENTION: ClassVar[str] = "matter"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports")
    stage = ShortText(
        limit=8, default=ImportStage.DRAFT.value, choices=[(each.value, each.value) for each in ImportStage]
    )
    name = ShortText(limit=120)
    table = EncryptedText(context="import.table", default="")
    columns = models.JSONField(default=dict)
    meanings = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    job = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["by", "-made_at"], name="import_own")]


class Imported(Record):
    """Which matter a row became; `matter` is a bare id, for an undone one is there no more."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "matter"

    source = models.ForeignKey(Import, models.PROTECT, related_name="imported")
    matter = models.UUIDField()
    row = models.PositiveIntegerField()
    former = ShortText(limit=60, default="")
    undone = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "row"], name="import_row_once"),
            models.UniqueConstraint(fields=["matter"], name="import_matter_once"),
        ]
        indexes = [
            models.Index(fields=["former"], condition=Q(undone=False) & ~Q(former=""), name="import_former")
        ]

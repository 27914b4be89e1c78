"""A list of homes or merchants that is taken in, and a list that is taken out."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.fields import EncryptedText, PathField, ShortText
from mulin.kernel.models import Record


class ListKind(TextChoices):
    """What stands in the rows of a list that comes in."""

    HOMES = "homes", _("Households and residents")
    MERCHANTS = "merchants", _("Merchants")


class ImportStage(TextChoices):
    """Where a list on its way in stands."""

    CHECKING = "checking", pgettext_lazy("list", "Being checked")
    REFUSED = "refused", pgettext_lazy("list", "Cannot be read")
    CHECKED = "checked", pgettext_lazy("list", "Checked, not yet taken in")
    RUNNING = "running", pgettext_lazy("list", "Being taken in")
    DONE = "done", pgettext_lazy("list", "Taken in")
    UNDOING = "undoing", pgettext_lazy("list", "Being undone")
    UNDONE = "undone", pgettext_lazy("list", "Undone")
    DROPPED = "dropped", pgettext_lazy("list", "Given up")


class Choice(TextChoices):
    """What is done with somebody who is in the registry already."""

    SKIP = "skip", _("Leave the record as it is")
    UPDATE = "update", _("Bring the record up to date")
    NEW = "new", _("Somebody else: enter them, too")


class HomeImport(Record):
    """A list and what became of it. The list itself lies in its parts, encrypted, until it was taken in or given up.

    `repeats` says what is done with those known already of whom nobody said anything by themselves.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "registry"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="home_imports")
    kind = ShortText(limit=10, choices=ListKind)
    stage = ShortText(limit=8, choices=ImportStage, default=ImportStage.CHECKING)
    name = ShortText(limit=120)
    make_doors = models.BooleanField(default=False)
    leave_out = models.BooleanField(default=False)
    repeats = ShortText(limit=6, choices=Choice, default=Choice.SKIP)
    why = ShortText(limit=400, blank=True, default="")  # what is wrong with the file as a whole
    rows = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    job = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    by_id: UUID

    class Meta:
        indexes = [
            models.Index(fields=["by", "-made_at"], name="home_import_own"),
            models.Index(fields=["made_at"], condition=Q(ended_at=None), name="home_import_open"),
        ]


class HomeImportPart(Record):
    """A piece of the file as it came, or some hundred rows of it as they were read.

    `made` holds the ids of what became of these rows, by kind; without them a list could not be undone.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("content",)
    RETENTION: ClassVar[str] = "registry"
    CLOSED_AT_ONCE: ClassVar[int] = 5  # each is megabytes: `kernel.rotation` holds no more of them

    source = models.ForeignKey(HomeImport, models.CASCADE, related_name="parts")
    raw = models.BooleanField(default=False)
    number = models.PositiveIntegerField()
    content = EncryptedText(context="registry.import", blank=True, default="")
    made = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "raw", "number"], name="home_import_part_once")
        ]


class HomeImportBefore(Record):
    """What a record was before a list brought it up to date: undoing the list restores it, if nobody touched it since.

    `place` is where it lay; `entries` how many lines told of it right after: more tell that somebody did something.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("record", "content")
    RETENTION: ClassVar[str] = "registry"

    source = models.ForeignKey(HomeImport, models.CASCADE, related_name="before")
    row = models.PositiveIntegerField()
    record = models.UUIDField(db_index=True)
    place = PathField()
    entries = models.PositiveIntegerField()
    content = EncryptedText(context="registry.import_before")
    kept_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["source", "row"], name="home_import_before")]


class HomeImportFinding(Record):
    """What is wrong in a cell, or who is known already (`record`, with what is to be done: `choice`)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "registry"

    source = models.ForeignKey(HomeImport, models.CASCADE, related_name="findings")
    row = models.PositiveIntegerField()
    sheet = ShortText(limit=60)
    column = ShortText(limit=4, blank=True, default="")
    code = ShortText(limit=40)
    words = ShortText(limit=400)
    record = models.UUIDField(null=True)
    choice = ShortText(limit=6, choices=Choice, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["source", "row"], name="home_import_finding"),
            models.Index(
                fields=["source", "row"], condition=Q(record__isnull=False), name="home_import_known"
            ),
        ]


class ExportStage(TextChoices):
    """A list that goes out: above a size somebody else agrees first."""

    ASKED = "asked", pgettext_lazy("list", "Waiting for a second person")
    MAKING = "making", pgettext_lazy("list", "Agreed, being made")
    REFUSED = "refused", pgettext_lazy("list", "Refused")
    MADE = "made", pgettext_lazy("list", "Made")


class HomeExport(Record):
    """Who takes which list out, for what, and who agreed. `filters` are the words of the list's address."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("reason",)
    RETENTION: ClassVar[str] = "registry"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="home_exports")
    kind = ShortText(limit=10)
    filters = models.JSONField(default=dict)
    revealed = models.BooleanField(default=False)
    purpose = ShortText(limit=20)
    reason = EncryptedText(context="registry.export", blank=True, default="")
    stage = ShortText(limit=8, choices=ExportStage)
    places = models.JSONField(default=list)  # the areas that it reaches into
    rows = models.PositiveIntegerField(default=0)
    job = models.UUIDField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="home_exports_decided"
    )
    decided_at = models.DateTimeField(null=True)
    note = ShortText(limit=300, blank=True, default="")
    made_at = models.DateTimeField()

    by_id: UUID

    class Meta:
        indexes = [
            models.Index(fields=["by", "-made_at"], name="home_export_own"),
            models.Index(fields=["made_at"], condition=Q(stage="asked"), name="home_export_asked"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("by")), name="home_export_by_another"
            )
        ]

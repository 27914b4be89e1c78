"""A list that was compared with the registry, and what became of each of its rows."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Purpose
from mulin.kernel.fields import EncryptedText, PathField, ShortText
from mulin.kernel.models import Record
from mulin.places.face import Area
from mulin.posts.face import Scope
from mulin.visits.lists.codes import How, ListStage, Outcome, Says
from mulin.visits.lists.querysets import ComparedListQuerySet, ListRowQuerySet
from mulin.visits.models.campaign import Campaign

TITLE_LIMIT = 100
WHY_LIMIT = 200


class ComparedList(Record):
    """`table` holds the uploaded cells, encrypted, until they are compared; then nothing is kept of the numbers.

    `columns` says which column of the file holds what ({"document": 3}). After `until_on` the rows are erased.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("table", "made_by")
    RETENTION: ClassVar[str] = "list"

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("compared with"))
    place = PathField()
    title = ShortText(_("title"), limit=TITLE_LIMIT)
    purpose = ShortText(_("purpose"), limit=10, choices=Purpose)
    why = ShortText(_("what for"), limit=WHY_LIMIT)
    says = ShortText(_("what it means to stand on it"), limit=6, choices=Says)
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    table = EncryptedText(context="list.table", blank=True, default="")
    columns = models.JSONField(default=dict, blank=True)
    rows = models.PositiveIntegerField(default=0)
    stage = ShortText(limit=8, choices=ListStage, default=ListStage.DRAFT)
    job = models.UUIDField(null=True, blank=True)
    campaign = models.ForeignKey(Campaign, models.SET_NULL, null=True, blank=True, related_name="lists")
    until_on = models.DateField(_("erased after"))
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    compared_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    area_id: UUID
    campaign_id: UUID | None
    objects = ComparedListQuerySet.as_manager()

    class Meta:
        verbose_name = _("compared list")
        verbose_name_plural = _("compared lists")
        indexes = [
            models.Index(fields=["place", "-made_at"], name="list_place"),
            models.Index(fields=["until_on"], condition=Q(erased_at=None), name="list_expiring"),
        ]

    @property
    def is_ready(self) -> bool:
        return self.stage == ListStage.READY

    def scope(self) -> Scope:
        """The area with whose registry it is compared."""
        return Scope(paths=(self.place,))


class ListRow(Record):
    """A row of a list (`row`: its number in the file), or somebody of the registry who stands on none (`row` 0).

    `resident` and `household` are bare ids: an erased record needs no look in here. `done_at`: ticked in the grid.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("name", "resident", "household", "done_by")
    RETENTION: ClassVar[str] = "list"

    source = models.ForeignKey(ComparedList, models.CASCADE, related_name="found", db_index=False)
    row = models.PositiveIntegerField(default=0)
    name = EncryptedText(context="list_row.name", blank=True, default="")
    outcome = ShortText(limit=12, choices=Outcome)
    how = ShortText(limit=10, choices=How)
    resident = models.UUIDField(null=True, blank=True)
    household = models.UUIDField(null=True, blank=True)
    place = PathField(blank=True, default="")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.UUIDField(null=True, blank=True)

    source_id: UUID
    objects = ListRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of a list")
        verbose_name_plural = _("rows of lists")
        indexes = [
            models.Index(fields=["source", "outcome", "place", "id"], name="list_row_list"),
            models.Index(fields=["source", "place", "id"], name="list_row_place"),
            models.Index(fields=["source", "household"], name="list_row_home"),
            models.Index(fields=["resident"], condition=Q(resident__isnull=False), name="list_row_resident"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source", "row"], condition=Q(row__gt=0), name="list_row_once"),
            models.UniqueConstraint(
                fields=["source", "resident"], condition=Q(resident__isnull=False), name="list_resident_once"
            ),
        ]

    def scope(self) -> Scope:
        """Where the person lives; of somebody unknown, where the list belongs."""
        return Scope(paths=(self.place or self.source.place,))

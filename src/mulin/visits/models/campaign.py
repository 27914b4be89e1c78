"""A campaign: a task for all grids of an area, from any of the five networks."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import EncryptedText, PathField, ShortText
from mulin.kernel.models import Record
from mulin.places.face import Area
from mulin.posts.face import Scope
from mulin.registry.face import Household, Merchant
from mulin.visits.codes import CampaignStage, DoneBy, Network, TaskStage, Whom
from mulin.visits.models.visit import Visit
from mulin.visits.queries.campaigns import CampaignQuerySet, CampaignTaskQuerySet

TITLE_LIMIT = 100


class Campaign(Record):
    """What, whom, until when. `chosen` holds the choice of households or merchants, as `rules.choosing` reads it.

    The words are the organiser's own and name nobody: they are shown to all grids.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("set_by",)
    RETENTION: ClassVar[str] = "structure"

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("where"))
    place = PathField()
    network = ShortText(_("network"), limit=12, choices=Network)
    title = ShortText(_("what it is about"), limit=TITLE_LIMIT)
    text = ShortText(_("what is to be done"), limit=2000, blank=True, default="")
    whom = ShortText(_("one task for"), limit=12, choices=Whom)
    done_by = ShortText(_("settled"), limit=10, choices=DoneBy, default=DoneBy.TICK)
    chosen = models.JSONField(default=dict, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    stage = ShortText(limit=10, choices=CampaignStage, default=CampaignStage.RUNNING)
    set_at = models.DateTimeField()
    set_by = models.UUIDField(null=True, blank=True)
    seat = models.UUIDField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    area_id: UUID
    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        indexes = [models.Index(fields=["place", "stage"], name="campaign_place")]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="campaign_ends_after_start"),
        ]

    @property
    def is_running(self) -> bool:
        return self.stage == CampaignStage.RUNNING

    def scope(self) -> Scope:
        """The area whose grids it is for."""
        return Scope(paths=(self.place,))


class CampaignTask(Record):
    """What a campaign asks of one grid, household or merchant."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("household", "merchant", "done_by", "note")
    RETENTION: ClassVar[str] = "visit"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="tasks", db_index=False)
    place = PathField()
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="tasks")
    merchant = models.ForeignKey(
        Merchant, models.PROTECT, null=True, blank=True, related_name="tasks", db_index=False
    )
    stage = ShortText(limit=10, choices=TaskStage, default=TaskStage.OPEN)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.UUIDField(null=True, blank=True)
    visit = models.ForeignKey(Visit, models.SET_NULL, null=True, blank=True, related_name="tasks")
    note = EncryptedText(_("note"), context="campaign_task.note", blank=True, default="")

    campaign_id: UUID
    household_id: UUID | None
    merchant_id: UUID | None
    area_id: UUID | None
    objects = CampaignTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = [
            models.Index(fields=["campaign", "place", "id"], name="task_list"),
            models.Index(fields=["place", "stage"], name="task_place"),
            models.Index(fields=["merchant"], condition=Q(merchant__isnull=False), name="task_merchant"),
            models.Index(fields=["done_at"], condition=Q(done_at__isnull=False), name="task_keeping"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(area__isnull=False, household__isnull=True, merchant__isnull=True)
                | Q(area__isnull=True, household__isnull=False, merchant__isnull=True)
                | Q(area__isnull=True, household__isnull=True, merchant__isnull=False),
                name="task_of_exactly_one",
            ),
            models.UniqueConstraint(
                fields=["campaign", "household"],
                condition=Q(household__isnull=False),
                name="task_household_once",
            ),
            models.UniqueConstraint(
                fields=["campaign", "merchant"],
                condition=Q(merchant__isnull=False),
                name="task_merchant_once",
            ),
            models.UniqueConstraint(
                fields=["campaign", "area"], condition=Q(area__isnull=False), name="task_grid_once"
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.stage == TaskStage.OPEN

    def scope(self) -> Scope:
        """Where it is to be done."""
        return Scope(paths=(self.place,))

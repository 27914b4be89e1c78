"""A call at a household or a merchant, planned or done."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import EncryptedText, PathField, ShortText
from mulin.kernel.models import Record
from mulin.matters.face import Matter
from mulin.posts.face import Scope, Seat, User
from mulin.registry.face import Household, Merchant
from mulin.visits.codes import Stage, Way, Why
from mulin.visits.queries.visits import VisitQuerySet

TEXT_LIMIT = 2000


class Visit(Record):
    """Who goes or went where, on whose seat, when; what was said and agreed lies encrypted.

    `place` is where the household or merchant lies (`overlay_place`: the overlay grid that covers a merchant).
    `confirmed` lists what was looked at and found right: "household", "resident:<id>", "resident:<id>:phone".
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("household", "merchant", "person", "said", "agreed", "confirmed")
    RETENTION: ClassVar[str] = "visit"

    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="visits", db_index=False
    )
    merchant = models.ForeignKey(
        Merchant, models.PROTECT, null=True, blank=True, related_name="visits", db_index=False
    )
    place = PathField(_("where"))
    overlay_place = PathField(blank=True, default="")
    person = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="visits", db_index=False,
        verbose_name=_("who goes"),
    )  # fmt: skip
    seat = models.ForeignKey(
        Seat, models.PROTECT, null=True, blank=True, related_name="visits", db_index=False
    )
    stage = ShortText(limit=10, choices=Stage)
    why = ShortText(_("why"), limit=10, choices=Why, default=Why.ROUND)
    way = ShortText(_("how"), limit=10, choices=Way, default=Way.DOOR)
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    visited_at = models.DateTimeField(_("when"), null=True, blank=True)
    said = EncryptedText(_("what was said"), context="visit.said", blank=True, default="")
    agreed = EncryptedText(_("what was agreed"), context="visit.agreed", blank=True, default="")
    confirmed = models.JSONField(default=list, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    household_id: UUID | None
    merchant_id: UUID | None
    person_id: UUID | None
    seat_id: UUID | None
    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        indexes = [
            models.Index(fields=["household", "visited_at"], name="visit_household"),
            models.Index(
                fields=["merchant", "visited_at"],
                condition=Q(merchant__isnull=False),
                name="visit_merchant",
            ),
            models.Index(fields=["place", "visited_at"], name="visit_place"),
            models.Index(fields=["person", "visited_at"], name="visit_person"),
            models.Index(fields=["seat", "planned_on"], condition=Q(stage="planned"), name="visit_planned"),
            models.Index(
                fields=["overlay_place", "visited_at"], condition=~Q(overlay_place=""), name="visit_overlay"
            ),
            models.Index(fields=["recorded_at"], condition=Q(erased_at=None), name="visit_keeping"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(household__isnull=False, merchant__isnull=True)
                | Q(household__isnull=True, merchant__isnull=False),
                name="visit_at_exactly_one",
            ),
            models.CheckConstraint(
                condition=Q(stage="planned", planned_on__isnull=False, visited_at=None)
                | Q(stage__in=["done", "missed"], visited_at__isnull=False)
                | Q(stage="cancelled", visited_at=None),
                name="visit_dates_fit",
            ),
            models.UniqueConstraint(
                fields=["household", "seat"],
                condition=Q(stage="planned", household__isnull=False),
                name="visit_planned_once",
            ),
            models.UniqueConstraint(
                fields=["merchant", "seat"],
                condition=Q(stage="planned", merchant__isnull=False),
                name="visit_merchant_planned_once",
            ),
        ]

    @property
    def is_planned(self) -> bool:
        return self.stage == Stage.PLANNED

    @property
    def is_over(self) -> bool:
        """Somebody went there, and met somebody or nobody."""
        return self.stage in (Stage.DONE, Stage.MISSED)

    @property
    def target(self) -> Household | Merchant:
        found = self.household or self.merchant
        assert found  # noqa: S101 - a constraint of the table
        return found

    def scope(self) -> Scope:
        """Where it was, and the overlay grid that looks after it."""
        return Scope(paths=tuple(path for path in (self.place, self.overlay_place) if path))


class VisitMatter(Record):
    """A matter that was raised from a visit, or that was spoken of there."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "visit"

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="matters", db_index=False)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    raised = models.BooleanField()  # there and then; else it was known before
    at = models.DateTimeField()

    visit_id: UUID
    matter_id: UUID

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "matter"], name="visit_matter_once")]

"""A household, and who lives where from when to when."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import EncryptedText, PathField, ShortText
from mulin.kernel.models import Record
from mulin.posts.face import Scope
from mulin.registry.codes import HouseholdKind, Reason, Relation, ResidenceKind
from mulin.registry.models.dwelling import Dwelling
from mulin.registry.models.kept import Kept
from mulin.registry.models.resident import Resident
from mulin.registry.queries.keeping import HouseholdQuerySet, ResidenceQuerySet


class Household(Kept):
    """People who live together in a dwelling; its members are the open residences that name it."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("number",)
    RETENTION: ClassVar[str] = "registry"

    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="households")
    kind = ShortText(_("kind"), limit=10, choices=HouseholdKind, default=HouseholdKind.FAMILY)
    number = ShortText(_("household number"), limit=30, blank=True, default="")  # of the household register
    from_on = models.DateField(_("since"), null=True, blank=True)
    to_on = models.DateField(_("dissolved"), null=True, blank=True)
    members = models.PositiveSmallIntegerField(default=0)  # open residences; kept by the acts

    dwelling_id: UUID
    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")
        indexes = [
            models.Index(fields=["place", "id"], name="household_place"),
            models.Index(fields=["place", "confirmed_at"], name="household_stale"),
            models.Index(fields=["confirmed_at"], condition=Q(to_on=None), name="household_stalest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number="") & Q(to_on=None), name="household_number_once"
            ),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(from_on=None) | Q(to_on__gte=F("from_on")),
                name="household_ends_after_start",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.to_on is None


class Residence(Record):
    """A person lives in a dwelling, from, to (None: still). Moving out closes it; nothing deletes it.

    `household` and `relation` say with whom; `reason` and `permit` are of those registered elsewhere.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("resident", "permit")
    RETENTION: ClassVar[str] = "registry"

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="residences")
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="residences")
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="residences")
    place = PathField()
    kind = ShortText(_("right to live there"), limit=2, choices=ResidenceKind, default=ResidenceKind.OWN)
    relation = ShortText(_("relation to the householder"), limit=1, choices=Relation, blank=True, default="")
    reason = ShortText(_("reason for living here"), limit=2, choices=Reason, blank=True, default="")
    permit = EncryptedText(_("residence permit"), context="residence.permit", blank=True, default="")
    permit_until = models.DateField(_("permit valid until"), null=True, blank=True)
    main = models.BooleanField(default=True)  # where `Resident.place` points
    from_on = models.DateField(_("since"), null=True, blank=True)
    to_on = models.DateField(_("until"), null=True, blank=True)

    resident_id: UUID
    dwelling_id: UUID
    household_id: UUID | None
    objects = ResidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("residence")
        verbose_name_plural = _("residences")
        indexes = [
            models.Index(fields=["place"], condition=Q(to_on=None), name="residence_place_open"),
            models.Index(fields=["permit_until"], condition=Q(to_on=None), name="residence_permit"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "dwelling"], condition=Q(to_on=None), name="residence_once"
            ),
            models.UniqueConstraint(
                fields=["resident"], condition=Q(to_on=None, main=True), name="residence_one_main"
            ),
            models.UniqueConstraint(
                fields=["household"], condition=Q(to_on=None, relation="0"), name="residence_one_householder"
            ),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(from_on=None) | Q(to_on__gte=F("from_on")),
                name="residence_ends_after_start",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.to_on is None

    def scope(self) -> Scope:
        return Scope(paths=(self.place,))

"""A care need: kept only for a purpose, on a legal basis, for a time, for named readers."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import EncryptedText, ShortText
from mulin.kernel.models import Record
from mulin.posts.face import Seat
from mulin.registry.codes import Basis, Care
from mulin.registry.models.resident import Resident
from mulin.registry.queries.keeping import CareNeedQuerySet


class CareNeed(Record):
    """Nobody reads it but its readers and whoever granted it; after `until_on` nobody, and it is erased.

    `granted_by` is the bare UUID of the member of staff who answered for it.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("resident", "kind", "purpose", "note")
    RETENTION: ClassVar[str] = "care"

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="care_needs")
    kind = ShortText(_("need"), limit=12, choices=Care)
    purpose = EncryptedText(_("what for"), context="care.purpose")
    note = EncryptedText(_("what helps"), context="care.note", blank=True, default="")
    basis = ShortText(_("legal basis"), limit=12, choices=Basis)
    basis_text = ShortText(_("which application, consent or law"), limit=200)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("expires"))
    granted_by = models.UUIDField()
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    resident_id: UUID
    objects = CareNeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("care need")
        verbose_name_plural = _("care needs")
        indexes = [models.Index(fields=["until_on"], condition=Q(erased_at=None), name="care_expiring")]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="care_ends_after_start"),
            models.UniqueConstraint(
                fields=["resident", "kind"], condition=Q(ended_at=None), name="care_once_open"
            ),
        ]


class CareReader(Record):
    """A seat whose holders may read a care need."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "care"

    need = models.ForeignKey(CareNeed, models.CASCADE, related_name="readers")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    seat_id: UUID

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "seat"], name="care_reader_once")]

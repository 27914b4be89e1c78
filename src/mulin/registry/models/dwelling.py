"""A dwelling: a door in a building, on a floor."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import BlindIndex, EncryptedText, ShortText
from mulin.places.face import Area
from mulin.registry.codes import Hazard, Use
from mulin.registry.models.kept import Kept
from mulin.registry.queries.keeping import DwellingQuerySet

OWNER_PHONE = "dwelling.owner_phone"


class Dwelling(Kept):
    """`area` is the unit, or the building where it has none; `number` what stands at the door (302)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("owner_name", "owner_phone", "owner_phone_index")
    RETENTION: ClassVar[str] = "registry"

    area = models.ForeignKey(
        Area, models.PROTECT, related_name="dwellings", verbose_name=_("building or unit")
    )
    floor = models.SmallIntegerField(_("floor"))
    number = ShortText(_("door number"), limit=20)
    use = ShortText(_("use"), limit=10, choices=Use, default=Use.UNKNOWN)
    square_metres = models.DecimalField(
        _("square metres"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    hazard = ShortText(_("danger"), limit=12, choices=Hazard, blank=True, default="")
    owner_name = ShortText(_("owner's name"), limit=100, blank=True, default="")
    owner_phone = EncryptedText(_("owner's phone"), context=OWNER_PHONE, blank=True, default="")
    owner_phone_index = BlindIndex(blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)

    area_id: UUID
    objects = DwellingQuerySet.as_manager()

    class Meta:
        verbose_name = _("dwelling")
        verbose_name_plural = _("dwellings")
        indexes = [
            models.Index(fields=["place", "floor", "number"], name="dwelling_place"),
            models.Index(fields=["place", "confirmed_at"], name="dwelling_stale"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "number"], condition=Q(closed_at=None), name="dwelling_door_once"
            ),
            models.CheckConstraint(condition=Q(floor__gte=-9, floor__lte=200), name="dwelling_floor"),
        ]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

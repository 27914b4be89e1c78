"""A merchant or organisation of the street: shop, enterprise, social organisation."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import BlindIndex, EncryptedText, PathField, ShortText
from mulin.places.face import Area
from mulin.posts.face import Scope
from mulin.registry.codes import Hazard, MerchantKind, Trade
from mulin.registry.models.dwelling import Dwelling
from mulin.registry.models.kept import Kept
from mulin.registry.queries.keeping import MerchantQuerySet

MERCHANT_PHONE = "merchant.phone"


class Merchant(Kept):
    """`place` is the unit, building or grid it lies in; `overlay_place` the overlay grid that covers it."""

    PERSONAL: ClassVar[tuple[str, ...]] = (
        "operator_name", "operator_phone", "operator_phone_index", "safety_name", "safety_phone",
    )  # fmt: skip
    RETENTION: ClassVar[str] = "registry"

    area = models.ForeignKey(Area, models.PROTECT, related_name="merchants", verbose_name=_("where"))
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, null=True, blank=True, related_name="merchants")
    overlay_place = PathField(blank=True, default="")
    name = ShortText(_("name"), limit=100)
    kind = ShortText(_("kind"), limit=12, choices=MerchantKind, default=MerchantKind.SHOP)
    trade = ShortText(_("trade"), limit=10, choices=Trade, default=Trade.OTHER)
    credit_code = ShortText(_("unified social credit code"), limit=18, blank=True, default="")  # GB 32100
    licence = ShortText(_("licence number"), limit=40, blank=True, default="")
    address = ShortText(_("address"), limit=200, blank=True, default="")
    operator_name = ShortText(_("who runs it"), limit=100, blank=True, default="")
    operator_phone = EncryptedText(_("phone"), context=MERCHANT_PHONE, blank=True, default="")
    operator_phone_index = BlindIndex(blank=True, default="")
    safety_name = ShortText(_("who looks after safety"), limit=100, blank=True, default="")
    safety_phone = EncryptedText(_("their phone"), context="merchant.safety_phone", blank=True, default="")
    staff_count = models.PositiveIntegerField(_("people who work there"), null=True, blank=True)
    lives_in = models.BooleanField(_("somebody sleeps there"), null=True, blank=True)
    extinguishers = models.BooleanField(_("extinguishers in order"), null=True, blank=True)
    hazard = ShortText(_("danger"), limit=12, choices=Hazard, blank=True, default="")
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    morton = models.BigIntegerField(null=True, blank=True)
    opened_on = models.DateField(_("opened"), null=True, blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True)

    area_id: UUID
    dwelling_id: UUID | None
    objects = MerchantQuerySet.as_manager()

    class Meta:
        verbose_name = _("merchant")
        verbose_name_plural = _("merchants")
        indexes = [
            models.Index(fields=["place", "id"], name="merchant_place"),
            models.Index(fields=["place", "confirmed_at"], name="merchant_stale"),
            models.Index(fields=["overlay_place"], condition=~Q(overlay_place=""), name="merchant_overlay"),
            models.Index(fields=["morton"], condition=Q(closed_on=None), name="merchant_on_map"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code", "area"],
                condition=~Q(credit_code="") & Q(closed_on=None),
                name="merchant_code_once_there",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    def scope(self) -> Scope:
        """Where it lies, and the overlay grid that looks after it."""
        return Scope(paths=tuple(path for path in (self.place, self.overlay_place) if path))

"""The numbers that are made public for an area: whom to call, and whom to complain to about the grid itself."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import ShortText
from mulin.kernel.models import Record
from mulin.places.face import Area
from mulin.posts.rules import Scope

PHONE_LIMIT = 40


class PublicNumbers(Record):
    """Numbers of offices for an area and all that lies in it, as far as nothing nearer says another.

    They stand on the grid's public page, on its signboard and on the contact cards.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "structure"

    area = models.OneToOneField(
        Area, on_delete=models.PROTECT, related_name="public_numbers", verbose_name=_("area")
    )
    contact = ShortText(_("contact phone"), limit=PHONE_LIMIT, blank=True, default="")
    supervision = ShortText(_("supervision phone"), limit=PHONE_LIMIT, blank=True, default="")
    changed_at = models.DateTimeField()

    area_id: UUID

    class Meta:
        verbose_name = _("public numbers")
        verbose_name_plural = _("public numbers")
        constraints = [
            models.CheckConstraint(
                condition=~Q(contact="", supervision=""), name="public_numbers_say_something"
            )
        ]

    def scope(self) -> Scope:
        """Where the area lies."""
        return Scope(paths=(self.area.path,))

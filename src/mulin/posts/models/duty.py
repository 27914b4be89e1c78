"""Which person answers for which building or household. Shown to residents; gives no permission."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mulin.kernel.models import Record
from mulin.places.face import Area
from mulin.posts.models.person import User
from mulin.posts.queries.duties import DutyQuerySet
from mulin.posts.rules import Scope


class Duty(Record):
    """A person answers for an area or a household (by bare UUID: the registry lies above), from, to."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("user", "household")
    RETENTION: ClassVar[str] = "person"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="duties", verbose_name=_("person"))
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="duties", null=True, blank=True, verbose_name=_("area")
    )
    household = models.UUIDField(null=True, blank=True, db_index=True)
    from_at = models.DateTimeField(_("from"))
    to_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        constraints = [
            models.CheckConstraint(
                condition=Q(area__isnull=True, household__isnull=False)
                | Q(area__isnull=False, household__isnull=True),
                name="duty_for_exactly_one",
            ),
            models.CheckConstraint(
                condition=Q(to_at__isnull=True) | Q(to_at__gte=F("from_at")), name="duty_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["user", "area"],
                condition=Q(to_at__isnull=True, area__isnull=False),
                name="duty_open_once_per_area",
            ),
            models.UniqueConstraint(
                fields=["user", "household"],
                condition=Q(to_at__isnull=True, household__isnull=False),
                name="duty_open_once_per_household",
            ),
        ]

    def scope(self) -> Scope:
        """Where the area lies."""
        return Scope(paths=(self.area.path,) if self.area else ())

"""Somebody of the street or the community says that they are in their grid today."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models

from mulin.kernel.fields import PathField
from mulin.kernel.models import Record
from mulin.places.face import Area
from mulin.posts.face import Scope, User
from mulin.visits.queries.presence import CheckInQuerySet


class CheckIn(Record):
    """One a day and place: what one does there beside visits (a patrol, a talk in the yard) counts too."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("person",)
    RETENTION: ClassVar[str] = "visit"

    person = models.ForeignKey(User, models.PROTECT, related_name="check_ins", db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    place = PathField()
    day = models.DateField()
    at = models.DateTimeField()

    person_id: UUID
    area_id: UUID
    objects = CheckInQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["place", "day"], name="check_in_place")]
        constraints = [models.UniqueConstraint(fields=["person", "day", "area"], name="check_in_once")]

    def scope(self) -> Scope:
        """Where they were."""
        return Scope(paths=(self.place,))

"""What stands on the map beside areas: public places, and panoramas pinned to a point."""

from __future__ import annotations

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import PathField, ShortText
from mulin.places.landmark_rules import FULL_TURN, NOTE_LIMIT, LandmarkKind
from mulin.places.naming import Named, in_language

_Pin = TypeVar("_Pin", bound=models.Model)


class _PinnedQuerySet(models.QuerySet[_Pin]):
    def there(self) -> Self:
        """Not taken off the map."""
        return self.filter(closed_at=None)

    def called(self, text: str) -> Self:
        """Whose name or English name has each of these words."""
        found = self
        for word in text.split():
            found = found.filter(Q(name__icontains=word) | Q(name_en__icontains=word))
        return found.order_by("name", "id") if text.split() else found.none()


class LandmarkQuerySet(_PinnedQuerySet["Landmark"]):
    """Public places."""


class PanoramaQuerySet(_PinnedQuerySet["Panorama"]):
    """Panoramas."""


class Pinned(Named):
    """Something at a point. `place` is the smallest area there when it was pinned; `morton` finds it by tile."""

    place = PathField()
    lon = models.FloatField()
    lat = models.FloatField()
    morton = models.BigIntegerField()
    added_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def point(self) -> str:
        """As the map island reads it."""
        return f"{self.lon},{self.lat}"


class Landmark(Pinned):
    """A public place: a school, a clinic, a toilet."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "structure"

    kind = ShortText(_("kind"), limit=12, choices=LandmarkKind)
    note = ShortText(_("hours and what else to know"), limit=NOTE_LIMIT, blank=True, default="")
    note_en = ShortText(_("the same in English"), limit=NOTE_LIMIT, blank=True, default="")

    objects = LandmarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("public place")
        verbose_name_plural = _("public places")
        indexes = [
            models.Index(fields=["place", "id"], condition=Q(closed_at=None), name="landmark_place"),
            models.Index(fields=["morton"], condition=Q(closed_at=None), name="landmark_spot"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("added_at")),
                name="landmark_closed_after_added",
            ),
        ]

    @property
    def note_label(self) -> str:
        """The note in the language of the screen."""
        return in_language(self.note, self.note_en)


class Panorama(Pinned):
    """A picture all around a point, as we encoded it anew; `heading` is where its middle looks (0 is north).

    Its files lie under `file` and `thumb`; once it is taken off the map they go, and the row stays.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("file", "thumb")
    RETENTION: ClassVar[str] = "structure"

    heading = models.PositiveSmallIntegerField(_("direction of the picture's middle, in degrees"), default=0)
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    file = ShortText(limit=120)
    thumb = ShortText(limit=120)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    sha256 = ShortText(limit=64)

    objects = PanoramaQuerySet.as_manager()

    class Meta:
        verbose_name = _("panorama")
        verbose_name_plural = _("panoramas")
        indexes = [
            models.Index(fields=["place", "id"], condition=Q(closed_at=None), name="panorama_place"),
            models.Index(fields=["morton"], condition=Q(closed_at=None), name="panorama_spot"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(heading__lt=FULL_TURN), name="panorama_heading"),
            models.CheckConstraint(condition=Q(width=F("height") * 2), name="panorama_all_around"),
        ]

"""Breaking the glass: a record outside one's own area, opened in an emergency for a while, and reviewed."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import EncryptedText, PathField, ShortText
from mulin.kernel.models import Record
from mulin.posts.face import Permission, Scope, User, Who, area_filter


class Judged(TextChoices):
    """What whoever looked at it again made of it."""

    RIGHT = "right", _("There was good reason")
    TALKED = "talked", _("It was talked over")
    WRONG = "wrong", _("There was no reason")


class BreakGlassQuerySet(QuerySet["BreakGlass"]):
    def running(self, now: datetime) -> BreakGlassQuerySet:
        """Those whose hours are not over."""
        return self.filter(until_at__gt=now)

    def to_review(self) -> BreakGlassQuerySet:
        """Nobody has looked at them again yet."""
        return self.filter(judged="")

    def visible_to(self, who: Who) -> BreakGlassQuerySet:
        """Those that one may review: never one's own."""
        mine = self.filter(area_filter(who, Permission.REGISTRY_REVIEW, path_fields=("place",)))
        return mine.exclude(user=who.user)


class BreakGlass(Record):
    """Somebody opened a record that lay outside their area. `subject`: the resident, or the dwelling whose door it was.

    `seat` is the bare UUID of the seat on which they did; `place` where the record lies.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("user", "subject", "reason", "note", "judged_by")
    RETENTION: ClassVar[str] = "disclosure"

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    seat = models.UUIDField(null=True, blank=True)
    subject_kind = ShortText(limit=12)
    subject = models.UUIDField()
    place = PathField(_("where"))
    reason = EncryptedText(_("reason"), context="glass.reason")
    opened_at = models.DateTimeField()
    until_at = models.DateTimeField()
    judged = ShortText(limit=10, choices=Judged, blank=True, default="")
    note = EncryptedText(_("note"), context="glass.note", blank=True, default="")
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)

    user_id: UUID
    objects = BreakGlassQuerySet.as_manager()

    class Meta:
        verbose_name = _("opened outside one's area")
        verbose_name_plural = _("opened outside one's area")
        indexes = [
            models.Index(fields=["user", "until_at"], name="glass_of_user"),
            models.Index(fields=["subject", "opened_at"], name="glass_of_subject"),
            models.Index(fields=["opened_at", "id"], name="glass_newest"),
            models.Index(fields=["opened_at"], condition=Q(judged=""), name="glass_to_review"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gt=F("opened_at")), name="glass_ends_after_start"),
            models.CheckConstraint(
                condition=Q(judged="", judged_by=None, judged_at=None)
                | (~Q(judged="") & Q(judged_by__isnull=False, judged_at__isnull=False)),
                name="glass_judged_by_somebody",
            ),
        ]

    def scope(self) -> Scope:
        return Scope(paths=(self.place,))

    @property
    def judged_label(self) -> str:
        return str(Judged(self.judged).label) if self.judged else ""

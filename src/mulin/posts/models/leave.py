"""Somebody is away, from one instant up to another; their deputies hold posts of their own for that time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mulin.kernel.models import Record
from mulin.kernel.stamps import POSTS, Stamped
from mulin.posts.models.person import User
from mulin.posts.queries.leave import LeaveQuerySet

if TYPE_CHECKING:
    from mulin.posts.models.seat import Post


class Leave(Stamped, Record):
    """From when to when somebody is away. Why is nobody's business, so it is not kept.

    It takes nothing away: they may still act. But a seat whose holders are all away counts as vacant, so that its
    turns come to the deputy (a post with this leave), or without one to the level above.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("user",)
    RETENTION: ClassVar[str] = "person"
    STAMP: ClassVar[str] = POSTS

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="leaves", verbose_name=_("person"))
    from_at = models.DateTimeField(_("from"))
    to_at = models.DateTimeField(_("until"))
    created_at = models.DateTimeField()

    stand_ins: list[Post]  # read with `with_all`

    objects = LeaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("leave")
        verbose_name_plural = _("leaves")
        indexes = [
            models.Index(fields=["user", "to_at"], name="leave_by_user"),
            models.Index(fields=["to_at", "id"], name="leave_by_end"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(to_at__gte=F("from_at")), name="leave_ends_after_start"),
        ]

    @property
    def last_at(self) -> datetime:
        """A moment of the last day: the end itself belongs to the day after."""
        return max(self.from_at, self.to_at - timedelta(seconds=1))

    def __str__(self) -> str:
        return self.user.label

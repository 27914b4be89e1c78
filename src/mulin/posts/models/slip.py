"""Slips for the first sign-in: only the hash of their code is kept."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import BlindIndex
from mulin.kernel.models import Record
from mulin.posts.models.person import User


class Slip(Record):
    """A code that somebody was handed on paper: opens their account once, until it expires."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("user",)
    RETENTION: ClassVar[str] = "session"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="slips", verbose_name=_("person"))
    code = BlindIndex()  # keyed: whoever steals the database cannot try codes against it
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("sign-in slip")
        verbose_name_plural = _("sign-in slips")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(used_at=None, withdrawn_at=None), name="slip_one_waiting"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("issued_at")), name="slip_expires_later"),
        ]

    def is_valid_at(self, now: datetime) -> bool:
        return self.used_at is None and self.withdrawn_at is None and now < self.expires_at

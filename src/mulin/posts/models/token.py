"""Personal tokens for the API: only their hash is kept."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import ShortText
from mulin.kernel.models import Record
from mulin.posts.models.person import User
from mulin.posts.queries.tokens import TokenQuerySet
from mulin.posts.rules import Scope


class Token(Record):
    """A program's key to act as its owner, no more than the owner may, until it expires or is revoked."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("name",)
    RETENTION: ClassVar[str] = "person"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    name = ShortText(_("name"), limit=60)
    hash = ShortText(limit=64)  # SHA-256: the token is 256 random bits, which no guessing reaches
    prefix = ShortText(limit=16)  # its first characters, to tell tokens apart
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)  # machinery: written without an entry

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        constraints = [
            models.UniqueConstraint(fields=["hash"], name="token_hash_once"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="token_expires_later"),
        ]

    def scope_at(self, now: datetime) -> Scope:
        """A token is its owner's, and lies where the owner belongs."""
        owner = self.user.scope_at(now)
        return Scope(paths=owner.paths, organisations=owner.organisations, people=(self.user_id,))

"""Reading API tokens."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

if TYPE_CHECKING:
    from mulin.posts.models.token import Token  # noqa: F401 - named by the base class
    from mulin.posts.who import Who


class TokenQuerySet(QuerySet["Token"]):
    """Keys of programs."""

    def valid_at(self, now: datetime) -> Self:
        return self.filter(revoked_at__isnull=True, expires_at__gt=now, user__is_active=True)

    def own(self, who: Who) -> Self:
        """The tokens of the one who asks, newest first."""
        if who.user is None:
            return self.none()
        return self.filter(user=who.user).order_by("-created_at", "-id")

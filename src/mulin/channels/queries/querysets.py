"""What one can ask of messages, by name."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from mulin.posts.face import Who

if TYPE_CHECKING:
    from mulin.channels.models import Message  # noqa: F401 - named by the base class


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, who: Who) -> Self:
        """Their own that were sent; what lies within another is shown with it."""
        if who.user is None:
            return self.none()
        return self.filter(to=who.user, sent_at__isnull=False, within__isnull=True)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def waiting(self, now: datetime) -> Self:
        """What waited for the receiver's working hours, which have begun."""
        return self.filter(sent_at__isnull=True, why="", due_at__lte=now)

"""Reading duties."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from mulin.posts.queries.filters import area_filter, running
from mulin.posts.rules import Permission, upwards

if TYPE_CHECKING:
    from mulin.posts.models.duty import Duty  # noqa: F401 - named by the base class
    from mulin.posts.who import Who


class DutyQuerySet(QuerySet["Duty"]):
    """Who answers for what."""

    def open_at(self, now: datetime) -> Self:
        return self.filter(running(now))

    def answering_for(self, path: str) -> Self:
        """Duties for this area or one that contains it, the nearest first."""
        return self.filter(area__path__in=upwards(path)).order_by("-area__level", "from_at", "id")

    def visible_to(self, who: Who) -> Self:
        """Included if and only if `may(who, Permission.POST_READ, duty)`."""
        return self.filter(area_filter(who, Permission.POST_READ, path_fields=("area__path",)))

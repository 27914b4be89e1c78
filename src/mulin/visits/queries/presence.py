"""Who was in their grid, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from mulin.posts.face import Permission, Who, area_filter

if TYPE_CHECKING:
    from mulin.visits.models import CheckIn  # noqa: F401 - named by the base class


class CheckInQuerySet(QuerySet["CheckIn"]):
    """Days in the grid."""

    def visible_to(self, who: Who) -> Self:
        """Included if and only if `may(who, Permission.VISIT_READ, check_in)`."""
        return self.filter(area_filter(who, Permission.VISIT_READ, path_fields=("place",)))

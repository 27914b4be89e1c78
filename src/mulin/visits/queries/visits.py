"""Which visits somebody may read."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from mulin.posts.face import Permission, Who, area_filter, in_ranges
from mulin.visits.codes import Stage

if TYPE_CHECKING:
    from mulin.visits.models import Visit  # noqa: F401 - named by the base class

PATHS = ("place", "overlay_place")


class VisitQuerySet(QuerySet["Visit"]):
    """Calls at the door."""

    def visible_to(self, who: Who) -> Self:
        """Included if and only if `may(who, Permission.VISIT_READ, visit)`."""
        return self.allowed(who, Permission.VISIT_READ)

    def allowed(self, who: Who, permission: Permission) -> Self:
        """Those with which `who` has this permission."""
        return self.filter(area_filter(who, permission, path_fields=PATHS))

    def within(self, path: str) -> Self:
        """Those that are in this area."""
        return self.filter(in_ranges([path], "place") | in_ranges([path], "overlay_place"))

    def planned(self) -> Self:
        return self.filter(stage=Stage.PLANNED)

    def over(self) -> Self:
        """Done, or nobody was home."""
        return self.filter(stage__in=(Stage.DONE, Stage.MISSED))

    def done_since(self, since: datetime) -> Self:
        """Where somebody was met since an instant."""
        return self.filter(stage=Stage.DONE, visited_at__gte=since)

    def planned_until(self, last: date) -> Self:
        """What is to be done by the end of a day, what was due before included."""
        return self.planned().filter(planned_on__lte=last)

    def with_people(self) -> Self:
        """With who went and on which seat: for lists."""
        return self.select_related("person", "seat__area", "seat__organisation")

    def with_target(self) -> Self:
        """With the door or the shop: for lists."""
        return self.select_related("household__dwelling__area", "merchant__area")

"""Which campaigns concern somebody, and their tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from mulin.places.face import parents
from mulin.posts.face import Permission, Who, area_filter
from mulin.visits.codes import CampaignStage, TaskStage

if TYPE_CHECKING:
    from mulin.visits.models import Campaign, CampaignTask  # noqa: F401 - named by the base classes


class CampaignQuerySet(QuerySet["Campaign"]):
    """Tasks for all grids."""

    def visible_to(self, who: Who) -> Self:
        """Those of one's area, and those from above that are for one's area too: they name nobody."""
        mine = area_filter(who, Permission.VISIT_READ, path_fields=("place",))
        lines = [
            line for line in who.standings() if line.path and Permission.VISIT_READ in line.role.permissions
        ]
        above = {path for line in lines for path in parents(line.path or "")}
        return self.filter(mine | Q(place__in=above))

    def running(self) -> Self:
        return self.filter(stage=CampaignStage.RUNNING)


class CampaignTaskQuerySet(QuerySet["CampaignTask"]):
    """What campaigns ask of grids, households and merchants."""

    def visible_to(self, who: Who) -> Self:
        """Included if and only if `may(who, Permission.VISIT_READ, task)`."""
        return self.allowed(who, Permission.VISIT_READ)

    def allowed(self, who: Who, permission: Permission) -> Self:
        return self.filter(area_filter(who, permission, path_fields=("place",)))

    def open(self) -> Self:
        """Still to be done, of campaigns that run."""
        return self.filter(stage=TaskStage.OPEN, campaign__stage=CampaignStage.RUNNING)

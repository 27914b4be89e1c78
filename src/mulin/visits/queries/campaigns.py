"""Which campaigns concern somebody, and their tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from mulin.places.face import Area, Level, parents
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


def campaign_page(
    who: Who, *, closed: bool = False, after: UUID | None = None, limit: int
) -> tuple[list[Campaign], UUID | None]:
    """Those that run, the first to end first, or the closed ones, the last first; and where the next page begins.

    `after` is the campaign with which the page before ended.
    """
    from mulin.visits.models import Campaign  # the model needs this module

    rows = Campaign.objects.visible_to(who).select_related("area").defer("area__border")
    last = Campaign.objects.filter(pk=after).first() if after else None
    if closed:
        rows = rows.exclude(closed_at=None).order_by("-closed_at", "-id")
        if last and last.closed_at:
            rows = rows.filter(Q(closed_at__lt=last.closed_at) | Q(closed_at=last.closed_at, id__lt=last.pk))
    else:
        rows = rows.running().order_by("until_on", "id")
        if last:
            rows = rows.filter(Q(until_on__gt=last.until_on) | Q(until_on=last.until_on, id__gt=last.pk))
    found = list(rows[: limit + 1])
    return found[:limit], found[limit - 1].pk if len(found) > limit else None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it has come in one grid (or in all that one sees)."""

    area: Area | None
    whole: int
    done: int
    spared: int

    @property
    def open(self) -> int:
        return self.whole - self.done - self.spared

    @property
    def percent(self) -> int | None:
        """Of what is asked at all."""
        asked = self.whole - self.spared
        return self.done * 100 // asked if asked else None


def progress(campaign: Campaign, who: Who) -> list[Progress]:
    """Grid by grid, as far as one sees; two statements."""
    rows = campaign.tasks.all().visible_to(who).order_by().values(grid=Substr("place", 1, Level.GRID))
    counted = list(
        rows.annotate(
            whole=Count("pk"),
            done=Count("pk", filter=Q(stage=TaskStage.DONE)),
            spared=Count("pk", filter=Q(stage=TaskStage.SPARED)),
        ).order_by("grid")
    )
    areas = {
        area.path: area for area in Area.objects.plain().filter(path__in=[row["grid"] for row in counted])
    }
    return [Progress(areas.get(row["grid"]), row["whole"], row["done"], row["spared"]) for row in counted]


def together(lines: Iterable[Progress]) -> Progress:
    """The sum."""
    each = list(lines)
    return Progress(
        None,
        sum(line.whole for line in each),
        sum(line.done for line in each),
        sum(line.spared for line in each),
    )


def overall(campaigns: Sequence[Campaign]) -> dict[UUID, Progress]:
    """Each campaign as a whole, for the list; counts name nobody. One statement."""
    from mulin.visits.models import CampaignTask  # the model needs this module

    rows = CampaignTask.objects.filter(campaign__in=[each.pk for each in campaigns]).order_by()
    counted = rows.values_list("campaign").annotate(
        whole=Count("pk"),
        finished=Count("pk", filter=Q(stage=TaskStage.DONE)),
        left_out=Count("pk", filter=Q(stage=TaskStage.SPARED)),
    )
    found = {id: Progress(None, whole, done, spared) for id, whole, done, spared in counted}
    return {each.pk: found.get(each.pk, Progress(None, 0, 0, 0)) for each in campaigns}


def open_for(who: Who, limit: int = 10) -> list[tuple[Campaign, int]]:
    """Running campaigns with how many tasks are open in one's area; two statements."""
    from mulin.visits.models import Campaign, CampaignTask  # the models need this module

    running = list(Campaign.objects.running().visible_to(who).order_by("until_on", "id")[:50])
    rows = CampaignTask.objects.allowed(who, Permission.VISIT_RECORD).filter(
        campaign__in=[each.pk for each in running], stage=TaskStage.OPEN
    )
    counted = dict(rows.order_by().values_list("campaign").annotate(count=Count("pk"))) if running else {}
    return [(each, counted[each.pk]) for each in running if each.pk in counted][:limit]

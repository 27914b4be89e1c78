"""Which lists and rows concern somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from mulin.posts.face import Permission, Who, area_filter
from mulin.visits.codes import TaskStage
from mulin.visits.lists.codes import ListStage, Outcome

if TYPE_CHECKING:
    from mulin.visits.lists.models import ComparedList, ListRow  # noqa: F401 - named by the base classes


class ComparedListQuerySet(QuerySet["ComparedList"]):
    def visible_to(self, who: Who) -> Self:
        """Those of one's area whose whole result one may see."""
        return self.filter(area_filter(who, Permission.LIST_COMPARE, path_fields=("place",)))

    def with_tasks_of(self, who: Who) -> Self:
        """Those that were compared and ask something of one's own doors."""
        from mulin.visits.lists.models import ListRow  # which needs this module

        mine = ListRow.objects.tasks_of(who).filter(source=OuterRef("pk"))
        return self.filter(Exists(mine), stage=ListStage.READY)

    def older_than(self, id: UUID | None) -> Self:
        """The newest first; what came before the one with which the page before ended."""
        rows, last = (
            self.order_by("-made_at", "-id"),
            self.model.objects.filter(pk=id).first() if id else None,
        )
        if last is None:
            return rows
        return rows.filter(Q(made_at__lt=last.made_at) | Q(made_at=last.made_at, id__lt=last.pk))

    def light(self) -> Self:
        """Without the uploaded cells."""
        return self.defer("table").select_related("area").defer("area__border")


class ListRowQuerySet(QuerySet["ListRow"]):
    def tasks_of(self, who: Who) -> Self:
        """Whom one is to reach: outstanding people of the places where one records visits."""
        here = area_filter(who, Permission.VISIT_RECORD, path_fields=("place",))
        return self.filter(here, outcome=Outcome.OUTSTANDING)

    def with_settled(self) -> Self:
        """`settled`: ticked by name, or their door's task of the campaign is done or not needed."""
        settled = Case(When(_settled(), then=Value(True)), default=Value(False), output_field=BooleanField())
        return self.annotate(settled=settled)

    def still_to_do(self) -> Self:
        """Outstanding and not settled."""
        return self.filter(~_settled(), outcome=Outcome.OUTSTANDING)


def _settled() -> Q:
    from mulin.visits.models import CampaignTask  # which needs this module

    door = CampaignTask.objects.filter(campaign=OuterRef("source__campaign"), household=OuterRef("household"))
    return Q(done_at__isnull=False) | Q(Exists(door.exclude(stage=TaskStage.OPEN)))

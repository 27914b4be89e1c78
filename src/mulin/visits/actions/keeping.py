"""What is past its time: what was said at a visit is emptied, days in the grid and tasks are forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Actor, Draft, Sweep, bulk, register_sweep
from mulin.registry.face import Residence, on_erasing
from mulin.visits.entries import subject_of
from mulin.visits.models import CampaignTask, CheckIn, Visit


def declare() -> None:
    """How visits are erased; called when the application starts."""
    words = _("What was said, agreed and confirmed is emptied; that somebody called there stays.")
    register_sweep("visits", Sweep("visit", _("Visits"), words, _old_visits, _empty_visits))
    gone = _("Removed.")
    register_sweep("check_ins", Sweep("visit", _("Days in the grid"), gone, _old_check_ins, _drop_check_ins))
    on_erasing("visits", _erase_homes)
    register_sweep("tasks", Sweep("visit", _("Tasks of campaigns"), gone, _old_tasks, _drop_tasks))


def _erase_homes(people: Sequence[UUID], by: Actor, at: datetime) -> None:
    """Of homes of which everybody who ever belonged to them is erased, nobody needs what was said there.

    What was noted at a task of such a home goes at once with any of them: nobody knows whom it names.
    """
    members = Residence.objects.filter(household=OuterRef("household"))
    theirs = Residence.objects.filter(resident__in=people).exclude(household=None).values("household")
    rows = Visit.objects.over().filter(~Exists(members.filter(resident__erased_at=None)), erased_at=None)
    erase_visits(list(rows.filter(household__in=theirs).order_by("id")), by=by, at=at, rule="registry")
    _empty_notes(CampaignTask.objects.filter(household__in=theirs), by=by, at=at)


def _empty_notes(tasks: QuerySet[CampaignTask], *, by: Actor, at: datetime) -> None:
    """The tasks stay, with what is counted of them."""
    said = [row for row in tasks.order_by("id").only("id", "note") if row.note]
    if not said:
        return
    CampaignTask.objects.filter(pk__in=[row.pk for row in said]).update(note="")
    bulk(Draft("campaign_task.emptied", subject_of(row), by, at, {"rule": "registry"}) for row in said)


def _past(before: datetime) -> QuerySet[Visit]:
    return Visit.objects.over().filter(erased_at=None, recorded_at__lt=before)


def _old_visits(before: datetime) -> int:
    return _past(before).count()


def _empty_visits(before: datetime, most: int, by: Actor, at: datetime) -> int:
    rows = list(_past(before).order_by("recorded_at")[:most])
    return erase_visits(rows, by=by, at=at)


def erase_visits(rows: list[Visit], *, by: Actor, at: datetime, rule: str = "visit") -> int:
    """Empty what was said at these visits, each told on its own chain; in the caller's transaction."""
    ids = [row.pk for row in rows]
    standing = Visit.objects.filter(pk__in=ids, erased_at=None)
    standing.update(said="", agreed="", confirmed=[], erased_at=at)
    bulk(Draft("visit.erased", subject_of(row), by, at, {"rule": rule}) for row in rows)
    return len(rows)


def _old_check_ins(before: datetime) -> int:
    return CheckIn.objects.filter(day__lt=timezone.localdate(before)).count()


def _drop_check_ins(before: datetime, most: int, by: Actor, at: datetime) -> int:
    rows = list(CheckIn.objects.filter(day__lt=timezone.localdate(before)).order_by("day")[:most])
    bulk(Draft("check_in.erased", subject_of(row), by, at) for row in rows)
    CheckIn.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def _done_tasks(before: datetime) -> QuerySet[CampaignTask]:
    return CampaignTask.objects.filter(campaign__closed_at__lt=before)


def _old_tasks(before: datetime) -> int:
    return _done_tasks(before).count()


def _drop_tasks(before: datetime, most: int, by: Actor, at: datetime) -> int:
    rows = list(_done_tasks(before).order_by("id")[:most])
    bulk(Draft("campaign_task.erased", subject_of(row), by, at) for row in rows)
    CampaignTask.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)

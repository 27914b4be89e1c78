"""What is done about the tasks of a campaign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from mulin.journal.face import Json
from mulin.kernel.refusals import Conflict, Invalid
from mulin.kernel.text import clean
from mulin.posts.face import Permission, Who, require
from mulin.visits.codes import CampaignStage, DoneBy, TaskStage
from mulin.visits.entries import entry, whose
from mulin.visits.models import CampaignTask, Visit

NOTE_LIMIT = 500


@transaction.atomic
def do_task(
    task: CampaignTask, *, by: Who, now: datetime, note: str = "", visit: Visit | None = None
) -> CampaignTask:
    """It is done: by a tick, or by a visit."""
    _check(task, by)
    if visit is None and task.campaign.done_by == DoneBy.VISIT:
        raise Invalid(_("This task is settled by a visit: please record one there."), code="needs_visit")
    if visit and (task.household_id, task.merchant_id) != (visit.household_id, visit.merchant_id):
        raise Invalid(_("This task is about another door."), code="elsewhere", field="settles")
    return _move(task, TaskStage.DONE, "campaign_task.done", note, by, now, visit)


@transaction.atomic
def do_tasks(tasks: Sequence[CampaignTask], *, by: Who, now: datetime) -> int:
    """Tick many at once; those that somebody else has ticked meanwhile are left as they are."""
    still = set(_still_open(tasks))
    for task in tasks:
        if task.pk in still:
            do_task(task, by=by, now=now)
    return len(still)


@transaction.atomic
def spare_task(task: CampaignTask, *, note: str, by: Who, now: datetime) -> CampaignTask:
    """It is not needed here, and why."""
    _check(task, by)
    if not note.strip():
        raise Invalid(_("Please say why it is not needed here."), code="missing", field="note")
    return _move(task, TaskStage.SPARED, "campaign_task.spared", note, by, now, None)


@transaction.atomic
def reopen_task(task: CampaignTask, *, by: Who, now: datetime) -> CampaignTask:
    """It was ticked by mistake."""
    _check(task, by)
    here = CampaignTask.objects.filter(pk=task.pk).exclude(stage=TaskStage.OPEN)
    if not here.update(stage=TaskStage.OPEN, done_at=None, done_by=None, visit=None, note=""):
        raise Conflict
    task.stage, task.done_at, task.done_by, task.visit, task.note = TaskStage.OPEN, None, None, None, ""
    entry("campaign_task.opened", task, _about(task), by=by, now=now)
    return task


def _check(task: CampaignTask, by: Who) -> None:
    require(by, Permission.VISIT_RECORD, task, seen_by=Permission.VISIT_READ)
    if task.campaign.stage != CampaignStage.RUNNING:
        raise Invalid(_("This campaign is closed."), code="closed")


def _move(
    task: CampaignTask, stage: TaskStage, code: str, note: str, by: Who, now: datetime, visit: Visit | None
) -> CampaignTask:
    person = by.user.pk if by.user else None
    note = clean(note, NOTE_LIMIT, field="note")
    here = CampaignTask.objects.filter(pk=task.pk, stage=TaskStage.OPEN)
    if not here.update(stage=stage, done_at=now, done_by=person, visit=visit, note=note):
        raise Conflict
    task.stage, task.done_at, task.done_by, task.visit, task.note = stage, now, person, visit, note
    entry(code, task, _about(task) | {"visit": visit.pk if visit else None}, by=by, now=now)
    return task


def _about(task: CampaignTask) -> dict[str, Json]:
    return whose(task) | {"campaign": task.campaign_id}


def _still_open(tasks: Sequence[CampaignTask]) -> list[UUID]:
    ids = [task.pk for task in tasks]
    rows = CampaignTask.objects.filter(pk__in=ids, stage=TaskStage.OPEN)
    return list(rows.values_list("pk", flat=True))

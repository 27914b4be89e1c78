"""The operations on campaigns for programs."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from mulin.kernel.refusals import NotYours
from mulin.kernel.shapes import Problem
from mulin.posts.face import Permission, Who, needs, who_asks
from mulin.visits import shapes
from mulin.visits.actions import campaigns as acts
from mulin.visits.actions import tasks as task_acts
from mulin.visits.codes import TaskStage
from mulin.visits.models import CampaignTask
from mulin.visits.queries.campaigns import campaign_page, progress
from mulin.visits.queries.grounds import ground
from mulin.visits.rules.choosing import Chosen
from mulin.visits.views.campaigns import find_campaign, page_of

router = Router()
FAILS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), Problem)
MOST = 200


@router.get("", response={200: list[shapes.CampaignOut], **FAILS})
@needs(Permission.VISIT_READ)
def campaigns(request: HttpRequest, closed: bool = False, after: UUID | None = None) -> Any:
    """Those that run in your area, or those that were closed, 200 at a time; `after`: the last one you have."""
    rows, _after = campaign_page(who_asks(request), closed=closed, after=after, limit=MOST)
    return [shapes.CampaignOut.of(each) for each in rows]


@router.post("", response={201: shapes.CampaignOut, **FAILS})
@needs(Permission.VISIT_PLAN)
def campaign_set(request: HttpRequest, given: shapes.CampaignIn) -> Any:
    """Set a task for all grids of an area, and tell the grid workers."""
    who = who_asks(request)
    area, _areas = ground(who, Permission.VISIT_PLAN, str(given.area))
    if area is None:
        raise NotYours
    plan = acts.Plan(
        network=given.network, title=given.title, text=given.text, until_on=given.until_on, whom=given.whom,
        done_by=given.done_by, chosen=Chosen(**given.chosen.dict()),
    )  # fmt: skip
    return Status(201, shapes.CampaignOut.of(acts.set_campaign(area, plan, by=who, now=who.now)))


@router.get("/{id}", response={200: shapes.CampaignOut, **FAILS})
@needs(Permission.VISIT_READ)
def campaign(request: HttpRequest, id: UUID) -> Any:
    """One campaign with how far it is, grid by grid as far as you see."""
    who = who_asks(request)
    found = find_campaign(who, id)
    return shapes.CampaignOut.of(found, progress(found, who))


@router.post("/{id}/extend", response={200: shapes.CampaignOut, **FAILS})
@needs(Permission.VISIT_PLAN)
def extend(request: HttpRequest, id: UUID, given: shapes.UntilIn) -> Any:
    """Give it another last day."""
    who = who_asks(request)
    return shapes.CampaignOut.of(
        acts.extend_campaign(find_campaign(who, id), until_on=given.until_on, by=who, now=who.now)
    )


@router.post("/{id}/widen", response={200: shapes.AddedOut, **FAILS})
@needs(Permission.VISIT_PLAN)
def widen(request: HttpRequest, id: UUID) -> Any:
    """Take in homes and shops that are there since."""
    who = who_asks(request)
    return {"added": acts.widen_campaign(find_campaign(who, id), by=who, now=who.now)}


@router.post("/{id}/close", response={200: shapes.CampaignOut, **FAILS})
@needs(Permission.VISIT_PLAN)
def close(request: HttpRequest, id: UUID) -> Any:
    """End it."""
    who = who_asks(request)
    return shapes.CampaignOut.of(acts.close_campaign(find_campaign(who, id), by=who, now=who.now))


@router.get("/{id}/tasks", response={200: shapes.TasksOut, **FAILS})
@needs(Permission.VISIT_READ)
def tasks(request: HttpRequest, id: UUID, stage: TaskStage | None = None, after: str = "") -> Any:
    """The tasks that lie in your area."""
    who = who_asks(request)
    rows = find_campaign(who, id).tasks.all().visible_to(who)
    shown, next = page_of(rows.filter(stage=stage) if stage else rows, after)
    return {"tasks": [shapes.TaskOut.of(each) for each in shown], "next": next}


@router.post("/tasks/{id}/done", response={200: shapes.TaskOut, **FAILS})
@needs(Permission.VISIT_RECORD)
def task_done(request: HttpRequest, id: UUID) -> Any:
    """Tick it."""
    who = who_asks(request)
    return shapes.TaskOut.of(task_acts.do_task(_task(who, id), by=who, now=who.now))


@router.post("/tasks/{id}/spare", response={200: shapes.TaskOut, **FAILS})
@needs(Permission.VISIT_RECORD)
def task_spared(request: HttpRequest, id: UUID, given: shapes.TaskNoteIn) -> Any:
    """It is not needed there, and why."""
    who = who_asks(request)
    return shapes.TaskOut.of(task_acts.spare_task(_task(who, id), note=given.note, by=who, now=who.now))


@router.post("/tasks/{id}/reopen", response={200: shapes.TaskOut, **FAILS})
@needs(Permission.VISIT_RECORD)
def task_reopened(request: HttpRequest, id: UUID) -> Any:
    """It was ticked by mistake."""
    who = who_asks(request)
    return shapes.TaskOut.of(task_acts.reopen_task(_task(who, id), by=who, now=who.now))


def _task(who: Who, id: UUID) -> CampaignTask:
    found = CampaignTask.objects.visible_to(who).select_related("campaign").filter(pk=id).first()
    if found is None:
        raise NotYours
    return found

"""Setting a task for all grids of an area, and ending it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mulin.journal.face import Entry, Json, OutboxDraft, outbox_add_many
from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Conflict, Invalid
from mulin.kernel.text import clean
from mulin.places.face import BASE, Area, Level, grids
from mulin.posts.face import Permission, Post, Who, require
from mulin.registry.face import Household
from mulin.visits.codes import CampaignStage, DoneBy, Network, Whom
from mulin.visits.entries import entry, subject_of
from mulin.visits.models import Campaign, CampaignTask
from mulin.visits.models.campaign import TITLE_LIMIT
from mulin.visits.queries.choosing import households_chosen, merchants_chosen
from mulin.visits.rules.choosing import Chosen, read_chosen
from mulin.visits.rules.dates import FURTHEST, today

TEXT_LIMIT = 2000
BATCH = 2000
MOST_TASKS = 200_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What, whom, until when. `households` names them one by one instead of a choice (a list that was compared)."""

    network: str
    title: str
    until_on: date
    text: str = ""
    from_on: date | None = None
    whom: str = Whom.HOUSEHOLDS
    done_by: str = DoneBy.TICK
    chosen: Chosen = field(default_factory=Chosen)
    households: Collection[UUID] | None = None


def set_campaign(area: Area, plan: Plan, *, by: Who, now: datetime, id: UUID | None = None) -> Campaign:
    """Set it, with one task for each grid, household or merchant it is for, and tell the grid workers."""
    require(by, Permission.VISIT_PLAN, area, seen_by=Permission.PLACE_READ)
    campaign = _row(area, plan, by, now, id or new_id())
    with transaction.atomic():
        campaign.save(force_insert=True)
        tasks = list(_tasks(campaign, plan, now))
        _store(tasks)
        told: dict[str, Json] = {
            "network": campaign.network, "place": campaign.place, "whom": campaign.whom,
            "begins": campaign.from_on, "until": campaign.until_on, "tasks": len(tasks),
            "to": _end_of(campaign.until_on),
        }  # fmt: skip
        line = entry("campaign.set", campaign, told, by=by, now=now)
        _tell_grids(campaign, tasks, line, now)
    return campaign


@transaction.atomic
def widen_campaign(campaign: Campaign, *, by: Who, now: datetime) -> int:
    """Take in homes and shops that are there since; how many."""
    _require_open(campaign, by)
    there = {each for pair in campaign.tasks.values_list("household_id", "merchant_id") for each in pair}
    found = [task for task in _chosen(campaign, now) if _of(task) not in there]
    if found:
        _store(found)
        entry("campaign.widened", campaign, {"tasks": len(found)}, by=by, now=now)
    return len(found)


@transaction.atomic
def extend_campaign(campaign: Campaign, *, until_on: date, by: Who, now: datetime) -> Campaign:
    """Give it another last day."""
    _require_open(campaign, by)
    _check_days(campaign.from_on, until_on, now)
    before = campaign.until_on
    here = Campaign.objects.filter(pk=campaign.pk, stage=CampaignStage.RUNNING)
    if not here.update(until_on=until_on):
        raise Conflict
    campaign.until_on = until_on
    entry("campaign.extended", campaign, {"from": before, "to": until_on}, by=by, now=now)
    return campaign


@transaction.atomic
def close_campaign(campaign: Campaign, *, by: Who, now: datetime) -> Campaign:
    """End it; what is not done by now is not done any more."""
    _require_open(campaign, by)
    here = Campaign.objects.filter(pk=campaign.pk, stage=CampaignStage.RUNNING)
    if not here.update(stage=CampaignStage.CLOSED, closed_at=now):
        raise Conflict
    campaign.stage, campaign.closed_at = CampaignStage.CLOSED, now
    entry("campaign.closed", campaign, by=by, now=now)
    return campaign


def _row(area: Area, plan: Plan, by: Who, now: datetime, id: UUID) -> Campaign:
    title, first = clean(plan.title, TITLE_LIMIT, lines=False, field="title"), plan.from_on or today(now)
    if not title:
        raise Invalid(_("Please say what it is about."), code="missing", field="title")
    _check_days(first, plan.until_on, now)
    problem = plan.chosen.problem()
    if problem:
        raise Invalid(problem, code="choice", field="chosen")
    if plan.whom == Whom.GRIDS and plan.done_by == DoneBy.VISIT:
        raise Invalid(
            _("A grid cannot be visited: let it be ticked."), code="grids_are_ticked", field="done_by"
        )
    return Campaign(
        id=id, area=area, place=area.path, network=Network(plan.network), title=title,
        text=clean(plan.text, TEXT_LIMIT, field="text"), whom=Whom(plan.whom), done_by=DoneBy(plan.done_by),
        chosen=plan.chosen.as_codes(), from_on=first, until_on=plan.until_on, set_at=now,
        set_by=by.user.pk if by.user else None,
    )  # fmt: skip


def _check_days(first: date, last: date, now: datetime) -> None:
    if last < first:
        raise Invalid(_("The last day must not be before the first."), code="ends_first", field="until_on")
    if last < today(now):
        raise Invalid(_("This day is over. Please choose a later one."), code="over", field="until_on")
    if last > today(now) + FURTHEST:
        raise Invalid(_("Please choose a day within a year."), code="too_far", field="until_on")


def _end_of(day: date) -> datetime:
    """The instant at which a day is over, as messages reckon it."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def _require_open(campaign: Campaign, by: Who) -> None:
    require(by, Permission.VISIT_PLAN, campaign, seen_by=Permission.VISIT_READ)
    if not campaign.is_running:
        raise Invalid(_("This campaign is closed."), code="closed")


def _tasks(campaign: Campaign, plan: Plan, now: datetime) -> Iterable[CampaignTask]:
    if plan.households is not None:
        found = Household.objects.within(campaign.place).there().filter(pk__in=plan.households)
        made = [_for_home(campaign, each) for each in found.only("id", "place").order_by("place", "id")]
    else:
        made = _chosen(campaign, now)
    if not made:
        raise Invalid(
            _("There is nobody here whom it would be for. Please choose otherwise."),
            code="nobody",
            field="chosen",
        )
    if len(made) > MOST_TASKS:
        raise Invalid(
            _("These are too many. Please set it for a smaller area."), code="too_many", field="area"
        )
    return made


def _chosen(campaign: Campaign, now: datetime) -> list[CampaignTask]:
    chosen = read_chosen(campaign.chosen)
    if campaign.whom == Whom.HOUSEHOLDS:
        return [_for_home(campaign, each) for each in households_chosen(campaign.place, chosen, now)]
    if campaign.whom == Whom.MERCHANTS:
        shops = merchants_chosen(campaign.place, chosen, now)
        return [
            CampaignTask(id=new_id(), campaign=campaign, place=each.place, merchant=each) for each in shops
        ]
    return [
        CampaignTask(id=new_id(), campaign=campaign, place=grid.path, area=grid) for grid in _grids(campaign)
    ]


def _grids(campaign: Campaign) -> list[Area]:
    if campaign.area.level == Level.GRID:
        return [campaign.area]
    return list(grids(campaign.area, BASE))


def _for_home(campaign: Campaign, household: Household) -> CampaignTask:
    return CampaignTask(id=new_id(), campaign=campaign, place=household.place, household=household)


def _of(task: CampaignTask) -> UUID | None:
    return task.household_id or task.merchant_id


def _store(tasks: Sequence[CampaignTask]) -> None:
    CampaignTask.objects.bulk_create(tasks, batch_size=BATCH)


def _tell_grids(campaign: Campaign, tasks: Sequence[CampaignTask], line: Entry, now: datetime) -> None:
    """Word to whoever works in a grid that has something to do; one statement to read, one to write."""
    paths = {task.place[: Level.GRID] for task in tasks}
    there = Post.objects.open_at(now).filter(seat__role="grid_worker", seat__area__path__in=paths)
    people = sorted(set(there.values_list("user", flat=True)))
    subject = subject_of(campaign)
    outbox_add_many(OutboxDraft("campaign.set", subject, line, now, person) for person in people)

"""Lists to be compared: upload, say which column holds what, compare, make tasks of it, settle, erase."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from mulin.journal.face import Entry, Json, Purpose, Subject, record
from mulin.kernel import jobs, throttle
from mulin.kernel.models import Job, JobState
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed
from mulin.kernel.text import clean
from mulin.kernel.unreadable import Unreadable
from mulin.places.face import Area, Level
from mulin.posts.face import Permission, Who, require
from mulin.visits.actions.campaigns import Plan, close_campaign, set_campaign
from mulin.visits.actions.tasks import do_task
from mulin.visits.codes import DoneBy, TaskStage
from mulin.visits.lists.codes import ListStage, Outcome, Says
from mulin.visits.lists.models import TITLE_LIMIT, WHY_LIMIT, ComparedList, ListRow
from mulin.visits.lists.reading import columns_from, read_file, unpack
from mulin.visits.lists.rules import can_find
from mulin.visits.models import Campaign, CampaignTask
from mulin.visits.rules.choosing import AGES
from mulin.visits.rules.dates import today

JOB, RESULT_JOB = "visits.list", "visits.list_result"
LISTS_AN_HOUR = 20
DRAFTS_KEPT = timedelta(days=7)
MOST_TICKS = 500
SMALLEST = Level.GRID


@dataclass(frozen=True, slots=True)
class ListPlan:
    """What a list is, with whose registry it is compared, what for, and when it is erased."""

    title: str
    why: str
    until_on: date
    says: str = Says.TODO
    purpose: str = Purpose.DUTY
    age_from: int | None = None
    age_to: int | None = None


def begin_list(area: Area, plan: ListPlan, data: bytes, *, by: Who, now: datetime) -> ComparedList:
    """Keep an uploaded list until it is compared. Raises Invalid for what is no list."""
    require(by, Permission.LIST_COMPARE, area, seen_by=Permission.PLACE_READ)
    if by.user is None:
        raise NotAllowed
    made = _row(area, plan, now)
    table, columns = read_file(data)
    made.table, made.columns, made.made_by = table.pack(), columns, by.user.pk
    made.rows = sum(1 for cells in table.rows if any(cells))
    with transaction.atomic():
        made.save(force_insert=True)
        told: dict[str, Json] = {
            "place": made.place, "rows": made.rows, "says": made.says, "purpose": made.purpose, "until": made.until_on,
        }  # fmt: skip
        list_entry("list.uploaded", made, told, by=by, now=now)
    return made


def start_comparison(
    source: ComparedList, *, columns: Mapping[str, int | None] | None = None, by: Who, now: datetime
) -> Job:
    """Compare it, in batches, while one may go elsewhere. Without a column that tells people apart it is refused."""
    user = require_list(source, by)
    throttle.take(f"list.compare:{user}", limit=LISTS_AN_HOUR, per=timedelta(hours=1), now=now)
    if is_busy(source):
        raise Conflict(_("This list is being compared already."))
    if source.stage not in (ListStage.DRAFT, ListStage.RUNNING):
        raise Invalid(
            _("This list was compared already. Upload it again to compare it anew."), code="compared"
        )
    table = unpack(source)
    chosen = columns_from(columns, len(table.titles)) if columns is not None else source.columns
    if source.stage == ListStage.DRAFT and not can_find(chosen):
        raise no_key()
    with transaction.atomic():
        job = jobs.start(JOB, user=user, facts={"source": str(source.pk)}, now=now)
        here = ComparedList.objects.filter(pk=source.pk, stage=source.stage, job=source.job)
        if not here.update(stage=ListStage.RUNNING, job=job.pk, columns=chosen):
            raise Conflict
    source.stage, source.job, source.columns = ListStage.RUNNING, job.pk, dict(chosen)
    return job


def no_key() -> Invalid:
    """Nobody can be found by this list."""
    message = _(
        "No column of this list tells people apart. It needs a document number, a phone, or a name together "
        "with a date of birth. Say which column holds it."
    )
    return Invalid(message, code="no_key", field="columns")


def make_tasks(
    source: ComparedList, *, network: str, until_on: date, text: str = "", by: Who, now: datetime
) -> Campaign:
    """One task for each home of somebody outstanding, for the grid workers; told to them. Once a list."""
    require_list(source, by)
    if not source.is_ready:
        raise Invalid(_("Compare the list first."), code="not_compared")
    if until_on > source.until_on:
        raise Invalid(_("The tasks must end before the list is erased."), code="too_late", field="until_on")
    rows = source.found.filter(outcome=Outcome.OUTSTANDING, household__isnull=False, done_at=None)
    homes = set(rows.values_list("household", flat=True))
    plan = Plan(
        network=network, title=source.title, text=text, until_on=until_on, done_by=DoneBy.TICK,
        households={home for home in homes if home},
    )  # fmt: skip
    with transaction.atomic():
        locked = ComparedList.objects.select_for_update(of=("self",)).get(pk=source.pk)
        if locked.campaign_id:
            raise Conflict(_("There are tasks of this list already."))
        source.campaign = set_campaign(source.area, plan, by=by, now=now)
        ComparedList.objects.filter(pk=source.pk).update(campaign=source.campaign)
        told: dict[str, Json] = {"campaign": source.campaign.pk, "homes": len(homes)}
        list_entry("list.tasks_set", source, told, by=by, now=now)
    return source.campaign


@transaction.atomic
def settle_rows(source: ComparedList, rows: Sequence[UUID], *, by: Who, now: datetime) -> int:
    """Tick people as done; the task of a door is done with the last of its people. How many were still to do."""
    if by.user is None or not source.is_ready:
        raise NotAllowed
    mine = ListRow.objects.tasks_of(by).filter(source=source, done_at=None, pk__in=list(rows)[:MOST_TICKS])
    found = list(mine.select_for_update())
    if not found:
        return 0
    ids = [row.pk for row in found]
    done = ListRow.objects.filter(pk__in=ids, done_at=None).update(done_at=now, done_by=by.user.pk)
    told: dict[str, Json] = {"rows": sorted(str(id) for id in ids)}
    list_entry("list.settled", source, told, by=by, now=now)
    _settle_doors(source, {row.household for row in found if row.household}, by, now)
    return done


def _settle_doors(source: ComparedList, homes: set[UUID], by: Who, now: datetime) -> None:
    if source.campaign_id is None or not homes:
        return
    open_rows = source.found.filter(outcome=Outcome.OUTSTANDING, done_at=None, household__in=homes)
    left = set(open_rows.values_list("household", flat=True))
    tasks = CampaignTask.objects.allowed(by, Permission.VISIT_RECORD).filter(
        campaign=source.campaign_id, household__in=homes - left, stage=TaskStage.OPEN
    )
    for task in tasks.select_related("campaign"):
        if task.campaign.is_running:
            do_task(task, by=by, now=now)


@transaction.atomic
def erase_list(source: ComparedList, *, by: Who, now: datetime) -> None:
    """Erase all of it but its title and its figures; its tasks and the files that were taken out end with it."""
    if not by.is_system:
        require_list(source, by)
    if is_busy(source):
        raise Conflict(_("This list is being compared. Stop that first."))
    here = ComparedList.objects.filter(pk=source.pk, erased_at=None)
    if not here.update(stage=ListStage.ERASED, table="", erased_at=now):
        raise Conflict(_("This list is erased already."))
    count = source.found.all().delete()[0]
    campaign = source.campaign
    if campaign and campaign.is_running:
        close_campaign(campaign, by=by, now=now)
    list_entry("list.erased", source, {"rows": count}, by=by, now=now)
    transaction.on_commit(lambda: _drop_results(source.pk))
    source.stage, source.table, source.erased_at = ListStage.ERASED, "", now


def _drop_results(source: UUID) -> None:
    """The files that jobs keep for a week; there are few of them."""
    for job in Job.objects.filter(code=RESULT_JOB):
        if isinstance(job.facts, Unreadable):  # its file goes with the job, within the week
            continue
        if json.loads(job.facts).get("source") == str(source):
            shutil.rmtree(jobs.folder_of(job), ignore_errors=True)


def expire_lists(*, by: Who, now: datetime, most: int = 20) -> int:
    """Erase what has expired, and what was uploaded a week ago and never compared; the worker calls it."""
    there = ComparedList.objects.filter(erased_at=None).defer("table").select_related("campaign")
    over = list(there.filter(until_on__lt=today(now)).order_by("until_on")[:most])
    stale = there.filter(stage=ListStage.DRAFT, made_at__lt=now - DRAFTS_KEPT).order_by("made_at")[:most]
    due = {each.pk: each for each in (*over, *stale)}.values()
    left = [each for each in due if not is_busy(each)]
    for source in left:
        erase_list(source, by=by, now=now)
    return len(left)


def require_list(source: ComparedList, by: Who) -> UUID:
    """Whoever may compare in the area of the list; who they are."""
    require(by, Permission.LIST_COMPARE, source, seen_by=Permission.LIST_COMPARE)
    if by.user is None:
        raise NotAllowed
    return by.user.pk


def is_busy(source: ComparedList) -> bool:
    """Whether its job waits or runs: one that failed or was stopped may be started again."""
    open_states = (JobState.WAITING, JobState.RUNNING)
    return source.job is not None and Job.objects.filter(pk=source.job, stage__in=open_states).exists()


def list_entry(
    code: str, source: ComparedList, facts: Mapping[str, Json] | None = None, *, by: Who, now: datetime
) -> Entry:
    """One line on the chain of the list: ids, codes and counts."""
    return record(code, Subject("list", source.pk), by=by.actor(), at=now, facts=facts)


def _row(area: Area, plan: ListPlan, now: datetime) -> ComparedList:
    if area.level < Level.TOWN or area.level > SMALLEST or area.closed_at is not None:
        raise Invalid(
            _("A list is compared with a town, a community or a grid."), code="wrong_level", field="area"
        )
    title = clean(plan.title, TITLE_LIMIT, lines=False, field="title")
    why = clean(plan.why, WHY_LIMIT, lines=False, field="why")
    if not title:
        raise Invalid(_("Please say what it is about."), code="missing", field="title")
    if not why or plan.purpose not in Purpose.values:
        raise Invalid(_("Please say what this list is needed for."), code="purpose", field="why")
    if plan.says not in Says.values:
        raise Invalid(_("Please say what it means to stand on it."), code="says", field="says")
    _check_ages(plan)
    _check_expiry(plan.until_on, today(now))
    return ComparedList(
        area=area, place=area.path, title=title, why=why, purpose=plan.purpose, says=plan.says,
        age_from=plan.age_from, age_to=plan.age_to, until_on=plan.until_on, made_at=now,
    )  # fmt: skip


def _check_ages(plan: ListPlan) -> None:
    ages = [age for age in (plan.age_from, plan.age_to) if age is not None]
    if any(age not in AGES for age in ages) or ages != sorted(ages):
        raise Invalid(_("These ages do not fit together."), code="ages", field="age_to")


def _check_expiry(until_on: date, day: date) -> None:
    most = settings.MULIN_LIST_DAYS
    if not day <= until_on <= day + timedelta(days=most):
        message = _("Say a day from today on, at most %(n)d days ahead: a list is not kept for longer.")
        raise Invalid(message % {"n": most}, code="until", field="until_on")

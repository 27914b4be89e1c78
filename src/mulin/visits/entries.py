"""What the journal writes about visits: ids, codes and dates; what was said lies in the visit and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Entry, Json, Subject, record, register
from mulin.posts.face import Who
from mulin.visits.models import Campaign, CampaignTask, CheckIn, Visit

KINDS = {Visit: "visit", CheckIn: "check_in", Campaign: "campaign", CampaignTask: "campaign_task"}


def declare() -> None:
    """Register the codes; called when the application starts."""
    register("visit.planned", _("Visit planned"))
    register("visit.moved", _("Visit put off"))
    register("visit.cancelled", _("Visit called off"))
    register("visit.done", _("Visit recorded"))
    register("visit.missed", _("Nobody was home"))
    register("visit.changed", _("What was recorded of a visit was changed"))
    register("visit.matter", _("A matter came out of the visit"))
    register("visit.erased", _("What was said at a visit was erased"))
    register("check_in.made", _("In the grid"))
    register("check_in.erased", _("A day in the grid was erased"))
    register("campaign.set", _("Campaign set"))
    register("campaign.extended", _("Campaign has another last day"))
    register("campaign.widened", _("New homes taken into the campaign"))
    register("campaign.closed", _("Campaign closed"))
    register("campaign_task.done", _("Task done"))
    register("campaign_task.spared", _("Task not needed here"))
    register("campaign_task.opened", _("Task open again"))
    register("campaign_task.erased", _("Task erased"))
    register("campaign_task.emptied", _("What was noted at a task was erased"))
    register("list.uploaded", _("List uploaded to be compared"))
    register("list.compared", _("List compared with the registry"))
    register("list.tasks_set", _("Tasks made of a list"))
    register("list.settled", _("People of a list settled"))
    register("list.taken_out", _("Result of a list taken out"))
    register("list.erased", _("List erased"))


def subject_of(thing: Visit | CheckIn | Campaign | CampaignTask) -> Subject:
    return Subject(KINDS[type(thing)], thing.id)


def whose(thing: Visit | CampaignTask) -> dict[str, Json]:
    """At which household or merchant, and where."""
    return {"household": thing.household_id, "merchant": thing.merchant_id, "place": thing.place}


def plan_facts(visit: Visit) -> dict[str, Json]:
    """What the journal keeps of a plan."""
    return whose(visit) | {
        "on": visit.planned_on,
        "why": visit.why,
        "person": visit.person_id,
        "seat": visit.seat_id,
    }


def told_facts(visit: Visit) -> dict[str, Json]:
    """What the journal keeps of a call: not a word of what was said."""
    return whose(visit) | {
        "at": visit.visited_at,
        "way": visit.way,
        "why": visit.why,
        "person": visit.person_id,
        "seat": visit.seat_id,
        "confirmed": list(visit.confirmed),
    }


def entry(
    code: str,
    thing: Visit | CheckIn | Campaign | CampaignTask,
    facts: Mapping[str, Json] | None = None,
    *,
    by: Who,
    now: datetime,
) -> Entry:
    """One line on the chain of what it is about."""
    return record(code, subject_of(thing), by=by.actor(), at=now, facts=facts)

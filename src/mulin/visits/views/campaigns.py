"""Tasks for all grids: setting one, how far it is, and ticking what is done."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mulin.kernel.refusals import Invalid, NotYours
from mulin.posts.face import Permission, Who, may, needs, who_asks
from mulin.visits.actions.campaigns import close_campaign, extend_campaign, set_campaign, widen_campaign
from mulin.visits.actions.tasks import do_tasks, reopen_task, spare_task
from mulin.visits.codes import DoneBy, TaskStage, Whom
from mulin.visits.forms import CampaignForm, ExtendForm, SpareForm
from mulin.visits.models import Campaign, CampaignTask
from mulin.visits.queries.campaigns import campaign_page, overall, progress, together
from mulin.visits.queries.doors import door_lines
from mulin.visits.queries.grounds import ground, uuid_of
from mulin.visits.rules.choosing import read_chosen
from mulin.visits.views.base import done, page, sent, tried

PAGE, MOST = 50, 200


@needs(Permission.DESK_OPEN, Permission.VISIT_READ)
def campaigns(request: HttpRequest) -> HttpResponse:
    """Those that run, then the last that were closed."""
    who = who_asks(request)
    closed = request.GET.get("show") == "closed"
    shown, after = campaign_page(who, closed=closed, after=uuid_of(request.GET.get("after", "")), limit=PAGE)
    counted = overall(shown)
    context = {
        "rows": [{"campaign": each, "progress": counted[each.pk]} for each in shown],
        "closed": closed, "may_set": who.holds(Permission.VISIT_PLAN),
        "page": {"next_url": "?" + urlencode({"show": "closed" if closed else "", "after": after})} if after else {},
    }  # fmt: skip
    return page(request, "campaigns.html", context)


@needs(Permission.DESK_OPEN, Permission.VISIT_PLAN)
def campaign_new(request: HttpRequest) -> HttpResponse:
    """What, whom, until when."""
    who = who_asks(request)
    _first, areas = ground(who, Permission.VISIT_PLAN)
    form, status = CampaignForm(sent(request), areas=areas), 200
    if request.method == "POST":

        def act(given: dict[str, Any]) -> HttpResponse:
            area = next(each for each in areas if str(each.pk) == given["area"])
            made = set_campaign(area, form.plan(), by=who, now=who.now)
            messages.success(request, _("The campaign is set, and the grid workers are told."))
            return done(reverse("campaign", args=[made.pk]))

        answer, status = tried(form, act)
        if answer:
            return answer
    return page(
        request,
        "campaign_new.html",
        {"form": form, "homes": Whom.HOUSEHOLDS, "shops": Whom.MERCHANTS},
        status,
    )


@needs(Permission.DESK_OPEN, Permission.VISIT_READ)
def campaign(request: HttpRequest, id: UUID) -> HttpResponse:
    """How far it is, grid by grid."""
    who = who_asks(request)
    return _shown(request, who, find_campaign(who, id))


def _shown(request: HttpRequest, who: Who, found: Campaign, **more: Any) -> HttpResponse:
    lines = progress(found, who)
    context = {
        "campaign": found, "lines": lines, "own": together(lines), "whole": overall([found])[found.pk],
        "choice": _choice(found), "may_plan": found.is_running and may(who, Permission.VISIT_PLAN, found),
        "may_widen": found.whom != Whom.GRIDS, "extend_form": ExtendForm(initial={"until_on": found.until_on}),
        **more,
    }  # fmt: skip
    return page(request, "campaign.html", context, more.get("status", 200))


def find_campaign(who: Who, id: UUID) -> Campaign:
    rows = Campaign.objects.visible_to(who).select_related("area").defer("area__border")
    found = rows.filter(pk=id).first()
    if found is None:
        raise NotYours
    return found


def _choice(found: Campaign) -> list[str]:
    """For whom it is, in words."""
    form = CampaignForm(areas=[])
    chosen = read_chosen(found.chosen).as_codes()
    names = {"kind": "home_kind" if found.whom == Whom.HOUSEHOLDS else "shop_kind"}
    said = []
    for name, value in chosen.items():
        field = form.fields[names.get(name, name)]
        label = dict(getattr(field, "choices", ())).get(value, value)
        said.append(f"{field.label}: {label}")
    return said


@needs(Permission.DESK_OPEN, Permission.VISIT_PLAN)
@require_POST
def close(request: HttpRequest, id: UUID) -> HttpResponse:
    """End it."""
    who = who_asks(request)
    close_campaign(find_campaign(who, id), by=who, now=who.now)
    messages.success(request, _("The campaign is closed."))
    return done(reverse("campaign", args=[id]))


@needs(Permission.DESK_OPEN, Permission.VISIT_PLAN)
@require_POST
def extend(request: HttpRequest, id: UUID) -> HttpResponse:
    """Another last day."""
    who = who_asks(request)
    found, form = find_campaign(who, id), ExtendForm(request.POST)

    def act(given: dict[str, Any]) -> HttpResponse:
        extend_campaign(found, until_on=given["until_on"], by=who, now=who.now)
        messages.success(request, _("The campaign has another last day."))
        return done(reverse("campaign", args=[id]))

    answer, status = tried(form, act)
    return answer or _shown(request, who, found, extend_form=form, status=status)


@needs(Permission.DESK_OPEN, Permission.VISIT_PLAN)
@require_POST
def widen(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take in who came since."""
    who = who_asks(request)
    count = widen_campaign(find_campaign(who, id), by=who, now=who.now)
    said = ngettext("%(n)d task was added.", "%(n)d tasks were added.", count) % {"n": count}
    messages.success(request, said if count else _("There is nobody new whom it would be for."))
    return done(reverse("campaign", args=[id]))


@needs(Permission.DESK_OPEN, Permission.VISIT_READ)
def tasks(request: HttpRequest, id: UUID) -> HttpResponse:
    """The tasks of one's area: door by door, with names masked."""
    who = who_asks(request)
    found = find_campaign(who, id)
    stage = request.GET.get("stage", TaskStage.OPEN)
    place, areas = ground(who, Permission.VISIT_READ, request.GET.get("area", ""))
    rows = found.tasks.all().visible_to(who)
    if place and request.GET.get("area"):
        rows = rows.filter(place__gte=place.path, place__lt=f"{place.path}:")
    if stage in TaskStage.values:
        rows = rows.filter(stage=stage)
    shown, after = page_of(rows, request.GET.get("after", ""))
    kept = {"stage": stage, "area": request.GET.get("area", "")}
    context = {
        "campaign": found, "rows": _dressed(shown, who), "stage": stage, "stages": TaskStage.choices,
        "areas": areas, "area": request.GET.get("area", ""), "by_visit": found.done_by == DoneBy.VISIT,
        "may_tick": found.is_running and who.holds(Permission.VISIT_RECORD),
        "page": {"next_url": "?" + urlencode({**kept, "after": after})} if after else {},
    }  # fmt: skip
    return page(request, "tasks.html", context)


def page_of(rows: Any, after: str) -> tuple[list[CampaignTask], str]:
    """By place, then by id; and the key of the next page."""
    place, _mark, id = after[:100].partition("~")
    if place.isascii() and place.isdigit() and (key := uuid_of(id)):
        rows = rows.filter(place__gte=place).exclude(place=place, id__lte=key)
    found = list(
        rows.select_related("household", "merchant__area", "area").order_by("place", "id")[: PAGE + 1]
    )
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], f"{last.place}~{last.pk}" if last else ""


def _dressed(rows: list[CampaignTask], who: Who) -> list[dict[str, Any]]:
    targets = [target for task in rows if (target := task.household or task.merchant)]
    doors = door_lines(targets, who)
    return [
        {"task": task, "door": doors.get(task.household_id or task.merchant_id or task.pk)} for task in rows
    ]


@needs(Permission.DESK_OPEN, Permission.VISIT_RECORD)
@require_POST
def tick(request: HttpRequest, id: UUID) -> HttpResponse:
    """Those that were ticked are done."""
    who = who_asks(request)
    found = find_campaign(who, id)
    ids = [key for text in request.POST.getlist("tasks")[:MOST] if (key := uuid_of(text))]
    rows = found.tasks.all().allowed(who, Permission.VISIT_RECORD).filter(pk__in=ids)
    back = reverse("campaign-tasks", args=[id]) + _back(request)
    try:
        count = do_tasks(list(rows.select_related("campaign")), by=who, now=who.now)
    except Invalid as refusal:
        messages.error(request, str(refusal.message))
        return done(back)
    said = ngettext("%(n)d task is done.", "%(n)d tasks are done.", count) % {"n": count}
    messages.success(request, said if count else _("Nothing was ticked that was still to do."))
    return done(back)


def _back(request: HttpRequest) -> str:
    area = request.POST.get("area", "")
    return "?" + urlencode({"area": area}) if area.isascii() and area.isdigit() else ""


@needs(Permission.DESK_OPEN, Permission.VISIT_RECORD)
def task(request: HttpRequest, id: UUID) -> HttpResponse:
    """One task that is not needed here (and why), or that was ticked by mistake."""
    who = who_asks(request)
    rows = CampaignTask.objects.visible_to(who).select_related(
        "campaign", "household", "merchant__area", "area"
    )
    found = rows.filter(pk=id).first()
    if found is None:
        raise NotYours
    form, status = SpareForm(sent(request)), 200
    back = reverse("campaign-tasks", args=[found.campaign_id])
    if request.method == "POST" and "reopen" in request.POST:
        reopen_task(found, by=who, now=who.now)
        messages.success(request, _("The task is open again."))
        return done(back)
    if request.method == "POST":

        def act(given: dict[str, Any]) -> HttpResponse:
            spare_task(found, note=given["note"], by=who, now=who.now)
            messages.success(request, _("The task is not needed here."))
            return done(back)

        answer, status = tried(form, act)
        if answer:
            return answer
    (line,) = _dressed([found], who)
    context = {"task": found, "door": line["door"], "campaign": found.campaign, "form": form}
    return page(request, "task.html", context, status)

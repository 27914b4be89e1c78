"""Pages of lists: upload one, compare it, see what came of it; in the grid: whom one is still to reach."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mulin.kernel import sheets
from mulin.kernel.models import Job
from mulin.kernel.refusals import NotAllowed, TooLarge
from mulin.posts.face import Permission, Who, needs, who_asks
from mulin.visits.lists import actions
from mulin.visits.lists.codes import ListStage, Outcome
from mulin.visits.lists.exporting import start_result
from mulin.visits.lists.forms import ColumnsForm, ListForm, TasksForm
from mulin.visits.lists.models import ComparedList
from mulin.visits.lists.queries import by_grid, counts, find_list, page_of, sees_all, together
from mulin.visits.lists.reading import unpack
from mulin.visits.queries.grounds import grounds, uuid_of
from mulin.visits.rules.dates import today
from mulin.visits.views.base import done, page, sent, tried

SHOWN = 100
USUALLY = timedelta(days=30)


@needs(Permission.DESK_OPEN, Permission.VISIT_RECORD)
def lists(request: HttpRequest) -> HttpResponse:
    """Those of one's area; in the grid: those that ask something of one's own doors."""
    who = who_asks(request)
    may_compare = who.holds(Permission.LIST_COMPARE)
    rows = ComparedList.objects.light()
    rows = rows.visible_to(who) if may_compare else rows.with_tasks_of(who)
    found = list(rows.older_than(uuid_of(request.GET.get("after", "")))[: SHOWN + 1])
    more = {"next_url": f"?after={found[SHOWN - 1].pk}"} if len(found) > SHOWN else {}
    context = {"rows": found[:SHOWN], "page": more, "may_compare": may_compare}
    return page(request, "lists/lists.html", context)


@needs(Permission.DESK_OPEN, Permission.LIST_COMPARE)
def list_new(request: HttpRequest) -> HttpResponse:
    """Upload one."""
    who = who_asks(request)
    areas = grounds(who, Permission.LIST_COMPARE)
    last = today(who.now) + min(USUALLY, timedelta(days=settings.MULIN_LIST_DAYS))
    initial = {"until_on": last, "says": "todo", "area": str(areas[0].pk) if areas else ""}
    files = request.FILES if request.method == "POST" else None
    form, status = ListForm(sent(request), files, areas=areas, initial=initial), 200
    if request.method == "POST":

        def act(given: dict[str, Any]) -> HttpResponse:
            if given["file"].size > sheets.MOST_BYTES:
                raise TooLarge(_("This file is too large: at most 20 MB are taken."))
            area = next(each for each in areas if str(each.pk) == given["area"])
            made = actions.begin_list(area, form.plan(), given["file"].read(), by=who, now=who.now)
            return done(reverse("list-one", args=[made.pk]))

        answer, status = tried(form, act)
        if answer:
            return answer
    return page(request, "lists/new.html", {"form": form, "most": settings.MULIN_LIST_DAYS}, status)


@needs(Permission.DESK_OPEN, Permission.VISIT_RECORD)
def list_one(request: HttpRequest, id: UUID) -> HttpResponse:
    """A list on its way, or what came of it; who works in a grid sees the rows of their own doors."""
    who = who_asks(request)
    return _shown(request, find_list(id, who), who)


def _shown(
    request: HttpRequest, source: ComparedList, who: Who, status: int = 200, **changed: forms.Form
) -> HttpResponse:
    whole = sees_all(source, who)
    job = Job.objects.filter(pk=source.job).first() if source.job and whole else None
    context: dict[str, Any] = {
        "source": source, "whole": whole, "job": job, "busy": job is not None and not job.is_over,
    }  # fmt: skip
    if source.table and whole:
        table = unpack(source)
        context |= {
            "table": table,
            "columns_form": ColumnsForm(source=source, table=table),
            "known": source.columns,
        }
    if source.is_ready:
        lines = by_grid(source, who)
        context |= {
            "grids": lines, "sum": together(lines), "counts": _counted(source) if whole else [],
            "tasks_form": TasksForm(initial={"until_on": source.until_on}),
            "may_take_out": whole and who.holds(Permission.REGISTRY_EXPORT),
        }  # fmt: skip
    return page(request, "lists/list.html", context | changed, status)


def _counted(source: ComparedList) -> list[dict[str, Any]]:
    told = counts(source)
    return [{"code": each.value, "label": each.label, "n": told[each]} for each in Outcome if told[each]]


@require_POST
@needs(Permission.DESK_OPEN, Permission.LIST_COMPARE)
def compare(request: HttpRequest, id: UUID) -> HttpResponse:
    """Which column holds what; then it begins."""
    who = who_asks(request)
    source = find_list(id, who)
    form = ColumnsForm(request.POST, source=source, table=unpack(source))

    def act(_given: dict[str, Any]) -> HttpResponse:
        return _to_job(actions.start_comparison(source, columns=form.columns(), by=who, now=who.now))

    answer, status = tried(form, act)
    return answer or _shown(request, source, who, status, columns_form=form)


@needs(Permission.DESK_OPEN, Permission.VISIT_RECORD)
def rows(request: HttpRequest, id: UUID) -> HttpResponse:
    """Row by row, names masked; what is still to be done can be ticked."""
    who = who_asks(request)
    source = find_list(id, who)
    asked = request.GET.dict()
    kept = {name: asked.get(name, "") for name in ("outcome", "area", "still")}
    found, after = page_of(
        source,
        who,
        outcome=kept["outcome"],
        area=kept["area"],
        still=bool(kept["still"]),
        after=asked.get("after", ""),
    )
    context = {
        "source": source, "rows": found, "kept": kept, "outcomes": Outcome.choices, "whole": sees_all(source, who),
        "may_tick": source.is_ready and who.holds(Permission.VISIT_RECORD),
        "page": {"next_url": "?" + urlencode({**kept, "after": after})} if after else {},
    }  # fmt: skip
    return page(request, "lists/rows.html", context)


@require_POST
@needs(Permission.DESK_OPEN, Permission.VISIT_RECORD)
def tick(request: HttpRequest, id: UUID) -> HttpResponse:
    """Those that were ticked are done."""
    who = who_asks(request)
    source = find_list(id, who)
    ids = [key for text in request.POST.getlist("rows")[: actions.MOST_TICKS] if (key := uuid_of(text))]
    count = actions.settle_rows(source, ids, by=who, now=who.now)
    said = ngettext("%(n)d person is done.", "%(n)d people are done.", count) % {"n": count}
    messages.success(request, said if count else _("Nothing was ticked that was still to do."))
    kept = {name: request.POST.get(name, "")[:30] for name in ("outcome", "area", "still")}
    return done(reverse("list-rows", args=[id]) + "?" + urlencode(kept))


@require_POST
@needs(Permission.DESK_OPEN, Permission.LIST_COMPARE, Permission.VISIT_PLAN)
def tasks(request: HttpRequest, id: UUID) -> HttpResponse:
    """Make a task for each home of somebody outstanding."""
    who = who_asks(request)
    source, form = find_list(id, who), TasksForm(request.POST)

    def act(given: dict[str, Any]) -> HttpResponse:
        made = actions.make_tasks(source, **given, by=who, now=who.now)
        messages.success(request, _("The grid workers have their tasks, and are told."))
        return done(reverse("campaign", args=[made.pk]))

    answer, status = tried(form, act)
    return answer or _shown(request, source, who, status, tasks_form=form)


@require_POST
@needs(Permission.DESK_OPEN, Permission.LIST_COMPARE, Permission.REGISTRY_EXPORT)
def result(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take the result out as Excel; a large one, once a second person has agreed."""
    who = who_asks(request)
    asked = start_result(find_list(id, who), by=who, now=who.now)
    if asked.job:
        return done(reverse("job", args=[asked.job]))
    messages.success(request, _("Somebody else has to agree first; then the list is made."))
    return done(reverse("registry-export", args=[asked.pk]))


@require_POST
@needs(Permission.DESK_OPEN, Permission.LIST_COMPARE)
def erase(request: HttpRequest, id: UUID) -> HttpResponse:
    """Erase it now."""
    who = who_asks(request)
    source = find_list(id, who)
    if source.stage == ListStage.ERASED or not sees_all(source, who):
        raise NotAllowed
    actions.erase_list(source, by=who, now=who.now)
    messages.success(request, _("The list was erased. Its title and its figures stay in the journal."))
    return done(reverse("lists"))


def _to_job(job: Job) -> HttpResponseRedirect:
    return done(reverse("job", args=[job.pk]))

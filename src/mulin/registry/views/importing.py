"""Taking a list into the registry: template, upload, the dry run, who is known already, the job, taking it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from mulin.kernel import sheets
from mulin.kernel.models import Job
from mulin.kernel.refusals import Conflict, Invalid, Refusal, TooLarge
from mulin.posts.face import Permission, Who, needs, who_asks
from mulin.registry.actions import bulk_import as actions
from mulin.registry.forms_lists import ChoicesForm, ListForm, TakeInForm
from mulin.registry.importing import showing, template
from mulin.registry.importing.upload import MOST_BYTES
from mulin.registry.models import Dwelling, HomeImport, Household, Merchant, Resident
from mulin.registry.models.importing import ImportStage, ListKind

SHOWN, KNOWN_PAGE, MOST_NAMED = 100, 20, 100
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(Permission.DESK_OPEN, Permission.REGISTRY_IMPORT)
def lists_in(request: HttpRequest) -> HttpResponse:
    """One's own lists; a POST uploads one."""
    who, status = who_asks(request), 200
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                return _to(_begin(form.cleaned_data, who))
            except Refusal as refusal:
                _say(form, refusal)
    context = {"now": who.now, "form": form, "rows": actions.imports_of(who), "kinds": ListKind.choices}
    context["may_approve"] = who.holds(Permission.REGISTRY_APPROVE)
    return render(request, "registry/lists_in.html", context, status=status)


def _begin(data: dict[str, Any], who: Who) -> HomeImport:
    file = data["file"]
    if file.size > MOST_BYTES:
        raise TooLarge(_("This file is too large: at most 64 MB are taken."))
    kind, doors = data["kind"], data["make_doors"]
    return actions.begin_import(file.read(), file.name, kind=kind, make_doors=doors, by=who, now=who.now)


@needs(Permission.DESK_OPEN, Permission.REGISTRY_IMPORT)
def list_in(request: HttpRequest, id: UUID) -> HttpResponse:
    """A list on its way in, or what became of it."""
    who = who_asks(request)
    return _page(request, actions.own_import(id, who), who)


def _page(
    request: HttpRequest, source: HomeImport, who: Who, *, start: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    job = Job.objects.filter(pk=source.job).first() if source.job else None
    context = {
        "now": who.now,
        "source": source,
        "job": job,
        "busy": job is not None and not job.is_over,
        "ready": max(source.rows - source.wrong - source.known, 0),
        **(_checked(request, source, who) if source.stage == ImportStage.CHECKED else {}),
        **({"stay": _stay(source, who)} if source.stage == ImportStage.UNDONE else {}),
        "start_form": start or TakeInForm(),
    }
    response = render(request, "registry/list_in.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _checked(request: HttpRequest, source: HomeImport, who: Who) -> dict[str, Any]:
    faults = list(actions.faults(source)[: SHOWN + 1])
    page = Paginator(actions.known_rows(source), KNOWN_PAGE).get_page(request.GET.get("page"))
    some = list(page.object_list)
    form = ChoicesForm(some)
    known = [(each, form[f"row-{each.finding.pk}"]) for each in showing.known(source, some, who)]
    return {
        "faults": [_cell(each) for each in faults[:SHOWN]],
        "more_faults": len(faults) > SHOWN,
        "known": known,
        "page": page,
    }


def _cell(finding: Any) -> sheets.CellProblem:
    return sheets.CellProblem(finding.sheet, finding.row, finding.column, finding.words)


def _stay(source: HomeImport, who: Who) -> list[tuple[str, str]]:
    """What was touched since and so stayed, by its page's address."""
    made = source.parts.filter(raw=False).values_list("made", flat=True)
    ids = [id for each in made for id in each.get("stay", ())][:MOST_NAMED]
    pages = (
        ("street-resident", Resident),
        ("household", Household),
        ("dwelling", Dwelling),
        ("merchant", Merchant),
    )
    found = []
    for name, model in pages:
        visible = model.objects.visible_to(who).filter(pk__in=ids)
        found += [(str(model._meta.verbose_name), reverse(name, args=[row.pk])) for row in visible]
    return found


@needs(Permission.DESK_OPEN, Permission.REGISTRY_IMPORT)
def list_choices(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say what is done with those of one page who are known already."""
    who = who_asks(request)
    source = actions.own_import(id, who)
    if request.method == "POST":
        page = Paginator(actions.known_rows(source), KNOWN_PAGE).get_page(request.POST.get("page"))
        form = ChoicesForm(list(page.object_list), request.POST)
        if form.is_valid():
            actions.choose_each(source, form.choices(), by=who, now=who.now)
            messages.success(request, _("Your choices were kept."))
        return _to(source, f"?page={page.number}#known")
    return _to(source)


@needs(Permission.DESK_OPEN, Permission.REGISTRY_IMPORT)
def list_start(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take it in; it goes on while one is elsewhere."""
    who = who_asks(request)
    source = actions.own_import(id, who)
    if request.method != "POST":
        return _to(source)
    form = TakeInForm(request.POST)
    if not form.is_valid():
        return _page(request, source, who, start=form, status=422)
    try:
        data = form.cleaned_data
        job = actions.start_import(
            source, leave_out=data["leave_out"], repeats=data["repeats"], by=who, now=who.now
        )
    except Invalid as refusal:
        _say(form, refusal)
        return _page(request, source, who, start=form, status=refusal.status)
    return _to_job(job)


@needs(Permission.DESK_OPEN, Permission.REGISTRY_IMPORT)
def list_undo(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take the whole of it back."""
    who = who_asks(request)
    source = actions.own_import(id, who)
    if request.method != "POST":
        return _to(source)
    return _to_job(actions.undo_import(source, by=who, now=who.now))


@needs(Permission.DESK_OPEN, Permission.REGISTRY_IMPORT)
def list_drop(request: HttpRequest, id: UUID) -> HttpResponse:
    """Give it up."""
    who = who_asks(request)
    source = actions.own_import(id, who)
    if request.method != "POST":
        return _to(source)
    actions.drop_import(source, by=who, now=who.now)
    messages.success(request, _("The list was given up. Nothing of it is kept."))
    return HttpResponseRedirect(reverse("registry-lists"), status=303)


@needs(Permission.DESK_OPEN, Permission.REGISTRY_IMPORT)
def list_faults(request: HttpRequest, id: UUID) -> HttpResponse:
    """All that is wrong, as Excel, to be put right beside the list."""
    who = who_asks(request)
    source = actions.own_import(id, who)
    if source.stage != ImportStage.CHECKED:
        raise Conflict(
            _("What was wrong with this list is kept no longer: it was taken in or given up."), code="gone"
        )
    rows = [(each.sheet, each.row, each.column, each.words) for each in actions.faults(source)]
    header = (_("Sheet"), _("Row"), _("Column"), _("What is wrong"))
    return _file(sheets.write([sheets.Out(_("What is wrong"), header, rows)]), "faults.xlsx", EXCEL)


@needs(Permission.DESK_OPEN, Permission.REGISTRY_IMPORT)
def list_template(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001 - the shape of a view
    """The template, as `homes.xlsx`, `homes.csv`, `merchants.xlsx`, `merchants.csv`."""
    kind, _dot, form = name.partition(".")
    if kind not in ListKind.values or form not in ("xlsx", "csv"):
        raise Http404
    if form == "csv":
        return _file(template.text(kind), name, "text/csv; charset=utf-8")
    return _file(template.workbook(kind), name, EXCEL)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    patch_cache_control(response, private=True, no_store=True)
    return response


def _say(form: forms.Form, refusal: Refusal) -> None:
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, str(refusal.message))


def _to(source: HomeImport, part: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("registry-list", args=[source.pk]) + part, status=303)


def _to_job(job: Job) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("job", args=[job.pk]), status=303)

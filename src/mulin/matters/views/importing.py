"""Taking over a list of former matters: upload, columns, words, the dry run, the job, and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from mulin.kernel import sheets
from mulin.kernel.models import Job
from mulin.kernel.refusals import Invalid, Refusal, TooLarge
from mulin.matters.actions import importing as actions
from mulin.matters.actions.imports.around import Around
from mulin.matters.actions.imports.checking import Checked
from mulin.matters.actions.imports.reading import unpack
from mulin.matters.forms import add_refusal
from mulin.matters.import_forms import ColumnsForm, FileForm, StartForm, WordsForm
from mulin.matters.import_words import STAGES
from mulin.matters.models.importing import Import
from mulin.matters.rules.importing import COLUMNS, REQUIRED
from mulin.posts.face import Permission, Who, needs, who_asks

SHOWN = 50
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass
class Returned:
    """The form that comes back with what was wrong."""

    columns: forms.Form | None = None
    words: forms.Form | None = None
    start: forms.Form | None = None
    status: int = 200


@needs(Permission.DESK_OPEN, Permission.MATTER_IMPORT)
def imports(request: HttpRequest) -> HttpResponse:
    """One's own lists; a POST uploads one."""
    who, status = who_asks(request), 200
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                return _to(_begin(form.cleaned_data["file"], who))
            except Refusal as refusal:
                add_refusal(form, refusal)
    rows = [(each, STAGES[each.stage]) for each in actions.imports_of(who)]
    return render(
        request, "matters/imports.html", {"now": who.now, "form": form, "rows": rows}, status=status
    )


def _begin(file: Any, who: Who) -> Import:
    if file.size > sheets.MOST_BYTES:
        raise TooLarge(_("This file is too large: at most 20 MB are taken."))
    return actions.begin_import(file.read(), file.name, by=who, now=who.now)


@needs(Permission.DESK_OPEN, Permission.MATTER_IMPORT)
def one(request: HttpRequest, id: UUID) -> HttpResponse:
    """A list on its way in, or what became of it."""
    return _page(request, actions.own_import(id, who_asks(request)), Returned())


def _page(request: HttpRequest, source: Import, returned: Returned) -> HttpResponse:
    who = who_asks(request)
    job = Job.objects.filter(pk=source.job).first() if source.job else None
    context = {
        "now": who.now,
        "source": source,
        "stage": STAGES[source.stage],
        "job": job,
        "busy": job is not None and not job.is_over,
        **(_preparing(source, who, returned) if source.table else {}),
    }
    response = render(request, "matters/import.html", context, status=returned.status)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _preparing(source: Import, who: Who, returned: Returned) -> dict[str, Any]:
    sheet = unpack(source)
    found = _dry_run(source, who)
    around = Around(who)
    problem_lines = _lines(found.problems) if found else []
    words = returned.words or (WordsForm(source, found.unknown, around) if found else None)
    return {
        "sheet": sheet,
        "columns_form": returned.columns or ColumnsForm(source, sheet),
        "columns_open": returned.columns is not None or found is None,
        "words_form": words if words and words.fields else None,
        "words_open": returned.words is not None or bool(found and found.unknown),
        "start_form": returned.start or StartForm(),
        "found": found,
        "shown": problem_lines[:SHOWN],
        "more_wrong": len(problem_lines) > SHOWN,
        "ready": found.ready[:5] if found else (),
    }


@dataclass
class Line:
    """The same thing wrong in one column, wherever it is."""

    where: str
    words: str
    more: int = 0


def _lines(found: Iterable[sheets.CellProblem]) -> list[Line]:
    """What is wrong, each thing once, where it comes first."""
    lines: dict[tuple[str, str], Line] = {}
    for problem in found:
        key = (problem.column, str(problem.words))
        if key in lines:
            lines[key].more += 1
        else:
            lines[key] = Line(problem.where, str(problem.words))
    return list(lines.values())


def _dry_run(source: Import, who: Who) -> Checked | None:
    """None until the columns that must be there are named."""
    return actions.checked(source, who) if set(REQUIRED) <= source.columns.keys() else None


@needs(Permission.DESK_OPEN, Permission.MATTER_IMPORT)
def columns(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say which column holds what."""
    who, source = _posted(request, id)
    if request.method != "POST":
        return _to(source)
    form = ColumnsForm(source, unpack(source), request.POST)
    status = _try(form, lambda: actions.explain_import(source, columns=form.columns(), by=who, now=who.now))
    return _page(request, source, Returned(columns=form, status=status)) if status else _to(source, "#check")


@needs(Permission.DESK_OPEN, Permission.MATTER_IMPORT)
def words(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say what its words mean here."""
    who, source = _posted(request, id)
    found = _dry_run(source, who) if source.table else None
    if request.method != "POST" or found is None:
        return _to(source)
    form = WordsForm(source, found.unknown, Around(who), request.POST)
    status = _try(form, lambda: actions.explain_import(source, meanings=form.meanings(), by=who, now=who.now))
    return _page(request, source, Returned(words=form, status=status)) if status else _to(source, "#check")


@needs(Permission.DESK_OPEN, Permission.MATTER_IMPORT)
def start(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take it over; it goes on while one is elsewhere."""
    who, source = _posted(request, id)
    if request.method != "POST":
        return _to(source)
    form, made = StartForm(request.POST), list[Job]()

    def begin() -> None:
        made.append(
            actions.start_import(source, leave_out=form.cleaned_data["leave_out"], by=who, now=who.now)
        )

    status = _try(form, begin)
    return _page(request, source, Returned(start=form, status=status)) if status else _to_job(made[0])


@needs(Permission.DESK_OPEN, Permission.MATTER_IMPORT)
def undo(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take the whole of it back."""
    who, source = _posted(request, id)
    return (
        _to_job(actions.undo_import(source, by=who, now=who.now)) if request.method == "POST" else _to(source)
    )


@needs(Permission.DESK_OPEN, Permission.MATTER_IMPORT)
def drop(request: HttpRequest, id: UUID) -> HttpResponse:
    """Give it up."""
    who, source = _posted(request, id)
    if request.method != "POST":
        return _to(source)
    actions.drop_import(source, by=who, now=who.now)
    messages.success(request, _("The list was given up. Nothing of it is kept."))
    return HttpResponseRedirect(reverse("imports"), status=303)


@needs(Permission.DESK_OPEN, Permission.MATTER_IMPORT)
def problems(request: HttpRequest, id: UUID) -> HttpResponse:
    """All that is wrong, as Excel, to be put right beside the list."""
    who = who_asks(request)
    found = actions.checked(actions.own_import(id, who), who)
    rows = [(each.row, each.column, str(each.words)) for each in found.problems]
    sheet = sheets.Out(_("What is wrong"), (_("Row"), _("Column"), _("What is wrong")), rows)
    response = HttpResponse(sheets.write([sheet]), content_type=EXCEL)
    response["Content-Disposition"] = 'attachment; filename="problems.xlsx"'
    patch_cache_control(response, private=True, no_store=True)
    return response


@needs(Permission.DESK_OPEN, Permission.MATTER_IMPORT)
def pattern(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the shape of a view
    """An empty list with the titles that are known."""
    titles = [f"{column.title} *" if column.required else column.title for column in COLUMNS]
    response = HttpResponse(sheets.write([sheets.Out(_("Former matters"), titles, [])]), content_type=EXCEL)
    response["Content-Disposition"] = 'attachment; filename="former-matters.xlsx"'
    return response


def _posted(request: HttpRequest, id: UUID) -> tuple[Who, Import]:
    who = who_asks(request)
    return who, actions.own_import(id, who)


def _try(form: forms.Form, act: Callable[[], object]) -> int:
    """Do it if the form is right; the status of the page that says what is wrong, else 0."""
    if not form.is_valid():
        return 422
    try:
        act()
    except Invalid as refusal:
        add_refusal(form, refusal)
        return refusal.status
    return 0


def _to(source: Import, part: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("import", args=[source.pk]) + part, status=303)


def _to_job(job: Job) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("job", args=[job.pk]), status=303)

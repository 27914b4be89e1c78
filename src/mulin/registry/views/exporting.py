"""A list of the registry as Excel: what is in it, what for; above a size somebody else agrees; then it is long work."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Invalid
from mulin.posts.face import Permission, Who, needs, who_asks
from mulin.registry.actions import bulk_export as actions
from mulin.registry.exporting.rows import KINDS, count
from mulin.registry.forms_lists import DecideForm, TakeOutForm
from mulin.registry.models import HomeExport
from mulin.registry.models.importing import ExportStage
from mulin.registry.queries.lists import HomeFilters


@needs(Permission.DESK_OPEN, Permission.REGISTRY_EXPORT)
def take_out(request: HttpRequest, by: str) -> HttpResponse:
    """The list of this address as it is filtered, by household, resident or merchant."""
    kind = by
    if kind not in KINDS:
        raise Http404
    who = who_asks(request)
    filters = HomeFilters.read({**request.GET.dict(), "q": ""})  # a name does not belong in an address
    may_reveal = who.holds(Permission.REGISTRY_REVEAL)
    form = TakeOutForm(request.POST or None, may_reveal=may_reveal)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.start_export(kind, filters, **form.cleaned_data, by=who, now=who.now)
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        else:
            return _begun(request, made)
    rows = count(kind, who, filters)
    context = {
        "now": who.now, "form": form, "kind": kind, "count": rows, "most": settings.MULIN_EXPORT_ALONE,
        "large": actions.needs_another(who, rows), "filters": list(filters.query().items()),
        "mine": actions.own_exports(who)[:10],
    }  # fmt: skip
    return _private(render(request, "registry/take_out.html", context, status=422 if form.errors else 200))


def _begun(request: HttpRequest, made: HomeExport) -> HttpResponse:
    if made.job:
        return HttpResponseRedirect(reverse("job", args=[made.job]), status=303)
    messages.success(request, _("Somebody else has to agree first; then the list is made."))
    return HttpResponseRedirect(reverse("registry-export", args=[made.pk]), status=303)


@needs(Permission.DESK_OPEN, Permission.REGISTRY_APPROVE)
def exports(request: HttpRequest) -> HttpResponse:
    """Lists that wait for one's agreement."""
    who = who_asks(request)
    context = {"now": who.now, "rows": actions.exports_to_decide(who)}
    return _private(render(request, "registry/exports.html", context))


@needs(Permission.DESK_OPEN)
def export(request: HttpRequest, id: UUID) -> HttpResponse:
    """One list: what was asked, by whom, for what; whoever else may decides."""
    who = who_asks(request)
    return _page(request, actions.export_of(id, who), who, DecideForm())


@needs(Permission.DESK_OPEN, Permission.REGISTRY_APPROVE)
def export_decide(request: HttpRequest, id: UUID) -> HttpResponse:
    """Agree or refuse."""
    who = who_asks(request)
    asked = actions.export_of(id, who)
    form = DecideForm(request.POST)
    if request.method == "POST" and form.is_valid():
        agree = form.cleaned_data["answer"] == "agree"
        actions.decide_export(asked, agree=agree, note=form.cleaned_data["note"], by=who, now=who.now)
        messages.success(request, _("Your decision was written down."))
        return HttpResponseRedirect(reverse("registry-exports"), status=303)
    if request.method == "POST":
        return _page(request, asked, who, form, status=422)
    return HttpResponseRedirect(reverse("registry-export", args=[asked.pk]), status=303)


def _page(
    request: HttpRequest, asked: HomeExport, who: Who, form: forms.Form, status: int = 200
) -> HttpResponse:
    deciding = asked.stage == ExportStage.ASKED and actions.may_decide(asked, who)
    own = who.user is not None and asked.by_id == who.user.pk
    context = {"now": who.now, "asked": asked, "form": form, "deciding": deciding, "own": own}
    return _private(render(request, "registry/export.html", context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response

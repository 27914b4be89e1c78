"""Entries of the matter list for a time only: added with consent and an end, and extended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.kernel.refusals import NotAllowed, NotYours, Refusal
from mulin.matters.actions.temporary import MOST_DAYS, add_temporary, extend_temporary
from mulin.matters.actions.types import may_edit_list
from mulin.matters.forms import ExtendForm, TemporaryForm, add_refusal
from mulin.matters.models import MatterType
from mulin.posts.face import Permission, needs, who_asks


@needs(Permission.DESK_OPEN, Permission.MATTER_TYPE_EDIT)
def add(request: HttpRequest) -> HttpResponse:
    """Add an entry for a time."""
    who = who_asks(request)
    if not may_edit_list(who):
        raise NotAllowed(_("The matter list is the same for every town: it is changed above them."))
    groups = list(MatterType.objects.tree().filter(level=2))
    form = TemporaryForm([(each.code, each.label) for each in groups], request.POST or None)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, 422)
    group = next(each for each in groups if each.code == form.cleaned_data["group"])
    try:
        kind = add_temporary(
            group, values=_values(form.cleaned_data), consented_by=form.cleaned_data["consented_by"],
            until=form.cleaned_data["until"], by=who, now=who.now,
        )  # fmt: skip
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _page(request, form, refusal.status)
    messages.success(request, _("The entry is on the list, for a time."))
    return HttpResponseRedirect(reverse("matter-type", args=[kind.code]), status=303)


def _values(given: dict[str, Any]) -> dict[str, Any]:
    return {**given, "to_grids": not given["not_to_grids"]}


def _page(request: HttpRequest, form: TemporaryForm, status: int = 200) -> HttpResponse:
    return render(request, "matters/temporary.html", {"form": form, "most": MOST_DAYS}, status=status)


@needs(Permission.DESK_OPEN, Permission.MATTER_TYPE_EDIT)
def extend(request: HttpRequest, code: str) -> HttpResponse:
    """Give it another end."""
    who = who_asks(request)
    kind = MatterType.objects.filter(code=code, level=3, temporary=True).first()
    if kind is None:
        raise NotYours
    form = ExtendForm(request.POST)
    if request.method == "POST":
        try:
            if form.is_valid():
                extend_temporary(kind, **form.cleaned_data, by=who, now=who.now)
                messages.success(request, _("The entry was extended."))
            else:
                messages.error(request, _("Say until when, and who consented."))
        except NotAllowed:
            raise
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
    return HttpResponseRedirect(reverse("matter-type", args=[kind.code]), status=303)

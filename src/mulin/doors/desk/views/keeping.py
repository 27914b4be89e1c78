"""How long things are kept: a dry run of every rule, what the town decides, and erasing what is past its time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from mulin.journal.face import Standing, Work, nights, retention_decide, retention_run, retention_standing
from mulin.kernel.refusals import Invalid, NotYours
from mulin.posts.face import Permission, fresh, needs, who_asks


class KeepingForm(forms.Form):
    """What is decided about one class of record."""

    years = forms.FloatField(label=gettext_lazy("Years"), min_value=0.1, max_value=200)
    by_itself = forms.BooleanField(label=gettext_lazy("Erase by itself every night"), required=False)

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not standing.due:  # nothing here erases such records: no promise that it would
            del self.fields["by_itself"]


@needs(Permission.SYSTEM_MANAGE)
@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """Every rule, how many records are past it, and how the last night went."""
    rows = [_row(each) for each in retention_standing(who_asks(request).now)]
    return render(request, "desk/retention.html", {"rows": rows, "night": nights.latest(Work.KEEPING)})


def _row(each: Standing, form: KeepingForm | None = None) -> dict[str, Any]:
    given = {"years": each.years, "by_itself": each.by_itself}
    form = form or KeepingForm(initial=given, standing=each, auto_id=f"id_{each.rule.code}_%s")
    return {"standing": each, "form": form if each.years else None}


@needs(Permission.SYSTEM_MANAGE)
@fresh
@require_POST
def decide(request: HttpRequest, rule: str) -> HttpResponse:
    """The years of one rule, and whether it is kept by itself."""
    who = who_asks(request)
    rows = retention_standing(who.now)
    standing = next((each for each in rows if each.rule.code == rule), None)
    if standing is None:
        raise NotYours
    form = KeepingForm(request.POST, standing=standing, auto_id=f"id_{rule}_%s")
    if form.is_valid():
        given = {"by_itself": False, **form.cleaned_data}
        try:
            retention_decide(rule, **given, by=who.actor(), at=who.now)
        except Invalid as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("It was decided and noted. Nothing was erased by that."))
            return _back()
    shown = [_row(each, form if each.rule.code == rule else None) for each in rows]
    return render(request, "desk/retention.html", {"rows": shown, "form": form}, status=422)


@needs(Permission.SYSTEM_MANAGE)
@fresh
@require_POST
def erase(request: HttpRequest, rule: str) -> HttpResponse:
    """What is past its time under one rule that was decided on goes now."""
    who = who_asks(request)
    if rule not in {each.rule.code for each in retention_standing(who.now) if each.decided}:
        raise NotYours
    count = sum(retention_run([rule], by=who.actor(), at=who.now).values())
    words = ngettext("%(count)d record was erased.", "%(count)d records were erased.", count)
    messages.success(request, words % {"count": count})
    return _back()


def _back() -> HttpResponseRedirect:
    response = HttpResponseRedirect(reverse("retention"))
    response.status_code = 303
    return response

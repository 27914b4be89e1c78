"""A list as Excel: what is in it, what for; then it is long work."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Purpose
from mulin.matters.actions.exporting import start_export
from mulin.matters.queries.exporting import MOST_ROWS, count, told
from mulin.matters.queries.lists import Filters, Show
from mulin.posts.face import Permission, needs, who_asks


class ExportForm(forms.Form):
    """Why somebody takes a list out."""

    purpose = forms.ChoiceField(
        label=_("What is it for?"),
        help_text=_("It is written down who took which list out, when and what for."),
        choices=[(purpose.value, purpose.label) for purpose in (Purpose.DUTY, Purpose.VERIFY, Purpose.AUDIT)],
        widget=forms.RadioSelect,
        initial=Purpose.DUTY,
    )


@needs(Permission.DESK_OPEN, Permission.MATTER_EXPORT)
def export(request: HttpRequest) -> HttpResponse:
    """The list of this address as it is filtered."""
    who = who_asks(request)
    filters = Filters.read(request.GET.dict(), Show.MINE)
    form = ExportForm(request.POST) if request.method == "POST" else ExportForm()
    if form.is_valid():
        job = start_export(filters, purpose=form.cleaned_data["purpose"], by=who, now=who.now)
        return HttpResponseRedirect(reverse("job", args=[job.pk]), status=303)
    context = {
        "now": who.now,
        "form": form,
        "rows": [{"key": key, "value": value} for key, value in told(filters)],
        "count": count(who, filters),
        "most": MOST_ROWS,
    }
    return render(request, "matters/export.html", context, status=422 if form.errors else 200)

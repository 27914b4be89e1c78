"""Who looked at whose data: every reading, for whoever audits. Whose it was stands there by its bare id only."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mulin.doors.desk.readings import Filters, readings_for
from mulin.posts.face import Permission, needs, who_asks


class ReadingsForm(forms.Form):
    """Whose readings, or of whom."""

    reader = forms.CharField(label=_("Sign-in name of the reader"), max_length=100, required=False)
    record = forms.UUIDField(label=_("Id of the record that was read"), required=False)


@needs(Permission.DESK_OPEN, Permission.DISCLOSURE_READ)
@require_safe
def readings(request: HttpRequest) -> HttpResponse:
    """The newest first, a page at a time; of one reader, or of one record, where the address says so."""
    form = ReadingsForm(request.GET)
    given: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    filters = Filters(reader=given.get("reader") or "", record=given.get("record"))
    rows, more = readings_for(filters, after=request.GET.get("after", "")[:80])
    kept = {name: str(value) for name, value in given.items() if value}
    context = {
        "form": form,
        "rows": rows,
        "now": who_asks(request).now,
        "next_url": "?" + urlencode(kept | {"after": more}) if more else "",
    }
    return render(request, "desk/readings.html", context, status=200 if form.is_valid() else 422)

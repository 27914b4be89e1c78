"""Step 3 of a report: where it is. A pin, an area of the lists, an address, or any of them together."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from mulin.doors.portal import draft as drafts
from mulin.doors.portal import guard
from mulin.doors.portal.areas import chosen_path, ladder
from mulin.doors.portal.draft import Draft
from mulin.doors.portal.forms import WhereForm
from mulin.doors.portal.frame import see_other
from mulin.doors.portal.places import far, find
from mulin.doors.portal.views.reporting import ASK, go_on, step
from mulin.kernel.refusals import Refusal, TooMany
from mulin.matters.face import OutsideGrids
from mulin.posts.face import open_to_all


@open_to_all("Residents say where it is.")
@ASK
def where(request: HttpRequest) -> HttpResponse:
    draft = drafts.load(request)
    if draft is None or not draft.text:
        return see_other("report")
    if request.method != "POST":
        initial = {"lon": draft.lon, "lat": draft.lat, "address": draft.address}
        return _page(request, draft, WhereForm(initial=initial))
    return _take(request, draft)


def _take(request: HttpRequest, draft: Draft) -> HttpResponse:
    form = WhereForm(request.POST)
    try:
        guard.draft_write(request)
    except TooMany as refusal:
        form.refuse(refusal)
    if not form.is_valid():
        return _page(request, draft, form)
    _fill(draft, form, request)
    drafts.store(request, draft)  # a pin is never lost, wherever it lies
    if "open" in request.POST:
        return see_other("report-where", anchor="list")
    return _settle(request, draft, form)


def _fill(draft: Draft, form: WhereForm, request: HttpRequest) -> None:
    values, sent = form.cleaned_data, request.POST
    both = values["lon"] is not None and values["lat"] is not None
    draft.lon, draft.lat = (values["lon"], values["lat"]) if both else (None, None)
    draft.address, draft.area, draft.placed = values["address"], chosen_path(sent), False
    if sent.get("keep") == "pin":
        draft.area = ""
    elif sent.get("keep") == "list":
        draft.lon = draft.lat = None
    elif "nearest" in sent:
        draft.area = sent["nearest"]


def _settle(request: HttpRequest, draft: Draft, form: WhereForm) -> HttpResponse:
    kind = draft.matter_type()
    if kind is None:
        draft.kind = ""
        return go_on(request, draft)
    try:
        find(draft, kind)
    except OutsideGrids as outside:
        form.status = outside.status
        return _page(request, draft, form, outside=outside, far=far(outside.distance_m or 0))
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(request, draft, form, disagrees=refusal.code == "place_disagrees")
    draft.placed = True
    return go_on(request, draft)


def _page(request: HttpRequest, draft: Draft, form: WhereForm, **more: Any) -> HttpResponse:
    context = {
        "form": form,
        "rungs": ladder(draft.chosen_area()),
        "list_shown": bool(draft.area or form.errors or more or "list" in request.GET),
        "areas_url": reverse("public-areas"),
        "buildings_url": reverse("public-buildings"),
        "nearest_url": reverse("public-nearest"),
        **more,
    }
    return step(request, "report-where", "portal/report_where.html", context, status=form.status)

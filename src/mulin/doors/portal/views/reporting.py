"""The steps of a report: what, of which kind, where. Each is a page of its own; the draft stays on the server."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mulin.doors.portal import draft as drafts
from mulin.doors.portal import draft_photos, guard
from mulin.doors.portal.areas import chosen_path
from mulin.doors.portal.draft import Draft
from mulin.doors.portal.emergency import these_first
from mulin.doors.portal.forms import KindForm, TextForm
from mulin.doors.portal.frame import page, see_other
from mulin.doors.portal.kinds import groups
from mulin.kernel.refusals import TooMany
from mulin.matters.face import call_first, suggest_kinds
from mulin.posts.face import open_to_all

ASK = require_http_methods(["GET", "HEAD", "POST"])
STEPS = {
    "report": 1,
    "report-kind": 2,
    "report-where": 3,
    "report-known": 3,
    "report-me-too": 4,
    "report-send": 4,
}
BEFORE = {
    "report": "home",
    "report-kind": "report",
    "report-where": "report-kind",
    "report-known": "report-where",
    "report-me-too": "report-known",
    "report-send": "report-where",
}
PHOTO_COST = 3


@open_to_all("Residents raise what is the matter, without an account.")
@ASK
def what(request: HttpRequest) -> HttpResponse:
    """Step 1: in their own words."""
    draft = drafts.load(request) or Draft()
    if request.method != "POST":
        return _what_page(request, TextForm(initial={"text": draft.text}))
    form = TextForm(request.POST)
    try:
        guard.draft_write(request)
    except TooMany as refusal:
        form.refuse(refusal)
    if not form.is_valid():
        return _what_page(request, form)
    draft.text = form.cleaned_data["text"]
    _stand_in(draft, chosen_path({"area_15": request.POST.get("area", "")}))
    return go_on(request, draft)


def _stand_in(draft: Draft, grid: str) -> None:
    """Begun at the page of a grid, a report is of there, until another place is chosen."""
    if grid and not draft.area.startswith(grid):
        draft.area, draft.lon, draft.lat, draft.placed = grid, None, None, False


def _what_page(request: HttpRequest, form: TextForm) -> HttpResponse:
    return step(
        request,
        "report",
        "portal/report_what.html",
        {"form": form, "fresh": "fresh" in request.GET},
        status=form.status,
    )


@open_to_all("Residents are told whom to call before they write to us.")
@ASK
def danger(request: HttpRequest) -> HttpResponse:
    """Danger comes first: the numbers to call. Whoever says that it is no emergency goes on."""
    draft = drafts.load(request)
    if draft is None or not draft.text:
        return see_other("report")
    numbers = call_first(draft.text, draft.matter_type())
    if request.method == "POST":
        draft.warned = list(dict.fromkeys([*draft.warned, *numbers]))
        return go_on(request, draft)
    heard, others = these_first(numbers)
    return page(request, "portal/report_danger.html", {"heard": heard, "others": others})


@open_to_all("Residents say what kind of matter it is, and show it.")
@ASK
def kind(request: HttpRequest) -> HttpResponse:
    """Step 2: the kind, proposed from the words, and photos."""
    draft = drafts.load(request)
    if draft is None or not draft.text:
        return see_other("report")
    if request.method != "POST":
        return _kind_page(request, draft, KindForm(initial={"kind": draft.kind}))
    return _take_kind(request, draft)


def _take_kind(request: HttpRequest, draft: Draft) -> HttpResponse:
    form = KindForm(request.POST, request.FILES)
    files = request.FILES.getlist("photos")
    try:
        guard.draft_write(request, cost=1 + PHOTO_COST * len(files))
    except TooMany as refusal:
        form.refuse(refusal)
        return _kind_page(request, draft, form)
    if "remove" in request.POST:
        draft_photos.remove(draft, request.POST["remove"])
    problems = draft_photos.add(draft, files)
    if form.is_valid():
        draft.kind = form.cleaned_data["kind"]
    drafts.store(request, draft)  # the photos that came are kept, whatever else is wrong
    for problem in problems:
        form.add_error("photos", problem)
    if "remove" in request.POST and not problems:
        return see_other("report-kind", anchor="photos")
    return go_on(request, draft) if form.is_valid() else _kind_page(request, draft, form)


def _kind_page(request: HttpRequest, draft: Draft, form: KindForm) -> HttpResponse:
    proposed = suggest_kinds(draft.text)
    chosen = form["kind"].value() or (proposed[0].code if proposed else "")
    context = {
        "form": form,
        "draft": draft,
        "proposed": proposed,
        "groups": groups(),
        "chosen": chosen,
        "chosen_elsewhere": chosen if chosen not in {each.code for each in proposed} else "",
        "photo_room": max(0, settings.MULIN_PHOTOS_PER_REPORT - len(draft.photos)),
    }
    return step(request, "report-kind", "portal/report_kind.html", context, status=form.status)


@open_to_all("Residents may throw away what they have not sent.")
@require_POST
def start_again(request: HttpRequest) -> HttpResponse:
    draft = drafts.load(request)
    if draft:
        draft_photos.throw_away(draft)
        drafts.forget(request)
        messages.info(request, _("What you had not sent was thrown away."))
    return HttpResponseRedirect(f"{reverse('report')}?fresh=1", status=303)


def go_on(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Keep the draft and lead on: past the numbers to call where it sounds like danger."""
    drafts.store(request, draft)
    numbers = call_first(draft.text, draft.matter_type())
    if not set(numbers) <= set(draft.warned):
        return see_other("report-danger")
    return see_other(draft.next_step())


def step(
    request: HttpRequest, name: str, template: str, context: dict[str, Any], *, status: int
) -> HttpResponse:
    """A page of the report, with how far one has come and the way back."""
    frame = {"step_number": STEPS[name], "steps_in_all": max(STEPS.values()), "back_to": BEFORE[name]}
    return page(request, template, {**context, **frame}, status=status)

"""Requests of residents about their own data, as the desk answers them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mulin.journal.face import Purpose, Reading
from mulin.kernel.masking import mask_name
from mulin.kernel.refusals import Conflict, Invalid, NotYours, TooMany
from mulin.posts.face import Permission, Who, may, needs, who_asks
from mulin.registry.actions.reading import note_reading
from mulin.registry.actions.requests import ask_for, hand_over_copy, take_step
from mulin.registry.codes_asked import Side
from mulin.registry.forms_asked import StepForm, WindowForm
from mulin.registry.forms_privacy import add_refusal
from mulin.registry.models import DataRequest
from mulin.registry.queries.deciding import read_key
from mulin.registry.queries.places import places_named
from mulin.registry.rules.requests import steps_from, urgency
from mulin.registry.views.linking import one_to_link
from mulin.registry.views.revealing import in_no_cache

Desk, Answer, Link = Permission.DESK_OPEN, Permission.REGISTRY_ANSWER, Permission.REGISTRY_LINK
PAGE = 50


@needs(Desk, Answer)
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """What is to be answered, the most urgent first; or what was answered, the newest first."""
    who, show = who_asks(request), "answered" if request.GET.get("show") == "answered" else "open"
    found, more = listed(who, show, request.GET.get("after", ""))
    where = places_named({row.place for row in found})
    rows = [
        (row, mask_name(row.resident.name), where.get(row.place, ""), urgency(row.due_at, who.now)) for row in found
    ]  # fmt: skip
    address = reverse("data-requests")
    chips = [
        {"label": _("To be answered"), "url": address, "active": show == "open"},
        {"label": _("Answered"), "url": f"{address}?show=answered", "active": show == "answered"},
    ]
    next_url = f"?{urlencode({'show': show, 'after': more})}" if more else ""
    context = {"now": who.now, "rows": rows, "chips": chips, "page": {"next_url": next_url}}
    return in_no_cache(render(request, "registry/requests.html", context))


def listed(who: Who, show: str, after: str = "", limit: int = PAGE) -> tuple[list[DataRequest], str]:
    """A page of those that one may answer, and the key of the next."""
    rows = DataRequest.objects.visible_to(who).select_related("resident")
    if show == "open":
        rows = rows.open().order_by("due_at", "id")
    else:
        rows = rows.exclude(answered_at=None).order_by("-asked_at", "-id")
    if after:
        at, id = read_key(after)
        later = Q(due_at__gt=at) | Q(due_at=at, id__gt=id)
        rows = rows.filter(later if show == "open" else Q(asked_at__lt=at) | Q(asked_at=at, id__lt=id))
    found = list(rows[: limit + 1])
    if len(found) <= limit:
        return found, ""
    last = found[limit - 1]
    ends_at = last.due_at if show == "open" else last.asked_at
    return found[:limit], f"{ends_at.isoformat()}~{last.pk}"


def one_to_answer(who: Who, id: UUID) -> DataRequest:
    found = DataRequest.objects.visible_to(who).select_related("resident", "account").filter(pk=id).first()
    if found is None:
        raise NotYours
    return found


@needs(Desk, Answer)
@require_safe
def data_request(request: HttpRequest, id: UUID) -> HttpResponse:
    """One request, with the steps that may be taken now."""
    who = who_asks(request)
    return _page(request, one_to_answer(who, id), who)


def _page(
    request: HttpRequest, found: DataRequest, who: Who, tried: StepForm | None = None, status: int = 200
) -> HttpResponse:
    note_asked(found, who)
    steps = steps_from(found.stage, Side.STAFF, extended=found.is_extended)
    forms = [tried if tried and tried.step == step else StepForm(step) for step in steps]
    context: dict[str, Any] = {
        "now": who.now, "asked": found, "forms": forms, "name": mask_name(found.resident.name),
        "where": places_named([found.place]).get(found.place, ""), "urgency": urgency(found.due_at, who.now),
        "copies": found.kind == "copy" and found.stage == "granted" and not found.resident.is_gone
        and may(who, Answer, found.resident),
    }  # fmt: skip
    return in_no_cache(render(request, "registry/request.html", context, status=status))


def note_asked(found: DataRequest, who: Who) -> None:
    """What somebody asked is personal, too: that it was read is written down, for the purpose they gave themselves."""
    note_reading(
        [found.resident_id], kind=Reading.PAGE, purpose=Purpose.REQUEST, by=who, now=who.now, permission=Answer,
        about=found.resident,
    )  # fmt: skip


@needs(Desk, Answer)
@require_POST
def step(request: HttpRequest, id: UUID, step: str) -> HttpResponse:
    """One step of the flow."""
    who = who_asks(request)
    found = one_to_answer(who, id)
    offered = {each.code: each for each in steps_from(found.stage, Side.STAFF, extended=found.is_extended)}
    if step not in offered:
        raise Conflict(_("This request has gone on meanwhile."))
    form = StepForm(offered[step], request.POST)
    if not form.is_valid():
        return _page(request, found, who, form, 422)
    try:
        take_step(found, step, **form.cleaned_data, by=who, now=who.now)
    except (Invalid, Conflict) as refusal:
        add_refusal(form, refusal)
        return _page(request, found, who, form, refusal.status)
    messages.success(request, _("Noted. Whoever asked reads it on their own page, if they have one."))
    return HttpResponseRedirect(reverse("data-request", args=[found.pk]), status=303)


@needs(Desk, Answer)
@require_POST
def copy(request: HttpRequest, id: UUID) -> HttpResponse:
    """The copy that was granted: to be printed, or as a file for programs."""
    who = who_asks(request)
    made = hand_over_copy(one_to_answer(who, id), by=who, now=who.now)
    if request.POST.get("as") != "file":
        return in_no_cache(render(request, "registry/copy.html", {"now": who.now, "copy": made}))
    answer = JsonResponse(made, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="record.json"'
    return in_no_cache(answer)


@needs(Desk, Link)
def new_request(request: HttpRequest, id: UUID) -> HttpResponse:
    """Somebody asks at the window."""
    who = who_asks(request)
    resident = one_to_link(who, id)
    form, status = WindowForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = ask_for(resident, **form.cleaned_data, by=who, now=who.now)
                messages.success(request, _("Taken in. It is to be answered in time."))
                onward = ("data-request", made.pk) if who.holds(Answer) else ("record-link", resident.pk)
                return HttpResponseRedirect(reverse(onward[0], args=[onward[1]]), status=303)
            except (Invalid, Conflict, TooMany) as refusal:
                add_refusal(form, refusal)
                status = refusal.status
    where = places_named([resident.place]).get(resident.place, "")
    context = {
        "now": who.now,
        "form": form,
        "resident": resident,
        "name": mask_name(resident.name),
        "where": where,
    }
    return in_no_cache(render(request, "registry/request_new.html", context, status=status))

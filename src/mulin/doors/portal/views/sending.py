"""Step 4 of a report: how we reach the reporter, what the public will see, send; and the receipt."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mulin.doors.portal import account, draft_photos, guard, qr, receipts
from mulin.doors.portal import draft as drafts
from mulin.doors.portal.draft import Draft
from mulin.doors.portal.forms import SendForm
from mulin.doors.portal.frame import page, picture, see_other
from mulin.doors.portal.places import find, in_words
from mulin.doors.portal.sending import send
from mulin.doors.portal.views.reporting import ASK, step
from mulin.kernel.refusals import NotYours, Refusal
from mulin.matters.face import (
    Matter,
    MatterType,
    NearSpot,
    Whereabouts,
    about_choices,
    finds_in,
    public_view,
    without,
)
from mulin.posts.face import open_to_all, who_asks


@open_to_all("Residents look at what they wrote, and send it.")
@ASK
def check(request: HttpRequest) -> HttpResponse:
    """Look at it once more, say how to be reached, send."""
    draft = drafts.load(request)
    if request.method == "POST" and (draft is None or request.POST.get("draft") != draft.id):
        return _sent_before(request)
    if draft is None:
        return see_other("report")
    kind = draft.matter_type()
    if kind is None or draft.next_step() not in ("report-known", "report-send"):
        return see_other(draft.next_step() if kind else "report-kind")
    if request.method != "POST":
        return _page(request, draft, kind, _form(request, initial=_initial(request, draft)))
    if "take_out" in request.POST:
        return _take_out(request, draft)
    return _send(request, draft, kind)


def _take_out(request: HttpRequest, draft: Draft) -> HttpResponse:
    """What was ticked, now: so that one sees how it reads then."""
    form = _form(request, request.POST)
    form.is_valid()  # what is right of it is kept
    _fill(draft, form)
    drafts.store(request, _redacted(draft, request))
    return see_other("report-send", anchor="read-again")


def _redacted(draft: Draft, request: HttpRequest) -> Draft:
    """A copy without what was ticked: the draft itself keeps every word until it is sent."""
    kept = without(_texts(draft), request.POST.getlist("remove"))
    return replace(draft, text=kept["text"], address=kept["address"])


def _texts(draft: Draft) -> dict[str, str]:
    return {"text": draft.text, "address": draft.address}


def _sent_before(request: HttpRequest) -> HttpResponse:
    """A second click, or a page from long ago: to the receipt if there is one."""
    receipt = receipts.of_draft(request.session, request.POST.get("draft", ""))
    if receipt:
        return see_other("receipt", receipt.number)
    messages.warning(
        request, _("This page was from before. Nothing was sent; here is where your report stands.")
    )
    return see_other("report")


def _form(request: HttpRequest, *data: Any, **options: Any) -> SendForm:
    return SendForm(*data, signed_in=account.resident(request) is not None, **options)


def _initial(request: HttpRequest, draft: Draft) -> dict[str, Any]:
    return {
        "how": first_way(request, draft),
        "phone": draft.phone,
        "name": draft.name,
        "secret": draft.secret,
        "about": draft.about,
        "draft": draft.id,
    }


def first_way(request: HttpRequest, draft: Draft) -> str:
    """What is chosen before they choose: who is signed in need leave no phone."""
    fresh = not draft.phone and not draft.anonymous
    return "account" if fresh and account.resident(request) else draft.how


def _send(request: HttpRequest, draft: Draft, kind: MatterType) -> HttpResponse:
    form = _form(request, request.POST)
    if not form.is_valid():
        return _page(request, draft, kind, form)
    _fill(draft, form)
    drafts.store(request, draft)
    try:
        guard.public_write(request)
        mine = account.resident(request)
        receipt = send(
            _redacted(draft, request), kind, request.session, now=who_asks(request).now,
            user=mine.user if mine else None,
        )  # fmt: skip
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(request, draft, kind, form)
    return see_other("receipt", receipt.number)


def _fill(draft: Draft, form: SendForm) -> None:
    values = form.cleaned_data
    draft.reach(values.get("how", ""), values.get("name", ""), values.get("phone", ""))
    draft.secret = bool(values.get("secret")) and not draft.anonymous
    draft.about = values.get("about", "")


def _page(request: HttpRequest, draft: Draft, kind: MatterType, form: SendForm) -> HttpResponse:
    where, lost = _where(draft, kind)
    if where is None:
        messages.warning(request, lost)
        draft.placed = False
        drafts.store(request, draft)
        return see_other("report-where")
    finds = finds_in(_texts(draft))
    ticked = (
        set(request.POST.getlist("remove")) if form.is_bound else {each.key for each in finds if each.certain}
    )
    spot = NearSpot(where.place.path, where.lon, where.lat)
    about = str(form["about"].value() or "")
    context = {
        "form": form,
        "draft": draft,
        "kind": kind,
        "place": in_words(where.place),
        "finds": [(each, each.key in ticked) for each in finds],
        "view": public_view(kind, spot, secret=bool(form["secret"].value()), about=bool(about)),
        "about": about,
        "about_choices": about_choices(where.place, who_asks(request).now),
    }
    return step(request, "report-send", "portal/report_send.html", context, status=form.status)


def _where(draft: Draft, kind: MatterType) -> tuple[Whereabouts | None, str]:
    """The map may have changed since the pin was set."""
    try:
        return find(draft, kind), ""
    except Refusal as refusal:
        return None, str(refusal.message)


@open_to_all("Whoever has just sent it; the session knows.")
@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The number, the code, the date we promise, who has it, what happens next."""
    kept = receipts.of_number(request.session, number)
    if kept is None:
        return see_other("follow-one", number)
    matter = Matter.objects.with_labels().filter(number=number).first()
    if matter is None:
        raise NotYours
    link = qr.follow_address(request, kept)
    voice = receipts.voice_of(request.session, number) is not None
    context = {"matter": matter, "code": kept.code, "qr": qr.drawing(link), "link": link, "voice": voice}
    return page(request, "portal/receipt.html", context)


@open_to_all("Only the photos of one's own draft.")
@require_safe
def draft_photo(request: HttpRequest, name: str) -> HttpResponse:
    draft = drafts.load(request)
    photo = next((each for each in draft.photos if each.name == name), None) if draft else None
    if draft is None or photo is None:
        raise NotYours
    return picture(draft_photos.path(draft, photo, thumb=True))

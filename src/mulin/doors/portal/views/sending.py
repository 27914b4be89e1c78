"""Step 4 of a report: how we reach the reporter, what the public will see, send; and the receipt."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mulin.doors.portal import draft as drafts
from mulin.doors.portal import draft_photos, guard, qr, receipts
from mulin.doors.portal.draft import Draft
from mulin.doors.portal.forms import SendForm
from mulin.doors.portal.frame import page, picture, see_other
from mulin.doors.portal.places import find, in_words
from mulin.doors.portal.sending import send
from mulin.doors.portal.views.reporting import ASK, step
from mulin.kernel.refusals import NotYours, Refusal
from mulin.matters.face import Matter, MatterType, Whereabouts, state_label
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
    if kind is None or draft.next_step() != "report-send":
        return see_other(draft.next_step() if kind else "report-kind")
    if request.method != "POST":
        return _page(request, draft, kind, SendForm(initial=_initial(draft)))
    return _send(request, draft, kind)


def _sent_before(request: HttpRequest) -> HttpResponse:
    """A second click, or a page from long ago: to the receipt if there is one."""
    receipt = receipts.of_draft(request.session, request.POST.get("draft", ""))
    if receipt:
        return see_other("receipt", receipt.number)
    messages.warning(
        request, _("This page was from before. Nothing was sent; here is where your report stands.")
    )
    return see_other("report")


def _initial(draft: Draft) -> dict[str, Any]:
    return {
        "how": "anonymous" if draft.anonymous else "phone",
        "phone": draft.phone,
        "name": draft.name,
        "secret": draft.secret,
        "draft": draft.id,
    }


def _send(request: HttpRequest, draft: Draft, kind: MatterType) -> HttpResponse:
    form = SendForm(request.POST)
    if not form.is_valid():
        return _page(request, draft, kind, form)
    _fill(draft, form)
    drafts.store(request, draft)
    try:
        guard.public_write(request)
        receipt = send(draft, kind, request.session, now=who_asks(request).now)
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(request, draft, kind, form)
    return see_other("receipt", receipt.number)


def _fill(draft: Draft, form: SendForm) -> None:
    values = form.cleaned_data
    draft.anonymous = values["how"] == "anonymous"
    draft.name, draft.phone = ("", "") if draft.anonymous else (values["name"], values["phone"])
    draft.secret = values["secret"] and not draft.anonymous


def _page(request: HttpRequest, draft: Draft, kind: MatterType, form: SendForm) -> HttpResponse:
    where, lost = _where(draft, kind)
    if where is None:
        messages.warning(request, lost)
        draft.placed = False
        drafts.store(request, draft)
        return see_other("report-where")
    context = {
        "form": form,
        "draft": draft,
        "kind": kind,
        "place": in_words(where.place),
        "public_state": state_label("reported", resident=True),
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
    context = {"matter": matter, "code": kept.code, "qr": qr.drawing(link), "link": link}
    return page(request, "portal/receipt.html", context)


@open_to_all("Only the photos of one's own draft.")
@require_safe
def draft_photo(request: HttpRequest, name: str) -> HttpResponse:
    draft = drafts.load(request)
    photo = next((each for each in draft.photos if each.name == name), None) if draft else None
    if draft is None or photo is None:
        raise NotYours
    return picture(draft_photos.path(draft, photo, thumb=True))

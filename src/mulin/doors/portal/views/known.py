"""Already known? What is open near by of the same kind, and one more voice in it instead of the same once more."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from mulin.doors.portal import account, guard
from mulin.doors.portal import draft as drafts
from mulin.doors.portal.draft import Draft
from mulin.doors.portal.forms import VoiceForm
from mulin.doors.portal.frame import see_other
from mulin.doors.portal.places import near
from mulin.doors.portal.sending import add_voice
from mulin.doors.portal.views.reporting import ASK, go_on, step
from mulin.doors.portal.views.sending import first_way
from mulin.kernel.refusals import Refusal
from mulin.matters.face import Matter, Similar, known_to, matter_of_key, similar
from mulin.posts.face import Who, open_to_all, who_asks


@open_to_all("Residents are shown what is known near by, as the public map shows it.")
@ASK
def known(request: HttpRequest) -> HttpResponse:
    """Step 3, second half: is it one of these? Where nothing is near by, nobody sees this page."""
    draft = drafts.load(request)
    if draft is None or draft.next_step() not in ("report-known", "report-send"):
        return see_other(draft.next_step() if draft else "report")
    if request.method == "POST":
        return _answered(request, draft)
    found = _similar(request, draft)
    if not found:
        return see_other("report-send")
    return step(request, "report-known", "portal/report_known.html", {"found": found}, status=200)


def _answered(request: HttpRequest, draft: Draft) -> HttpResponse:
    draft.joining = request.POST.get("me_too", "")[:200]
    if draft.joining:
        drafts.store(request, draft)
        return see_other("report-me-too")
    draft.unlike = draft.spot
    return go_on(request, draft)


def _similar(request: HttpRequest, draft: Draft) -> list[Similar]:
    kind, spot = draft.matter_type(), near(draft)
    if kind is None or spot is None:
        return []
    return similar(kind, spot, who=Who.anonymous(who_asks(request).now), public=True)


@open_to_all("Residents add their voice to what is known.")
@ASK
def join(request: HttpRequest) -> HttpResponse:
    """How we reach them; then they are one of those who told us."""
    draft = drafts.load(request)
    if draft is None or not draft.joining:
        return see_other(draft.next_step() if draft else "report")
    matter = _joined(request, draft)
    if matter is None:
        messages.info(
            request, _("It is no longer open. Please go on with your own report; nothing of it is lost.")
        )
        draft.joining, draft.unlike = "", draft.spot
        return go_on(request, draft)
    if request.method != "POST":
        initial = {
            "how": first_way(request, draft),
            "phone": draft.phone,
            "name": draft.name,
        }
        return _page(request, draft, matter, _form(request, initial={**initial, "draft": draft.id}))
    return _add(request, draft, matter)


def _joined(request: HttpRequest, draft: Draft) -> Matter | None:
    id = matter_of_key(draft.joining)
    return known_to(Who.anonymous(who_asks(request).now), id, public=True) if id else None


def _form(request: HttpRequest, *data: Any, **options: Any) -> VoiceForm:
    return VoiceForm(*data, signed_in=account.resident(request) is not None, **options)


def _add(request: HttpRequest, draft: Draft, matter: Matter) -> HttpResponse:
    form = _form(request, request.POST)
    if not form.is_valid():
        return _page(request, draft, matter, form)
    values = form.cleaned_data
    draft.reach(values["how"], values["name"], values["phone"])
    drafts.store(request, draft)
    try:
        guard.public_write(request)
        mine = account.resident(request)
        receipt = add_voice(
            draft, matter, request.session, now=who_asks(request).now, user=mine.user if mine else None
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(request, draft, matter, form)
    drafts.forget(request)
    return see_other("receipt", receipt.number)


def _page(request: HttpRequest, draft: Draft, matter: Matter, form: VoiceForm) -> HttpResponse:
    one = next((each for each in _similar(request, draft) if each.id == matter.pk), None)
    context = {"form": form, "one": one, "matter": matter, "draft": draft}
    return step(request, "report-me-too", "portal/report_me_too.html", context, status=form.status)

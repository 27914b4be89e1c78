"""A resident's own page: what they raised over all devices, linking and unlinking a report, what they were told."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mulin.doors.portal import account, guard, receipts
from mulin.doors.portal.account import needs_account
from mulin.doors.portal.forms import FollowForm
from mulin.doors.portal.frame import page, see_other
from mulin.doors.portal.mine import all_of, lines_of, messages_of
from mulin.doors.portal.views.reporting import ASK
from mulin.kernel import numbers
from mulin.kernel.refusals import NotYours, Refusal
from mulin.matters.face import (
    Matter,
    Reporter,
    link_report,
    opened_by,
    reports_of,
    unlink_report,
)
from mulin.posts.face import note_failed_link, open_to_all, who_asks

LATEST = 3


@open_to_all("A resident's own page; whoever is not signed in here is led to where they can.")
@require_safe
@needs_account
def mine(request: HttpRequest) -> HttpResponse:
    """My reports, the newest first; and those opened on this device that are not linked yet."""
    now, me = who_asks(request).now, account.owner(request)
    lines, after = lines_of(me, now, request.GET.get("after", "")[:100])
    told, _more = messages_of(account.who(request), limit=LATEST)
    here = [each for each in receipts.followed(request.session) if account.linked(request, each) is None]
    context = {
        "me": me, "lines": lines, "told": told, "here": here, "form": FollowForm(),
        "page": {"next_url": _next(after)},
    }  # fmt: skip
    return page(request, "portal/mine.html", context)


def _next(after: str) -> str:
    return f"?{urlencode({'after': after})}" if after else ""


@open_to_all("Whoever is signed in links a report by number and code; nobody is linked by name or phone.")
@ASK
@needs_account
def link(request: HttpRequest) -> HttpResponse:
    """The answer is the same whichever of number and code is wrong."""
    form = FollowForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            if number := _linked(request, form):
                messages.success(request, _("%(number)s is in your account now.") % {"number": number})
                return see_other("mine")
        except Refusal as refusal:
            form.refuse(refusal)
    return page(request, "portal/mine_link.html", {"form": form}, status=form.status)


def _linked(request: HttpRequest, form: FollowForm) -> str:
    number, by = numbers.parse(form.cleaned_data["number"]) or "", account.who(request)
    guard.code_try(request)
    matter = Matter.objects.filter(number=number).first()
    # Also where there is no such matter a code is compared: the time it takes tells nothing.
    reporter = opened_by(matter or Matter(), form.cleaned_data["code"])
    if reporter:
        link_report(reporter, by=by, now=by.now)
        return number
    guard.wrong_code(request, number)
    note_failed_link(account.owner(request).user, by=by, now=by.now)
    form.wrong(_("Number and code do not fit together. Please look at your receipt again."))
    return ""


@open_to_all("Whoever gave the right code in this session, and is signed in.")
@require_POST
@needs_account
def keep(request: HttpRequest, number: str) -> HttpResponse:
    """Link what this browser follows: its code was given here already."""
    if not receipts.may_follow(request.session, number):
        raise NotYours
    by, voice = account.who(request), receipts.voice_of(request.session, number)
    rows = Reporter.objects.filter(matter__number=number)
    reporter = rows.filter(pk=voice).first() if voice else rows.filter(first=True).first()
    if reporter is None:
        raise NotYours
    link_report(reporter, by=by, now=by.now)
    messages.success(request, _("%(number)s is in your account now.") % {"number": number})
    return see_other("mine")


@open_to_all("Whoever is signed in takes their own report out of their account.")
@require_POST
@needs_account
def unlink(request: HttpRequest, id: UUID) -> HttpResponse:
    """Its number and code open it as before; this browser forgets it."""
    by = account.who(request)
    reporter = reports_of(account.owner(request).user_id).filter(pk=id).first()
    if reporter is None:
        raise NotYours
    unlink_report(reporter, by=by, now=by.now)
    receipts.forget(request.session, reporter.matter.number)
    messages.success(
        request,
        _("%(number)s is no longer in your account. Number and code still open it.")
        % {"number": reporter.matter.number},
    )
    return see_other("mine")


@open_to_all("A resident reads what they were told; whoever is not signed in is led to where they can.")
@require_safe
@needs_account
def told(request: HttpRequest) -> HttpResponse:
    rows, after = messages_of(account.who(request), request.GET.get("after", "")[:100])
    context = {"told": rows, "page": {"next_url": _next(after)}}
    return page(request, "portal/mine_messages.html", context)


@open_to_all(
    "A resident takes along what is kept of them; whoever is not signed in is led to where they can."
)
@require_safe
@needs_account
def data(request: HttpRequest) -> HttpResponse:
    """As a file that other programs can read."""
    answer = JsonResponse(
        all_of(account.owner(request), account.who(request)),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    answer["Content-Disposition"] = 'attachment; filename="mulin.json"'
    patch_cache_control(answer, private=True, no_store=True)
    return answer

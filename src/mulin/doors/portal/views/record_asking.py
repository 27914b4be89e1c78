"""What a resident asks about their own record: another value, a correction, a copy of the rest, erasure."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.doors.portal import account, guard, own
from mulin.doors.portal.account import needs_account
from mulin.doors.portal.frame import page, see_other
from mulin.doors.portal.own_forms import AskForm, ChangeForm
from mulin.doors.portal.views.record import OWN
from mulin.doors.portal.views.reporting import ASK
from mulin.kernel.refusals import NotYours, Refusal
from mulin.posts.face import open_to_all
from mulin.registry.face import (
    DataRequest,
    Proposal,
    ask_own,
    propose_own,
    take_step,
    withdraw_proposal,
)


@open_to_all(OWN)
@ASK
@needs_account
def change(request: HttpRequest) -> HttpResponse:
    """Write anew what is wrong; it counts once somebody of the grid has agreed."""
    form = ChangeForm(own.record_or_nothing(request), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by = account.who(request)
        try:
            guard.public_write(request)
            note = form.cleaned_data["note"]
            propose_own(account.owner(request), form.given(), by=by, now=by.now, note=note)
            messages.success(request, _("Sent. Your grid worker looks at it; you are told what comes of it."))
            return see_other("mine-record", anchor="changes")
        except Refusal as refusal:
            form.refuse(refusal)
    return page(request, "portal/record_change.html", {"form": form}, status=form.status)


@open_to_all(OWN)
@require_POST
@needs_account
def moved_away(request: HttpRequest) -> HttpResponse:
    """They do not live here any more."""
    guard.public_write(request)
    by = account.who(request)
    propose_own(account.owner(request), {}, by=by, now=by.now, left=True)
    messages.success(request, _("Sent. Your grid worker looks at it; you are told what comes of it."))
    return see_other("mine-record", anchor="changes")


@open_to_all(OWN)
@require_POST
@needs_account
def take_back_change(request: HttpRequest, id: UUID) -> HttpResponse:
    by = account.who(request)
    found = Proposal.objects.made_by(account.owner(request).user_id).filter(pk=id).first()
    if found is None:
        raise NotYours
    withdraw_proposal(found, by=by, now=by.now)
    messages.success(request, _("Taken back."))
    return see_other("mine-record", anchor="changes")


@open_to_all(OWN)
@ASK
@needs_account
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a correction, a copy, erasure: answered with reasons within the days that the town has set."""
    own.record_or_nothing(request)
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by = account.who(request)
        try:
            guard.public_write(request)
            ask_own(account.owner(request), **form.cleaned_data, by=by, now=by.now)
            messages.success(request, _("Your request is with us. The answer comes here, with its reasons."))
            return see_other("mine-record", anchor="requests")
        except Refusal as refusal:
            form.refuse(refusal)
    return page(request, "portal/record_ask.html", {"form": form}, status=form.status)


@open_to_all(OWN)
@require_POST
@needs_account
def take_back_request(request: HttpRequest, id: UUID) -> HttpResponse:
    by = account.who(request)
    found = DataRequest.objects.filter(account=account.owner(request), pk=id).first()
    if found is None:
        raise NotYours
    take_step(found, "withdraw", by=by, now=by.now)
    messages.success(request, _("Taken back."))
    return see_other("mine-record", anchor="requests")

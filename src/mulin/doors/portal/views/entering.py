"""Signing in at the portal, by a code that comes by email or stands on a paper; and signing out.

Whether an address has an account is told to nobody: the code is sent, and whoever has it is let in.
"""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from mulin.channels import face as channels
from mulin.doors.portal import account, guard, receipts
from mulin.doors.portal.account_forms import DigitsForm, EnterForm, PaperForm
from mulin.doors.portal.draft import SESSION
from mulin.doors.portal.frame import page, see_other
from mulin.doors.portal.views.reporting import ASK
from mulin.kernel import crypto
from mulin.kernel.refusals import Refusal
from mulin.posts.face import (
    ResidentAccount,
    ResidentWay,
    Who,
    ask_email_code,
    end_session,
    enter_by_email,
    enter_by_paper,
    open_to_all,
    who_asks,
)

ASKED, NEW_EMAIL, CONTEXT = "resident_code", "resident_new_email", "portal.resident_code"


class Asked(NamedTuple):
    """What this browser waits for: which code, sent where, for whom. Encrypted in its session, kept nowhere else."""

    id: UUID
    email: str
    stay: bool


def keep_asked(request: HttpRequest, asked: Asked, name: str = ASKED) -> None:
    plain = f"{asked.id} {asked.email} {int(asked.stay)}"
    request.session[name] = crypto.encrypt(plain, context=CONTEXT)


def asked_here(request: HttpRequest, name: str = ASKED) -> Asked | None:
    sealed = request.session.get(name)
    if not sealed:
        return None
    try:
        id, email, stay = crypto.decrypt(sealed, context=CONTEXT).split(" ")
        return Asked(UUID(id), email, stay == "1")
    except ValueError:  # the key that closed it is gone
        return None


def send_digits(request: HttpRequest, email: str, resident: ResidentAccount | None = None) -> UUID:
    """Make a code and send it there; the same whether or not anybody has an account with it."""
    guard.code_mail(request, email)
    id, plain = ask_email_code(email, by=account.who(request), now=who_asks(request).now, resident=resident)
    channels.send_code(email, plain, get_language() or "zh-hans", now=who_asks(request).now)
    return id


@open_to_all("Whoever signs in is nobody yet.")
@ASK
def sign_in(request: HttpRequest) -> HttpResponse:
    """Two ways in, for those who want one: nobody needs it to tell us something, or to follow it."""
    if request.method != "POST":
        return see_other("mine") if account.resident(request) else _page(request, EnterForm(), PaperForm())
    form = EnterForm(request.POST)
    if form.is_valid():
        try:
            email, stay = form.cleaned_data["email"], form.cleaned_data["stay"]
            keep_asked(request, Asked(send_digits(request, email), email, stay))
            return see_other("mine-code")
        except Refusal as refusal:
            form.refuse(refusal)
    return _page(request, form, PaperForm())


def _page(request: HttpRequest, form: EnterForm, paper: PaperForm) -> HttpResponse:
    context = {"form": form, "paper_form": paper, "by_email": channels.codes_can_be_sent()}
    return page(request, "portal/mine_sign_in.html", context, status=form.status)


@open_to_all("Whoever signs in is nobody yet.")
@sensitive_post_parameters("code")
@ASK
def code(request: HttpRequest) -> HttpResponse:
    """The six digits, in the browser that asked for them."""
    asked = asked_here(request)
    if asked is None:
        return see_other("mine-sign-in")
    if request.method != "POST":
        return page(request, "portal/mine_code.html", {"form": DigitsForm(), "email": asked.email})
    form = DigitsForm(request.POST)
    if form.is_valid():
        answer = _tried(request, form, asked)
        if answer:
            return answer
    return page(request, "portal/mine_code.html", {"form": form, "email": asked.email}, status=form.status)


def _tried(request: HttpRequest, form: DigitsForm, asked: Asked) -> HttpResponse | None:
    now = who_asks(request).now
    try:
        guard.sign_in_try(request)
        found = enter_by_email(
            asked.id, asked.email, form.cleaned_data["code"], by=Who.anonymous(now), now=now,
            language=get_language() or "zh-hans",
        )  # fmt: skip
        if found:
            request.session.pop(ASKED, None)
            return _let_in(request, found, ResidentWay.EMAIL, stay=asked.stay)
        guard.wrong_sign_in(request)
        form.wrong(
            _("This code opens nothing: it is mistyped, used or too old. You can have another one sent.")
        )
    except Refusal as refusal:
        form.refuse(refusal)
    return None


@open_to_all("Whoever signs in is nobody yet.")
@sensitive_post_parameters("code")
@ASK
def paper(request: HttpRequest) -> HttpResponse:
    """The code on a paper that somebody handed over who had seen their document."""
    form = PaperForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = _tried_paper(request, form)
        if answer:
            return answer
    return page(request, "portal/mine_paper.html", {"form": form}, status=form.status)


def _tried_paper(request: HttpRequest, form: PaperForm) -> HttpResponse | None:
    now = who_asks(request).now
    try:
        guard.sign_in_try(request)
        found = enter_by_paper(form.cleaned_data["code"], by=Who.anonymous(now), now=now)
        if found:
            return _let_in(request, found, ResidentWay.PAPER, stay=form.cleaned_data["stay"])
        guard.wrong_sign_in(request)
        form.wrong(_("This code opens nothing: it is mistyped, used, withdrawn or older than seven days."))
    except Refusal as refusal:
        form.refuse(refusal)
    return None


def _let_in(request: HttpRequest, found: ResidentAccount, way: ResidentWay, *, stay: bool) -> HttpResponse:
    """Whoever was signed in here before is signed out with this, and what they followed is not the next one's."""
    now, before = who_asks(request).now, account.device(request)
    if before and before.resident_id != found.pk:
        forget_here(request)
    with transaction.atomic():
        if before:
            end_session(before, by=account.who(request), now=now)
        token = account.let_in(request, found, way=way, stay=stay, now=now)
    answer = see_other("mine")
    account.remember(answer, request, token, stay=stay)
    return answer


@open_to_all("Whoever is signed in may leave, and whoever is not has nothing to leave.")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """On this device; what it followed by code is forgotten with it."""
    found = account.device(request)
    if found:
        end_session(found, by=account.who(request), now=who_asks(request).now)
    forget_here(request)
    messages.success(request, _("You are signed out on this device."))
    answer = see_other("home")
    account.forget(answer)
    return answer


def forget_here(request: HttpRequest) -> None:
    """Nobody after this person at this device sees what they wrote or followed; who is at the desk stays there."""
    for name in (receipts.RECEIPTS, receipts.GRANTS, SESSION, ASKED, NEW_EMAIL):
        request.session.pop(name, None)

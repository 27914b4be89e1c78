"""A resident's account: language, email address, devices, and closing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from mulin.channels import face as channels
from mulin.doors.portal import account, guard
from mulin.doors.portal.account import needs_account
from mulin.doors.portal.account_forms import CloseForm, DigitsForm, EmailForm, LanguageForm
from mulin.doors.portal.frame import page, see_other
from mulin.doors.portal.mine import history_of
from mulin.doors.portal.views.entering import (
    NEW_EMAIL,
    Asked,
    asked_here,
    forget_here,
    keep_asked,
    send_digits,
)
from mulin.doors.portal.views.reporting import ASK
from mulin.kernel.refusals import NotYours, Refusal
from mulin.matters.face import unlink_all
from mulin.posts.face import (
    change_person,
    change_resident_email,
    close_resident,
    devices_of,
    end_session,
    end_sessions,
    open_to_all,
    who_asks,
)
from mulin.registry.face import unlink_account

OWN = "A resident's own account; whoever is not signed in is led to where they can."


@open_to_all(OWN)
@require_safe
@needs_account
def settings_page(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, **forms: Any) -> HttpResponse:
    me = account.owner(request)
    here = account.device(request)
    context = {
        "me": me,
        "number": f"{me.number[:4]}-{me.number[4:]}",
        "language_form": LanguageForm(initial={"language": me.user.language}),
        "email_form": EmailForm(),
        "close_form": CloseForm(),
        "by_email": channels.codes_can_be_sent(),
        "mail_url": channels.mail_choices_path(me.user_id) if me.email else "",
        "history": history_of(me),
        "devices": [(each, each == here) for each in devices_of(me, who_asks(request).now)],
        **forms,
    }
    status = max([form.status for form in forms.values()], default=200)
    return page(request, "portal/mine_account.html", context, status=status)


@open_to_all(OWN)
@require_POST
@needs_account
def language(request: HttpRequest) -> HttpResponse:
    """In which language we write to them; this browser shows it too."""
    form, by = LanguageForm(request.POST), account.who(request)
    if not form.is_valid():
        return _page(request, language_form=form)
    chosen = form.cleaned_data["language"]
    change_person(account.owner(request).user, language=chosen, by=by, now=by.now)
    answer = see_other("mine-account")
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, chosen, max_age=settings.LANGUAGE_COOKIE_AGE, samesite="Lax",
        secure=request.is_secure(),
    )  # fmt: skip
    return answer


@open_to_all(OWN)
@require_POST
@needs_account
def email(request: HttpRequest) -> HttpResponse:
    """A new address counts once the code that is sent there was given."""
    form = EmailForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data["email"]
        try:
            keep_asked(
                request, Asked(send_digits(request, given, account.owner(request)), given, False), NEW_EMAIL
            )
            return see_other("mine-email-code")
        except Refusal as refusal:
            form.refuse(refusal)
    return _page(request, email_form=form)


@open_to_all(OWN)
@sensitive_post_parameters("code")
@ASK
@needs_account
def email_code(request: HttpRequest) -> HttpResponse:
    asked = asked_here(request, NEW_EMAIL)
    if asked is None:
        return see_other("mine-account")
    form = DigitsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _proved(request, form, asked):
        request.session.pop(NEW_EMAIL, None)
        messages.success(request, _("From now on you sign in with this address."))
        return see_other("mine-account")
    context = {"form": form, "email": asked.email, "changes": True}
    return page(request, "portal/mine_code.html", context, status=form.status)


def _proved(request: HttpRequest, form: DigitsForm, asked: Asked) -> bool:
    by = account.who(request)
    try:
        guard.sign_in_try(request)
        if change_resident_email(
            account.owner(request), asked.id, asked.email, form.cleaned_data["code"], by=by, now=by.now
        ):
            return True
        guard.wrong_sign_in(request)
        form.wrong(
            _("This code opens nothing: it is mistyped, used or too old. You can have another one sent.")
        )
    except Refusal as refusal:
        form.refuse(refusal)
    return False


@open_to_all(OWN)
@require_POST
@needs_account
def device_end(request: HttpRequest, id: UUID) -> HttpResponse:
    """Sign one device out: a phone that was lost, a computer at the library."""
    by = account.who(request)
    found = devices_of(account.owner(request), by.now).select_related("resident__user").filter(pk=id).first()
    if found is None:
        raise NotYours
    end_session(found, by=by, now=by.now)
    messages.success(request, _("That device is signed out."))
    return see_other("mine-account")


@open_to_all(OWN)
@require_POST
@needs_account
def devices_end(request: HttpRequest) -> HttpResponse:
    """Sign all others out."""
    by = account.who(request)
    end_sessions(account.owner(request), by=by, now=by.now, but=account.device(request))
    messages.success(request, _("All other devices are signed out."))
    return see_other("mine-account")


@open_to_all(OWN)
@require_POST
@needs_account
def close(request: HttpRequest) -> HttpResponse:
    """Close the account. What was raised stays with the town, and number and code still open it."""
    form, by = CloseForm(request.POST), account.who(request)
    if not form.is_valid():
        return _page(request, close_form=form)
    with transaction.atomic():
        unlink_all(by=by, now=by.now)
        unlink_account(account.owner(request), by=by, now=by.now)
        close_resident(account.owner(request), by=by, now=by.now)
    forget_here(request)
    messages.success(request, _("Your account is closed, and we have forgotten whose it was."))
    answer = see_other("home")
    account.forget(answer)
    return answer

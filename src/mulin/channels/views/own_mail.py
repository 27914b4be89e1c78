"""My mail: the address, proved by a code that is sent there; how often; the way out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.channels.forms import add_refusal
from mulin.channels.forms_mail import AddressForm, CodeForm, PaceForm
from mulin.channels.mail.choosing import (
    ask_address,
    choose_mail,
    forget_address,
    mail_choice,
    prove_address,
)
from mulin.channels.mail.queue import can_mail
from mulin.kernel.refusals import Refusal
from mulin.posts.face import Permission, needs, who_asks


@needs(Permission.DESK_OPEN)
def own_mail(request: HttpRequest) -> HttpResponse:
    """Where mail goes and how often it comes."""
    who = who_asks(request)
    if request.method != "POST":
        return _page(request)
    form = PaceForm(request.POST)
    if form.is_valid():
        choose_mail(form.wanted, form.quiet, by=who, now=who.now)
        return _done(request, _("Mail comes as you chose."))
    return _page(request, pace_form=form)


@needs(Permission.DESK_OPEN)
@require_POST
def address(request: HttpRequest) -> HttpResponse:
    """A code goes to the address; until it is typed in, nothing else does."""
    who, form = who_asks(request), AddressForm(request.POST)

    def give() -> None:
        ask_address(form.cleaned_data["address"], by=who, now=who.now)

    if _did(form, give):
        return _done(request, _("A code is on its way to that address. Type it in here."))
    return _page(request, address_form=form)


@needs(Permission.DESK_OPEN)
@require_POST
def prove(request: HttpRequest) -> HttpResponse:
    who, form = who_asks(request), CodeForm(request.POST)
    if _did(form, lambda: prove_address(form.cleaned_data["code"], by=who, now=who.now)):
        return _done(request, _("This address is yours: mail goes there from now on."))
    return _page(request, code_form=form)


@needs(Permission.DESK_OPEN)
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    who = who_asks(request)
    forget_address(by=who, now=who.now)
    return _done(request, _("Your address is gone, and no more mail comes."))


def _did(form: forms.Form, act: Callable[[], None]) -> bool:
    """Whether it was done; else the form says why not."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refusal as refusal:
        if refusal.status not in (409, 422, 429):
            raise
        add_refusal(form, refusal)
        return False
    return True


def _done(request: HttpRequest, words: str) -> HttpResponseRedirect:
    messages.success(request, words)
    return HttpResponseRedirect(reverse("own-mail"), status=303)


def _page(request: HttpRequest, **forms_with_errors: forms.Form) -> HttpResponse:
    who = who_asks(request)
    assert who.user  # noqa: S101 - the gate lets nobody else in
    choice = mail_choice(who.user.pk)
    context: dict[str, Any] = {
        "now": who.now,
        "choice": choice,
        "can_mail": can_mail(),
        "address_form": AddressForm(initial={"address": choice.address}),
        "code_form": CodeForm(),
        "pace_form": PaceForm.of(choice),
        **forms_with_errors,
    }
    return render(request, "channels/own_mail.html", context, status=422 if forms_with_errors else 200)

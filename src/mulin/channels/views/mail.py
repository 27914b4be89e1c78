"""Settings → Mail: how it does, the last of it, a test."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mulin.channels.forms import add_refusal
from mulin.channels.forms_mail import AddressForm
from mulin.channels.mail.lights import light_of
from mulin.channels.mail.overseeing import mail_state, send_test, try_again
from mulin.channels.mail_words import kinds_in_words, states_in_words, tls_in_words, whys_in_words
from mulin.channels.models import Mail
from mulin.kernel.refusals import Refusal
from mulin.posts.face import Permission, needs, who_asks

LIGHTS = {"red": "error", "amber": "warning", "green": "success", "off": "info"}


@needs(Permission.DESK_OPEN, Permission.SYSTEM_MANAGE)
def mail(request: HttpRequest) -> HttpResponse:
    """The light, the server, the figures of a day, the latest mails without anybody's address."""
    return _page(request, AddressForm())


@needs(Permission.DESK_OPEN, Permission.SYSTEM_MANAGE)
@require_POST
def test(request: HttpRequest) -> HttpResponse:
    """Queue a test; the page then shows what becomes of it."""
    who, form = who_asks(request), AddressForm(request.POST)
    if form.is_valid():
        try:
            send_test(form.cleaned_data["address"], by=who, now=who.now)
        except Refusal as refusal:
            if refusal.status not in (409, 422, 429):
                raise
            add_refusal(form, refusal)
        else:
            return _back(request, _("The test is on its way. What becomes of it stands below."))
    return _page(request, form)


@needs(Permission.DESK_OPEN, Permission.SYSTEM_MANAGE)
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """The server was mended."""
    who = who_asks(request)
    count = try_again(by=who, now=who.now)
    return _back(
        request, ngettext("%(n)d mail is tried now.", "%(n)d mails are tried now.", count) % {"n": count}
    )


def _back(request: HttpRequest, words: str) -> HttpResponseRedirect:
    messages.success(request, words)
    return HttpResponseRedirect(reverse("mail"), status=303)


def _page(request: HttpRequest, form: AddressForm) -> HttpResponse:
    now = who_asks(request).now
    state = mail_state(now)
    light = light_of(state, now)
    name, address = settings.MULIN_MAIL_FROM
    context: dict[str, Any] = {
        "now": now,
        "state": state,
        "light": light,
        "level": LIGHTS[light.colour],
        "tls": tls_in_words().get(state.server.tls, "") if state.server else "",
        "sender": f"{name} <{address}>" if name else address,
        "quiet": settings.MULIN_MAIL_QUIET,
        "counts": [(words, state.counts.get(code, 0)) for code, words in states_in_words().items()],
        "rows": [_row(row) for row in state.latest],
        "form": form,
    }
    return render(request, "channels/mail.html", context, status=422 if form.errors else 200)


def _row(mail: Mail) -> dict[str, Any]:
    return {
        "mail": mail,
        "kind": kinds_in_words()[mail.kind],
        "state": states_in_words()["bounced" if mail.bounced_at else mail.stage],
        "why": whys_in_words().get(mail.why, ""),
    }

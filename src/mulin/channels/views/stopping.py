"""The page behind the link of each mail: how often it comes. It needs no sign-in and shows nobody's name or address."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt

from mulin.channels.forms_mail import paces
from mulin.channels.mail.choosing import choose_pace, mail_choice
from mulin.channels.mail.stopping import whose
from mulin.channels.rules.mailing import Pace
from mulin.kernel.refusals import NotYours
from mulin.posts.face import open_to_all, who_asks

ONE_CLICK = "List-Unsubscribe"  # what mail programs send by themselves (RFC 8058)


@csrf_exempt  # mail programs send no token of ours; the address itself is the proof
@open_to_all("Whoever has the mail may say no to more of it; the link proves that they have it.")
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Shown by GET, which changes nothing; a mail program's own button, or one here, is a POST."""
    user = whose(token)
    if user is None:
        raise NotYours
    return _chosen(request, user, token) if request.method == "POST" else _page(request, user)


def _chosen(request: HttpRequest, user: UUID, token: str) -> HttpResponse:
    one_click = ONE_CLICK in request.POST
    wanted = Pace.OFF.value if one_click else request.POST.get("pace", "")
    if wanted not in set(Pace):
        return _page(request, user, status=422)
    who = who_asks(request)
    choose_pace(user, Pace(wanted), by=who, now=who.now)
    if one_click:
        return HttpResponse(status=204)
    return HttpResponseRedirect(f"{reverse('mail-stop', args=[token])}?said=1", status=303)


def _page(request: HttpRequest, user: UUID, *, status: int = 200) -> HttpResponse:
    choice = mail_choice(user)
    context = {"pace": choice.pace.value, "paces": paces(), "said": "said" in request.GET, "home_url": "/"}
    response = render(request, "channels/stop.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response

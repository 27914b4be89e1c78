"""What is one's own: posts, and tokens for programs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mulin.posts.actions import make_token, revoke_token
from mulin.posts.forms import TokenForm
from mulin.posts.gate import needs, who_asks
from mulin.posts.models import Token
from mulin.posts.rules import Permission
from mulin.posts.session import fresh
from mulin.posts.views.base import done, one, page, sent, tried


@needs(Permission.TOKEN_OWN)
@fresh
@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """My tokens; a new one is shown once, on this page, and never again."""
    form, status = TokenForm(sent(request)), 200
    if request.method == "POST":
        answer, status = tried(form, lambda given: _made(request, given))
        if answer:
            return answer
    return _page(request, form, status=status)


@needs(Permission.TOKEN_OWN)
@require_POST
def token_revoke(request: HttpRequest, id: UUID) -> HttpResponse:
    who = who_asks(request)
    revoke_token(one(Token.objects.own(who).select_related("user"), id), by=who, now=who.now)
    messages.success(request, _("The token is revoked: it opens nothing any more."))
    return done(reverse("tokens"))


def _made(request: HttpRequest, given: dict[str, Any]) -> HttpResponse:
    who = who_asks(request)
    _token, text = make_token(name=given["name"], days=given["days"], by=who, now=who.now)
    return _page(request, TokenForm(), text=text)


def _page(request: HttpRequest, form: TokenForm, *, text: str = "", status: int = 200) -> HttpResponse:
    context = {"form": form, "text": text, "tokens": Token.objects.own(who_asks(request))[:100]}
    return page(request, "tokens.html", context, status)

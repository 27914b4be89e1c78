"""Signing in by the town's single sign-on. Where none is set, there are no such pages."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from mulin.kernel.refusals import NotYours
from mulin.posts import single_sign_on
from mulin.posts.actions.sign_ins import Came, note_failed
from mulin.posts.actions.signing import put_back_address, take_address
from mulin.posts.gate import open_to_all, who_asks
from mulin.posts.rules.signing import Outcome, Second, Way
from mulin.posts.views.base import page
from mulin.posts.views.signing import let_in, target_of

TARGET = "single_target"


@open_to_all("Whoever signs in is nobody yet.")
@never_cache
@require_GET
def single_begin(request: HttpRequest) -> HttpResponse:
    """To the single sign-on. Only the session is written: a link, because its way there may cross several hosts."""
    _allowed(request)
    request.session[TARGET] = target_of(request)
    try:
        return single_sign_on.begin(request)
    except single_sign_on.Unproven as refusal:
        return page(request, "single_failed.html", {"words": str(refusal.message)}, refusal.status)


@open_to_all("Whoever comes back is nobody yet.")
@never_cache
@require_GET
def single_back(request: HttpRequest) -> HttpResponse:
    """Back from there: in, if an administrator bound this number to an account."""
    _allowed(request)
    try:
        subject = single_sign_on.who_came_back(request)
    except single_sign_on.Unproven as refusal:
        return page(request, "single_failed.html", {"words": str(refusal.message)}, refusal.status)
    user = single_sign_on.bound_to(subject)
    if user is None:
        now = who_asks(request).now
        note_failed(request, Came(Way.SINGLE), Outcome.UNBOUND, user=None, now=now)
        return page(request, "single_failed.html", {"subject": subject}, 403)
    put_back_address(request)
    second = Second.SINGLE if settings.MULIN_SSO_IS_STRONG else None
    return let_in(request, user, way=Way.SINGLE, second=second, target=request.session.pop(TARGET, ""))


def _allowed(request: HttpRequest) -> None:
    if not settings.MULIN_SSO_ISSUER:
        raise NotYours
    take_address(request, now=who_asks(request).now)

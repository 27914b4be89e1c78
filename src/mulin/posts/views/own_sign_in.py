"""How one signs in oneself: second steps, recovery codes, one's sessions; and proving again that it is one."""

from __future__ import annotations

from io import BytesIO
from typing import Any, cast
from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from mulin.kernel.refusals import Conflict, Invalid, TooMany
from mulin.posts import factors
from mulin.posts.actions.factors import add_app, add_passkey, remove_factor, renew_codes
from mulin.posts.actions.sign_ins import end_session, end_sessions
from mulin.posts.actions.signing import try_password
from mulin.posts.forms import PASSWORD_LIMIT
from mulin.posts.forms_signing import AppForm, ConfirmForm, PasskeyForm
from mulin.posts.gate import asks_for_second, signed_in_before_password, who_asks
from mulin.posts.models import SignIn, User
from mulin.posts.rules.signing import Second
from mulin.posts.session import forget_second, fresh, mark_proved, mark_second
from mulin.posts.views.base import done, one, page, sent, tried
from mulin.posts.views.second_step import CREDENTIAL_LIMIT, proven, say
from mulin.posts.views.signing import target_of, too_many

SECRET = "new_app_secret"  # noqa: S105 - the name under which the session keeps one
SHOWN = 20


@signed_in_before_password
@never_cache
def own_sign_in(request: HttpRequest) -> HttpResponse:
    """All of it on one page."""
    who = who_asks(request)
    lines = SignIn.objects.own(who)
    context = {
        "held": factors.factors_of(_me(request)),
        "asked": asks_for_second(who),
        "missing": who.in_one_step and asks_for_second(who),
        "sessions": lines.open_at(who.now).newest()[:SHOWN],
        "here": request.session.session_key,
        "lines": lines.newest()[:SHOWN],
    }
    return page(request, "own_sign_in.html", context)


@signed_in_before_password
@fresh
@never_cache
def own_app(request: HttpRequest) -> HttpResponse:
    """Set up an app that shows codes: scan the square, give the first code."""
    user, form, status = _me(request), AppForm(sent(request)), 200
    secret = request.session.get(SECRET) or factors.new_secret()
    if request.method == "POST":
        answer, status = tried(form, lambda given: _app_kept(request, secret, given["code"]))
        if answer:
            return answer
    request.session[SECRET] = secret
    square = drawn(factors.app_address(user, secret))
    spaced = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return page(request, "own_app.html", {"form": form, "qr": square, "secret": spaced}, status)


@signed_in_before_password
@fresh
@never_cache
def own_passkey(request: HttpRequest) -> HttpResponse:
    """Make a passkey on this device, or on a key that one plugs in."""
    form, status = PasskeyForm(sent(request)), 200
    if request.method == "POST":
        answer, status = tried(form, lambda given: _passkey_kept(request, given))
        if answer:
            return answer
    options = factors.registration(_me(request))
    return page(request, "own_passkey.html", {"form": form, "options": options}, status)


@signed_in_before_password
@fresh
@require_POST
def own_factor_remove(request: HttpRequest, factor: int) -> HttpResponse:
    who, user = who_asks(request), _me(request)
    remove_factor(user, factor, by=who, now=who.now)
    if not factors.has_factor(user):
        forget_second(request)
    messages.success(request, _("It is removed: it lets nobody in any more."))
    return done(reverse("own-sign-in"))


@signed_in_before_password
@fresh
@never_cache
@require_POST
def own_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown on this page and never again."""
    who = who_asks(request)
    return _codes_page(request, renew_codes(_me(request), by=who, now=who.now))


@signed_in_before_password
@require_POST
def own_session_end(request: HttpRequest, id: UUID) -> HttpResponse:
    """One of one's sessions; the one of this browser ends by signing out."""
    who = who_asks(request)
    line = one(SignIn.objects.own(who).open_at(who.now), id)
    if line.session == request.session.session_key:
        raise Conflict(_("This is where you are now. Sign out instead."))
    end_session(line, by=who, now=who.now)
    messages.success(request, _("This session is over."))
    return done(reverse("own-sign-in") + "#sessions")


@signed_in_before_password
@require_POST
def own_sessions_end(request: HttpRequest) -> HttpResponse:
    """Everywhere but here."""
    who = who_asks(request)
    end_sessions(_me(request), but=request.session.session_key or "", by=who, now=who.now)
    messages.success(request, _("Everywhere else you are signed out."))
    return done(reverse("own-sign-in") + "#sessions")


@signed_in_before_password
@never_cache
@sensitive_post_parameters()
def confirm(request: HttpRequest) -> HttpResponse:
    """Prove again that it is you, before something dangerous."""
    user = _me(request)
    held = factors.factors_of(user)
    form, status = ConfirmForm(sent(request), with_code=held.any), 200
    if request.method == "POST":
        try:
            if _proved_again(request, user, by_factor=held.any):
                return done(target_of(request))
            status = 422
            say(form, _("This is not right. Try again."))
        except TooMany as refusal:
            say(form, str(refusal.message))
            return too_many(_confirm_page(request, form, held, refusal.status), refusal)
    return _confirm_page(request, form, held, status)


def _proved_again(request: HttpRequest, user: User, *, by_factor: bool) -> bool:
    now = who_asks(request).now
    if not by_factor:
        password = request.POST.get("password", "")[:PASSWORD_LIMIT]
        proved = try_password(request, username=user.username, password=password, now=now) == user
        if proved:
            mark_proved(request, now)
        return proved
    second = proven(request, user)
    if second:
        mark_second(request, second, now)
    return second is not None


def _confirm_page(
    request: HttpRequest, form: ConfirmForm, held: factors.Factors, status: int
) -> HttpResponse:
    options = factors.challenge(_me(request)) if held.passkeys else ""
    context = {"form": form, "held": held, "options": options, "next": target_of(request)}
    return page(request, "confirm.html", context, status)


def drawn(address: str) -> SafeString:
    """A square to scan, without a style: dark on white in every theme."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=False, scale=5, border=4, dark="#000", light="#fff",
        svgclass="qr", lineclass=None, omitsize=False,
    )  # fmt: skip
    return mark_safe(out.getvalue().decode())  # noqa: S308 - drawn here, of squares only


def _app_kept(request: HttpRequest, secret: str, code: str) -> HttpResponse:
    who = who_asks(request)
    codes = add_app(_me(request), secret=secret, code=code, by=who, now=who.now)
    request.session.pop(SECRET, None)
    return _set_up(request, Second.APP, codes)


def _passkey_kept(request: HttpRequest, given: dict[str, Any]) -> HttpResponse:
    who, credential = who_asks(request), factors.new_passkey(given["credential"][:CREDENTIAL_LIMIT])
    if credential is None:
        raise Invalid(_("No passkey was made. Try again, or with another device."), code="no_passkey")
    codes = add_passkey(_me(request), name=given["name"], credential=credential, by=who, now=who.now)
    return _set_up(request, Second.PASSKEY, codes)


def _set_up(request: HttpRequest, second: Second, codes: list[str]) -> HttpResponse:
    """Whoever has set one up here has also shown it here."""
    mark_second(request, second, who_asks(request).now)
    messages.success(request, _("It is set up. From now on you are asked for it when you sign in."))
    return _codes_page(request, codes) if codes else done(reverse("own-sign-in"))


def _codes_page(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return page(request, "own_codes.html", {"codes": codes})


def _me(request: HttpRequest) -> User:
    return cast(User, who_asks(request).user)

"""Signing in and out, one's own password, and the people of a demo."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from mulin.kernel.refusals import Invalid, NotYours, TooMany
from mulin.posts.actions import set_password
from mulin.posts.actions.signing import note_sign_in, note_sign_out, try_password
from mulin.posts.demo_cast import demo_cast, demo_person
from mulin.posts.forms import OwnPasswordForm, SignInForm
from mulin.posts.gate import open_to_all, signed_in_before_password, who_asks
from mulin.posts.models import User
from mulin.posts.views.base import done, page, sent, tried
from mulin.posts.who import Who

BACKEND = "django.contrib.auth.backends.ModelBackend"


@open_to_all("Whoever signs in is nobody yet.")
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """User name and password; on a demo also its people at one click."""
    who = who_asks(request)
    if request.method != "POST":
        return done(_target(request)) if who.is_signed_in else _sign_in_page(request, SignInForm())
    form, status = SignInForm(request.POST), 422
    if form.is_valid():
        try:
            user = try_password(request, now=who.now, **form.cleaned_data)
        except TooMany as refusal:
            form.add_error(None, str(refusal.message))
            return _too_many(_sign_in_page(request, form, refusal.status), refusal)
        if user:
            return let_in(request, user)
        # The same words for a name that nobody has and for a wrong password.
        form.add_error(
            None, _("User name and password do not belong together. Capitals matter in the password.")
        )
    return _sign_in_page(request, form, status)


@open_to_all("Whoever signs in is nobody yet; there is nobody to choose where this is no demo.")
@never_cache
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """One of the demo's people, at one click. In a town's own installation there is no such page."""
    user = demo_person(request.POST.get("username", "")[:100])
    if user is None:
        raise NotYours
    return let_in(request, user, demo=True)


@open_to_all("Whoever is signed in may leave, and whoever is not has nothing to leave.")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    who = who_asks(request)
    if who.user:
        note_sign_out(who.user, by=who, now=who.now)
    logout(request)
    messages.success(request, _("You are signed out."))
    return done(reverse("sign-in"))


@signed_in_before_password
@never_cache
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """Choose a password of one's own."""
    who = who_asks(request)
    user = cast(User, who.user)
    form, status = OwnPasswordForm(sent(request)), 200
    if request.method == "POST":
        answer, status = tried(form, lambda given: _set_own(request, user, given))
        if answer:
            return answer
    context = {"form": form, "first": user.must_change_password}
    return page(request, "password.html", context, status)


def _set_own(request: HttpRequest, user: User, given: dict[str, str]) -> HttpResponse:
    who = who_asks(request)
    if try_password(request, username=user.username, password=given["current"], now=who.now) != user:
        raise Invalid(_("This is not your password."), code="wrong_password", field="current")
    user = set_password(user, password=given["password"], by=who, now=who.now)
    update_session_auth_hash(request, user)  # every other session of theirs ends here
    messages.success(request, _("Your new password is set. Everywhere else you are signed out."))
    return done(_target(request))


def let_in(request: HttpRequest, user: User, *, demo: bool = False) -> HttpResponse:
    now = who_asks(request).now
    login(request, user, backend=BACKEND)  # with a new session key
    note_sign_in(user, by=Who.of(user, now), now=now, demo=demo)
    answer = done(reverse("password") if user.must_change_password else _target(request))
    if not demo and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return answer


def _target(request: HttpRequest) -> str:
    """Where they wanted to go, if that is a page of ours; else the desk."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else "/desk/"


def _sign_in_page(request: HttpRequest, form: SignInForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "cast": demo_cast(),
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return page(request, "sign_in.html", context, status)


def _too_many(answer: HttpResponse, refusal: TooMany) -> HttpResponse:
    answer["Retry-After"] = str(refusal.retry_after)
    return answer

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
from mulin.posts.actions.sign_ins import Came, note_failed, note_sign_in, note_sign_out, session_renamed
from mulin.posts.actions.signing import try_password
from mulin.posts.demo_cast import demo_cast, demo_person
from mulin.posts.factors import has_factor
from mulin.posts.forms import OwnPasswordForm, SignInForm
from mulin.posts.gate import open_to_all, signed_in_before_password, who_asks
from mulin.posts.models import User
from mulin.posts.rules.signing import Outcome, Second, Way
from mulin.posts.session import mark, wait_for_second
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
        return done(target_of(request)) if who.is_signed_in else sign_in_page(request, SignInForm())
    form, status = SignInForm(request.POST), 422
    if form.is_valid():
        try:
            user = try_password(request, now=who.now, **form.cleaned_data)
        except TooMany as refusal:
            _failed(request, form, Outcome.LOCKED)
            form.add_error(None, str(refusal.message))
            return too_many(sign_in_page(request, form, refusal.status), refusal)
        if user:
            return let_in(request, user)
        _failed(request, form, Outcome.WRONG)
        # The same words for a name that nobody has and for a wrong password.
        form.add_error(
            None, _("User name and password do not belong together. Capitals matter in the password.")
        )
    return sign_in_page(request, form, status)


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
        note_sign_out(request, who.user, by=who, now=who.now)
    logout(request)
    messages.success(request, _("You are signed out."))
    response = done(reverse("sign-in"))
    response["Clear-Site-Data"] = '"cache", "storage"'  # what was being typed belongs to who leaves
    return response


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
    user, old = (
        set_password(user, password=given["password"], by=who, now=who.now),
        request.session.session_key,
    )
    update_session_auth_hash(request, user)  # every other session of theirs ends here
    session_renamed(user, old=old or "", new=request.session.session_key or "", now=who.now)
    messages.success(request, _("Your new password is set. Everywhere else you are signed out."))
    return done(target_of(request))


def let_in(
    request: HttpRequest,
    user: User,
    *,
    demo: bool = False,
    way: Way = Way.PASSWORD,
    second: Second | None = None,
    target: str = "",
) -> HttpResponse:
    """Let somebody in who proved who they are; first to the second step, if they have one and did not take it."""
    now, target = who_asks(request).now, target or target_of(request)
    way = Way.DEMO if demo else way
    if not (demo or second or way is Way.PASSKEY) and has_factor(user):
        wait_for_second(request, user, way, target, now)
        return done(reverse("sign-in-second"))
    login(request, user, backend=BACKEND)  # with a new session key
    mark(request, way, second, now)
    note_sign_in(request, user, Came(way, second), by=Who.of(user, now), now=now)
    answer = done(reverse("password") if user.must_change_password else target)
    if not demo and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return answer


def _failed(request: HttpRequest, form: SignInForm, outcome: Outcome) -> None:
    user = User.objects.filter(username=form.cleaned_data["username"].strip().lower()).first()
    note_failed(request, Came(Way.PASSWORD), outcome, user=user, now=who_asks(request).now)


def target_of(request: HttpRequest) -> str:
    """Where they wanted to go, if that is a page of ours; else the desk."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else "/desk/"


def sign_in_page(request: HttpRequest, form: SignInForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "cast": demo_cast(),
        "single": settings.MULIN_SSO_NAME or settings.MULIN_SSO_ISSUER,
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return page(request, "sign_in.html", context, status)


def too_many(answer: HttpResponse, refusal: TooMany) -> HttpResponse:
    answer["Retry-After"] = str(refusal.retry_after)
    return answer

"""The second step when signing in, and signing in by a passkey alone."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mulin.kernel.refusals import TooMany
from mulin.posts import factors
from mulin.posts.actions.sign_ins import Came, note_failed
from mulin.posts.actions.signing import put_back_address, take_address
from mulin.posts.forms import SignInForm
from mulin.posts.forms_signing import SecondStepForm
from mulin.posts.gate import open_to_all, who_asks
from mulin.posts.models import User
from mulin.posts.rules.signing import Outcome, Second, Way
from mulin.posts.session import who_waits
from mulin.posts.views.base import done, page
from mulin.posts.views.signing import let_in, sign_in_page, too_many

CREDENTIAL_LIMIT = 20_000


@open_to_all("Whoever gave the right password is nobody yet.")
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """A code of an app, of the sheet of recovery codes, or a passkey."""
    now = who_asks(request).now
    waiting = who_waits(request, now)
    if waiting is None:
        return done(reverse("sign-in"))
    user, way, target = waiting
    form = SecondStepForm(request.POST or None)
    if request.method != "POST":
        return _page(request, user, form)
    try:
        second = proven(request, user)
    except TooMany as refusal:
        say(form, str(refusal.message))
        return too_many(_page(request, user, form, refusal.status), refusal)
    if second:
        return let_in(request, user, way=way, second=second, target=target)
    note_failed(request, Came(way), Outcome.SECOND, user=user, now=now)
    say(form, _("This is not right, or it was used already. Wait for the next code and try again."))
    return _page(request, user, form, 422)


def proven(request: HttpRequest, user: User) -> Second | None:
    """What was sent to prove that it is them, if it does."""
    credential = request.POST.get("credential", "")[:CREDENTIAL_LIMIT]
    if credential:
        return Second.PASSKEY if factors.proven_by_passkey(credential, user) else None
    return factors.proven_by_code(user, request.POST.get("code", ""), now=who_asks(request).now)


def say(form: Form, words: str) -> None:
    """This instead of what is missing: whoever sent a passkey sent no code."""
    form.errors.clear()
    form.add_error(None, words)


def _page(request: HttpRequest, user: User, form: SecondStepForm, status: int = 200) -> HttpResponse:
    held = factors.factors_of(user)
    options = factors.challenge(user) if held.passkeys else ""
    context = {"form": form, "held": held, "options": options}
    return page(request, "second_step.html", context, status)


@open_to_all("Whoever signs in is nobody yet; a challenge is a random number.")
@never_cache
@require_GET
def passkey_challenge(request: HttpRequest) -> HttpResponse:
    """What a browser needs to prove a passkey. It is kept in the session until the answer comes."""
    take_address(request, now=who_asks(request).now)
    return HttpResponse(factors.challenge(), content_type="application/json")


@open_to_all("Whoever signs in is nobody yet.")
@never_cache
@sensitive_post_parameters()
@require_POST
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """A passkey alone is enough: it is a thing that one has, opened by a finger, a face or a PIN."""
    now = who_asks(request).now
    try:
        take_address(request, now=now)
    except TooMany as refusal:
        return too_many(_refused(request, str(refusal.message), refusal.status), refusal)
    user = factors.proven_by_passkey(request.POST.get("credential", "")[:CREDENTIAL_LIMIT])
    if user:
        put_back_address(request)
        return let_in(request, user, way=Way.PASSKEY)
    note_failed(request, Came(Way.PASSKEY), Outcome.WRONG, user=None, now=now)
    return _refused(request, _("This passkey is not known here. Sign in with your password."), 422)


def _refused(request: HttpRequest, words: str, status: int) -> HttpResponse:
    form = SignInForm({})
    say(form, words)
    return sign_in_page(request, form, status)

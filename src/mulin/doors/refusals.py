"""A refusal becomes a page that says what happened, that nothing is lost, and what to do."""

from __future__ import annotations

import sys
from collections.abc import Callable
from urllib.parse import SplitResult, urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.doors.unavailable import is_about_the_database, unavailable
from mulin.kernel.refusals import Refusal, TooMany
from mulin.posts.face import NotSignedIn, PasswordFirst, ProveAgain, SecondStepFirst

Answer = Callable[[HttpRequest], HttpResponse]


class RefusalMiddleware:
    """Turns a Refusal raised by an action or a view into its page; the API has its own handler."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotSignedIn):
            return to_sign_in(request)
        if isinstance(error, PasswordFirst):
            return redirect("password")
        if isinstance(error, SecondStepFirst):
            return redirect("own-sign-in")
        if isinstance(error, ProveAgain):
            return to_confirm(request)
        if not isinstance(error, Refusal):
            return None
        response = page(request, error.status, str(error.message))
        if isinstance(error, TooMany):
            response["Retry-After"] = str(error.retry_after)
        return response


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and from there back here where that is safe to ask again."""
    query = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
    return redirect(reverse("sign-in") + query)


def to_confirm(request: HttpRequest) -> HttpResponse:
    """To prove again that it is them; from there to this page, or to the one with the form that was sent."""
    came = urlsplit(request.headers.get("Referer", ""))
    back = (
        request.get_full_path() if request.method == "GET" else came.path if _is_ours(came, request) else ""
    )
    query = f"?{urlencode({'next': back})}" if back else ""
    return redirect(reverse("confirm") + query)


def _is_ours(address: SplitResult, request: HttpRequest) -> bool:
    return address.netloc == request.get_host()


def page(request: HttpRequest, status: int, message: str = "") -> HttpResponse:
    """An error page in the frame of the door that the person is at."""
    title, text, kept = _TEXTS.get(status, _TEXTS[500])()
    at_desk = request.path.startswith("/desk/")
    context = {
        "status": status,
        "title": title,
        "text": message or text,
        "kept": kept,
        "base": "look/desk.html" if at_desk else "look/portal.html",
        "action_url": reverse("queue") if at_desk else "/",
    }
    return render(request, "look/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django asks for this page while the error is still at hand."""
    error = sys.exc_info()[1]
    if is_about_the_database(error):
        return unavailable(request, error)
    return page(request, 500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The CSRF check failed: almost always a page that stood open too long."""
    return page(request, 403, _("This page stood open too long. Go back, reload it and send again."))


_TEXTS: dict[int, Callable[[], tuple[str, str, str]]] = {
    400: lambda: (_("This could not be understood"), _("Go back and try again."), _("Nothing was changed.")),
    403: lambda: (
        _("You may not do this"),
        _("Your supervisor can tell who may."),
        _("Nothing was changed."),
    ),
    404: lambda: (
        _("There is nothing here for you"),
        _("The address may be wrong, or this is not yours to see."),
        "",
    ),
    409: lambda: (
        _("Someone was faster"),
        _("Look at what happened, then decide again."),
        _("Nothing was changed."),
    ),
    413: lambda: (_("This is too large"), _("Send something smaller."), _("Nothing was changed.")),
    422: lambda: (
        _("Something is missing or wrong"),
        _("Go back, correct it and send again."),
        _("Nothing was changed."),
    ),
    429: lambda: (
        _("Too many at once"),
        _("Wait a few minutes and send again."),
        _("What you typed is still in your browser: go back."),
    ),
    503: lambda: (
        _("This cannot be done just now"),
        _("Try again in a few minutes."),
        _("Nothing was changed."),
    ),
    507: lambda: (_("There is no room just now"), _("Send it without files."), _("Nothing was changed.")),
    500: lambda: (
        _("Something broke on our side"),
        _("It was noted. Please try again in a minute."),
        _("What was saved before is safe."),
    ),
}

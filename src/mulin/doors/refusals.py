"""A refusal becomes a page that says what happened, that nothing is lost, and what to do."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Refusal, TooMany

Answer = Callable[[HttpRequest], HttpResponse]


class RefusalMiddleware:
    """Turns a Refusal raised by an action or a view into its page; the API's own handler comes first."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refusal):
            return None
        response = page(request, error.status, str(error.message))
        if isinstance(error, TooMany):
            response["Retry-After"] = str(error.retry_after)
        return response


def page(request: HttpRequest, status: int, message: str) -> HttpResponse:
    title, hint = _TEXTS.get(status, _TEXTS[500])()
    context = {"status": status, "title": title, "message": message or hint, "hint": hint}
    return render(request, "look/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return page(request, 400, "")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return page(request, 403, "")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return page(request, 404, "")


def server_error(request: HttpRequest) -> HttpResponse:
    return page(request, 500, "")


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The CSRF check failed: almost always a page that stood open too long."""
    return page(request, 403, _("This page stood open too long. Go back, reload it and send again."))


_TEXTS: dict[int, Callable[[], tuple[str, str]]] = {
    400: lambda: (
        _("This request could not be understood"),
        _("Nothing was changed. Go back and try again."),
    ),
    403: lambda: (_("You may not do this"), _("Nothing was changed. Your supervisor can tell who may.")),
    404: lambda: (
        _("There is nothing here for you"),
        _("The address may be wrong, or this is not yours to see."),
    ),
    409: lambda: (
        _("Someone was faster"),
        _("Nothing of yours was changed. Look at what happened and decide again."),
    ),
    413: lambda: (_("This is too large"), _("Nothing was changed. Send something smaller.")),
    422: lambda: (
        _("Something is missing or wrong"),
        _("Nothing was changed. Go back, correct it and send again."),
    ),
    429: lambda: (_("Too many at once"), _("Nothing is lost. Wait a few minutes and send again.")),
    500: lambda: (
        _("Something broke on our side"),
        _("It was noted. What you saved before is safe; please try again."),
    ),
}

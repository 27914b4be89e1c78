"""The edge of the API: what holds for every answer under /api/, also where no operation was reached."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from mulin.doors.api.problems import TYPE, problem

PREFIX = "/api/"
_KEPT = ("Allow", "Content-Range", "Retry-After", "WWW-Authenticate")


class ApiEdgeMiddleware:
    """Tells every failure as a problem, and keeps every answer out of caches: most are about people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(PREFIX):
            return response
        if response.status_code >= 400 and not response.get("Content-Type", "").startswith(TYPE):
            response = _as_problem(response)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def _as_problem(failed: HttpResponse) -> HttpResponse:
    code, words = _TOLD.get(failed.status_code, _TOLD[400 if failed.status_code < 500 else 500])
    told = problem(failed.status_code, code, words())
    for name in _KEPT:
        if name in failed:
            told[name] = failed[name]
    return told


_TOLD: dict[int, tuple[str, Callable[[], str]]] = {
    HTTPStatus.BAD_REQUEST: ("unreadable", lambda: _("This request could not be understood.")),
    HTTPStatus.NOT_FOUND: ("not_found", lambda: _("There is no such thing here, or it is not yours to see.")),
    HTTPStatus.METHOD_NOT_ALLOWED: (
        "method",
        lambda: _("This cannot be done here: see the header Allow for what can."),
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "broken",
        lambda: _("Something broke on our side. It was noted, and nothing was changed."),
    ),
}

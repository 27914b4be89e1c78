"""Refuses an address that no text could be: one with the character NUL, which no database keeps."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from mulin.doors.api.problems import unreadable
from mulin.doors.refusals import page


class UnreadableMiddleware:
    """Answers 400 before any view looks for such a thing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _has_nul(request):
            return self.get_response(request)
        if request.path.startswith("/api/"):
            return unreadable()
        return page(request, 400)


def _has_nul(request: HttpRequest) -> bool:
    query = request.META.get("QUERY_STRING", "")
    return "\0" in request.path_info or "%00" in query or "\0" in query

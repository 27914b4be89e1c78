"""Refuses what is far too large before a byte of it is read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from mulin.doors.api.problems import problem
from mulin.doors.refusals import page

# What stands around the photos of a form: its texts, and the marks between its parts.
FRAME = 2 * 1024 * 1024


class TooLargeMiddleware:
    """Answers 413 by the length that the browser announces; without one, the server takes no body at all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _announced(request) <= most():
            return self.get_response(request)
        if request.path.startswith("/api/"):
            return problem(413, "too_large", _words())
        return page(request, 413, _words())


def most() -> int:
    """As many photos as a report may have, each as large as a photo may be."""
    return int(settings.MULIN_PHOTOS_PER_REPORT * settings.MULIN_PHOTO_BYTES + FRAME)


def _announced(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _words() -> str:
    return _(
        "This is too large: at most %(most)d photos of %(megabytes)d MB each. Go back and choose fewer or smaller ones."
    ) % {
        "most": settings.MULIN_PHOTOS_PER_REPORT,
        "megabytes": settings.MULIN_PHOTO_BYTES // 1024**2,
    }

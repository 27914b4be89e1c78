"""Refuses what is far too large before a byte of it is read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from mulin.doors.api.problems import problem
from mulin.doors.refusals import page
from mulin.kernel import disk, sheets
from mulin.matters.face import largest

# What stands around the photos of a form: its texts, and the marks between its parts.
FRAME = 2 * 1024 * 1024


class TooLargeMiddleware:
    """Answers 413 by the length that the browser announces; without one, the server takes no body at all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = _announced(request)
        if announced > most(request.path):
            return _refused(request, 413, "too_large", _words(request.path))
        # A form's files are written to the disk before any view sees them. What comes piece by piece looks itself.
        if announced > FRAME and _takes_files(request.path) and disk.is_nearly_full(2 * announced):
            return _refused(request, 507, disk.NoRoom.default_code, str(disk.NoRoom.default_message))
        return self.get_response(request)


def most(path: str = "") -> int:
    """As many photos as a report may have, each as large as a photo may be; where files are taken, the largest one."""
    photos = int(settings.MULIN_PHOTOS_PER_REPORT * settings.MULIN_PHOTO_BYTES)
    return max(photos, _one_file(path)) + FRAME


def _one_file(path: str) -> int:
    """How large a file may be where one is sent: by the last words of the address; 0 elsewhere."""
    sent = path.rstrip("/").removesuffix("/new").rpartition("/")[2]
    if sent == "files":
        return largest()
    return {"intakes": sheets.MOST_BYTES_IN_PIECES, "panoramas": int(settings.MULIN_PANORAMA_BYTES)}.get(
        sent, 0
    )


def _takes_files(path: str) -> bool:
    return _one_file(path) > 0


def _refused(request: HttpRequest, status: int, code: str, words: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return problem(status, code, words)
    return page(request, status, words)


def _announced(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _words(path: str) -> str:
    if _takes_files(path):
        megabytes = _one_file(path) // 1024**2
        return _(
            "This is too large: at most %(megabytes)d MB are taken at once. Send one file after another."
        ) % {"megabytes": megabytes}
    return _(
        "This is too large: at most %(most)d photos of %(megabytes)d MB each. Go back and choose fewer or smaller ones."
    ) % {
        "most": settings.MULIN_PHOTOS_PER_REPORT,
        "megabytes": settings.MULIN_PHOTO_BYTES // 1024**2,
    }

"""Gives a stored file to a browser: in parts where it asks for parts, and so that it can only be looked at or kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header

from mulin.kernel import storage
from mulin.kernel.refusals import NotYours

PART = 206
# A player asks for "the rest" and stops reading while it is paused: meanwhile its thread would serve nobody else.
PLAYED_AT_ONCE = 1024**2
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})$")


@dataclass(frozen=True)
class Served:
    """A file as its browser is told of it. `plays`: shown in the page, else only saved."""

    file: str
    media: str
    name: str
    tag: str
    plays: bool = False


def serve(request: HttpRequest, served: Served) -> HttpResponseBase:
    """200, 206 for a part, 304 where the browser has it, 416 for a part that is not there; 404 where it is lost.

    What may be seen is asked again each time; nothing between here and there keeps it.
    """
    etag = f'"{served.tag}"'
    if request.headers.get("If-None-Match") == etag:
        return _told(HttpResponseNotModified(), etag)
    try:
        size = storage.shelf().size(served.file)
        response = _answer(request, served, size, etag)
    except storage.Missing:
        raise NotYours from None
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    disposition = content_disposition_header(not served.plays, served.name or "file")
    response["Content-Disposition"] = disposition or "attachment"
    return _told(response, etag)


def _answer(request: HttpRequest, served: Served, size: int, etag: str) -> HttpResponseBase:
    asked = request.headers.get("Range", "")
    if request.headers.get("If-Range", etag) != etag:
        asked = ""  # it has a part of something else
    span = _span(asked, size)
    if span is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, length, status = span
    if status == PART and served.plays and asked.endswith("-") and "If-Range" not in request.headers:
        length = min(length, PLAYED_AT_ONCE)  # it asks for more when it has played this
    pieces = _pieces(request, served.file, start, length)
    response = StreamingHttpResponse(pieces, content_type=served.media, status=status)
    response["Content-Length"] = str(length)
    if status == PART:
        response["Content-Range"] = f"bytes {start}-{start + length - 1}/{size}"
    return response


def _pieces(request: HttpRequest, file: str, start: int, length: int) -> Iterator[bytes]:
    return iter(()) if request.method == "HEAD" else storage.shelf().read(file, start, length)


def _span(asked: str, size: int) -> tuple[int, int, int] | None:
    """Where the part begins, how long it is, and 206; the whole where none is asked for in a way that we know."""
    found = _RANGE.match(asked)
    if not found or not (found[1] or found[2]):
        return 0, size, 200
    if not found[1]:  # the last so many bytes
        length = min(int(found[2]), size)
        return (size - length, length, PART) if length else None
    start, end = int(found[1]), int(found[2] or size - 1)
    if start >= size or end < start:
        return None
    return start, min(end, size - 1) - start + 1, PART


def _told(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response

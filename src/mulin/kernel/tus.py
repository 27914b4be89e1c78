"""The tus protocol, 1.0.0, with creation, termination and expiration: https://tus.io/protocols/resumable-upload

Who may upload what, and to where, is the business of whoever calls this.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date
from django.utils.translation import gettext as _

from mulin.kernel import resumable
from mulin.kernel.refusals import Invalid, Refusal, TooLarge
from mulin.kernel.resumable import Upload

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,expiration"
STREAM = "application/offset+octet-stream"
Limit = Callable[[str, int], object]  # by name and length; raises where such a file is not taken


class WrongVersion(Refusal):
    """It speaks another version of the protocol."""

    status = 412
    default_code = "tus_version"


class WrongKind(Refusal):
    """The bytes were not announced as what the protocol calls them."""

    status = 415
    default_code = "tus_content_type"


def begin(request: HttpRequest, owner: str, check: Limit, address: Callable[[UUID], str]) -> HttpResponse:
    """POST: announce a file by name and length. It is refused here, before a byte of it is sent."""
    _check_version(request)
    length, name = _number(request, "Upload-Length"), name_in(request.headers.get("Upload-Metadata", ""))
    check(name, length)
    upload = resumable.begin(owner, name, length)
    response = _answer(201, upload)
    response["Location"] = address(upload.id)
    return response


def go_on(request: HttpRequest, owner: str, id: UUID) -> HttpResponse:
    """HEAD: how far it is. PATCH: some more of it. DELETE: it is not wanted any more."""
    _check_version(request)
    upload = resumable.find(id, owner)
    if request.method == "PATCH":
        return _patch(request, upload)
    if request.method == "DELETE":
        resumable.drop(upload)
        return _answer(204)
    response = _answer(200, upload)
    response["Upload-Length"] = str(upload.length)
    response["Cache-Control"] = "no-store"
    return response


def options(most: int) -> HttpResponse:
    """OPTIONS: what is spoken here, and how large a file may be."""
    response = _answer(204)
    response["Tus-Version"] = VERSION
    response["Tus-Extension"] = EXTENSIONS
    response["Tus-Max-Size"] = str(most)
    return response


def _patch(request: HttpRequest, upload: Upload) -> HttpResponse:
    if request.content_type != STREAM:
        raise WrongKind(_("Bytes of an upload come as application/offset+octet-stream."))
    at = _number(request, "Upload-Offset")
    announced = request.META.get("CONTENT_LENGTH") or ""
    size = int(announced) if announced.isascii() and announced.isdigit() else None
    resumable.append(upload, at, request.read, announced=size)
    return _answer(204, upload)


def _answer(status: int, upload: Upload | None = None) -> HttpResponse:
    response = HttpResponse(status=status)
    del response["Content-Type"]
    response["Tus-Resumable"] = VERSION
    if upload:
        response["Upload-Offset"] = str(upload.offset)
        response["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    return response


def refused(refusal: Refusal) -> HttpResponse:
    """In plain words, which the page shows beside the file."""
    response = HttpResponse(
        str(refusal.message), content_type="text/plain; charset=utf-8", status=refusal.status
    )
    response["Tus-Resumable"] = VERSION
    if refusal.status == 412:
        response["Tus-Version"] = VERSION
    return response


def _check_version(request: HttpRequest) -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise WrongVersion(_("Say Tus-Resumable: 1.0.0: no other version is spoken here."))


def _number(request: HttpRequest, header: str) -> int:
    value = request.headers.get(header, "")
    if not (value.isascii() and value.isdigit() and len(value) <= 15):
        raise Invalid(_("%(header)s must be a number of bytes.") % {"header": header}, code="header")
    return int(value)


def name_in(metadata: str) -> str:
    """The name among the pairs of `Upload-Metadata`; empty where there is none that can be read."""
    if len(metadata) > 4000:
        raise TooLarge(_("The name of this file is too long."))
    for pair in metadata.split(","):
        key, _space, value = pair.strip().partition(" ")
        if key == "filename":
            try:
                return base64.b64decode(value, validate=True).decode("utf-8")
            except (binascii.Error, UnicodeDecodeError):
                return ""
    return ""

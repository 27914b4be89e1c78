"""The operations on files of a matter: listed with the matter, added whole or piece by piece, fetched, removed."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Query, Router, Status
from ninja.files import UploadedFile

from mulin.kernel import tus
from mulin.kernel.filekinds import FORMATS
from mulin.kernel.refusals import Invalid
from mulin.kernel.serving import serve
from mulin.kernel.shapes import Problem
from mulin.matters import shapes_files as shapes
from mulin.matters.actions.files import add_files, check_announced, claim, remove_file, take_in
from mulin.matters.file_shapes import find_uploads, served
from mulin.matters.models import Matter
from mulin.matters.queries.files import file_for, files_for
from mulin.matters.queries.rechecks import not_blind
from mulin.matters.queries.seeing import see
from mulin.matters.views.files import owner_of
from mulin.posts.face import Permission, Who, needs, require, signed_in, who_asks

router = Router()
FAILS = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429, 503, 507), Problem)
TUS_FAILS = dict.fromkeys((400, 401, 403, 404, 409, 412, 413, 415, 422, 423, 429, 507), Problem)
KINDS = sorted({"image/jpeg", *(each.media.partition(";")[0] for each in FORMATS.values())})
CONTENT = {kind: {"schema": {"format": "binary"}} for kind in KINDS}
BYTES = {
    "responses": {
        200: {"description": "OK", "content": CONTENT},
        206: {"description": "A part of it", "content": CONTENT},
        304: {"description": "As it was"},
    }
}
DONE = {"responses": {204: {"description": "Done. `Upload-Offset` says how far it is."}}}
_HEADER = {"in": "header", "required": True, "schema": {"type": "string"}}
OFFSET = {
    **DONE,
    "parameters": [{"name": "Tus-Resumable", **_HEADER}, {"name": "Upload-Offset", **_HEADER}],
    "requestBody": {
        "required": True,
        "content": {tus.STREAM: {"schema": {"type": "string", "format": "binary"}}},
    },
}
BEGIN = {
    "parameters": [
        {"name": "Tus-Resumable", **_HEADER},
        {"name": "Upload-Length", **_HEADER},
        {"name": "Upload-Metadata", **_HEADER, "description": "`filename` and its name in base64"},
    ],
}
HOW_FAR = {"responses": {200: {"description": "`Upload-Offset` of `Upload-Length` bytes are here."}}}


def _mine(who: Who, number: str) -> Matter:
    return not_blind(see(who, number).matter, who)


def _writable(who: Who, number: str) -> Matter:
    matter = _mine(who, number)
    require(who, Permission.MATTER_NOTE, matter)
    return matter


@router.get("/{number}/files", response={200: list[shapes.FileOut], **FAILS})
@signed_in
def files(request: HttpRequest, number: str) -> Any:
    """The files that you may have, oldest first."""
    who = who_asks(request)
    return [shapes.FileOut.of(row) for row in files_for(_mine(who, number), who)]


@router.post("/{number}/files", response={201: list[shapes.FileOut], **FAILS})
@needs(Permission.MATTER_NOTE)
def send_files(
    request: HttpRequest,
    number: str,
    files: File[list[UploadedFile]] = [],  # noqa: B006 - Ninja's way to say that there may be none
    uploads: Form[list[UUID]] = [],  # noqa: B006 - the same
    for_reporter: Form[bool] = False,
) -> Any:
    """Add files: whole, or the ids of uploads that arrived piece by piece. Pictures become photos."""
    who = who_asks(request)
    matter = _writable(who, number)
    arrived = find_uploads([str(id) for id in uploads], owner_of(who, matter))
    if len(arrived) < len(uploads):
        raise Invalid(code="unknown_upload", field="uploads")
    rows = add_files(
        matter, take_in(files, arrived, now=who.now), for_reporter=for_reporter, by=who, now=who.now
    )
    claim(arrived)
    return Status(201, [shapes.FileOut.of(row) for row in rows])


@router.get("/{number}/files/{file}", response={**FAILS, 416: Problem}, openapi_extra=BYTES)
@signed_in
def file(request: HttpRequest, number: str, file: UUID, preview: Query[bool] = False) -> Any:
    """The file itself, or its small picture. Takes `Range`."""
    return serve(request, served(file_for(who_asks(request), number, file), preview=preview))


@router.post("/{number}/files/{file}/remove", response={200: shapes.RemovedOut, **FAILS})
@signed_in
def take_away(request: HttpRequest, number: str, file: UUID) -> Any:
    """Remove one that you added."""
    who = who_asks(request)
    row = file_for(who, number, file)
    remove_file(row, by=who, now=who.now)
    return shapes.RemovedOut(id=str(row.pk), removed_at=who.now)


@router.post("/{number}/uploads", response={201: shapes.UploadOut, **TUS_FAILS}, openapi_extra=BEGIN)
@needs(Permission.MATTER_NOTE)
def announce(request: HttpRequest, number: str) -> HttpResponse:
    """Announce a file that will come piece by piece, by the protocol tus 1.0.0: `Location` is where its bytes go."""
    who = who_asks(request)
    matter = _writable(who, number)
    at = request.path.rstrip("/")
    response = tus.begin(request, owner_of(who, matter), check_announced, lambda id: f"{at}/{id}")
    told = shapes.UploadOut(id=response["Location"].rpartition("/")[2], location=response["Location"])
    response["Content-Type"] = "application/json; charset=utf-8"
    response.content = told.model_dump_json().encode()
    return response


@router.patch("/{number}/uploads/{upload}", response={**TUS_FAILS}, openapi_extra=OFFSET)
@needs(Permission.MATTER_NOTE)
def go_on(request: HttpRequest, number: str, upload: UUID) -> HttpResponse:
    """Send some more of it, from byte `Upload-Offset` on."""
    return _tus(request, number, upload)


@router.api_operation(["HEAD"], "/{number}/uploads/{upload}", response={**TUS_FAILS}, openapi_extra=HOW_FAR)
@needs(Permission.MATTER_NOTE)
def how_far(request: HttpRequest, number: str, upload: UUID) -> HttpResponse:
    """How much of it is here: go on from there."""
    return _tus(request, number, upload)


@router.delete("/{number}/uploads/{upload}", response={**TUS_FAILS}, openapi_extra=DONE)
@needs(Permission.MATTER_NOTE)
def give_up(request: HttpRequest, number: str, upload: UUID) -> HttpResponse:
    """It is not wanted any more."""
    return _tus(request, number, upload)


def _tus(request: HttpRequest, number: str, upload: UUID) -> HttpResponse:
    who = who_asks(request)
    return tus.go_on(request, owner_of(who, _writable(who, number)), upload)

"""Files of a matter for whoever raised it: seen, added after the report, removed, uploaded piece by piece."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mulin.doors.portal import guard
from mulin.doors.portal.files import owner_of
from mulin.doors.portal.frame import see_other
from mulin.doors.portal.views.following import granted, reporter, story_page, voice_of
from mulin.kernel import tus
from mulin.kernel.refusals import NotYours, Refusal
from mulin.kernel.serving import serve
from mulin.matters.face import (
    Attachment,
    Matter,
    UploadForm,
    add_files,
    check_announced,
    claim,
    files_for_reporter,
    files_sent,
    largest,
    remove_file,
    served,
    take_in,
)
from mulin.posts.face import open_to_all

WHO = open_to_all("Whoever gave the right code in this session.")


@WHO
@require_safe
def file(request: HttpRequest, number: str, id: UUID) -> HttpResponseBase:
    """The file itself, whole or in parts."""
    return serve(request, served(_found(request, number, id)))


@WHO
@require_safe
def small(request: HttpRequest, number: str, id: UUID) -> HttpResponseBase:
    """The small picture of it, where there is one."""
    return serve(request, served(_found(request, number, id), preview=True))


@WHO
@require_POST
def add(request: HttpRequest, number: str) -> HttpResponse:
    """Add files. Refused, the page comes back; what arrived piece by piece is still here."""
    matter = _own(request, number)
    form = UploadForm(request.POST, request.FILES, owner=owner_of(matter), auto_id="files_%s")
    by = reporter(request)
    try:
        form.is_valid()
        guard.public_write(request)
        taken = take_in(files_sent(request), form.uploads, now=by.now)
        add_files(matter, taken, as_reporter=True, by=by, now=by.now)
    except Refusal as refusal:
        form.refuse(refusal)
        return story_page(request, granted(request, number), files=form, status=refusal.status)
    claim(form.uploads)
    messages.success(request, _("Thank you. The files were added."))
    return see_other("follow-one", number, anchor="files")


@WHO
@require_POST
def remove(request: HttpRequest, number: str, id: UUID) -> HttpResponse:
    """Take away again what they sent."""
    by, row = reporter(request), _found(request, number, id)
    remove_file(row, as_reporter=True, by=by, now=by.now)
    messages.success(request, _("The file was removed."))
    return see_other("follow-one", number, anchor="files")


@WHO
@require_http_methods(["POST", "OPTIONS"])
def uploads(request: HttpRequest, number: str) -> HttpResponse:
    """Announce a file that will come piece by piece."""
    matter = _own(request, number)
    if request.method == "OPTIONS":
        return tus.options(largest())
    try:
        guard.draft_write(request)
        return tus.begin(
            request, owner_of(matter), check_announced, lambda id: reverse("follow-upload", args=[number, id])
        )
    except Refusal as refusal:
        return tus.refused(refusal)


@WHO
@require_http_methods(["HEAD", "PATCH", "DELETE"])
def upload(request: HttpRequest, number: str, id: UUID) -> HttpResponse:
    """A piece of it; how far it is; not wanted any more."""
    matter = _own(request, number)
    try:
        return tus.go_on(request, owner_of(matter), id)
    except NotYours:
        raise
    except Refusal as refusal:
        return tus.refused(refusal)


def _own(request: HttpRequest, number: str) -> Matter:
    """The matter of whoever raised it; somebody who joined in adds no files."""
    matter = granted(request, number)
    if voice_of(request, matter):
        raise NotYours
    return matter


def _found(request: HttpRequest, number: str, id: UUID) -> Attachment:
    matter = granted(request, number)
    rows = files_for_reporter(matter, voice=voice_of(request, matter) is not None)
    row = next((row for row in rows if row.pk == id), None)
    if row is None:
        raise NotYours
    row.matter = matter
    return row

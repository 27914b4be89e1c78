"""Files of a matter at the desk: seen by whoever may read the matter, added, removed, uploaded piece by piece."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mulin.kernel import tus
from mulin.kernel.refusals import NotAllowed, NotYours, Refusal
from mulin.kernel.serving import serve
from mulin.matters.actions.files import add_files, check_announced, claim, may_remove, remove_file, take_in
from mulin.matters.file_shapes import (
    DeskUploadForm,
    FileShape,
    files_sent,
    largest,
    served,
    shape,
    tus_owner,
)
from mulin.matters.models import Attachment, Matter
from mulin.matters.queries.files import file_for
from mulin.matters.queries.rechecks import not_blind
from mulin.matters.views.finding import find_matter
from mulin.posts.face import Permission, Who, needs, require, who_asks


def file_shapes(matter: Matter, rows: list[Attachment], who: Who) -> list[FileShape]:
    """With their addresses at the desk."""
    return [
        shape(
            row,
            url=reverse("matter-file", args=[matter.number, row.pk]),
            preview=reverse("matter-file-small", args=[matter.number, row.pk]),
            remove=reverse("matter-file-remove", args=[matter.number, row.pk])
            if may_remove(row, who, matter)
            else "",
        )
        for row in rows
    ]


@needs(Permission.DESK_OPEN, Permission.MATTER_READ)
@require_safe
def file(request: HttpRequest, number: str, id: UUID) -> HttpResponseBase:
    """The file itself, whole or in parts."""
    return serve(request, served(file_for(who_asks(request), number, id)))


@needs(Permission.DESK_OPEN, Permission.MATTER_READ)
@require_safe
def small(request: HttpRequest, number: str, id: UUID) -> HttpResponseBase:
    """The small picture of it, where there is one."""
    return serve(request, served(file_for(who_asks(request), number, id), preview=True))


@needs(Permission.DESK_OPEN, Permission.MATTER_NOTE)
@require_POST
def add(request: HttpRequest, number: str) -> HttpResponse:
    """Add files. Refused, the page comes back; what arrived piece by piece is still here."""
    # the page itself shows these files
    from mulin.matters.views.page import Returned, show

    who = who_asks(request)
    matter = not_blind(find_matter(who, number), who)
    require(who, Permission.MATTER_NOTE, matter)
    form = DeskUploadForm(request.POST, request.FILES, owner=owner_of(who, matter), auto_id="files_%s")
    if form.is_valid():
        try:
            taken = take_in(files_sent(request), form.uploads, now=who.now)
            add_files(matter, taken, for_reporter=form.cleaned_data["for_reporter"], by=who, now=who.now)
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.refuse(refusal)
            return show(request, matter, Returned(status=refusal.status, files=form))
        claim(form.uploads)
        messages.success(request, _("The files were added."))
        return HttpResponseRedirect(reverse("matter", args=[matter.number]) + "#files", status=303)
    return show(request, matter, Returned(status=422, files=form))


@needs(Permission.DESK_OPEN, Permission.MATTER_READ)
@require_POST
def remove(request: HttpRequest, number: str, id: UUID) -> HttpResponse:
    """Take one away again."""
    who = who_asks(request)
    row = file_for(who, number, id)
    remove_file(row, by=who, now=who.now)
    messages.success(request, _("The file was removed."))
    return HttpResponseRedirect(reverse("matter", args=[row.matter.number]) + "#files", status=303)


@needs(Permission.DESK_OPEN, Permission.MATTER_NOTE)
@require_http_methods(["POST", "OPTIONS"])
def uploads(request: HttpRequest, number: str) -> HttpResponse:
    """Announce a file that will come piece by piece."""
    who = who_asks(request)
    matter = _writable(who, number)
    if request.method == "OPTIONS":
        return tus.options(largest())
    try:
        return tus.begin(
            request, owner_of(who, matter), check_announced,
            lambda id: reverse("matter-upload", args=[matter.number, id]),
        )  # fmt: skip
    except Refusal as refusal:
        return tus.refused(refusal)


@needs(Permission.DESK_OPEN, Permission.MATTER_NOTE)
@require_http_methods(["HEAD", "PATCH", "DELETE"])
def upload(request: HttpRequest, number: str, id: UUID) -> HttpResponse:
    """A piece of it; how far it is; not wanted any more."""
    who = who_asks(request)
    matter = _writable(who, number)
    try:
        return tus.go_on(request, owner_of(who, matter), id)
    except NotYours:
        raise
    except Refusal as refusal:
        return tus.refused(refusal)


def _writable(who: Who, number: str) -> Matter:
    matter = find_matter(who, number)
    require(who, Permission.MATTER_NOTE, matter)
    return matter


def owner_of(who: Who, matter: Matter) -> str:
    return tus_owner("desk", who.user.pk if who.user else "", matter.pk)

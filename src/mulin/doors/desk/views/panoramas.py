"""Panoramas at the desk: looking around, putting one on the map, describing it anew, taking it off."""

from __future__ import annotations

import json
from typing import BinaryIO, cast
from uuid import UUID

from django.contrib import messages
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from mulin.doors.desk.pin_forms import NewPanoramaForm, PanoramaForm, pinned
from mulin.kernel import storage
from mulin.kernel.refusals import NotYours
from mulin.places.face import (
    Area,
    Panorama,
    add_panorama,
    change_panorama,
    close_panorama,
    read_panorama,
)
from mulin.posts.face import Permission, Scope, Who, may, needs, require, who_asks


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def panorama(request: HttpRequest, id: UUID) -> HttpResponse:
    """Look around: the viewer, or the flat picture where it cannot run."""
    who, found = who_asks(request), _find(id)
    context = {
        "panorama": found,
        "around": Area.objects.plain().filter(path=found.place).first(),
        "words": json.dumps(_words(), ensure_ascii=False),
        "may_edit": may(who, Permission.PLACE_PICTURE, Scope(paths=(found.place,))),
    }
    return render(request, "desk/panorama.html", context)


def _words() -> dict[str, str]:
    """By what the viewer calls them."""
    return {
        "zoom": _("Zoom"),
        "zoomOut": _("Farther"),
        "zoomIn": _("Closer"),
        "moveUp": _("Look up"),
        "moveDown": _("Look down"),
        "moveLeft": _("Look left"),
        "moveRight": _("Look right"),
        "fullscreen": _("Whole screen"),
        "loading": _("Loading"),
        "loadError": _("The picture cannot be shown."),
        "webglError": _("This browser cannot show it all around."),
        "close": _("Close"),
        "ctrlZoom": _("Hold Ctrl and scroll to zoom"),
        "n": _("Looking north"),
        "ne": _("Looking north-east"),
        "e": _("Looking east"),
        "se": _("Looking south-east"),
        "s": _("Looking south"),
        "sw": _("Looking south-west"),
        "w": _("Looking west"),
        "nw": _("Looking north-west"),
    }


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def panorama_picture(request: HttpRequest, id: UUID) -> HttpResponseBase:
    """The whole picture."""
    found = _find(id)
    return _file(request, found.file, found.sha256)


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def panorama_thumb(request: HttpRequest, id: UUID) -> HttpResponseBase:
    """A small one."""
    found = _find(id)
    return _file(request, found.thumb, f"{found.sha256}-small")


def _file(request: HttpRequest, name: str, tag: str) -> HttpResponseBase:
    """It never changes, but it may be taken off the map: the browser asks again."""
    etag = f'"{tag}"'
    known = request.headers.get("If-None-Match") == etag
    response = HttpResponseNotModified() if known else _picture(name)
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _picture(name: str) -> HttpResponseBase:
    try:
        return StreamingHttpResponse(storage.shelf().read(name), content_type="image/jpeg")
    except storage.Missing:
        raise NotYours from None


@needs(Permission.DESK_OPEN, Permission.PLACE_PICTURE)
def panorama_new(request: HttpRequest) -> HttpResponse:
    """Pin a picture to a point."""
    who, posted = who_asks(request), request.method == "POST"
    form = NewPanoramaForm(request.POST, request.FILES) if posted else NewPanoramaForm()
    if posted and pinned(form, who, lambda: _added(form, who)):
        messages.success(request, _("It is on the map."))
        return HttpResponseRedirect(reverse("landmarks"), status=303)
    return _page(request, form, None)


def _added(form: NewPanoramaForm, who: Who) -> None:
    safe = read_panorama(cast(BinaryIO, form.cleaned_data["picture"]))
    add_panorama(form.given(), safe, by=who.actor(), now=who.now)


@needs(Permission.DESK_OPEN, Permission.PLACE_PICTURE)
def panorama_change(request: HttpRequest, id: UUID) -> HttpResponse:
    """What it is called, where it was taken, which way it looks."""
    who, found = who_asks(request), _mine(request, id)
    given = request.POST if request.method == "POST" else None
    form = PanoramaForm(given, initial=PanoramaForm.initial_of(found))
    if request.method == "POST" and pinned(form, who, lambda: _changed(found, form, who)):
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("panorama", args=[found.pk]), status=303)
    return _page(request, form, found)


def _changed(found: Panorama, form: PanoramaForm, who: Who) -> None:
    change_panorama(found, form.given(), by=who.actor(), now=who.now)


@needs(Permission.DESK_OPEN, Permission.PLACE_PICTURE)
def panorama_close(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take it off the map."""
    who, found = who_asks(request), _mine(request, id)
    if request.method == "POST":
        close_panorama(found, by=who.actor(), now=who.now)
        messages.success(request, _("It has been taken off the map."))
    return HttpResponseRedirect(reverse("landmarks"), status=303)


def _find(id: UUID) -> Panorama:
    found = Panorama.objects.there().filter(pk=id).first()
    if found is None:
        raise NotYours
    return found


def _mine(request: HttpRequest, id: UUID) -> Panorama:
    """One that lies where they may edit."""
    found = _find(id)
    require(who_asks(request), Permission.PLACE_PICTURE, Scope(paths=(found.place,)))
    return found


def _page(request: HttpRequest, form: PanoramaForm, panorama: Panorama | None) -> HttpResponse:
    context = {"form": form, "panorama": panorama}
    return render(request, "desk/panorama_form.html", context, status=422 if form.errors else 200)

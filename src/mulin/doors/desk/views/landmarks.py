"""Public places at the desk: the list with the panoramas, putting one on the map, changing it, taking it off."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.doors.desk.pin_forms import LandmarkForm, pinned
from mulin.kernel.refusals import NotYours
from mulin.places.face import (
    Landmark,
    LandmarkKind,
    Panorama,
    add_landmark,
    change_landmark,
    close_landmark,
)
from mulin.posts.face import Permission, Scope, Who, needs, require, who_asks

PAGE = 200


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def landmarks(request: HttpRequest) -> HttpResponse:
    """All public places and panoramas on the map."""
    who, words = who_asks(request), request.GET.get("q", "").strip()[:60]
    rows, views = Landmark.objects.there(), Panorama.objects.there()
    context = {
        "words": words,
        "rows": [
            (row, LandmarkKind(row.kind).label) for row in (rows.called(words) if words else rows)[:PAGE]
        ],
        "panoramas": (views.called(words) if words else views.order_by("name", "id"))[:PAGE],
        "may_add": who.has(Permission.PLACE_PICTURE),
    }
    return render(request, "desk/landmarks.html", context)


@needs(Permission.DESK_OPEN, Permission.PLACE_PICTURE)
def landmark_new(request: HttpRequest) -> HttpResponse:
    """Put one on the map."""
    who = who_asks(request)
    form = LandmarkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and pinned(form, who, lambda: _added(form, who)):
        messages.success(request, _("It is on the map."))
        return HttpResponseRedirect(reverse("landmarks"), status=303)
    return _page(request, form, None)


def _added(form: LandmarkForm, who: Who) -> None:
    add_landmark(form.given(), by=who.actor(), now=who.now)


@needs(Permission.DESK_OPEN, Permission.PLACE_PICTURE)
def landmark(request: HttpRequest, id: UUID) -> HttpResponse:
    """Change one."""
    who, found = who_asks(request), _find(request, id)
    given = request.POST if request.method == "POST" else None
    form = LandmarkForm(given, initial=LandmarkForm.initial_of(found))
    if request.method == "POST" and pinned(form, who, lambda: _changed(found, form, who)):
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("landmarks"), status=303)
    return _page(request, form, found)


def _changed(found: Landmark, form: LandmarkForm, who: Who) -> None:
    change_landmark(found, form.given(), by=who.actor(), now=who.now)


@needs(Permission.DESK_OPEN, Permission.PLACE_PICTURE)
def landmark_close(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take one off the map."""
    who, found = who_asks(request), _find(request, id)
    if request.method == "POST":
        close_landmark(found, by=who.actor(), now=who.now)
        messages.success(request, _("It has been taken off the map."))
    return HttpResponseRedirect(reverse("landmarks"), status=303)


def _find(request: HttpRequest, id: UUID) -> Landmark:
    """One that lies where they may edit."""
    found = Landmark.objects.there().filter(pk=id).first()
    if found is None:
        raise NotYours
    require(who_asks(request), Permission.PLACE_PICTURE, Scope(paths=(found.place,)))
    return found


def _page(request: HttpRequest, form: LandmarkForm, landmark: Landmark | None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "landmark": landmark}
    return render(request, "desk/landmark.html", context, status=422 if form.errors else 200)

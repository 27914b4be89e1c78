"""The frame of every page of the portal: where one can go, whose town it is, and that nobody keeps a copy."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from mulin.kernel import storage
from mulin.kernel.refusals import NotYours
from mulin.look.shapes import NavItem
from mulin.places.face import Area, Level
from mulin.posts.face import who_asks


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render a page that no cache keeps: what residents type and follow is theirs alone."""
    frame = {"now": who_asks(request).now, "nav": _nav(request), "town": _town(), "home_url": reverse("home")}
    response = render(request, template, {**frame, **(context or {})}, status=status)
    patch_cache_control(response, private=True, no_store=True)
    if wait := getattr((context or {}).get("form"), "retry_after", 0):
        response["Retry-After"] = str(wait)
    return response


def picture(path: Path) -> HttpResponse:
    """A photo of ours, for this one person."""
    if not path.is_file():
        raise NotYours
    response = HttpResponse(path.read_bytes(), content_type="image/jpeg")
    patch_cache_control(response, private=True, no_store=True)
    return response


def stored_picture(name: str) -> HttpResponse:
    """The same of a photo in the store."""
    try:
        content = b"".join(storage.shelf().read(name))
    except storage.Missing:
        raise NotYours from None
    response = HttpResponse(content, content_type="image/jpeg")
    patch_cache_control(response, private=True, no_store=True)
    return response


def see_other(name: str, *arguments: object, anchor: str = "") -> HttpResponseRedirect:
    """After a POST: to a page that may be reloaded."""
    target = reverse(name, args=arguments) + (f"#{anchor}" if anchor else "")
    return HttpResponseRedirect(target, status=303)


def _nav(request: HttpRequest) -> list[NavItem]:
    items = (
        ("report", _("Report"), "message-plus"),
        ("follow", _("Follow"), "list-check"),
        ("public-map", _("Map"), "map-2"),
        ("mine", _("Mine"), "user"),
    )
    return [
        {
            "url": reverse(name),
            "label": label,
            "icon": icon,
            "active": request.path.startswith(reverse(name)),
        }
        for name, label, icon in items
    ]


def _town() -> str:
    """The town's name, where this house serves only one."""
    towns = Area.objects.plain().open().at_level(Level.TOWN)[:2]
    return towns[0].label if len(towns) == 1 else ""

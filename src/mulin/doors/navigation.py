"""The rail of the desk: only what one may open."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from mulin.channels.face import unread_count
from mulin.look.shapes import NavItem
from mulin.posts.face import Permission, Who, who_asks

# url name, icon, key, what one must hold
_ITEMS = (
    ("queue", "inbox", "q", Permission.MATTER_READ),
    ("map", "map", "m", Permission.PLACE_READ),
    ("registry", "home", "e", Permission.REGISTRY_READ),
    ("visits", "door-enter", "o", Permission.VISIT_READ),
    ("people", "users", "p", Permission.PERSON_READ),
    ("places", "sitemap", "a", Permission.PLACE_READ),
    ("matter-types", "list-details", "l", Permission.MATTER_TYPE_READ),
    ("figures", "chart-bar", "v", Permission.MATTER_READ),
    ("residents", "id-badge-2", "i", Permission.RESIDENT_ADMIT),
    ("settings", "settings", ",", Permission.PLACE_READ),
)


def _labels() -> dict[str, str]:
    return {
        "queue": _("Queue"),
        "map": _("Map"),
        "registry": _("Registry"),
        "visits": _("Visits"),
        "people": _("People"),
        "places": _("Places"),
        "matter-types": _("Matter list"),
        "figures": _("Figures"),
        "residents": _("Residents"),
        "settings": _("Settings"),
    }


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what the frame of a desk page shows. Elsewhere it costs nothing."""
    if not request.path.startswith("/desk/") or not hasattr(request, "who"):
        return {}
    who = who_asks(request)
    if who.user is None:
        return {"signin_url": _address("sign-in"), "home_url": "/"}
    return {
        "nav": _rail(request, who),
        "home_url": _address("desk"),
        "search_url": _address("search"),
        **_inbox(who),
        "signout_url": _address("sign-out"),
        "who": who.user.label,
        "posts": [seat.label for seat in who.seats],
        "user_links": _own(who),
    }


def _inbox(who: Who) -> dict[str, Any]:
    """The bell of the header; only a whole page counts what is unread, by one statement."""
    if not who.holds(Permission.DESK_OPEN):
        return {}
    count = SimpleLazyObject(lambda: unread_count(who))
    return {"inbox_url": _address("inbox"), "inbox_count": count, "inbox_poll": _address("inbox-stamp")}


def _rail(request: HttpRequest, who: Who) -> list[NavItem]:
    labels = _labels()
    return [
        NavItem(url=url, label=labels[name], icon=icon, key=key, active=request.path.startswith(url))
        for name, icon, key, permission in _ITEMS
        if who.holds(permission) and (url := _address(name))
    ]


@cache
def _address(name: str) -> str:
    return reverse(name)


def _own(who: Who) -> list[dict[str, str]]:
    links = [
        {"url": _address("own-sign-in"), "label": _("How I sign in"), "icon": "shield-lock"},
        {"url": _address("password"), "label": _("Change my password"), "icon": "lock"},
    ]
    links.append({"url": _address("jobs"), "label": _("My exports and imports"), "icon": "progress"})
    if who.holds(Permission.POST_READ):
        links.append(
            {"url": _address("absences"), "label": _("Leave: mine, and who is away"), "icon": "beach"}
        )
    if who.has(Permission.TOKEN_OWN):
        links.append({"url": _address("tokens"), "label": _("API tokens"), "icon": "key"})
    return links

"""Every route of the URLconf and every operation of the API, with the methods that it takes."""

from __future__ import annotations

from mulin.posts.gate import declared_views

PAGE_METHODS = ("GET", "POST")


def operations() -> list[str]:
    """The API's, each once: "POST api/v1/matters"."""
    return list(dict.fromkeys(route for route, _view in declared_views() if _has_method(route)))


def pages() -> list[str]:
    """All others: "desk/queue/". Which of GET and POST they take is found out by asking."""
    return [route for route, _view in declared_views() if not _has_method(route)]


def _has_method(route: str) -> bool:
    return route.partition(" ")[0].isupper() and " " in route

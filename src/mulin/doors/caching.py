"""Pages of the desk carry personal data: no cache on the way keeps them, and no browser after a sign-out."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

DESK = "/desk/"


class DeskCachingMiddleware:
    """A page that says nothing of its own about being kept is not kept; layers, photos and stamps say theirs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(DESK) and _is_page(response) and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


def _is_page(response: HttpResponse) -> bool:
    """A 304 brings no page: the words of the answer that it confirms go on to hold."""
    return response.status_code != 304 and response.get("Content-Type", "").startswith("text/html")

"""One chain of middleware for all test clients: each would build its own, and that costs as much as a small page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.test.client import ClientHandler

_load = BaseHandler.load_middleware
_PARTS = ("_view_middleware", "_template_response_middleware", "_exception_middleware", "_middleware_chain")


def share_middleware() -> None:
    """Where a test changes the settings, its clients have a chain of their own."""
    made: dict[str, Any] = {}
    usual = vars(settings)["_wrapped"]

    def load_middleware(self: BaseHandler, is_async: bool = False) -> None:
        if vars(settings)["_wrapped"] is not usual or is_async:
            _load(self, is_async)
        elif not made:
            _load(self)
            made.update({name: getattr(self, name) for name in _PARTS})
        else:
            vars(self).update(made)

    ClientHandler.load_middleware = load_middleware  # type: ignore[method-assign]  # theirs alone is to be another

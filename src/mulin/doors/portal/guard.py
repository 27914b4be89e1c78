"""How much strangers may send: each address, and all of them together. Keys are hashed; no address is kept."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest

from mulin.kernel import throttle
from mulin.posts.face import client_address, who_asks

# A draft touches nobody's desk, but each photo in it costs work: there may be more of them, not any number.
DRAFT_STEPS_PER_WRITE = 10
TRIES_PER_MATTER, TRIES_WINDOW = 60, timedelta(hours=1)


def public_write(request: HttpRequest) -> None:
    """Before something is reported or done. Raises TooMany."""
    _take(request, "portal:write", times=1)


def draft_write(request: HttpRequest, *, cost: int = 1) -> None:
    """Before a draft is changed. Raises TooMany."""
    _take(request, "portal:draft", times=DRAFT_STEPS_PER_WRITE, cost=cost)


def code_try(request: HttpRequest, number: str) -> None:
    """Before a code is tried, whether there is such a matter or not. Raises TooMany."""
    _take(request, "portal:code", times=1)
    now = who_asks(request).now
    throttle.take(f"portal:code:{number}", limit=TRIES_PER_MATTER, per=TRIES_WINDOW, now=now)


def _take(request: HttpRequest, what: str, *, times: int, cost: int = 1) -> None:
    now, window = who_asks(request).now, settings.MULIN_PUBLIC_WRITES_WINDOW
    where = throttle.address(client_address(request))
    each, every = settings.MULIN_PUBLIC_WRITES_PER_ADDRESS, settings.MULIN_PUBLIC_WRITES_IN_ALL
    throttle.take(f"{what}:{where}", limit=each * times, per=window, now=now, cost=cost)
    throttle.take(f"{what}:all", limit=every * times, per=window, now=now, cost=cost)

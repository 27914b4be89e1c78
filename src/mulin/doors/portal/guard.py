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


def code_try(request: HttpRequest) -> None:
    """Before a code is tried, whether there is such a matter or not: each address has so many tries. Raises TooMany."""
    _take_each(request, "portal:code", times=1)


def wrong_code(request: HttpRequest, number: str) -> None:
    """After a wrong one: so many for one number, and in all. Raises TooMany.

    Only wrong ones count, and only wrong ones are refused: else a stranger could lock the reporter out of a matter
    whose number they know. What is no number at all has no allowance of its own.
    """
    _take_every(request, "portal:code", times=1)
    if number:
        now = who_asks(request).now
        throttle.take(f"portal:code:{number}", limit=TRIES_PER_MATTER, per=TRIES_WINDOW, now=now)


def _take(request: HttpRequest, what: str, *, times: int, cost: int = 1) -> None:
    _take_each(request, what, times=times, cost=cost)
    _take_every(request, what, times=times, cost=cost)


def _take_each(request: HttpRequest, what: str, *, times: int, cost: int = 1) -> None:
    now, window = who_asks(request).now, settings.MULIN_PUBLIC_WRITES_WINDOW
    where = throttle.address(client_address(request))
    limit = settings.MULIN_PUBLIC_WRITES_PER_ADDRESS * times
    throttle.take(f"{what}:{where}", limit=limit, per=window, now=now, cost=cost)


def _take_every(request: HttpRequest, what: str, *, times: int, cost: int = 1) -> None:
    now, window = who_asks(request).now, settings.MULIN_PUBLIC_WRITES_WINDOW
    limit = settings.MULIN_PUBLIC_WRITES_IN_ALL * times
    throttle.take(f"{what}:all", limit=limit, per=window, now=now, cost=cost)

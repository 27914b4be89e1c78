"""How much strangers may send: each address, and all of them together. Keys are hashed; no address is kept."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from mulin.kernel import throttle
from mulin.kernel.refusals import TooMany
from mulin.posts.face import client_address, who_asks

# A draft touches nobody's desk, but each photo in it costs work: there may be more of them, not any number.
DRAFT_STEPS_PER_WRITE = 10
# A mailbox is not to be flooded by strangers; nor is its owner to be locked out by them.
MAILS_AT_ONCE, MAILS_FROM_ONE_PLACE, MAILS_TO_ONE_BOX = 5, 10, 60
MAILS_WINDOW, DAY = timedelta(minutes=30), timedelta(days=1)
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


def sign_in_try(request: HttpRequest) -> None:
    """Before a code is tried that lets in: a neighbourhood behind one address gets on with it. Raises TooMany."""
    _take_each(request, "portal:enter", times=1)


def wrong_sign_in(request: HttpRequest) -> None:
    """After a wrong one: so many in all, so that many addresses together guess no faster. Raises TooMany."""
    _take_every(request, "portal:enter", times=1)


def code_mail(request: HttpRequest, email: str) -> None:
    """Before a code is sent: so many from here, so many to one mailbox. Raises TooMany, whoever has an account."""
    _take(request, "portal:mail", times=1)
    now, where = who_asks(request).now, throttle.address(client_address(request))
    try:
        throttle.take(f"portal:mail:{where}:{email}", limit=MAILS_AT_ONCE, per=MAILS_WINDOW, now=now)
        throttle.take(f"portal:mail:{where}:{email}:day", limit=MAILS_FROM_ONE_PLACE, per=DAY, now=now)
        throttle.take(f"portal:mailbox:{email}", limit=MAILS_TO_ONE_BOX, per=DAY, now=now)
    except TooMany as refusal:
        words = _(
            "Codes were sent there several times. Look for the last one, also among unwanted mail, or wait."
        )
        raise TooMany(words, retry_after=refusal.retry_after) from None


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

"""Who is signed in at the portal: a device with a cookie of its own, apart from whoever is signed in at the desk.

So a member of staff who also lives here is one person at the desk and another one here, in the same browser.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token

from mulin.doors.portal.frame import see_other
from mulin.kernel.refusals import NotYours
from mulin.matters.face import Reporter, reports_of
from mulin.posts.face import (
    ResidentAccount,
    ResidentSession,
    ResidentWay,
    Who,
    device_of,
    open_session,
    session_of,
    who_asks,
)

COOKIE, KEPT, FOUND = "resident", "mulin_resident_session", "mulin_resident_reports"
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def device(request: HttpRequest) -> ResidentSession | None:
    """The signed-in device; read once a request, and only where there is a cookie."""
    if not hasattr(request, KEPT):
        token = request.COOKIES.get(COOKIE, "")
        setattr(request, KEPT, session_of(token, who_asks(request).now))
    return cast("ResidentSession | None", getattr(request, KEPT))


def resident(request: HttpRequest) -> ResidentAccount | None:
    found = device(request)
    return found.resident if found else None


def owner(request: HttpRequest) -> ResidentAccount:
    """The same behind `needs_account`."""
    found = resident(request)
    if found is None:
        raise NotYours
    return found


def who(request: HttpRequest) -> Who:
    """The resident, with what is their own; else nobody known. Who is signed in at the desk plays no part."""
    now, found = who_asks(request).now, resident(request)
    return Who.of(found.user, now) if found else Who.anonymous(now)


def needs_account(view: View[P]) -> View[P]:
    """Whoever is not signed in here is led to where they can."""

    @wraps(view)
    def inside(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if resident(request) is None:
            return see_other("mine-sign-in")
        return view(request, *args, **kwargs)

    return inside


def linked(request: HttpRequest, number: str) -> Reporter | None:
    """As whom the one who is signed in raised this matter, or added their voice to it."""
    found = resident(request)
    if found is None:
        return None
    known: dict[str, Reporter | None] = request.__dict__.setdefault(FOUND, {})
    if number not in known:
        rows = reports_of(found.user_id).filter(matter__number=number).exclude(first=False, code_hash="")
        known[number] = rows.first()
    return known[number]


def let_in(
    request: HttpRequest, found: ResidentAccount, *, way: ResidentWay, stay: bool, now: datetime
) -> str:
    """Sign this device in, with new keys of the session; returns its token."""
    request.session.cycle_key()
    rotate_token(request)
    session, token = open_session(
        found, way=way, device=device_of(request.headers.get("User-Agent", "")), stay=stay,
        by=Who.of(found.user, now), now=now,
    )  # fmt: skip
    setattr(request, KEPT, session)
    return token


def remember(response: HttpResponse, request: HttpRequest, token: str, *, stay: bool) -> None:
    """For as long as the device stays signed in; else until the browser is closed."""
    found = device(request)
    lives = (found.expires_at - found.created_at) if found and stay else None
    response.set_cookie(
        COOKIE, token, max_age=lives, httponly=True, samesite="Lax",
        secure=request.is_secure() or settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")

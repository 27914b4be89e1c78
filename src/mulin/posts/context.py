"""Puts `request.who` on each request: who asks, and at which instant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from mulin.kernel import clock, stamps
from mulin.posts.models import SignIn, User
from mulin.posts.rules.signing import BEGAN, SECOND, End
from mulin.posts.who import Who

SEEN = "seen_at"
NOTED_EVERY = timedelta(minutes=1)  # a session is written at most this often merely because somebody reads


class WhoMiddleware:
    """Lazily: a page that asks nothing about its reader costs no statement."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = clock.now()
        _leave_if_idle(request, now)
        setattr(request, "who", SimpleLazyObject(lambda: _who(request, now)))  # noqa: B010 - not a known attribute
        with stamps.remembered():
            return self.get_response(request)


def _who(request: HttpRequest, now: datetime) -> Who:
    user = request.user
    if not isinstance(user, User):
        return Who.anonymous(now)
    who = Who.of(user, now)
    who.in_one_step = SECOND not in request.session
    return who


def _leave_if_idle(request: HttpRequest, now: datetime) -> None:
    """Sign out whoever did nothing for long, or came in long ago: the desk of an office is not always watched.

    A page that asks by itself (`X-Poll`) is nothing that anybody did.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or "_auth_user_id" not in request.session:
        return
    seen = datetime.fromtimestamp(request.session.get(SEEN, now.timestamp()), UTC)
    began = datetime.fromtimestamp(request.session.setdefault(BEGAN, now.timestamp()), UTC)
    if now - seen > settings.MULIN_IDLE_TIMEOUT:
        _leave(request, End.IDLE, now)
        messages.info(request, gettext("You were signed out because nothing was done for a while."))
    elif now - began > settings.MULIN_SESSION_LIMIT:
        _leave(request, End.AGE, now)
        messages.info(
            request, gettext("You were signed out because you came in long ago. Please sign in again.")
        )
    elif SEEN not in request.session or (now - seen > NOTED_EVERY and "X-Poll" not in request.headers):
        request.session[SEEN] = now.timestamp()


def _leave(request: HttpRequest, why: End, now: datetime) -> None:
    SignIn.objects.of_session(request.session.session_key).update(ended_at=now, ended_by=why, session="")
    logout(request)

"""Who a program is: whoever owns the token it brings, with what they may do now."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from mulin.kernel import throttle
from mulin.posts.face import Who, token_from
from mulin.posts.gate import Asked, NotSignedIn

WRONG_TRIES = 30
WRONG_WINDOW = timedelta(minutes=10)


class TokenAuth(HttpBearer):
    """Puts the token's owner on the request. A session never counts here: no page can be made to call the API."""

    def authenticate(self, request: HttpRequest, token: str) -> Who:
        asked = cast(Asked, request)
        now = asked.who.now
        found = token_from(token, now)
        if found is None:
            throttle.take(throttle.address(_address(request)), limit=WRONG_TRIES, per=WRONG_WINDOW, now=now)
            raise NotSignedIn
        asked.who = Who.of(found.user, now, found)
        return asked.who


def _address(request: HttpRequest) -> str:
    return f"{request.META.get('REMOTE_ADDR', '')}"

"""Who a program is: whoever owns the token it brings, with what they may do now."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from mulin.kernel import throttle
from mulin.posts.face import Asked, NotSignedIn, Who, client_address, token_from

WRONG_TRIES = 30
WRONG_WINDOW = timedelta(minutes=10)
SCHEME = "bearer"
_KNOWN = "_mulin_token_owner"


class TokenAuth(HttpBearer):
    """Puts the token's owner on the request. A session never counts here: no page can be made to call the API."""

    def authenticate(self, request: HttpRequest, token: str) -> Who:
        asked = cast(Asked, request)
        who = _owner(asked, token)
        if who is None:
            address = throttle.address(client_address(request))
            throttle.take(f"token:{address}", limit=WRONG_TRIES, per=WRONG_WINDOW, now=asked.who.now)
            raise NotSignedIn
        asked.who = who
        return who


def owner(request: HttpRequest) -> Who | None:
    """Whose token this request brings, if it is worth anything now; counts no wrong ones."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    return _owner(cast(Asked, request), token) if scheme.lower() == SCHEME else None


def _owner(asked: Asked, token: str) -> Who | None:
    """Read once a request: the middleware for first answers asks, and then the operation."""
    known: tuple[str, Who | None] | None = getattr(asked, _KNOWN, None)
    if known is None or known[0] != token:
        found = token_from(token, asked.who.now)
        known = token, Who.of(found.user, asked.who.now, found) if found else None
        setattr(asked, _KNOWN, known)
    return known[1]

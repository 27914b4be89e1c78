"""What a browser's session says about how its owner came in: when, by what, and when they last proved it was them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mulin.kernel.refusals import NotAllowed
from mulin.posts.gate import who_asks
from mulin.posts.models import User
from mulin.posts.rules.signing import (
    BEGAN,
    DEMO,
    PROVED,
    SECOND,
    SECOND_STEP_WITHIN,
    WAITING,
    Second,
    Way,
)

P = ParamSpec("P")
R = TypeVar("R")


class ProveAgain(NotAllowed):
    """Something dangerous is asked for, and it is a while since they proved that it is them."""

    default_code = "prove_again"
    default_message = _("Please confirm that it is you.")


def mark(request: HttpRequest, way: Way, second: Second | None, now: datetime) -> None:
    """Keep how they came in. After Django's login, which empties somebody else's session."""
    request.session[BEGAN] = request.session[PROVED] = now.timestamp()
    request.session[DEMO] = way is Way.DEMO
    if second or way is Way.PASSKEY:
        mark_second(request, second or Second.PASSKEY, now)
    request.session.pop(WAITING, None)


def mark_proved(request: HttpRequest, now: datetime) -> None:
    request.session[PROVED] = now.timestamp()


def mark_second(request: HttpRequest, second: Second, now: datetime) -> None:
    request.session[SECOND] = second.value
    mark_proved(request, now)


def forget_second(request: HttpRequest) -> None:
    request.session.pop(SECOND, None)


def is_fresh(request: HttpRequest, *, within: timedelta, now: datetime) -> bool:
    """Whether they proved it was them so lately. The people of a demo have nothing to prove it by."""
    if settings.MULIN_DEMO and request.session.get(DEMO):
        return True
    proved = request.session.get(PROVED)
    return proved is not None and now - datetime.fromtimestamp(proved, UTC) <= within


def require_fresh(request: HttpRequest) -> None:
    """Refuse who did not prove for a while that it is them; a form opened in time has as long again."""
    within = settings.MULIN_STEP_UP * (1 if request.method in ("GET", "HEAD") else 2)
    if not is_fresh(request, within=within, now=who_asks(request).now):
        raise ProveAgain


def fresh(view: Callable[Concatenate[HttpRequest, P], R]) -> Callable[Concatenate[HttpRequest, P], R]:
    """For what is dangerous: whoever did not prove for a while that it is them does so first.

    Put it below the gate's decorator.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        require_fresh(request)
        return view(request, *args, **kwargs)

    return guarded


def wait_for_second(request: HttpRequest, user: User, way: Way, target: str, now: datetime) -> None:
    """Keep who gave the right password, until the second step; they are nobody yet."""
    waiting = {"user": str(user.pk), "way": way.value, "next": target, "at": now.timestamp()}
    request.session.cycle_key()
    request.session[WAITING] = waiting


def who_waits(request: HttpRequest, now: datetime) -> tuple[User, Way, str] | None:
    """Who is between password and second step at this browser, how they came, and where they want to go."""
    kept = request.session.get(WAITING)
    if not kept or now - datetime.fromtimestamp(kept["at"], UTC) > SECOND_STEP_WITHIN:
        return None
    user = User.objects.active().filter(pk=UUID(kept["user"])).first()
    return (user, Way(kept["way"]), kept["next"]) if user else None

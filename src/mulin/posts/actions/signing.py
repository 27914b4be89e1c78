"""Who may try to sign in: passwords, and how often anybody may guess."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import authenticate
from django.db import transaction
from django.http import HttpRequest

from mulin.kernel.throttle import address, give_back, put_back, take
from mulin.posts.entries import person_entry
from mulin.posts.models import User
from mulin.posts.permits import require
from mulin.posts.rules import Permission
from mulin.posts.who import Who

WINDOW = timedelta(minutes=10)
PEOPLE_BEHIND_ONE_ADDRESS = 20  # an office shares an address: it gets so many times what one person gets


def try_password(request: HttpRequest, *, username: str, password: str, now: datetime) -> User | None:
    """The person, if this is their password. Refuses (TooMany) who tries too often, by name and by address.

    Whether there is such a person makes no difference, to the answer or to the time that it takes.
    """
    name, tries = username.strip().lower(), settings.MULIN_SIGN_IN_TRIES
    take_address(request, now=now)
    take(_name_key(name), limit=tries, per=WINDOW, now=now)
    user = authenticate(request, username=name, password=password)
    if not isinstance(user, User):
        return None
    give_back(_name_key(name))
    put_back_address(request)
    return user


@transaction.atomic
def lift_lockout(user: User, *, by: Who, now: datetime) -> None:
    """Let somebody try again at once after too many tries."""
    require(by, Permission.LOCKOUT_LIFT, user, seen_by=Permission.PERSON_READ)
    give_back(_name_key(user.username))
    give_back(second_key(user))
    person_entry("person.lockout_lifted", user, by=by, now=now)


def client_address(request: HttpRequest) -> str:
    """Where the request came from; behind a proxy that we trust, what that proxy says."""
    direct = request.META.get("REMOTE_ADDR", "")
    if direct not in settings.MULIN_TRUSTED_PROXIES:
        return str(direct)
    said = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    outside = [part for part in said if part not in settings.MULIN_TRUSTED_PROXIES]
    return outside[-1] if outside else str(direct)


def second_key(user: User) -> str:
    return f"sign-in:second:{user.pk}"


def take_address(request: HttpRequest, *, now: datetime) -> None:
    """Of the tries that an address has. An office shares one: so many times what one person gets."""
    limit = settings.MULIN_SIGN_IN_TRIES * PEOPLE_BEHIND_ONE_ADDRESS
    take(_address_key(request), limit=limit, per=WINDOW, now=now)


def put_back_address(request: HttpRequest) -> None:
    """Whoever comes in has not guessed: a whole office that arrives at half past eight is no attack."""
    limit = settings.MULIN_SIGN_IN_TRIES * PEOPLE_BEHIND_ONE_ADDRESS
    put_back(_address_key(request), limit=limit, per=WINDOW)


def _name_key(username: str) -> str:
    return f"sign-in:name:{username}"


def _address_key(request: HttpRequest) -> str:
    return f"sign-in:address:{address(client_address(request))}"

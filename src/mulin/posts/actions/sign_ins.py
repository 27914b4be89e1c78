"""The sign-in log, and the sessions in it: who came in, from where, and what ended it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

from mulin.kernel.refusals import NotYours, TooMany
from mulin.kernel.throttle import address, take
from mulin.posts.actions.signing import client_address
from mulin.posts.entries import person_entry
from mulin.posts.models import SignIn, User
from mulin.posts.queries.sign_ins import SignInQuerySet
from mulin.posts.rules.devices import device_of
from mulin.posts.rules.signing import End, Outcome, Second, Way
from mulin.posts.who import Who

WINDOW = timedelta(minutes=10)


@dataclass(frozen=True)
class Came:
    """How somebody came in, or tried to."""

    way: Way
    second: Second | None = None


@transaction.atomic
def note_sign_in(request: HttpRequest, user: User, came: Came, *, by: Who, now: datetime) -> SignIn:
    """Write that somebody signed in, in the journal and as a session. After Django's login: that changes the key."""
    facts = {"demo": came.way is Way.DEMO, "way": came.way.value, "second": came.second or ""}
    person_entry("person.signed_in", user, facts, by=by, now=now)
    if request.session.session_key is None:
        request.session.save()
    line = _line(request, came, Outcome.IN, now)
    line.user, line.session = user, request.session.session_key or ""
    line.save(force_insert=True)
    return line


def note_failed(
    request: HttpRequest, came: Came, outcome: Outcome, *, user: User | None, now: datetime
) -> None:
    """Write that somebody tried in vain. Who tries on and on is written down once in ten minutes."""
    if outcome is Outcome.LOCKED:
        whose = str(user.pk) if user else address(client_address(request))
        try:
            take(f"sign-in:noted:{whose}", limit=1, per=WINDOW, now=now)
        except TooMany:
            return
    line = _line(request, came, outcome, now)
    line.user = user
    line.save(force_insert=True)


@transaction.atomic
def note_sign_out(request: HttpRequest, user: User, *, by: Who, now: datetime) -> None:
    """Write that somebody signed out."""
    close_session(request, End.LEFT, now=now)
    person_entry("person.signed_out", user, by=by, now=now)


def close_session(request: HttpRequest, end: End, *, now: datetime) -> None:
    """Write into the log why this browser's session is over."""
    key = request.session.session_key
    if key:
        SignIn.objects.filter(session=key, ended_at=None).update(ended_at=now, ended_by=end, session="")


def session_renamed(user: User, *, old: str, new: str, now: datetime) -> None:
    """A new password gave this browser a new key and ended all other sessions."""
    SignIn.objects.filter(session=old, user=user).update(session=new)
    others = SignIn.objects.filter(user=user, outcome=Outcome.IN, ended_at=None).exclude(session=new)
    _end(others, End.PASSWORD, now)


@transaction.atomic
def end_session(line: SignIn, *, by: Who, now: datetime) -> None:
    """End one of one's own sessions, wherever that is."""
    if by.user is None or line.user_id != by.user.pk:
        raise NotYours
    if _end(SignIn.objects.filter(pk=line.pk, ended_at=None), End.REVOKED, now):
        person_entry("person.session_ended", by.user, {"all": False}, by=by, now=now)


@transaction.atomic
def end_sessions(user: User, *, but: str = "", end: End = End.REVOKED, by: Who, now: datetime) -> int:
    """End somebody's sessions, all but the one with this key."""
    found = SignIn.objects.filter(user=user, outcome=Outcome.IN, ended_at=None)
    ended = _end(found.exclude(session=but) if but else found, end, now)
    if ended:
        person_entry("person.session_ended", user, {"all": True}, by=by, now=now)
    return ended


def _end(found: SignInQuerySet, end: End, now: datetime) -> int:
    lines = dict(found.values_list("pk", "session"))
    Session.objects.filter(session_key__in=[key for key in lines.values() if key]).delete()
    return SignIn.objects.filter(pk__in=lines).update(ended_at=now, ended_by=end, session="")


def _line(request: HttpRequest, came: Came, outcome: Outcome, now: datetime) -> SignIn:
    return SignIn(
        at=now,
        way=came.way,
        second=came.second or "",
        outcome=outcome,
        device=device_of(request.headers.get("User-Agent", "")),
        address=client_address(request)[:60],
    )

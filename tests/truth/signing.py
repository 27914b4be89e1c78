"""What is sent about signing in, and what must be there first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from mulin.posts.face import SignIn, User
from mulin.posts.models import Bond
from mulin.posts.single_sign_on import index_of
from tests.support.clock import NOW
from tests.truth.asking import Ask, Row
from tests.truth.cast import PASSWORD_NOW
from tests.truth.things import Things

SUBJECT = "2617-0042"


def a_factor_of(user: User) -> int:
    """The key of the app of this person; they have one from now on."""
    row = Authenticator.objects.filter(user_id=user.pk, type="totp").first()
    return int((row or TOTP.activate(user, generate_totp_secret()).instance).pk)


def a_session_of(user: User) -> SignIn:
    """Somewhere else, where they are signed in."""
    there = SessionStore()
    there.set_expiry(timedelta(days=400))
    there.save()
    return SignIn.objects.create(
        user=user, at=NOW, way="password", outcome="in", session=str(there.session_key)
    )


def _i_have_an_app(_row: Row, things: Things, _browser: Client) -> None:
    if things.me.user:
        a_factor_of(things.me.user)


def _they_have_an_app(_row: Row, things: Things, _browser: Client) -> None:
    a_factor_of(things.person)


def _they_are_bound(_row: Row, things: Things, _browser: Client) -> None:
    Bond.objects.create(user=things.person, subject=SUBJECT, subject_index=index_of(SUBJECT), bound_at=NOW)


def _shown(_row: Row, _things: Things, browser: Client) -> None:
    browser.get("/desk/own/app/")


def _what_it_shows(_row: Row, things: Things) -> dict[str, Any]:
    secret = things.me.browser.session.get("new_app_secret", "")
    counter = list(yield_hotp_counters_from_time())[1]
    return {"code": format_hotp_value(hotp_value(secret, counter)) if secret else "000000"}


def _subject(_row: Row, _things: Things) -> dict[str, Any]:
    return {"subject": SUBJECT}


SIGNING: dict[str, Ask] = {
    "POST desk/own/app/": Ask(sent=_what_it_shows, before=_shown),
    "POST desk/own/codes/ [with an app]": Ask(before=_i_have_an_app),
    "POST desk/own/confirm/": Ask(sent=lambda _row, _things: {"password": PASSWORD_NOW}),
    "POST desk/people/<uuid:id>/sign-in/": Ask(sent=_subject),
    "POST desk/people/<uuid:id>/sign-in/reset/": Ask(before=_they_have_an_app),
    "POST desk/people/<uuid:id>/sign-in/unbind/": Ask(before=_they_are_bound),
    "POST api/v1/people/<id>/sign-in/reset": Ask(before=_they_have_an_app),
    "POST api/v1/people/<id>/sign-in/bind": Ask(sent=_subject),
    "POST api/v1/people/<id>/sign-in/unbind": Ask(before=_they_are_bound),
}

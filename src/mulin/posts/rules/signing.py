"""Signing in: the ways in, second steps, whose post asks for one, how long a proof holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mulin.posts.rules.roles import ROLES, Group

Label = str | Promise


class Way(StrEnum):
    """How somebody came in."""

    PASSWORD = "password"  # noqa: S105 - not a password
    PASSKEY = "passkey"
    SINGLE = "single"
    SLIP = "slip"
    DEMO = "demo"


class Second(StrEnum):
    """What proved it besides."""

    APP = "app"
    CODE = "code"
    PASSKEY = "passkey"
    SINGLE = "single"


class Outcome(StrEnum):
    """What came of a try."""

    IN = "in"
    WRONG = "wrong"
    SECOND = "second"
    LOCKED = "locked"
    UNBOUND = "unbound"


class End(StrEnum):
    """Why a session is over."""

    LEFT = "left"
    IDLE = "idle"
    AGE = "age"
    REVOKED = "revoked"
    PASSWORD = "password"  # noqa: S105 - not a password
    RESET = "reset"


WAYS: dict[str, Label] = {
    Way.PASSWORD: _("Password"),
    Way.PASSKEY: _("Passkey"),
    Way.SINGLE: _("Single sign-on"),
    Way.SLIP: _("Sign-in slip"),
    Way.DEMO: _("Demo"),
}
SECONDS: dict[str, Label] = {
    Second.APP: _("code of an app"),
    Second.CODE: _("recovery code"),
    Second.PASSKEY: _("passkey"),
    Second.SINGLE: _("single sign-on"),
}
OUTCOMES: dict[str, Label] = {
    Outcome.IN: _("Signed in"),
    Outcome.WRONG: _("Wrong name or password"),
    Outcome.SECOND: _("Wrong second step"),
    Outcome.LOCKED: _("Too many tries"),
    Outcome.UNBOUND: _("Not bound to an account"),
}
ENDS: dict[str, Label] = {
    End.LEFT: _("signed out"),
    End.IDLE: _("nothing was done"),
    End.AGE: _("open for too long"),
    End.REVOKED: _("ended from elsewhere"),
    End.PASSWORD: _("password changed"),
    End.RESET: _("second step reset"),
}

# What a session keeps: since when, when last proved, by what besides a password, whether of a demo, who waits.
BEGAN, PROVED, SECOND, DEMO, WAITING = "began_at", "proved_at", "second", "demo", "second_step_of"

# Between password and second step; a page to sign in at need not stay open longer.
SECOND_STEP_WITHIN = timedelta(minutes=5)
PASSKEYS = 10
NEVER = "none"
_OPERATORS = ("centre_operator", "centre_director")

# Whose posts ask for a second step, by the words of the setting MULIN_SECOND_FACTOR.
ASKED: dict[str, frozenset[str]] = {
    NEVER: frozenset(),
    "administrators": frozenset(code for code, line in ROLES.items() if line.group is Group.ADMINISTRATORS),
    "operators": frozenset(_OPERATORS),
    "staff": frozenset(ROLES),
}


def roles_asked(words: Iterable[str]) -> frozenset[str]:
    """The roles that come in with a second step only."""
    return frozenset[str]().union(*(ASKED[word] for word in words))

"""Second steps and single sign-on: what somebody sets up for themselves, and what administrators undo and bind."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from mulin.kernel.refusals import Conflict, Invalid, NotAllowed
from mulin.kernel.text import clean
from mulin.posts import factors, single_sign_on
from mulin.posts.actions import ends
from mulin.posts.actions.people import require_authority
from mulin.posts.actions.sign_ins import end_sessions
from mulin.posts.entries import person_entry
from mulin.posts.models import Bond, User
from mulin.posts.permits import require
from mulin.posts.rules import Permission
from mulin.posts.rules.signing import PASSKEYS, End
from mulin.posts.who import Who

NAME_LIMIT = 40


@transaction.atomic
def add_app(user: User, *, secret: str, code: str, by: Who, now: datetime) -> list[str]:
    """Keep the secret of somebody's app, which showed that it has it. Returns recovery codes where these are new."""
    _own(user, by)
    if not factors.fits(secret, code):
        raise Invalid(
            _("This code is not right. Is the clock of your phone right?"), code="wrong_code", field="code"
        )
    if _held(user).filter(type=factors.Kind.TOTP).exists():
        raise Conflict(_("You have an app already. Remove it before you set up another one."))
    factors.keep_app(user, secret)
    factors.use_up(user, code, now=now)
    return _added(user, "app", by, now)


@transaction.atomic
def add_passkey(user: User, *, name: str, credential: dict[str, Any], by: Who, now: datetime) -> list[str]:
    """Keep a passkey whose making was checked. Returns recovery codes where these are new."""
    _own(user, by)
    if _held(user).filter(type=factors.Kind.WEBAUTHN).count() >= PASSKEYS:
        raise Conflict(_("You have as many passkeys as one may have. Remove one before you add another."))
    called = clean(name, NAME_LIMIT, lines=False, field="name")
    factors.keep_passkey(user, called or str(_("Passkey")), credential)
    return _added(user, "passkey", by, now)


@transaction.atomic
def remove_factor(user: User, key: int, *, by: Who, now: datetime) -> None:
    """Take away one of one's own; with the last one go the recovery codes."""
    _own(user, by)
    row = _held(user).exclude(type=factors.Kind.RECOVERY_CODES).filter(pk=key).first()
    if row is None:
        raise Conflict(_("This was removed already."))
    kind = "app" if row.type == factors.Kind.TOTP else "passkey"
    row.delete()
    if not factors.has_factor(user):
        _held(user).delete()
    person_entry("person.factor_removed", user, {"kind": kind}, by=by, now=now)


@transaction.atomic
def renew_codes(user: User, *, by: Who, now: datetime) -> list[str]:
    """New recovery codes; the old ones are worth nothing from now on."""
    _own(user, by)
    if not factors.has_factor(user):
        raise Conflict(_("Recovery codes come with a second step. Set up an app or a passkey first."))
    _held(user).filter(type=factors.Kind.RECOVERY_CODES).delete()
    factors.keep_codes(user)
    person_entry("person.codes_made", user, by=by, now=now)
    return factors.codes_of(user)


@transaction.atomic
def reset_factors(user: User, *, by: Who, now: datetime) -> None:
    """Take away all of somebody's second steps who lost them, and end their sessions. Never one's own."""
    require(by, Permission.LOCKOUT_LIFT, user, seen_by=Permission.PERSON_READ)
    if by.user and by.user.pk == user.pk:
        raise NotAllowed(_("Another administrator does this for you."), code="own_account")
    if not _held(user).delete()[0]:
        raise Conflict(_("This person has no second step."))
    person_entry("person.factors_reset", user, by=by, now=now)
    end_sessions(user, end=End.RESET, by=by, now=now)
    ends.tokens_of(user, by=by, now=now)


@transaction.atomic
def bind(user: User, *, subject: str, by: Who, now: datetime) -> None:
    """Bind an account here to a number at the single sign-on, in place of the one before.

    Whoever binds can come in as that person: it takes the same authority as setting their password, and, where a
    second step would be passed by (`MULIN_SSO_IS_STRONG`), as resetting that as well.
    """
    require_authority(by, user)
    if settings.MULIN_SSO_IS_STRONG and factors.has_factor(user):
        require(by, Permission.LOCKOUT_LIFT, user, seen_by=Permission.PERSON_READ)
    number = clean(subject, single_sign_on.SUBJECT_LIMIT, lines=False, field="subject")
    if not number:
        raise Invalid(_("Please give the number."), code="required", field="subject")
    Bond.objects.filter(user=user).delete()
    try:
        with transaction.atomic():
            if Bond.objects.filter(subject_index__in=single_sign_on.indexes_of(number)).exists():
                raise IntegrityError  # by a former key, which no constraint sees
            index = single_sign_on.index_of(number)
            Bond.objects.create(user=user, subject=number, subject_index=index, bound_at=now)
    except IntegrityError:
        taken = _("This number is bound to another account.")
        raise Invalid(taken, code="taken", field="subject") from None
    person_entry("person.bound", user, by=by, now=now)


@transaction.atomic
def unbind(user: User, *, by: Who, now: datetime) -> None:
    """From now on the single sign-on opens nothing for this account."""
    require_authority(by, user)
    if not Bond.objects.filter(user=user).delete()[0]:
        raise Conflict(_("This account is not bound."))
    person_entry("person.unbound", user, by=by, now=now)


def _own(user: User, by: Who) -> None:
    if by.user is None or by.user.pk != user.pk:
        raise NotAllowed


def _held(user: User) -> Any:
    return Authenticator.objects.filter(user_id=user.pk)


def _added(user: User, kind: str, by: Who, now: datetime) -> list[str]:
    """With the first second step come recovery codes, to be shown once."""
    first = not _held(user).filter(type=factors.Kind.RECOVERY_CODES).exists()
    factors.keep_codes(user)
    person_entry("person.factor_added", user, {"kind": kind}, by=by, now=now)
    return factors.codes_of(user) if first else []

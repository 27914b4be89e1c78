"""Second steps: what django-allauth keeps of them, asked in our words. Its own pages and addresses are not used.

Its parts are imported where they are needed: passkeys cost 5 MB that most processes never want.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from django.conf import settings
from django.core.exceptions import ValidationError

from mulin.kernel import crypto
from mulin.kernel.keyring import KeyMissing
from mulin.kernel.refusals import TooMany
from mulin.kernel.throttle import give_back, take
from mulin.kernel.unreadable import tell
from mulin.posts.actions.signing import WINDOW, second_key
from mulin.posts.models import User
from mulin.posts.rules.signing import Second

CONTEXT = "sign_in.factor"
# A code of an app is good for half a minute, and for the half minutes beside it.
CODE_LIVES = timedelta(seconds=90)
Kind = Authenticator.Type


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]  # comes without types
    """What the package asks of the house: how to lock a secret, and how to call people."""

    def encrypt(self, text: str) -> str:
        return crypto.encrypt(text, context=CONTEXT)

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.decrypt(encrypted_text, context=CONTEXT)

    def get_totp_issuer(self) -> str:
        return "Mulin 睦邻"

    def _get_site_name(self) -> str:
        return "Mulin 睦邻"

    def _get_user_identifier(self, user: User) -> str:
        return user.username


@dataclass(frozen=True)
class Factors:
    """What somebody has besides the password."""

    app: Any = None
    codes_left: int = 0
    passkeys: tuple[Any, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.app or self.passkeys)


def factors_of(user: User) -> Factors:
    rows = list(Authenticator.objects.filter(user_id=user.pk).order_by("id"))
    codes = next((row for row in rows if row.type == Kind.RECOVERY_CODES), None)
    return Factors(
        app=next((row for row in rows if row.type == Kind.TOTP), None),
        codes_left=len(_unused(codes)),
        passkeys=tuple(row for row in rows if row.type == Kind.WEBAUTHN),
    )


def has_factor(user: User) -> bool:
    """Whether a password alone does not let them in."""
    return bool(Authenticator.objects.filter(user_id=user.pk).exclude(type=Kind.RECOVERY_CODES).exists())


def new_secret() -> str:
    return cast(str, generate_totp_secret())


def app_address(user: User, secret: str) -> str:
    """What the square holds that an app scans."""
    return cast(str, Adapter().build_totp_url(user, secret))


def fits(secret: str, code: str) -> bool:
    """Whether somebody's app shows this code now: before the secret is kept."""
    return bool(validate_totp_code(secret, code[:20]))


def proven_by_code(user: User, code: str, *, now: datetime) -> Second | None:
    """What this code is, if it is theirs: of their app or off their sheet. Each lets in once.

    Refuses (TooMany) who tries too often: a code has six digits only. Takes before any transaction.
    """
    take(second_key(user), limit=settings.MULIN_SIGN_IN_TRIES, per=WINDOW, now=now)
    kind = _by_app(user, code[:20], now) or _by_sheet(user, code[:20])
    if kind:
        give_back(second_key(user))
    return kind


def _by_app(user: User, code: str, now: datetime) -> Second | None:
    row = Authenticator.objects.filter(user_id=user.pk, type=Kind.TOTP).first()
    secret = _secret(row) if row else ""
    if not secret or not fits(secret, code):
        return None
    if not use_up(user, code, now=now):
        return None
    row.record_usage()
    return Second.APP


def use_up(user: User, code: str, *, now: datetime) -> bool:
    """Whether this code of an app was not used yet; from now on it was.

    allauth remembers used codes in a process's memory only, and there are several processes.
    """
    digits = "".join(sign for sign in code if sign.isdigit())
    try:
        take(f"sign-in:code:{user.pk}:{digits}", limit=1, per=CODE_LIVES, now=now)
    except TooMany:
        return False
    return True


def _by_sheet(user: User, code: str) -> Second | None:
    row = Authenticator.objects.filter(user_id=user.pk, type=Kind.RECOVERY_CODES).first()
    if not _unused(row) or not RecoveryCodes(row).validate_code(code):
        return None
    row.record_usage()
    return Second.CODE


def codes_of(user: User) -> list[str]:
    """The recovery codes that still let in, to be shown once."""
    row = Authenticator.objects.filter(user_id=user.pk, type=Kind.RECOVERY_CODES).first()
    return [f"{code[:5]} {code[5:]}" for code in _unused(row)]


def _secret(row: Any) -> str:
    """What an app was given. A damaged one lets nobody in: a code of the sheet does, or a new second step."""
    try:
        return crypto.decrypt(row.data["secret"], context=CONTEXT)
    except (crypto.CannotOpen, KeyMissing):
        tell("second factor", row.pk)
        return ""


def _unused(row: Any) -> list[str]:
    """The codes of a sheet that still let in; none where it is damaged, or there is none."""
    try:
        return list(RecoveryCodes(row).get_unused_codes()) if row else []
    except (crypto.CannotOpen, KeyMissing):
        tell("second factor", row.pk)
        return []


def keep_app(user: User, secret: str) -> None:
    TOTP.activate(user, secret)


def keep_codes(user: User) -> None:
    RecoveryCodes.activate(user)


def registration(user: User) -> str:
    """What the browser needs to make a passkey; the answer must fit what the session keeps of it."""
    from allauth.mfa.webauthn.internal import auth

    return json.dumps(auth.begin_registration(user, passwordless=True))


def new_passkey(credential: str) -> dict[str, Any] | None:
    """The passkey that a browser made, if all about it is right."""
    from allauth.mfa.webauthn.internal import auth

    answer = _read(credential)
    try:
        auth.parse_registration_response(answer)
        auth.complete_registration(answer)
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return answer


def keep_passkey(user: User, name: str, credential: dict[str, Any]) -> None:
    from allauth.mfa.webauthn.internal import auth

    auth.WebAuthn.add(user, name, credential)


def challenge(user: User | None = None) -> str:
    """What the browser needs to prove a passkey: one of this person's, or anybody's who comes."""
    from allauth.mfa.webauthn.internal import auth

    return json.dumps(auth.begin_authentication(user))


def proven_by_passkey(credential: str, user: User | None = None) -> User | None:
    """Whose passkey proved itself; of this person where one is named."""
    from allauth.mfa.webauthn.internal import auth

    answer = _read(credential)
    try:
        auth.parse_authentication_response(answer)
        whose = user or cast(User, auth.extract_user_from_response(answer))
        row = auth.complete_authentication(whose, answer)
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError):
        return None
    row.record_usage()
    return whose if whose.is_active else None


def _read(credential: str) -> dict[str, Any]:
    try:
        answer = json.loads(credential)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}

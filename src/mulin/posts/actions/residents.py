"""Accounts of residents: signing in opens one, a device is signed out, an address is changed, an account is closed.

There is no list in which to look whether somebody has an account: whoever proves an address or holds a paper is let in.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mulin.journal.face import Json
from mulin.kernel import crypto
from mulin.kernel.db import rows
from mulin.kernel.refusals import Conflict
from mulin.posts.actions.resident_codes import use_email_code, use_paper_code
from mulin.posts.entries import person_entry
from mulin.posts.models import ResidentAccount, ResidentCode, ResidentSession, User
from mulin.posts.models.resident import EMAIL_CONTEXT
from mulin.posts.rules import residents, slips
from mulin.posts.rules.residents import ResidentWay
from mulin.posts.who import Who

# The name under which staff meet an account; the one in the document is kept apart, encrypted.
NAME, NAME_EN = "居民", "Resident"


@transaction.atomic
def enter_by_email(
    id: UUID, email: str, typed: str, *, by: Who, now: datetime, language: str
) -> ResidentAccount | None:
    """Whoever reads the mail of this address; the first time it opens an account. None for wrong digits."""
    if not use_email_code(id, email, typed, by=by, now=now):
        return None
    found = _of_email(email)
    if found:
        return found
    resident = ResidentAccount(
        email=email, email_index=crypto.blind(email, context=EMAIL_CONTEXT), created_at=now
    )
    try:
        with transaction.atomic():
            return _opened(resident, ResidentWay.EMAIL, language, by, now)
    except IntegrityError:  # the same person on another device was faster
        found = _of_email(email)
        if found is None:
            raise
        return found


@transaction.atomic
def enter_by_paper(typed: str, *, by: Who, now: datetime) -> ResidentAccount | None:
    """Whoever holds the paper; it opens an account, or once more the one it was issued for. None: it opens nothing."""
    code = use_paper_code(typed, by=by, now=now)
    if code is None:
        return None
    if code.resident is None:
        resident = ResidentAccount(
            name=code.name, document=code.document, seen_at=code.created_at, created_at=now
        )
        return _opened(resident, ResidentWay.PAPER, code.language, by, now)
    ResidentAccount.objects.filter(pk=code.resident.pk).update(
        document=code.document, seen_at=code.created_at
    )
    return code.resident if code.resident.is_open else None


def _of_email(email: str) -> ResidentAccount | None:
    index = crypto.blind_all(email, context=EMAIL_CONTEXT)
    return (
        ResidentAccount.objects.filter(email_index__in=index, closed_at=None).select_related("user").first()
    )


def _opened(
    resident: ResidentAccount, way: ResidentWay, language: str, by: Who, now: datetime
) -> ResidentAccount:
    resident.number = "".join(secrets.choice(slips.ALPHABET) for _each in range(residents.NUMBER_LENGTH))
    user = User(
        username=f"resident-{resident.number.lower()}", name=NAME, name_en=NAME_EN, language=language, created_at=now
    )  # fmt: skip
    user.set_unusable_password()
    rows.insert(user)  # no post begins with it: the book of posts stays as it is
    resident.user = user
    resident.save(force_insert=True)
    person_entry("resident.opened", user, {"way": way.value}, by=by, now=now)
    return resident


@transaction.atomic
def open_session(
    resident: ResidentAccount, *, way: ResidentWay, device: str, stay: bool, by: Who, now: datetime
) -> tuple[ResidentSession, str]:
    """Sign a device in: the token is for its cookie alone. The oldest device leaves where there are very many."""
    token = secrets.token_urlsafe(32)
    lives = residents.STAYS_SIGNED_IN if stay else residents.SIGNED_IN
    session = ResidentSession.objects.create(
        resident=resident, hash=hash_of(token), way=way, device=device, created_at=now, expires_at=now + lives
    )
    older = ResidentSession.objects.filter(resident=resident, ended_at=None, expires_at__gt=now)
    for extra in older.order_by("-created_at", "-id")[residents.DEVICES :]:
        _end(extra, by, now)
    facts: dict[str, Json] = {"way": way.value, "session": session.pk, "stays": stay}
    person_entry("resident.signed_in", resident.user, facts, by=by, now=now)
    return session, token


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def end_session(session: ResidentSession, *, by: Who, now: datetime) -> None:
    """Sign one device out."""
    _end(session, by, now)


@transaction.atomic
def end_sessions(
    resident: ResidentAccount, *, by: Who, now: datetime, but: ResidentSession | None = None
) -> int:  # fmt: skip
    """Sign all devices out, all but this one; returns how many they were."""
    open_now = ResidentSession.objects.filter(resident=resident, ended_at=None, expires_at__gt=now)
    others = [each for each in open_now.select_related("resident__user") if each != but]
    for each in others:
        _end(each, by, now)
    return len(others)


def _end(session: ResidentSession, by: Who, now: datetime) -> None:
    if ResidentSession.objects.filter(pk=session.pk, ended_at=None).update(ended_at=now):
        facts: dict[str, Json] = {"session": session.pk}
        person_entry("resident.signed_out", session.resident.user, facts, by=by, now=now)


@transaction.atomic
def change_resident_email(
    resident: ResidentAccount, id: UUID, email: str, typed: str, *, by: Who, now: datetime
) -> bool:
    """From now on this is their address, if these are the digits that were sent there."""
    if not use_email_code(id, email, typed, by=by, now=now, resident=resident):
        return False
    try:
        with transaction.atomic():
            _keep_email(resident, email)
    except IntegrityError:
        raise _taken() from None
    person_entry("resident.email_set", resident.user, by=by, now=now)
    return True


def _keep_email(resident: ResidentAccount, email: str) -> None:
    other = _of_email(email)
    if other and other.pk != resident.pk:
        raise _taken()
    index = crypto.blind(email, context=EMAIL_CONTEXT)
    ResidentAccount.objects.filter(pk=resident.pk, closed_at=None).update(email=email, email_index=index)
    resident.email = email


def _taken() -> Conflict:
    return Conflict(
        _("With this address you have another account. Sign in there, or close that one first."), code="taken"
    )


@transaction.atomic
def close_resident(resident: ResidentAccount, *, by: Who, now: datetime) -> None:
    """Close an account and forget whose it was. What was raised stays with the town, linked to nobody."""
    if not ResidentAccount.objects.filter(pk=resident.pk, closed_at=None).update(
        closed_at=now, email="", email_index="", name="", document="", seen_at=None
    ):
        raise Conflict(_("This account is closed already."))
    end_sessions(resident, by=by, now=now)
    ResidentSession.objects.filter(resident=resident).update(device="")
    ResidentCode.objects.filter(resident=resident).update(name="")
    ResidentCode.objects.filter(resident=resident, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
    User.objects.filter(pk=resident.user_id).update(is_active=False)
    person_entry("resident.closed", resident.user, by=by, now=now)


@transaction.atomic
def note_failed_link(user: User, *, by: Who, now: datetime) -> None:
    """Write that somebody tried to link a report with a code that was not its own."""
    person_entry("resident.link_failed", user, by=by, now=now)

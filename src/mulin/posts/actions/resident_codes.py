"""Codes that let residents in: sent to an address, or handed over on paper by whoever saw the person's document."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from mulin.journal.face import Json, Subject, record
from mulin.kernel import crypto, throttle
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed
from mulin.kernel.text import clean
from mulin.posts.entries import person_entry
from mulin.posts.models import ResidentAccount, ResidentCode, Seat
from mulin.posts.models.person import NAME_LIMIT
from mulin.posts.permits import require
from mulin.posts.rules import Permission, residents, slips
from mulin.posts.rules.residents import Document, ResidentWay
from mulin.posts.who import Who

CONTEXT = "resident.code"
TRIES = UUID(
    "0190f2b6-7d4c-7c1e-9a53-5f6d2c1b7e44"
)  # papers that nobody issued have no chain: one a day for all
ISSUED_PER_HOUR = 60


@transaction.atomic
def ask_email_code(
    email: str, *, by: Who, now: datetime, resident: ResidentAccount | None = None
) -> tuple[UUID, str]:
    """Make a code for an address, whether anybody has an account there or not: (its key, the six digits).

    With a `resident` it proves that a new address is theirs, and lets nobody in.
    """
    plain = f"{secrets.randbelow(10**residents.EMAIL_DIGITS):0{residents.EMAIL_DIGITS}d}"
    code = ResidentCode(
        way=ResidentWay.EMAIL, resident=resident, changes_email=resident is not None,
        created_at=now, expires_at=now + residents.EMAIL_LIVES,
    )  # fmt: skip
    code.code = crypto.blind(_sealed(code.pk, email, plain), context=CONTEXT)
    code.save(force_insert=True)
    code_entry("resident.code_sent", code, by=by, now=now)
    return code.pk, plain


@transaction.atomic
def use_email_code(
    id: UUID, email: str, typed: str, *, by: Who, now: datetime, resident: ResidentAccount | None = None
) -> bool:
    """Whether these are the digits that were sent there. Right ones are used up, wrong ones counted."""
    wanted = ResidentCode.objects.filter(pk=id, way=ResidentWay.EMAIL, resident=resident)
    code = wanted.select_for_update().first()
    if code is None or not code.is_open_at(now) or code.wrong >= residents.EMAIL_WRONG:
        return False
    tried = crypto.blind_all(_sealed(code.pk, email, typed), context=CONTEXT)
    if not any(secrets.compare_digest(each, code.code) for each in tried):
        wanted.update(wrong=F("wrong") + 1)
        code_entry("resident.code_wrong", code, by=by, now=now)
        return False
    wanted.update(used_at=now)
    code_entry("resident.code_used", code, by=by, now=now)
    return True


def _sealed(id: UUID, email: str, plain: str) -> str:
    return f"{id} {email} {plain}"


def issue_paper_code(
    *,
    name: str,
    document: str,
    seen: bool,
    by: Who,
    now: datetime,
    number: str = "",
    language: str = "zh-hans",
) -> tuple[ResidentCode, str]:
    """Issue a code to print, for whoever stands before one with a document that shows it is them.

    It opens an account, or the one with this `number`, if the document is in the name that was seen then.
    """
    require(by, Permission.RESIDENT_ADMIT)
    if by.user is None:
        raise NotAllowed
    throttle.take(f"resident:issue:{by.user.pk}", limit=ISSUED_PER_HOUR, per=timedelta(hours=1), now=now)
    shown = _checked(name, document, seen=seen, language=language)
    resident = _of_number(number, shown, by, now) if number.strip() else None
    plain = "".join(secrets.choice(slips.ALPHABET) for _each in range(slips.LENGTH))
    seat = _seat(by)
    with transaction.atomic():
        code = ResidentCode.objects.create(
            way=ResidentWay.PAPER, resident=resident, code=crypto.blind(plain, context=CONTEXT), by=by.user,
            seat=seat.pk if seat else None, name=shown, document=document, language=language,
            created_at=now, expires_at=now + residents.PAPER_LIVES,
        )  # fmt: skip
        facts: dict[str, Json] = {"document": document, "person": resident.user_id if resident else None}
        code_entry("resident.code_issued", code, facts, by=by, now=now, seat=seat)
        if resident:  # so that its owner sees on their page that somebody got a paper for it
            person_entry("resident.paper_issued", resident.user, {"code": code.pk}, by=by, now=now)
    return code, plain


def _checked(name: str, document: str, *, seen: bool, language: str) -> str:
    shown = clean(name, NAME_LIMIT, lines=False, field="name")
    if not shown:
        raise Invalid(_("Please give the name as it stands in the document."), code="required", field="name")
    if document not in set(Document):
        raise Invalid(_("Please choose which document you saw."), code="document", field="document")
    if not seen:
        message = _("A code is only for somebody who stands before you with their document.")
        raise Invalid(message, code="not_seen", field="seen")
    if language not in ("en", "zh-hans"):
        raise Invalid(_("There is no such language."), code="unknown_language", field="language")
    return shown


def _of_number(number: str, name: str, by: Who, now: datetime) -> ResidentAccount:
    """The account with this number, if its owner once showed a document in this name. Says nothing else about it."""
    found = ResidentAccount.objects.filter(
        number=slips.normal(number)[: residents.NUMBER_LENGTH + 1], closed_at=None
    )
    resident = found.select_related("user").first()
    if resident and resident.name and _plain(resident.name) == _plain(name):
        return resident
    if by.user:
        with transaction.atomic():
            person_entry("resident.number_wrong", by.user, by=by, now=now)
    raise Invalid(
        _("This number and this name do not belong to one account. Leave the number out to open a new one."),
        code="number",
        field="number",
    )


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


def _seat(by: Who) -> Seat | None:
    """On which of their seats they act."""
    return next(
        (seat for seat in by.seats if Permission.RESIDENT_ADMIT in seat.standing().role.permissions), None
    )


@transaction.atomic
def withdraw_paper_code(code: ResidentCode, *, by: Who, now: datetime) -> None:
    """Make a paper of one's own worthless: it was lost, or given to the wrong person."""
    require(by, Permission.RESIDENT_ADMIT)
    if by.user is None or code.by_id != by.user.pk:
        raise NotAllowed
    unused = ResidentCode.objects.filter(pk=code.pk, used_at=None, withdrawn_at=None)
    if not unused.update(withdrawn_at=now, name=""):
        raise Conflict(_("This code was used or withdrawn already."))
    code_entry("resident.code_withdrawn", code, by=by, now=now)


@transaction.atomic
def use_paper_code(typed: str, *, by: Who, now: datetime) -> ResidentCode | None:
    """The code on the paper, used up with this; None where there is none that still opens anything."""
    tried = crypto.blind_all(slips.normal(typed), context=CONTEXT)
    code = (
        ResidentCode.objects.select_related("resident__user")
        .filter(code__in=tried, way=ResidentWay.PAPER)
        .first()
    )
    if code is None:
        day = uuid5(TRIES, now.date().isoformat())
        record("resident.try_failed", Subject("resident_tries", day), by=by.actor(), at=now)
        return None
    unused = ResidentCode.objects.filter(pk=code.pk, used_at=None, withdrawn_at=None, expires_at__gt=now)
    if not unused.update(used_at=now, name=""):
        code_entry("resident.code_wrong", code, by=by, now=now)
        return None
    code_entry("resident.code_used", code, by=by, now=now)
    return code


def code_entry(
    code: str, about: ResidentCode, facts: Mapping[str, Json] | None = None, *, by: Who, now: datetime,
    seat: Seat | None = None,
) -> None:  # fmt: skip
    """An entry on the chain of one code."""
    more: dict[str, Json] = {"way": about.way}
    record(
        code, Subject("resident_code", about.pk), by=by.actor(seat), at=now, facts=more | dict(facts or {})
    )

"""What a person says of mail: where it goes, how often it comes, at which hours it does not."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from mulin.channels.mail.queue import MailKind, can_mail, put
from mulin.channels.mail.stopping import stop_path
from mulin.channels.mail.whereto import wishes_of
from mulin.channels.models import Mailbox
from mulin.channels.rules.mailing import Pace, Quiet
from mulin.channels.rules.server import is_address
from mulin.journal.face import Json, Subject, record
from mulin.kernel.crypto import keyed_hash
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed
from mulin.kernel.throttle import take
from mulin.posts.face import User, Who

CODE_DIGITS, CODE_LASTS, WRONG = 6, timedelta(minutes=30), 5
ASKS, AN_HOUR = 5, timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class MailChoice:
    """As it stands for one person."""

    address: str
    asked: str
    pace: Pace
    quiet: Quiet | None
    bounced: bool


def mail_choice(user: UUID) -> MailChoice:
    """Where mail goes, what waits to be proved, how often it comes. `quiet` is empty where the town's hours hold."""
    box, wish = Mailbox.objects.filter(user=user).first(), wishes_of([user]).get(user)
    own = box is not None and box.quiet_from is not None and box.quiet_to is not None
    return MailChoice(
        address=wish.address if wish else "",
        asked=box.asked or "" if box else "",
        pace=wish.pace if wish else Pace.EACH,
        quiet=wish.quiet if wish and own else None,
        bounced=bool(wish and wish.bounced),
    )


def mail_choices_path(user: UUID) -> str:
    """The page where one says how often mail comes, which needs no sign-in: for links to it."""
    return stop_path(user)


def ask_address(address: str, *, by: Who, now: datetime) -> None:
    """Send a code there; until it is typed in, nothing else goes to that address."""
    user, address = _person(by), address.strip()
    if not can_mail():
        raise Conflict(_("There is no mail server here yet."), code="no_server")
    if not is_address(address):
        raise Invalid(_("This is no address that mail can go to."), code="address", field="address")
    for key in (str(user.pk), address.lower()):
        take(f"mail:prove:{key}", limit=ASKS, per=AN_HOUR, now=now)
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    with transaction.atomic():
        box = _box(user.pk)
        box.asked, box.code_hash, box.code_until, box.wrong = address, _hash(box, code), now + CODE_LASTS, 0
        box.save(update_fields=["asked", "code_hash", "code_until", "wrong"])
        _note("mail.address_given", user.pk, by, now)
        put(MailKind.PROOF, address, user.language, now, CODE_LASTS, code=code)


def prove_address(code: str, *, by: Who, now: datetime) -> None:
    """Type in the code that came there: from now on messages do."""
    user = _person(by)
    tries = Mailbox.objects.filter(user=user, code_until__gt=now, wrong__lt=WRONG).exclude(code_hash="")
    if not tries.update(wrong=F("wrong") + 1):
        raise Invalid(
            _("This code is too old, or too many were wrong. Ask for a new one."), code="code", field="code"
        )
    with transaction.atomic():
        box = _box(user.pk)
        if not hmac.compare_digest(box.code_hash, _hash(box, code.strip())):
            raise Invalid(_("This is not the code that was sent."), code="code", field="code")
        box.address, box.asked, box.code_hash, box.bounced, box.bounces = box.asked, "", "", "", 0
        box.code_until = None
        box.save(update_fields=["address", "asked", "code_hash", "code_until", "bounced", "bounces"])
        _note("mail.address_proved", user.pk, by, now)


def forget_address(*, by: Who, now: datetime) -> None:
    """No mail any more, and the address is gone."""
    user = _person(by)
    with transaction.atomic():
        Mailbox.objects.filter(user=user).update(
            address="", asked="", code_hash="", code_until=None, bounced="", bounces=0
        )
        _note("mail.address_forgotten", user.pk, by, now)


def choose_mail(pace: Pace, quiet: Quiet | None, *, by: Who, now: datetime) -> None:
    """How often mail comes, and at which hours it does not; without hours the town's hold."""
    user = _person(by)
    hours = {"quiet_from": quiet.start if quiet else None, "quiet_to": quiet.end if quiet else None}
    _choose(user.pk, {"pace": pace.value, **hours}, by, now)


def choose_pace(user: UUID, pace: Pace, *, by: Who, now: datetime) -> None:
    """The same by the link of a mail: whoever has the mail may say how often more of it comes."""
    if not User.objects.filter(pk=user).exists():
        raise NotAllowed
    _choose(user, {"pace": pace.value}, by, now)


def _choose(user: UUID, wanted: dict[str, object], by: Who, now: datetime) -> None:
    with transaction.atomic():
        box = _box(user)
        changed = {name: value for name, value in wanted.items() if getattr(box, name) != value}
        if changed:
            Mailbox.objects.filter(pk=box.pk).update(**changed)
            _note("mail.chosen", user, by, now, {"pace": str(wanted["pace"])})


def _person(by: Who) -> User:
    if by.user is None:
        raise NotAllowed
    return by.user


def _box(user: UUID) -> Mailbox:
    """Locked; made where there was none."""
    Mailbox.objects.bulk_create([Mailbox(user_id=user)], ignore_conflicts=True)
    return Mailbox.objects.select_for_update().get(user=user)


def _hash(box: Mailbox, code: str) -> str:
    return keyed_hash(f"{box.pk}:{code}", context="mail.proof").hex()


def _note(code: str, user: UUID, by: Who, now: datetime, facts: dict[str, Json] | None = None) -> None:
    record(code, Subject("person", user), by=by.actor(), at=now, facts=facts or {})

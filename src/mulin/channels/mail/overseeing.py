"""What whoever looks after the house sees of mail and may do: test it, try again at once, take in what came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from mulin.channels.mail.queue import MailKind, can_mail, put
from mulin.channels.mail.relay import relay, rested
from mulin.channels.mail.undelivered import note_bounce, read_bounce
from mulin.channels.models import Letter, Mail, Mailbox, Relay
from mulin.channels.models.mail import OPEN
from mulin.channels.rules.server import Server, is_address
from mulin.journal.face import Subject, record
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed
from mulin.kernel.throttle import take
from mulin.posts.face import Permission, Who

LATEST = 20
DAY = timedelta(days=1)
TEST_LASTS = timedelta(hours=1)
TESTS, AN_HOUR = 10, timedelta(hours=1)
EMAIL = "email"


@dataclass(frozen=True, slots=True)
class MailHealth:
    """How mail does. `counts` are of the last day by state; addresses are nowhere among it."""

    server: Server | None
    relay: Relay
    waiting: int
    gathering: int
    counts: Mapping[str, int]
    dead_addresses: int
    oldest: datetime | None
    latest: list[Mail]


def mail_state(now: datetime, *, latest: int = LATEST) -> MailHealth:
    """In a handful of statements."""
    open_ones = Mail.objects.filter(stage__in=OPEN)
    first = open_ones.order_by("created_at").values_list("created_at", flat=True).first()
    return MailHealth(
        server=settings.MULIN_MAIL_SERVER,
        relay=relay(EMAIL),
        waiting=open_ones.count(),
        gathering=Letter.objects.filter(mail=None, why="").count(),
        counts=_counts(now),
        dead_addresses=Mailbox.objects.exclude(bounced="").count(),
        oldest=first,
        latest=list(newest()[:latest]),
    )


def newest() -> QuerySet[Mail]:
    return Mail.objects.order_by("-created_at", "-id").defer("address", "subject", "body")


def _counts(now: datetime) -> Counter[str]:
    rows = Mail.objects.filter(created_at__gt=now - DAY).values_list("stage")
    found = Counter(dict(rows.annotate(n=Count("pk"))))
    found["bounced"] = Mail.objects.filter(Q(bounced_at__gt=now - DAY)).count()
    return found


def send_test(address: str, *, by: Who, now: datetime) -> Mail:
    """A mail without content, first in the queue; a server that rests is tried again at once."""
    user = _keeper(by).user
    if not can_mail():
        raise Conflict(_("There is no mail server here yet."), code="no_server")
    if not is_address(address.strip()):
        raise Invalid(_("This is no address that mail can go to."), code="address", field="address")
    take("mail:test", limit=TESTS, per=AN_HOUR, now=now)
    with transaction.atomic():
        mail = put(MailKind.TEST, address.strip(), user.language if user else "", now, TEST_LASTS)
        rested(EMAIL)
        record("mail.tested", Subject("mail", mail.pk), by=by.actor(), at=now)
    return mail


def try_again(*, by: Who, now: datetime) -> int:
    """Let everything that waits be tried at once: the server was mended. Returns how many wait."""
    _keeper(by)
    with transaction.atomic():
        rested(EMAIL)
        waiting = Mail.objects.filter(stage=OPEN[0]).update(due_at=now)
        record("mail.hurried", Subject("mail", relay(EMAIL).pk), by=by.actor(), at=now)
    return waiting


def take_bounce(raw: bytes, *, by: Who, now: datetime) -> bool:
    """Take in a mail that came back; False where it says nothing about a mail of ours that we did not know."""
    if not by.is_system:
        _keeper(by)
    bounce = read_bounce(raw)
    return bounce is not None and note_bounce(bounce, by=by.actor(), now=now)


def _keeper(by: Who) -> Who:
    if not by.has(Permission.SYSTEM_MANAGE):
        raise NotAllowed
    return by

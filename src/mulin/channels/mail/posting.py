"""The lane of mail: claims what is due, hands it over, writes down what became of it.

A mail is claimed by a conditional update, and marked right before its last word goes out. A worker that dies before
that mark loses nothing: the mail is tried again. One that dies after it leaves a mail of which nobody knows whether the
server took it; that is not tried again, since the receiver may have it. No transaction is open while a server is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from threading import Event
from typing import assert_never

from django.conf import settings
from django.db.models import F, Q, QuerySet

from mulin.channels.mail.queue import FIRST
from mulin.channels.mail.relay import gone_wrong, is_resting, went_well
from mulin.channels.mail.smtp import SmtpSender
from mulin.channels.mail.undelivered import forget_bounces, note_refused
from mulin.channels.mail.whereto import Nowhere, envelope_of
from mulin.channels.models import Mail, MailStage
from mulin.channels.models.mail import ADDRESS_CONTEXT, OPEN
from mulin.channels.rules.mailing import LEASE, again_in
from mulin.channels.senders import Down, Later, Line, Outcome, Refused, Sender, Sent, Unsure, Unwell
from mulin.kernel import crypto
from mulin.kernel.unreadable import Unreadable

ROUND = 50
CANDIDATES = 5
NOTHING_LEFT = {"address": "", "subject": "", "body": ""}
Clock = Callable[[], datetime]


def post(clock: Clock, stop: Event, sender: Sender | None = None) -> int:
    """One round over one line to the server; returns how many mails are over because of it."""
    sender, now = sender or SmtpSender(), clock()
    if not sender.is_set():
        return 0
    done = _tidy(now)
    if is_resting(sender.code, now) or not _waiting(now).exists():
        return done
    line = sender.open()
    if isinstance(line, Unwell):
        gone_wrong(sender.code, line, clock())
        return done
    try:
        return done + _hand_over(line, sender, clock, stop)
    finally:
        line.close()


def _hand_over(line: Line, sender: Sender, clock: Clock, stop: Event) -> int:
    """As many as this line takes. After anything but `Sent` it is closed, and the next round opens another."""
    done = 0
    while done < ROUND and not stop.is_set():
        mail = _claim(clock())
        if mail is None:
            break
        done += 1
        envelope = envelope_of(mail)
        if isinstance(envelope, Nowhere):
            _over(mail, MailStage.DROPPED, clock(), why=envelope.value)
            continue
        outcome = line.send(envelope, partial(_is_handing, mail))
        _settle(mail, outcome, clock())
        if not isinstance(outcome, Sent):
            return done - _rest_after(outcome, line, sender, clock())
        if line.used == 1:
            went_well(sender.code, clock())
    return done


def _rest_after(outcome: Outcome, line: Line, sender: Sender, now: datetime) -> int:
    """Let a server rest that is not well, so that it is not asked in vain; 1 where nothing came of the mail."""
    if isinstance(outcome, Unsure):
        gone_wrong(
            sender.code, Unwell(Down.SILENT), now
        )  # else every mail of the house would end like this one
    elif isinstance(outcome, Unwell) and not line.used:
        gone_wrong(sender.code, outcome, now)
        return 1
    return 0


def lease() -> timedelta:
    """Longer than everything that a server may take over one mail."""
    return max(LEASE, timedelta(seconds=settings.MULIN_MAIL_SECONDS * 20))


def _waiting(now: datetime) -> QuerySet[Mail]:
    """What may be tried now. While messages are held back, codes go out all the same: they are none."""
    rows = Mail.objects.filter(stage=MailStage.WAITING, due_at__lte=now)
    return rows.filter(priority=FIRST) if settings.MULIN_HOLD_MESSAGES else rows


def _claim(now: datetime) -> Mail | None:
    """The next one, for this worker alone."""
    for id in _waiting(now).order_by("priority", "due_at").values_list("pk", flat=True)[:CANDIDATES]:
        mine = Mail.objects.filter(pk=id, stage=MailStage.WAITING)
        if mine.update(stage=MailStage.CLAIMED, due_at=now + lease(), tries=F("tries") + 1):
            return Mail.objects.select_related("user").get(pk=id)
    return None


def _is_handing(mail: Mail) -> bool:
    """Mark that the last word goes out now; no, where the claim was lost meanwhile."""
    mine = Mail.objects.filter(pk=mail.pk, stage=MailStage.CLAIMED, tries=mail.tries)
    return mine.update(stage=MailStage.HANDING) == 1


def _settle(mail: Mail, outcome: Outcome, now: datetime) -> None:
    match outcome:
        case Sent(status):
            _over(mail, MailStage.SENT, now, status=status)
            forget_bounces(mail)
        case Unsure(status):
            _over(mail, MailStage.UNSURE, now, why="no_answer", status=status)
        case Refused(status):
            _over(mail, MailStage.FAILED, now, why="refused", status=status)
            note_refused(mail, outcome, now)
        case Later(status) | Unwell(_, status):
            _put_off(mail, now, status)
        case _:
            assert_never(outcome)


def _mine(mail: Mail) -> QuerySet[Mail]:
    return Mail.objects.filter(pk=mail.pk, tries=mail.tries, stage__in=(MailStage.CLAIMED, MailStage.HANDING))


def _over(mail: Mail, stage: MailStage, now: datetime, *, why: str = "", status: str = "") -> None:
    known = mail.address and not isinstance(mail.address, Unreadable)
    index = crypto.blind(mail.address.lower(), context=ADDRESS_CONTEXT) if known else ""
    _mine(mail).update(
        stage=stage, ended_at=now, why=why, status=status[:20], address_index=index, **NOTHING_LEFT
    )


def _put_off(mail: Mail, now: datetime, status: str) -> None:
    at = now + again_in(mail.tries, hurry=mail.priority == FIRST)
    _mine(mail).update(stage=MailStage.WAITING, due_at=at, status=status[:20])


def _tidy(now: datetime) -> int:
    """What a worker left when it died, and what is of no more use; returns how many are over."""
    if not Mail.objects.filter(Q(due_at__lte=now) | Q(expires_at__lte=now), stage__in=OPEN).exists():
        return 0
    left = Mail.objects.filter(due_at__lte=now)
    left.filter(stage=MailStage.CLAIMED).update(stage=MailStage.WAITING)
    unsure = left.filter(stage=MailStage.HANDING).update(
        stage=MailStage.UNSURE, ended_at=now, why="no_answer", **NOTHING_LEFT
    )
    late = Mail.objects.filter(stage=MailStage.WAITING, expires_at__lte=now)
    return unsure + late.update(stage=MailStage.DROPPED, ended_at=now, why="late", **NOTHING_LEFT)

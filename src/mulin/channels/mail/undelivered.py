"""Mail that came to nobody: what a server said at once, and what came back later as a mail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from uuid import UUID

from django.conf import settings
from django.db import transaction

from mulin.channels.mail.smtp import GONE
from mulin.channels.models import Mail, Mailbox
from mulin.channels.senders import Refused
from mulin.journal.face import SYSTEM, Actor, Subject, record

MANY = 3  # refused for other reasons so many times in a row, an address counts as gone too
BOUNCE_BYTES = 1024 * 1024
_KEY = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@([^<>\s]{1,255})>")


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a mail that came back says: of which of ours, and for good or not."""

    mail: UUID
    status: str
    final: bool


def note_refused(mail: Mail, refused: Refused, now: datetime) -> None:
    """The server itself said no."""
    if mail.user_id and mail.address:
        sent = Mail.objects.get(pk=mail.pk)
        _count(sent, gone=refused.gone, by=SYSTEM, now=now)


def read_bounce(raw: bytes) -> Bounce | None:
    """What a delivery report (RFC 3464) says; None where it is something else, an answer or advertising."""
    mail = message_from_bytes(raw[:BOUNCE_BYTES], policy=policy.default)
    assert isinstance(mail, EmailMessage)  # noqa: S101 - what this policy makes
    status, failed = _verdict(mail)
    key = _key_in(raw[:BOUNCE_BYTES].decode("ascii", "replace"))
    if not status or key is None:
        return None
    return Bounce(key, status, failed and status.startswith("5"))


def _key_in(words: str) -> UUID | None:
    """Of the mail of ours that it is about: reports of some servers have a key of the same form themselves."""
    found = _KEY.findall(words)
    home = settings.MULIN_MAIL_FROM[1].rpartition("@")[2].lower()
    ours = [key for key, domain in found if domain.lower() == home]
    # Sent from another address of ours, before the setting was changed: what came back stands at the end.
    return UUID((ours or [key for key, _domain in found])[-1]) if found else None


def _verdict(mail: EmailMessage) -> tuple[str, bool]:
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in part.get_payload() if isinstance(part.get_payload(), list) else []:
                if isinstance(block, Message) and block.get("Status"):
                    return str(block["Status"]).strip()[:20], str(
                        block.get("Action")
                    ).strip().lower() == "failed"
    return "", False


def note_bounce(bounce: Bounce, *, by: Actor, now: datetime) -> bool:
    """Write down that a mail came back; False where it is none of ours or was known already."""
    with transaction.atomic():
        ours = Mail.objects.filter(pk=bounce.mail, bounced_at=None)
        if not bounce.final or not ours.update(bounced_at=now, why="bounced", status=bounce.status):
            return False
        _count(Mail.objects.get(pk=bounce.mail), gone=bounce.status in GONE, by=by, now=now)
    return True


def _count(mail: Mail, *, gone: bool, by: Actor, now: datetime) -> None:
    """Against the address that it went to; after enough of it nothing more goes there."""
    if mail.user_id is None or not mail.address_index:
        return
    with transaction.atomic():
        Mailbox.objects.bulk_create([Mailbox(user_id=mail.user_id)], ignore_conflicts=True)
        box = Mailbox.objects.select_for_update().get(user=mail.user_id)
        box.bounces += 1
        if gone or box.bounces >= MANY:
            box.bounced = mail.address_index
            facts = {"mail": str(mail.pk), "status": mail.status}
            record("mail.undeliverable", Subject("person", mail.user_id), by=by, at=now, facts=facts)
        box.save(update_fields=["bounces", "bounced"])


def forget_bounces(mail: Mail) -> None:
    """A mail arrived: refusals before it do not count any more."""
    if mail.user_id:
        Mailbox.objects.filter(user=mail.user_id, bounces__gt=0).update(bounces=0, bounced="")

"""Where a mail goes: asked right before it goes, since people change their minds and their addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.conf import settings

from mulin.channels.mail.stopping import stop_url
from mulin.channels.models import Mail, Mailbox
from mulin.channels.models.mail import ADDRESS_CONTEXT
from mulin.channels.rules.mailing import Pace, Quiet
from mulin.channels.senders import Envelope
from mulin.kernel import crypto
from mulin.kernel.unreadable import Unreadable
from mulin.posts.face import emails_of


class Nowhere(StrEnum):
    """Why a mail goes nowhere. The codes are stored."""

    NO_ADDRESS = "no_address"
    UNWANTED = "unwanted"
    BOUNCED = "bounced"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants mail. A resident who never chose is told each step, at the address of their account."""

    address: str
    pace: Pace
    quiet: Quiet
    bounced: bool

    @property
    def nowhere(self) -> Nowhere | None:
        if self.pace is Pace.OFF:
            return Nowhere.UNWANTED
        if not self.address:
            return Nowhere.NO_ADDRESS
        return Nowhere.BOUNCED if self.bounced else None


def wishes_of(users: Iterable[UUID]) -> Mapping[UUID, Wish]:
    """Everybody's, in two statements. Who has neither address nor mailbox, or may not come in any more, is missing."""
    ids = set(users)
    boxes = {box.user_id: box for box in Mailbox.objects.filter(user__in=ids, user__is_active=True)}
    emails = emails_of(ids)
    return {id: wish_of(boxes.get(id), emails.get(id, "")) for id in ids if id in boxes or id in emails}


def wish_of(box: Mailbox | None, email: str) -> Wish:
    """A resident's own address goes before one that was proved at the desk."""
    if box is None:
        return Wish(email, Pace.EACH, settings.MULIN_MAIL_QUIET, bounced=False)
    address = email or box.address
    quiet = settings.MULIN_MAIL_QUIET
    if box.quiet_from is not None and box.quiet_to is not None:
        quiet = Quiet(box.quiet_from, box.quiet_to)
    return Wish(address, Pace(box.pace), quiet, bounced=bool(box.bounced) and is_at(address, box.bounced))


def is_at(address: str, index: str) -> bool:
    """Whether this index, by whichever key, is this address's."""
    return index in crypto.blind_all(address.lower(), context=ADDRESS_CONTEXT)


def envelope_of(mail: Mail) -> Envelope | Nowhere:
    """Ready to go, or why not. The address is filled into `mail`, which is not saved."""
    stop = ""
    if mail.user_id:
        wish = wishes_of([mail.user_id]).get(mail.user_id)
        if wish is None:
            return Nowhere.NO_ADDRESS
        if wish.nowhere:
            return wish.nowhere
        mail.address, stop = wish.address, stop_url(mail.user_id)
    if any(isinstance(each, Unreadable) for each in (mail.address, mail.subject, mail.body)):
        return Nowhere.UNREADABLE
    return Envelope(
        key=str(mail.pk),
        address=mail.address,
        subject=mail.subject,
        body=mail.body,
        at=mail.created_at,
        stop_url=stop,
    )

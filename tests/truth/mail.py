"""What is sent to the pages and operations of mail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from mulin.channels.mail.choosing import _hash
from mulin.channels.mail.stopping import stop_token
from mulin.channels.models import Mailbox
from tests.matters.world import NOW
from tests.truth.asking import Ask, Row
from tests.truth.things import Things

ADDRESS = {"address": "li@town.example.cn"}
CODE = "135790"


def a_stop_token(things: Things) -> str:
    """Of a link in a mail to somebody."""
    return stop_token(things.person.pk)


def an_unproved_address(_row: Row, things: Things) -> dict[str, Any]:
    """Its code was sent."""
    if things.me.user:
        box, _new = Mailbox.objects.get_or_create(user=things.me.user)
        box.asked, box.code_until, box.wrong = ADDRESS["address"], NOW + timedelta(minutes=9), 0
        box.code_hash = _hash(box, CODE)
        box.save()
    return {"code": CODE}


def values(**given: Any) -> Ask:
    return Ask(sent=lambda _row, _things: given)


MAILS: dict[str, Ask] = {
    "POST desk/inbox/mail/": values(pace="daily", quiet_from="20:00", quiet_to="08:00"),
    "POST desk/inbox/mail/address/": values(**ADDRESS),
    "POST desk/inbox/mail/prove/ [own]": Ask(sent=an_unproved_address),
    "POST desk/mail/test/": values(**ADDRESS),
    "POST mail/<str:token>/ [own]": values(pace="off"),
    "POST api/v1/inbox/mail": values(pace="daily"),
    "POST api/v1/inbox/mail/address": values(**ADDRESS),
    "POST api/v1/inbox/mail/prove": Ask(sent=an_unproved_address),
    "POST api/v1/mail/test": values(**ADDRESS),
    "POST api/v1/mail/bounces": values(mail="Subject: nothing of ours\n\n"),
}

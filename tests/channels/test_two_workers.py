"""Two workers at the same moment: everybody is told, nobody twice, and what waited is one message."""

from __future__ import annotations

from typing import Any

import pytest

from mulin.channels.face import Message
from mulin.channels.models import Mail
from mulin.journal.face import Outbox
from tests.channels.mail_world import a_mailbox, carry, office
from tests.channels.world import MORNING, NIGHT, told, work
from tests.matters.world import a_matter, nobody
from tests.support.databases import Home
from tests.support.races import at_once

pytestmark = pytest.mark.tiny_town


def test_two_workers_tell_each_thing_once(copied_db: Home) -> None:
    Outbox.objects.all().delete()
    for _ in range(6):
        a_matter()
    outcomes = at_once(work, work, work)
    assert not [outcome for outcome in outcomes if isinstance(outcome, BaseException)], outcomes
    assert sum(outcome for outcome in outcomes if isinstance(outcome, int)) == 6
    assert len(told("worker")) == 6
    assert not Outbox.objects.filter(done_at=None).exists()


def test_two_workers_make_one_message_of_what_waited(copied_db: Home) -> None:
    Outbox.objects.all().delete()
    for _ in range(4):
        a_matter(by=nobody(NIGHT))
    work(NIGHT)
    outcomes = at_once(*[lambda: work(MORNING)] * 3)
    assert not [outcome for outcome in outcomes if isinstance(outcome, BaseException)], outcomes
    [digest] = told("worker", MORNING)
    assert len(digest.parts) == 4
    assert not Message.objects.filter(to=digest.message.to, sent_at=None).exists()


def test_two_workers_mail_each_thing_once(copied_db: Home, settings: Any) -> None:
    Outbox.objects.all().delete()
    with office(settings) as server:
        settings.MULIN_MAIL_SECONDS = 10
        for username in ("worker", "head", "operator"):
            a_mailbox(username)
        for _ in range(4):
            a_matter()
        outcomes = at_once(*[lambda: work() + carry()] * 3)
        assert not [outcome for outcome in outcomes if isinstance(outcome, BaseException)], outcomes
        carry()
        sent = Mail.objects.filter(stage="sent").count()
        assert (sent, Mail.objects.count()) == (len(server.taken), sent)
        assert len({str(mail["Message-ID"]) for mail in server.taken}) == len(server.taken)
        assert sum(text.count("/desk/matters/") for text in server.texts) == 4

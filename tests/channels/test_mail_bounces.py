"""Mail that comes back: what it says, against whose address it counts, and what it cannot do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from mulin.channels.face import lights, take_bounce
from mulin.channels.forgetting import _drop_mails, _drop_messages, _old_mails, _old_messages
from mulin.channels.mail.undelivered import read_bounce
from mulin.channels.models import Letter, Mail, Mailbox, Message
from mulin.commands import mail as command
from mulin.journal.face import SYSTEM, Entry, Outbox
from mulin.kernel.refusals import NotAllowed
from mulin.posts.face import Who
from tests.channels.mail_world import Office, a_mailbox, carry, later, office, states
from tests.channels.world import work
from tests.matters.world import NOW, a_matter, the

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.fixture
def server(settings: Any) -> Iterator[Office]:
    Outbox.objects.all().delete()
    with office(settings) as handler:
        yield handler


@pytest.fixture
def box(server: Office) -> Mailbox:
    return a_mailbox("worker")


def one_more(now: Any = NOW) -> Mail:
    """A message to the worker, and its mail."""
    a_matter()
    work(now)
    carry(now)
    return Mail.objects.latest("id")


def report_about(key: UUID, status: str = "5.1.1", action: str = "failed") -> bytes:
    """A delivery report as Postfix writes it."""
    return f"""From: MAILER-DAEMON@mail.example.cn
To: mulin@town.example.cn
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

Sorry.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.cn

Final-Recipient: rfc822; worker@town.example.cn
Action: {action}
Status: {status}
--x
Content-Type: message/rfc822

Message-ID: <{key}@town.example.cn>
Subject: =?utf-8?b?5YWz5LqO?=

words
--x--
""".encode()


def taken(raw: bytes) -> bool:
    return take_bounce(raw, by=Who.system(NOW), now=NOW)


def test_a_mail_that_came_back_ends_mail_to_that_address(server: Office, box: Mailbox) -> None:
    mail = one_more()
    assert taken(report_about(mail.pk))
    mail.refresh_from_db()
    assert (mail.bounced_at, mail.why, mail.status) == (NOW, "bounced", "5.1.1")
    assert not taken(report_about(mail.pk))  # told twice, known once
    one_more(later(minutes=1))
    assert len(server.taken) == 1
    [entry] = Entry.objects.filter(code="mail.undeliverable")
    assert (entry.subject, "worker@" in entry.text) == (box.user_id, False)


def test_a_report_with_a_key_of_its_own_is_about_ours(server: Office, box: Mailbox) -> None:
    mail = one_more()
    own = b"Message-ID: <0f1f8d3e-4a6c-4b0e-9f11-2a5b6c7d8e9f@mail.example.cn>\n"
    assert taken(own + report_about(mail.pk))
    mail.refresh_from_db()
    assert mail.bounced_at == NOW


def test_another_address_is_tried_again(server: Office, box: Mailbox) -> None:
    taken(report_about(one_more().pk))
    box = Mailbox.objects.get()
    box.address = "wang@town.example.cn"
    box.save()
    one_more(later(minutes=1))
    assert server.envelopes[-1][1] == ["wang@town.example.cn"]


def test_a_refusal_at_the_door_counts_the_same(server: Office, box: Mailbox) -> None:
    server.says["RCPT"] = "550 5.1.1 no such user"
    one_more()
    assert Mailbox.objects.get().bounced
    server.says.clear()
    one_more(later(minutes=1))
    assert server.taken == []


def test_other_refusals_count_only_in_a_row(server: Office, box: Mailbox) -> None:
    server.says["RCPT"] = "550 5.7.1 we do not like you"
    one_more()
    one_more(later(minutes=1))
    assert (Mailbox.objects.get().bounces, Mailbox.objects.get().bounced) == (2, "")
    server.says.clear()
    one_more(later(minutes=2))
    assert (len(server.taken), Mailbox.objects.get().bounces) == (1, 0)
    server.says["RCPT"] = "550 5.7.1 we do not like you"
    for minute in (3, 4, 5):
        one_more(later(minutes=minute))
    assert Mailbox.objects.get().bounced


def test_what_is_put_off_or_no_report_changes_nothing(box: Mailbox) -> None:
    mail = one_more()
    assert not taken(report_about(mail.pk, status="4.4.1", action="delayed"))
    assert not taken(f"Subject: I am away\nIn-Reply-To: <{mail.pk}@town.example.cn>\n\nBack in May".encode())
    assert not taken(report_about(UUID(int=7)))
    assert (states(), Mailbox.objects.get().bounced) == (["sent"], "")


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe\x00", b"Content-Type: multipart/report\n\n", b"a" * 2_000_000]
)
def test_what_nobody_can_read(raw: bytes) -> None:
    assert read_bounce(raw) is None


def test_only_whoever_looks_after_the_house_hands_bounces_in(box: Mailbox) -> None:
    with pytest.raises(NotAllowed):
        take_bounce(report_about(one_more().pk), by=the("operator"), now=NOW)


def test_the_command_takes_a_folder(box: Mailbox, tmp_path: Path) -> None:
    (tmp_path / "1").write_bytes(report_about(one_more().pk))
    (tmp_path / "2").write_bytes(b"Subject: hello\n\n")
    assert command.bounces([tmp_path]) == "2 read, 1 were about mail that did not arrive."
    lines, well = command.state()
    assert (well, lines[0].partition(":")[0]) == (True, "green")


def test_the_light(server: Office, box: Mailbox, settings: Any) -> None:
    assert [(each.code, each.colour) for each in lights(NOW)] == [("mail", "amber")]  # never tried
    one_more()
    assert lights(NOW)[0].colour == "green"
    server.does["EHLO"] = "drop"
    one_more(later(minutes=1))
    assert lights(later(minutes=2))[0].colour == "amber"
    assert lights(later(hours=2))[0].colour == "red"
    settings.MULIN_MAIL_SERVER = None
    assert lights(NOW)[0].colour == "off"


def test_old_mail_is_forgotten(server: Office, box: Mailbox) -> None:
    one_more()
    before = later(days=1)
    assert (_old_messages(before).count() > 0, _old_mails(before).count()) == (True, 0)
    _drop_messages(before, 500, SYSTEM, before)
    _drop_mails(before, 500, SYSTEM, before)
    assert [model.objects.count() for model in (Message, Letter, Mail)] == [0, 0, 0]

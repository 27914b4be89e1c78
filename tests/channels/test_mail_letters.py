"""From a message to a mail: to whom, when, several as one, never twice, and not for whoever said no."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from mulin.channels import tasks
from mulin.channels.mail import posting
from mulin.channels.mail.letters import gather
from mulin.channels.mail.whereto import Wish
from mulin.channels.models import Letter, Mail, Mailbox, Message
from mulin.channels.reading import mark_all_read
from mulin.channels.rules.mailing import Pace, Quiet, Wanted, hours_of, mail_at
from mulin.channels.rules.server import Tls, read_from, read_server
from mulin.channels.senders import Envelope, Line, Outcome, Sent
from mulin.journal.face import Outbox
from mulin.matters.face import Matter
from mulin.posts.face import User
from tests.channels.mail_world import Office, a_mailbox, carry, later, office, states
from tests.channels.world import MORNING, NIGHT, work
from tests.matters.world import NOW, a_kind, a_matter, do, nobody, the

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.fixture
def server(settings: Any) -> Iterator[Office]:
    Outbox.objects.all().delete()
    with office(settings) as handler:
        yield handler


def a_matter_of(text: str = "楼道的灯坏了三天。", **more: Any) -> Matter:
    return a_matter(text=text, **more).matter


def test_whoever_has_the_turn_is_told_by_mail_too(server: Office) -> None:
    a_mailbox("worker")
    User.objects.filter(username="worker").update(language="zh-hans")
    matter = a_matter_of()
    work()
    carry()
    [mail], [text] = server.taken, server.texts
    assert str(mail["Subject"]) == f"关于 {matter.number}"
    assert matter.number in text
    assert f"https://mulin.example.cn/desk/matters/{matter.number}/" in text
    assert "楼道" not in text  # no words of a resident leave the house
    assert matter.type.name in text
    assert work() + carry() == 0
    assert len(server.taken) == 1


def test_in_the_language_of_the_person(server: Office) -> None:
    a_mailbox("worker")
    User.objects.filter(username="worker").update(language="en")
    matter = a_matter_of()
    work()
    carry()
    assert str(server.taken[0]["Subject"]) == f"About {matter.number}"
    assert "You find all of it in your messages" in server.texts[0]


def test_nobody_without_a_proven_address_gets_mail(server: Office) -> None:
    user = User.objects.get(username="worker")
    Mailbox.objects.create(user=user, asked="worker@town.example.cn")
    a_matter_of()
    work()
    carry()
    assert (server.taken, Letter.objects.count()) == ([], 0)


def test_what_was_read_meanwhile_is_not_mailed(server: Office) -> None:
    a_mailbox("worker", quiet_from=9 * 60, quiet_to=11 * 60)
    a_matter_of()
    work()
    mark_all_read(by=the("worker"), now=NOW)
    work(later(hours=1))
    carry(later(hours=1))
    assert (server.taken, Letter.objects.get().why) == ([], "read")


def test_what_was_done_meanwhile_is_not_mailed(server: Office) -> None:
    a_mailbox("worker", quiet_from=9 * 60, quiet_to=11 * 60)
    matter = a_matter_of()
    work()
    do(matter, "pass_up", "worker")
    work(later(hours=1))
    carry(later(hours=1))
    assert server.taken == []
    assert Letter.objects.get(user__username="worker").why == "overtaken"


def test_quiet_hours_gather_what_comes_in_them(server: Office) -> None:
    a_mailbox("worker", quiet_from=9 * 60, quiet_to=11 * 60)
    matters = [a_matter_of() for _ in range(3)]
    work()
    carry()
    assert server.taken == []
    work(later(hours=1))
    carry(later(hours=1))
    [text] = server.texts
    assert all(matter.number in text for matter in matters)
    assert "3" in str(server.taken[0]["Subject"])


def test_a_daily_mail(server: Office) -> None:
    a_mailbox("worker", pace=Pace.DAILY)
    matters = [a_matter_of() for _ in range(2)]
    work()
    carry()
    assert server.taken == []
    morning = NOW.replace(hour=8, minute=30) + timedelta(days=1)
    work(morning)
    carry(morning)
    assert all(matter.number in server.texts[0] for matter in matters)


def test_what_waited_for_working_hours_is_mailed_then(server: Office) -> None:
    a_mailbox("worker")
    a_matter_of(by=nobody(NIGHT))
    work(NIGHT)
    carry(NIGHT)
    assert server.taken == []
    work(MORNING)
    carry(MORNING)
    assert len(server.taken) == 1


def an_emergency() -> Matter:
    kind = a_kind()
    kind.urgent = True
    kind.save(update_fields=["urgent"])
    return a_matter_of(by=nobody(NIGHT), kind=kind)


@pytest.mark.parametrize(("pace", "comes"), [(Pace.DAILY, 1), (Pace.URGENT, 1), (Pace.OFF, 0)])
def test_an_emergency_waits_for_no_hour_yet_no_means_no(server: Office, pace: Pace, comes: int) -> None:
    a_mailbox("worker", pace=pace)
    matter = an_emergency()
    work(NIGHT)
    carry(NIGHT)
    assert len(server.taken) == comes
    assert all(matter.number in str(mail["Subject"]) for mail in server.taken)


def test_only_what_is_urgent(server: Office) -> None:
    a_mailbox("worker", pace=Pace.URGENT)
    a_matter_of()
    work()
    carry()
    assert server.taken == []


def test_whoever_says_no_while_a_mail_waits_does_not_get_it(server: Office) -> None:
    box = a_mailbox("worker")
    a_matter_of()
    work()
    Mailbox.objects.filter(pk=box.pk).update(pace=Pace.OFF)
    carry()
    assert (server.taken, states()) == ([], ["dropped"])


def test_whose_account_was_closed_gets_no_mail(server: Office) -> None:
    a_mailbox("worker")
    a_matter_of()
    work()
    User.objects.filter(username="worker").update(is_active=False)
    carry()
    assert (server.taken, states()) == ([], ["dropped"])


def test_without_a_server_nothing_is_noted(settings: Any) -> None:
    a_mailbox("worker")
    a_matter_of()
    work()
    assert (Message.objects.filter(to__username="worker").count(), Letter.objects.count()) == (1, 0)


def test_a_held_house_sends_no_messages(server: Office, settings: Any) -> None:
    a_mailbox("worker")
    a_matter_of()
    work()
    settings.MULIN_HOLD_MESSAGES = True
    assert carry() == 0
    settings.MULIN_HOLD_MESSAGES = False
    assert carry() == 1


# -- never twice


class Dies:
    """A sender whose worker is killed where a test says."""

    code = "email"

    def __init__(self, before: bool) -> None:
        self.before, self.sent, self.open_transactions, self.used = before, 0, 0, 0

    def is_set(self) -> bool:
        return True

    def open(self) -> Line:
        return self

    def close(self) -> None: ...

    def send(self, envelope: Envelope, handing: Callable[[], bool]) -> Outcome:
        self.open_transactions = len(connection.savepoint_ids)
        if self.before:
            raise KeyboardInterrupt
        assert handing()
        self.sent += 1
        raise KeyboardInterrupt


class Works(Dies):
    def __init__(self) -> None:
        super().__init__(before=False)

    def send(self, envelope: Envelope, handing: Callable[[], bool]) -> Outcome:
        assert handing()
        self.sent += 1
        return Sent()


def rounds(sender: Dies, now: datetime) -> int:
    from threading import Event

    return posting.post(lambda: now, Event(), sender)


@pytest.mark.parametrize(("before", "state", "sent"), [(True, "sent", 1), (False, "unsure", 0)])
def test_a_worker_that_dies_sends_nothing_twice(server: Office, before: bool, state: str, sent: int) -> None:
    a_mailbox("worker")
    a_matter_of()
    work()
    first, second = Dies(before), Works()
    with pytest.raises(KeyboardInterrupt):
        rounds(first, NOW)
    assert first.open_transactions == 0  # a server is asked outside of any
    rounds(second, later(minutes=5))
    assert second.sent == 0  # it may live yet
    rounds(second, later(minutes=11))
    assert (second.sent, states()) == (sent, [state])


def test_a_worker_that_was_slow_loses_its_claim(server: Office) -> None:
    a_mailbox("worker")
    a_matter_of()
    work()
    mail = posting._claim(NOW)
    assert mail
    assert posting._claim(NOW) is None
    Mail.objects.update(tries=2)  # another one has it by now
    assert not posting._is_handing(mail)


def test_many_messages_cost_no_more_statements_than_one(
    server: Office, django_assert_max_num_queries: Any
) -> None:
    a_mailbox("worker")
    for _ in range(5):
        a_matter_of()
    tasks.spread(NOW)
    assert Letter.objects.count() == 5
    with django_assert_max_num_queries(24):
        gather(NOW)
    assert Mail.objects.count() == 1


# -- rules

ZONE = ZoneInfo("Asia/Shanghai")
NEVER = Quiet(0, 0)


def wanted(pace: Pace = Pace.EACH, quiet: Quiet = NEVER) -> Wanted:
    return Wanted(pace, quiet, 8 * 60 + 30, ZONE)


def at(hour: int, minute: int = 0, day: int = 18) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "hours", "then"),
    [
        (at(12), "21:00-07:00", at(12)),
        (at(21), "21:00-07:00", at(7, day=19)),
        (at(6, 59), "21:00-07:00", at(7)),
        (at(7), "21:00-07:00", at(7)),
        (at(12, 30), "12:00-14:00", at(14)),
        (at(23), "", at(23)),
    ],
)
def test_quiet_hours(now: datetime, hours: str, then: datetime) -> None:
    assert mail_at(now, wanted(quiet=hours_of(hours)), urgent=False) == then


@pytest.mark.parametrize(("now", "then"), [(at(8), at(8, 30)), (at(8, 30), at(8, 30, day=19))])
def test_the_daily_hour(now: datetime, then: datetime) -> None:
    assert mail_at(now, wanted(Pace.DAILY), urgent=False) == then


@pytest.mark.parametrize("wrong", ["9", "21:00", "25:00-07:00", "a-b"])
def test_hours_that_are_none(wrong: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        hours_of(wrong)


@pytest.mark.parametrize(
    ("url", "tls", "port"),
    [
        ("smtp://u:p@mail.example.cn", Tls.START, 587),
        ("smtps://u:p@mail.example.cn", Tls.WHOLE, 465),
        ("smtp+plain://localhost:2525", Tls.NONE, 2525),
    ],
)
def test_servers_that_are_understood(url: str, tls: Tls, port: int) -> None:
    server = read_server(url)
    assert server
    assert (server.tls, server.port) == (tls, port)
    assert "p@" not in repr(server)


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.cn",
        "http://mail.example.cn",
        "smtp://",
        "smtp://u@mail.example.cn",
        "smtp://mail.example.cn:0x1",
        "smtp+plain://u:p@mail.example.cn",
        "smtp://u:p/w@mail.example.cn",
    ],
)
def test_servers_that_are_not(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_server(url)


def test_who_writes() -> None:
    assert read_from("睦邻 <a@b.cn>") == ("睦邻", "a@b.cn")
    for wrong in ("nobody", "a@b.cn\r\nBcc: c@d.cn", "李@b.cn"):
        with pytest.raises(ValueError, match=r".+"):
            read_from(wrong)


def test_a_wish_without_an_address_is_none() -> None:
    assert Wish("", Pace.EACH, NEVER, bounced=False).nowhere == "no_address"

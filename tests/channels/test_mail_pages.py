"""The pages of mail: one's own address, the link under each mail, the keeper's page; and a resident, told by mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.test import Client

from mulin.channels.mail.choosing import WRONG
from mulin.channels.mail.stopping import stop_path, stop_token
from mulin.channels.models import Mail, Mailbox
from mulin.commands import work as worker
from mulin.journal.face import Entry, Outbox
from mulin.matters.face import Reporter
from mulin.posts.face import User
from tests.api.client import Program, said
from tests.channels.mail_world import Office, a_mailbox, carry, later, office, states
from tests.channels.test_inbox_pages import at_desk, page
from tests.channels.world import work
from tests.matters.world import a_matter
from tests.portal.accounts import another, by_mail

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
OWN = "/desk/inbox/mail/"


@pytest.fixture
def server(settings: Any) -> Iterator[Office]:
    Outbox.objects.all().delete()
    with office(settings) as handler:
        yield handler


class Postman:
    """Brings what waits, and reads the code of the latest."""

    def __init__(self, server: Office) -> None:
        self.server = server

    @property
    def code(self) -> str:
        carry()
        return str(re.findall(r"\d{6}", self.server.texts[-1])[-1])


def errors_of(answer: Any) -> str:
    assert answer.status_code == 422
    return str(answer.content.decode())


# -- one's own address


def test_an_address_counts_from_when_its_code_came_back(server: Office) -> None:
    desk = at_desk("worker")
    assert "No address yet" in page(desk, OWN)
    assert desk.post(f"{OWN}address/", {"address": "li@town.example.cn"}).status_code == 303
    assert "A code was sent to li@town.example.cn" in page(desk, OWN)
    a_matter()
    work()
    code = Postman(server).code
    assert len(server.taken) == 1  # the code, and no message
    assert desk.post(f"{OWN}prove/", {"code": code}).status_code == 303
    a_matter()
    work()
    carry()
    assert [to for _from, to in server.envelopes] == [["li@town.example.cn"]] * 2
    assert Entry.objects.filter(code="mail.address_proved").count() == 1
    desk.post(f"{OWN}forget/")
    box = Mailbox.objects.get()
    assert (box.address, box.asked) == ("", "")


def test_a_code_cannot_be_guessed(server: Office) -> None:
    desk = at_desk("worker")
    desk.post(f"{OWN}address/", {"address": "li@town.example.cn"})
    code = Postman(server).code
    for _ in range(WRONG):
        assert "not the code that was sent" in errors_of(desk.post(f"{OWN}prove/", {"code": "x"}))
    assert "Ask for a new one" in errors_of(desk.post(f"{OWN}prove/", {"code": code}))


def test_a_code_grows_old(server: Office, clock: Any) -> None:
    desk = at_desk("worker")
    desk.post(f"{OWN}address/", {"address": "li@town.example.cn"})
    code = Postman(server).code
    clock.shift(timedelta(minutes=31))
    assert "Ask for a new one" in errors_of(desk.post(f"{OWN}prove/", {"code": code}))


def test_nobody_is_flooded_with_codes(server: Office) -> None:
    desk = at_desk("worker")
    for _ in range(5):
        desk.post(f"{OWN}address/", {"address": "li@town.example.cn"})
    assert "Too many" in errors_of(desk.post(f"{OWN}address/", {"address": "wang@town.example.cn"}))
    other = at_desk("head")
    assert "Too many" in errors_of(other.post(f"{OWN}address/", {"address": "LI@town.example.cn"}))


@pytest.mark.parametrize("wrong", ["", "li", "li@town.example.cn\nBcc: a@b.cn", "李@town.example.cn"])
def test_what_is_no_address_is_said_at_its_field(server: Office, wrong: str) -> None:
    errors_of(at_desk("worker").post(f"{OWN}address/", {"address": wrong}))
    assert not Mail.objects.exists()


def test_hours_need_both_ends(server: Office) -> None:
    desk = at_desk("worker")
    wrong = {"pace": "daily", "quiet_from": "20:00"}
    assert "or neither" in errors_of(desk.post(OWN, wrong))
    assert desk.post(OWN, wrong | {"quiet_to": "08:00"}).status_code == 303
    box = Mailbox.objects.get()
    assert (box.pace, box.quiet_from, box.quiet_to) == ("daily", 1200, 480)
    desk.post(OWN, {"pace": "each"})
    assert Mailbox.objects.get().quiet_from is None


def test_both_languages(server: Office) -> None:
    assert "多久一次" in page(at_desk("worker", "zh-hans"), OWN)
    assert "发送测试邮件" in page(at_desk("sysadmin", "zh-hans"), "/desk/mail/")


# -- the link


def test_the_link_stops_mail_without_signing_in(server: Office) -> None:
    a_mailbox("worker")
    a_matter()
    work()
    carry()
    [mail] = server.taken
    link = str(mail["List-Unsubscribe"]).strip(" <>").removeprefix("https://mulin.example.cn")
    assert link in server.texts[0]
    anybody = Client(enforce_csrf_checks=True)
    shown = page(anybody, link)
    assert "No more mail" in shown
    assert "worker" not in shown
    assert Mailbox.objects.get().pace == "each"  # looking changes nothing
    answer = anybody.post(link, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, Mailbox.objects.get().pace) == (204, "off")
    a_matter()
    work()
    assert carry() == 0
    anybody.post(link, {"pace": "daily"})
    assert Mailbox.objects.get().pace == "daily"


def test_a_link_that_somebody_made_up_leads_nowhere(server: Office) -> None:
    user = User.objects.get(username="worker")
    good = stop_token(user.pk)
    for wrong in ("x", good[:-2] + "AA", good + "A", "李"):
        assert Client().get(f"/mail/{wrong}/").status_code == 404
    assert Client().post(stop_path(user.pk), {"pace": "hourly"}).status_code == 422


# -- the keeper


def test_a_test_mail_and_what_became_of_it(server: Office) -> None:
    desk = at_desk("sysadmin")
    assert "never tried" in page(desk, "/desk/mail/")
    assert desk.post("/desk/mail/test/", {"address": "it@town.example.cn"}).status_code == 303
    carry()
    shown = page(desk, "/desk/mail/")
    assert "The mail server takes what is sent" in shown
    assert "Test mail" in shown
    assert "it@town.example.cn" not in shown
    assert len(server.taken) == 1


def test_the_page_says_what_is_wrong_and_how_to_mend_it(server: Office, settings: Any) -> None:
    server.does["EHLO"] = "drop"
    desk = at_desk("sysadmin")
    desk.post("/desk/mail/test/", {"address": "it@town.example.cn"})
    carry()
    assert "The mail server hung up." in page(desk, "/desk/mail/")
    server.does.clear()
    assert carry(later(seconds=25)) == 0
    desk.post("/desk/mail/again/")
    assert carry(later(seconds=1)) == 1
    assert states() == ["sent"]


def test_without_a_server_the_pages_say_so() -> None:
    desk = at_desk("sysadmin")
    assert "MULIN_MAIL_URL" in page(desk, "/desk/mail/")
    assert "No mail server yet" in page(desk, OWN)
    errors_of(desk.post(f"{OWN}address/", {"address": "it@town.example.cn"}))
    errors_of(desk.post("/desk/mail/test/", {"address": "it@town.example.cn"}))


def test_the_keepers_page_costs_few_statements(server: Office, django_assert_max_num_queries: Any) -> None:
    desk = at_desk("sysadmin")
    for number in range(8):
        desk.post("/desk/mail/test/", {"address": f"it{number}@town.example.cn"})
    page(desk, "/desk/mail/")
    with django_assert_max_num_queries(20):
        page(desk, "/desk/mail/")


# -- a resident, from the code to the closing


def test_a_resident_enters_by_mail_and_is_told_by_mail(server: Office) -> None:
    anna: Any = another()
    by_mail(anna, Postman(server))  # type: ignore[arg-type]  # it has the one thing that is asked of it
    resident = User.objects.get(resident__isnull=False)
    matter = a_matter().matter
    Reporter.objects.filter(matter=matter).update(user=resident)
    work()
    carry()
    mail, text = server.taken[-1], server.texts[-1]
    assert server.envelopes[-1][1] == ["anna@example.org"]
    assert f"https://mulin.example.cn/follow/{matter.number}/" in text
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    Client().post(stop_path(resident.pk), {"pace": "off"})
    sent = len(server.taken)
    assert by_mail(another(), Postman(server)).at == "/mine/"  # type: ignore[arg-type]  # codes come all the same
    assert len(server.taken) == sent + 1


# -- programs, and the worker


def test_programs_can_all_of_it(server: Office) -> None:
    mine = Program("worker")
    mine.post("/inbox/mail/address", {"address": "li@town.example.cn"})
    assert said(mine.get("/inbox/mail"))["asked"] == "li@town.example.cn"
    assert (
        said(mine.post("/inbox/mail/prove", {"code": Postman(server).code}))["address"]
        == "li@town.example.cn"
    )
    hours = {"from_time": "20:00", "to_time": "07:30"}
    assert said(mine.post("/inbox/mail", {"pace": "daily", "quiet_hours": hours}))["quiet_hours"] == hours
    keeper = Program("sysadmin")
    keeper.post("/mail/test", {"address": "it@town.example.cn"})
    carry()
    health = said(keeper.get("/mail"))
    assert (health["light"], health["last_day"]["sent"]) == ("green", 2)
    assert "li@town" not in str(health)


def test_the_worker_has_a_lane_for_mail(server: Office) -> None:
    a_mailbox("worker")
    a_matter()
    work()
    assert worker.LANES["mail"](Event()) == 1
    assert len(server.taken) == 1

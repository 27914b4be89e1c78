"""The inbox at the desk, the bell, and what a reporter reads on the page of their matter."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.test import Client

from mulin.channels.face import Message, unread_count
from mulin.channels.queries.inbox import PAGE
from mulin.journal.face import Outbox
from mulin.kernel.ids import new_id
from mulin.posts.face import User, make_token
from tests.channels.world import MORNING, NIGHT, told, work
from tests.matters.world import NOW, a_matter, do, nobody, the

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.fixture(autouse=True)
def nothing_from_before() -> None:
    Outbox.objects.all().delete()


def at_desk(username: str, language: str = "en") -> Client:
    client = Client(headers={"Accept-Language": language})
    client.force_login(User.objects.get(username=username))
    return client


def page(client: Client, address: str = "/desk/inbox/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_inbox_says_so() -> None:
    assert "No messages yet" in page(at_desk("worker"))
    assert "还没有消息" in page(at_desk("worker", "zh-hans"))


def test_a_message_is_read_in_the_readers_language() -> None:
    matter = a_matter(text="楼道的灯坏了").matter
    work()
    english, chinese = page(at_desk("worker")), page(at_desk("worker", "zh-hans"))
    assert f"{matter.number} “楼道的灯坏了” is with you now" in english
    assert f"{matter.number}「楼道的灯坏了」轮到您处理" in chinese
    assert "99+" not in english


def test_opening_a_message_reads_it_and_leads_to_the_matter() -> None:
    matter = a_matter().matter
    work()
    client, [first] = at_desk("worker"), told("worker")
    assert '<b class="tool-count" aria-hidden="true">1</b>' in page(client, "/desk/queue/")
    answer = client.post(f"/desk/inbox/{first.message.pk}/open/")
    assert (answer.status_code, answer["Location"]) == (303, f"/desk/matters/{matter.number}/")
    assert "tool-count" not in page(client, "/desk/queue/")


def test_looking_at_the_list_reads_nothing() -> None:
    a_matter()
    work()
    page(at_desk("worker"))
    assert unread_count(the("worker")) == 1


def test_all_are_read_at_once() -> None:
    for _ in range(3):
        a_matter()
    work()
    client = at_desk("worker")
    assert client.post("/desk/inbox/read/").status_code == 303
    assert "You have read everything" in page(client, "/desk/inbox/?show=unread")
    assert unread_count(the("worker")) == 0


def test_nobody_opens_the_message_of_somebody_else() -> None:
    a_matter()
    work()
    [first] = told("worker")
    for what in ("open", "read"):
        assert at_desk("head").post(f"/desk/inbox/{first.message.pk}/{what}/").status_code == 404
    assert unread_count(the("worker")) == 1


def test_the_bell_costs_little_and_says_when_nothing_changed(django_assert_max_num_queries: Any) -> None:
    client = at_desk("worker")
    first = client.get("/desk/inbox/stamp/")
    with django_assert_max_num_queries(5):
        again = client.get("/desk/inbox/stamp/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    a_matter()
    work()
    changed = client.get("/desk/inbox/stamp/", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert ">1</b>" in changed.content.decode()
    assert "<html" not in changed.content.decode()


def test_a_page_brings_the_stamp_that_the_bell_compares() -> None:
    client = at_desk("worker")
    assert 'data-stamp="&quot;0&quot;"' in page(client)
    assert client.get("/desk/inbox/stamp/")["ETag"] == '"0"'


def test_a_page_of_the_inbox_costs_a_fixed_number_of_statements(django_assert_max_num_queries: Any) -> None:
    for _ in range(3):
        a_matter(by=nobody(NIGHT))
    work(NIGHT)
    work(MORNING)
    for _ in range(5):
        a_matter()
    work()
    client = at_desk("worker")
    with django_assert_max_num_queries(12):
        assert len(page(client)) > 1000


def test_a_long_inbox_goes_on_by_key() -> None:
    worker = the("worker").user
    Message.objects.bulk_create(
        Message(
            outbox=new_id(), to=worker, kind="digest.waiting", text=f"第{n}条", text_en=f"number {n}.",
            language="en", created_at=NOW, due_at=NOW, sent_at=NOW,
        )
        for n in range(PAGE + 5)
    )  # fmt: skip
    client = at_desk("worker")
    first = client.get("/desk/inbox/")
    next_url = first.context["page"]["next_url"]
    second = client.get(next_url)
    texts = [row.text for answer in (first, second) for row in answer.context["rows"]]
    assert len(texts) == len(set(texts)) == PAGE + 5
    assert second.context["page"]["next_url"] == ""
    assert client.get("/desk/inbox/?after=nonsense").status_code == 422


def test_what_somebody_does_not_want_is_chosen_on_a_page() -> None:
    client = at_desk("worker")
    assert "What I am told" in page(client, "/desk/inbox/choices/")
    assert client.post("/desk/inbox/choices/", {"lead": ["lead.closed"]}).status_code == 303
    a_matter()
    work()
    assert told("worker") == []
    assert client.post("/desk/inbox/choices/", {"turn": ["no.such"]}).status_code == 422


def test_the_reporter_reads_on_their_page_what_they_were_told() -> None:
    raised = a_matter()
    do(raised.matter, "file", "worker")
    work()
    client = Client(headers={"Accept-Language": "en"})
    client.post("/follow/", {"number": raised.matter.number, "code": raised.code})
    shown = page(client, f"/follow/{raised.matter.number}/")
    assert "What we told you" in shown
    assert "was accepted" in shown
    other = a_matter()
    work()
    assert client.get(f"/follow/{other.matter.number}/").status_code == 200  # the form, and nothing of it
    assert other.matter.title not in page(client, f"/follow/{other.matter.number}/")


def program(username: str) -> dict[str, str]:
    who = the(username)
    return {
        "Authorization": f"Bearer {make_token(name='inbox', by=who, now=NOW)[1]}",
        "Accept-Language": "en",
    }


def test_programs_list_and_read_messages_too() -> None:
    matter = a_matter().matter
    a_matter()
    work()
    worker, client = program("worker"), Client()
    listed = orjson.loads(client.get("/api/v1/inbox", headers=worker).content)
    assert listed["unread"] == 2
    one = next(each for each in listed["items"] if each["matter"] == matter.number)
    assert one["read_at"] is None
    assert client.post(f"/api/v1/inbox/{one['id']}/read", headers=worker).status_code == 200
    assert client.post(f"/api/v1/inbox/{one['id']}/read", headers=program("head")).status_code == 404
    unread = orjson.loads(client.get("/api/v1/inbox?unread=true", headers=worker).content)
    assert [each["matter"] for each in unread["items"]] != [matter.number]
    assert orjson.loads(client.post("/api/v1/inbox/read", headers=worker).content) == {"read": 1}
    assert client.get("/api/v1/inbox").status_code == 401

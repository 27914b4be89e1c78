"""A town's own texts: who may, what may stand in them, what was in force when; and the dry run."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mulin.channels.actions import reset_texts, set_texts
from mulin.channels.face import Message, look_ahead
from mulin.channels.models import Template
from mulin.channels.rules.sending import Why
from mulin.channels.texts import CHINESE, ENGLISH, kinds
from mulin.commands import messages
from mulin.journal.face import Entry, Outbox, facts_of
from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.places.face import Area, Level
from mulin.posts.face import Post, User
from tests.channels.world import NIGHT, told, work
from tests.matters.world import NOW, a_matter, do, nobody, the, the_grid, the_workers_seat

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
LATER = NOW + timedelta(hours=1)
NEW = kinds()["turn.new"]
OWN = {CHINESE: "{number}等您处理。", ENGLISH: "{number} is yours."}


@pytest.fixture(autouse=True)
def nothing_from_before() -> None:
    Outbox.objects.all().delete()


def the_town() -> Area:
    return Area.objects.get(path=the_grid().path[: Level.TOWN])


def hands() -> int:
    """How many sit on the seat of the grid worker."""
    return Post.objects.open_at(NOW).filter(seat=the_workers_seat()).count()


def at_desk(username: str, language: str = "en") -> Client:
    client = Client(headers={"Accept-Language": language})
    client.force_login(User.objects.get(username=username))
    return client


def test_a_towns_own_text_is_in_force_from_now_on() -> None:
    a_matter()
    work()
    set_texts(the_town(), NEW, OWN, by=the("sysadmin"), now=NOW)
    matter = a_matter().matter
    work()
    texts = {each.number: each.text for each in told("worker")}
    assert texts[matter.number] == f"{matter.number} is yours."
    assert sum("is with you now" in text for text in texts.values()) == 1
    assert {row.text for row in Message.objects.filter(kind="turn.new", matter=matter)} == {
        f"{matter.number}等您处理。"
    }


def test_texts_have_dates_and_an_author_and_go_back_to_the_default() -> None:
    town = the_town()
    set_texts(town, NEW, OWN, by=the("sysadmin"), now=NOW)
    set_texts(town, NEW, OWN | {ENGLISH: "Yours: {number}."}, by=the("sysadmin"), now=LATER)
    assert Template.objects.filter(language=ENGLISH, from_at=NOW, to_at=LATER).count() == 1
    assert Template.objects.filter(to_at=None).count() == 2
    reset_texts(town, NEW, by=the("sysadmin"), now=LATER)
    assert not Template.objects.filter(to_at=None).exists()
    assert {row.by for row in Template.objects.all()} == {the("sysadmin").user}
    codes = Entry.objects.filter(subject=town.pk, code__startswith="message_text").order_by("seq")
    assert [entry.code for entry in codes] == ["message_text.changed"] * 2 + ["message_text.reset"]
    assert facts_of(codes[1])["kind"] == "turn.new"
    assert facts_of(codes[1])["languages"] == [ENGLISH]


def test_what_is_the_default_anyway_is_no_text_of_their_own() -> None:
    set_texts(the_town(), NEW, NEW.texts, by=the("sysadmin"), now=NOW)
    assert not Template.objects.exists()


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("{number} from {reporter}", "unknown_field", "{reporter}"),
        ("{number} {phone}", "unknown_field", "It may have: {number}, {title}"),
        ("{number", "loose_brace", "brace"),
        ("  ", "missing", "needs a text"),
        ("x" * 401, "too_long", "400"),
    ],
)
def test_a_text_that_cannot_be_is_refused_with_its_reason(text: str, code: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        set_texts(the_town(), NEW, OWN | {ENGLISH: text}, by=the("sysadmin"), now=NOW)
    assert refused.value.code == code
    assert said in str(refused.value)
    assert not Template.objects.exists()


@pytest.mark.parametrize("username", ["worker", "head", "operator", "handler", "secadmin", "auditor"])
def test_only_whoever_looks_after_the_town_edits_them(username: str) -> None:
    with pytest.raises(NotAllowed):
        set_texts(the_town(), NEW, OWN, by=the(username), now=NOW)
    assert at_desk(username).get("/desk/messages/").status_code == 403


def test_the_page_shows_all_kinds_and_refuses_an_unknown_field() -> None:
    client = at_desk("sysadmin")
    listed = client.get("/desk/messages/").content.decode()
    assert all(kind.label in listed or kind.about_en in listed for kind in kinds().values())
    page = client.get("/desk/messages/turn.new/").content.decode()
    assert "{due}" in page
    assert "26-001385-0" in page  # the preview
    wrong = client.post("/desk/messages/turn.new/", {"text_zh": "{number}", "text_en": "{number} {name}"})
    assert wrong.status_code == 422
    assert "There is no field {name} in this message." in wrong.content.decode()
    assert "{number} {name}" in wrong.content.decode()  # what was typed is not lost
    right = client.post("/desk/messages/turn.new/", {"text_zh": OWN[CHINESE], "text_en": OWN[ENGLISH]})
    assert right.status_code == 303
    assert "is yours" in client.get("/desk/messages/turn.new/").content.decode()
    assert client.post("/desk/messages/turn.new/default/").status_code == 303
    assert not Template.objects.filter(to_at=None).exists()


def test_the_preview_keeps_nothing_and_also_works_without_a_script() -> None:
    client = at_desk("sysadmin")
    sent = {"text_zh": "{number}来了", "text_en": "Here is {number}, due {due}, {x}"}
    part = client.post(
        "/desk/messages/turn.new/preview/", sent, headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in part
    assert "26-001385-0来了" in part
    assert "There is no field {x}" in part
    whole = client.post("/desk/messages/turn.new/preview/", sent | {"text_en": "Here is {number}"})
    assert whole.status_code == 200
    assert "Here is 26-001385-0" in whole.content.decode()
    assert not Template.objects.exists()


def test_there_is_no_such_kind_and_no_such_town() -> None:
    client = at_desk("sysadmin")
    assert client.get("/desk/messages/no.such/").status_code == 404
    assert client.get("/desk/messages/?town=110101001").status_code == 404


def test_the_pages_are_whole_in_chinese() -> None:
    client = at_desk("sysadmin", "zh-hans")
    for address in ("", "turn.new/", "dry-run/"):
        page = client.get(f"/desk/messages/{address}")
        assert page.status_code == 200
        assert 'lang="zh-Hans"' in page.content.decode()


def test_the_list_and_the_editor_cost_a_fixed_number_of_statements(
    django_assert_max_num_queries: Any,
) -> None:
    set_texts(the_town(), NEW, OWN, by=the("sysadmin"), now=NOW)
    client = at_desk("sysadmin")
    for address in ("/desk/messages/", "/desk/messages/turn.new/"):
        with django_assert_max_num_queries(12):
            client.get(address)


def test_the_dry_run_counts_and_sends_nothing() -> None:
    first = a_matter().matter
    do(first, "pass_up", "worker")
    a_matter()
    before = list(Outbox.objects.order_by("id").values())
    ahead = look_ahead(NOW)
    assert ahead.rows == 3
    assert ahead.no["turn.new", Why.OVERTAKEN] == hands()
    assert ahead.now["turn.new"] == hands() + 1
    assert ahead.now["reporter.received"] == 2
    assert list(Outbox.objects.order_by("id").values()) == before
    assert not Message.objects.exists()
    page = at_desk("sysadmin").get("/desk/messages/dry-run/").content.decode()
    assert "the turn has moved on" in page
    assert list(Outbox.objects.order_by("id").values()) == before


def test_the_dry_run_at_night_says_what_would_wait(settings: Any) -> None:
    a_matter(by=nobody(NIGHT))
    ahead = look_ahead(NIGHT)
    assert (ahead.later["turn.new"], ahead.now["turn.new"]) == (hands(), 0)
    settings.MULIN_HOLD_MESSAGES = True
    assert look_ahead(NIGHT).held


def test_the_command_says_the_same() -> None:
    a_matter()
    lines = messages.dry_run()
    assert lines[0] == "Nothing was sent."
    assert any(line.split() == ["now", "turn.new", str(hands())] for line in lines)
    assert not Message.objects.exists()

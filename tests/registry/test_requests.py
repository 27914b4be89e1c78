"""Requests of residents about their own data: asked, answered with reasons in time, granted ones carried out."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import unescape

import orjson
import pytest
from pytest_django import DjangoAssertNumQueries

from mulin.channels.face import Message, send
from mulin.journal.face import DisclosureOf, Entry, EntryText, retention_decide, retention_run
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed, NotYours
from mulin.places.face import Level
from mulin.posts.face import Who
from mulin.registry.codes_asked import RequestStage, Side
from mulin.registry.face import (
    DataRequest,
    Resident,
    ask_for,
    change_resident,
    move_out,
    propose,
    refuse_proposal,
    remind_of_requests,
    steps_from,
    take_step,
    urgency,
)
from mulin.registry.models import HomeImport, HomeImportBefore
from mulin.registry.rules.requests import STEPS, check_step
from tests.matters.world import NOW, the
from tests.portal.accounts import desk_of
from tests.registry.linked import at_home
from tests.registry.world import a_building_elsewhere, a_dwelling, a_resident, a_unit, residence_of

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
ANSWER = "Wir haben nachgesehen."


@pytest.fixture
def wang() -> Resident:
    return a_resident(name="王秀英", phone="13900000001", occupation="会计")


def asked(record: Resident, kind: str = "correct", text: str = "Der Beruf stimmt nicht.") -> DataRequest:
    """At the window."""
    return ask_for(record, kind=kind, text=text, seen=True, by=the("worker"), now=NOW)


def test_the_table_offers_what_may_be_done_and_nothing_else() -> None:
    codes = {
        stage: [each.code for each in steps_from(stage, Side.STAFF, extended=False)] for stage in RequestStage
    }
    assert codes == {
        "asked": ["take", "grant", "refuse", "extend"], "in_hand": ["grant", "refuse", "extend"],
        "granted": [], "refused": [], "withdrawn": [],
    }  # fmt: skip
    assert [each.code for each in steps_from("asked", Side.RESIDENT, extended=False)] == ["withdraw"]
    assert "extend" not in [each.code for each in steps_from("asked", Side.STAFF, extended=True)]
    for step in STEPS:
        for stage in set(RequestStage) - set(step.starts):
            with pytest.raises(Conflict):
                check_step(step.code, stage, extended=False, given={})
        if step.needs:
            with pytest.raises(Invalid):
                check_step(step.code, step.starts[0], extended=False, given={})


def test_asked_at_home_it_is_answered_with_reasons_and_told(wang: Resident) -> None:
    browser = at_home(wang)
    page = browser.sends("/mine/record/ask/", kind="correct", text="")
    assert (browser.status, "Say what is wrong, and what is right." in page) == (422, True)
    page = browser.sends("/mine/record/ask/", kind="correct", text="Der Beruf stimmt nicht.")
    assert "Being looked into" not in page
    assert "Der Beruf stimmt nicht." in page
    row = DataRequest.objects.get()
    assert timedelta(days=15) < row.due_at - NOW <= timedelta(days=16)
    again = browser.sends("/mine/record/ask/", kind="correct", text="Noch einmal.")
    assert (browser.status, "asked already" in again) == (409, True)
    head = desk_of("head")
    assert "王**" in head.get("/desk/requests/").content.decode()
    assert "Der Beruf" in head.get(f"/desk/requests/{row.pk}/").content.decode()
    assert DisclosureOf.objects.filter(person=wang.pk, disclosure__purpose="request").exists()
    assert head.post(f"/desk/requests/{row.pk}/take/").status_code == 303
    assert head.post(f"/desk/requests/{row.pk}/refuse/", {"refuse-answer": ANSWER}).status_code == 422
    answer = head.post(
        f"/desk/requests/{row.pk}/refuse/", {"refuse-answer": ANSWER, "refuse-ground": "right"}
    )
    assert answer.status_code == 303
    page = browser.opens("/mine/record/")
    for words in (ANSWER, "It was looked into, and what is kept is right", "Refused"):
        assert words in page, words
    send(NOW)
    assert Message.objects.filter(kind="request.asked").exists()
    told = Message.objects.get(kind="request.refused")
    assert ANSWER not in told.text + told.text_en
    assert not [each for each in Entry.objects.all() if ANSWER in each.text or "Beruf" in each.text]


def test_more_time_is_taken_once_and_the_day_is_told(wang: Resident) -> None:
    row = asked(wang)
    first = row.due_at
    row = take_step(row, "extend", answer=ANSWER, by=the("head"), now=NOW)
    assert row.due_at - first == timedelta(days=15)
    with pytest.raises(Conflict):
        take_step(row, "extend", answer=ANSWER, by=the("head"), now=NOW)


def reminded(now: datetime) -> int:
    return remind_of_requests(by=Who.system(now), now=now)


def test_whoever_answers_is_reminded_before_the_day(wang: Resident) -> None:
    row = asked(wang)
    assert reminded(NOW) == 0
    near = row.due_at - timedelta(days=2)
    assert (urgency(row.due_at, NOW), urgency(row.due_at, near), urgency(row.due_at, row.due_at)) == (
        "open", "near", "late",
    )  # fmt: skip
    assert (reminded(near), reminded(near)) == (1, 0)
    send(near)
    assert Message.objects.filter(kind="request.reminded").exists()


def test_a_granted_copy_is_handed_over_and_written_down(wang: Resident) -> None:
    row, head = asked(wang, "copy", ""), desk_of("head")
    assert head.post(f"/desk/requests/{row.pk}/copy/").status_code == 409
    take_step(row, "grant", answer=ANSWER, by=the("head"), now=NOW)
    page = unescape(head.post(f"/desk/requests/{row.pk}/copy/", {"as": "page"}).content.decode())
    assert wang.document in page
    copy = orjson.loads(head.post(f"/desk/requests/{row.pk}/copy/", {"as": "file"}).content)
    assert copy["record"]["phone"] == "13900000001"
    assert copy["handed_over"]["by"]
    assert DisclosureOf.objects.filter(person=wang.pk, disclosure__kind="export").exists()
    assert Entry.objects.filter(code="request.copied").count() == 2


def test_whoever_has_moved_out_of_the_village_is_handed_over_whole_only_where_they_live(
    wang: Resident,
) -> None:
    row, head = asked(wang, "copy", ""), desk_of("head")
    take_step(row, "grant", answer=ANSWER, by=the("head"), now=NOW)
    Resident.objects.filter(pk=wang.pk).update(place=wang.place[: Level.TOWN])  # somewhere else in the town
    assert head.post(f"/desk/requests/{row.pk}/copy/").status_code == 403
    assert f"/desk/requests/{row.pk}/copy/" not in head.get(f"/desk/requests/{row.pk}/").content.decode()
    assert not DisclosureOf.objects.filter(disclosure__kind="export").exists()


def test_granted_erasure_of_somebody_who_lives_here_leaves_what_must_be_known(wang: Resident) -> None:
    change_resident(wang, {"occupation": "教师"}, by=the("worker"), now=NOW)
    former = asked(wang)
    operator = the("operator").user
    assert operator
    source = HomeImport.objects.create(by=operator, kind="homes", name="x.csv", made_at=NOW)
    HomeImportBefore.objects.create(
        source=source, row=2, record=wang.pk, place=wang.place, entries=1, content="{}", kept_at=NOW
    )
    take_step(former, "refuse", answer=ANSWER, ground="right", by=the("head"), now=NOW)
    take_step(asked(wang, "erase", ""), "grant", answer=ANSWER, by=the("head"), now=NOW)
    wang.refresh_from_db()
    former.refresh_from_db()
    assert (wang.phone, wang.phone_index, wang.occupation) == ("", "", "")
    assert (wang.name, bool(wang.document), wang.is_here) == ("王秀英", True, True)
    assert not EntryText.objects.filter(entry__subject=wang.pk, erased_at=None).exists()
    assert not HomeImportBefore.objects.exists()  # what a list found before it is not restored
    assert (former.text, former.answer, bool(former.erased_at)) == ("", "", True)


def test_granted_erasure_of_somebody_who_left_leaves_the_answer_alone(wang: Resident) -> None:
    browser = at_home(wang)
    browser.sends("/mine/record/ask/", kind="erase", text="Ich bin fort.")
    move_out(residence_of(wang), by=the("worker"), now=NOW)
    take_step(DataRequest.objects.get(), "grant", answer=ANSWER, by=the("head"), now=NOW)
    wang.refresh_from_db()
    assert (wang.is_gone, wang.name, wang.document) == (True, "", "")
    page = browser.opens("/mine/record/")
    assert "Your account is not linked to a record" in page
    assert ANSWER in page
    assert "Ich bin fort." not in page


def test_the_resident_takes_it_back_and_nobody_else(wang: Resident) -> None:
    browser, other = at_home(wang), at_home(a_resident(name="李四"))
    browser.sends("/mine/record/ask/", kind="erase")
    row = DataRequest.objects.get()
    other.sends(f"/mine/record/requests/{row.pk}/withdraw/")
    assert other.status == 404
    with pytest.raises(NotYours):
        take_step(row, "withdraw", by=the("head"), now=NOW)
    assert "Taken back" in browser.sends(f"/mine/record/requests/{row.pk}/withdraw/")


def test_words_of_long_ago_go_in_time_and_what_happened_stays(wang: Resident) -> None:
    row = take_step(asked(wang), "refuse", answer=ANSWER, ground="right", by=the("head"), now=NOW)
    said = refuse_proposal(
        propose(wang, {"phone": "13900000009"}, by=the("building"), now=NOW), reason=ANSWER, by=the("worker"), now=NOW
    )  # fmt: skip
    by, later = the("sysadmin").actor(), NOW + timedelta(days=4 * 366)
    retention_decide("registry", years=3, by_itself=False, by=by, at=later)
    assert retention_run(["registry"], by=by, at=later)
    row.refresh_from_db()
    said.refresh_from_db()
    assert (row.stage, row.text, row.answer) == ("refused", "", "")
    assert (said.stage, said.wanted, said.reason) == ("refused", {}, "")


def test_who_may_take_in_and_who_may_answer(wang: Resident) -> None:
    with pytest.raises(NotAllowed):
        ask_for(wang, kind="copy", text="", seen=True, by=the("building"), now=NOW)
    with pytest.raises(Invalid):
        ask_for(wang, kind="copy", text="", seen=False, by=the("worker"), now=NOW)
    far = a_resident(name="远", dwelling=a_dwelling(a_unit(a_building_elsewhere())))
    with pytest.raises(NotYours):
        ask_for(far, kind="copy", text="", seen=True, by=the("worker"), now=NOW)
    row = asked(wang)
    with pytest.raises(NotYours):
        take_step(row, "take", by=the("worker"), now=NOW)


def test_the_list_costs_the_same_however_long_it_is(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for each in range(8):
        asked(a_resident(name=f"人{each}"))
    head = desk_of("head")
    head.get("/desk/requests/")
    with django_assert_max_num_queries(14):
        head.get("/desk/requests/")

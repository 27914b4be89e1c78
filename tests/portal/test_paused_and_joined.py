"""What a resident reads and does while it stands still, is asked, joined, split, or handled and not checked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from mulin.matters.face import Matter, Raised
from mulin.matters.rules.case import Portion
from mulin.places.face import Level
from tests.matters.world import ReporterGiven, a_matter, do, seat_of
from tests.portal.resident import Resident
from tests.support.clock import IN_TWO_WEEKS

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]

WANG = ReporterGiven.with_contact("王秀英", "13812342211")
LI = ReporterGiven.with_contact("李强", "13900001111")


def raised(text: str = "楼道的灯坏了三天。", reporter: ReporterGiven = WANG) -> Raised:
    return a_matter(start=Level.TOWN, text=text, reporter=reporter)


def in_hand(found: Raised) -> Matter:
    matter = do(do(found.matter, "file", "operator"), "dispatch", "operator", seat=seat_of("handler"))
    return do(matter, "accept", "handler")


def follows(found: Raised) -> Resident:
    resident = Resident(Client(headers={"accept-language": "en"}))
    resident.sends("/follow/", number=found.matter.number, code=found.code)
    assert resident.at == f"/follow/{found.matter.number}/"
    return resident


def test_a_pause_says_why_since_when_and_until_when() -> None:
    found = raised()
    do(in_hand(found), "hold", "operator", until=IN_TWO_WEEKS, reason="等路灯杆到货")
    page = follows(found).page
    assert "It is paused" in page
    assert "等路灯杆到货" in page
    assert "it goes on from" in page
    assert "It was paused" in page, "the timeline tells it, too"


def test_who_is_asked_answers_and_it_goes_on() -> None:
    found = raised()
    matter = do(in_hand(found), "ask_resident", "handler", reason="哪一盏灯？")
    resident = follows(found)
    assert "哪一盏灯？" in resident.page
    assert "We need something from you" in resident.page
    page = resident.sends(f"/follow/{matter.number}/answer/", version=str(matter.version), reason="")
    assert resident.status == 422
    assert "Please write your answer." in page
    page = resident.sends(f"/follow/{matter.number}/answer/", version=str(matter.version), reason="门口那盏")
    assert "Thank you. We go on with it." in page
    matter.refresh_from_db()
    assert matter.state == "handling"


def test_an_answer_to_an_old_page_is_kept_and_told() -> None:
    found = raised()
    matter = do(in_hand(found), "ask_resident", "handler")
    resident, old = follows(found), matter.version
    do(matter, "answer", "operator")
    page = resident.sends(f"/follow/{matter.number}/answer/", version=str(old), reason="门口那盏")
    assert resident.status in (409, 422)
    assert "门口那盏" in page or "Nothing of yours was saved" in page


def test_what_is_handled_and_not_checked_may_be_objected_to() -> None:
    found = a_matter(reporter=WANG)
    matter = do(do(found.matter, "file", "worker"), "hand_in", "worker")
    Matter.objects.filter(pk=matter.pk).update(turn=None)
    resident = follows(found)
    assert 'id="object"' in resident.page
    page = resident.sends(f"/follow/{matter.number}/object/", version=str(matter.version), reason="还是黑的")
    assert "Somebody else looks at it" in page
    matter.refresh_from_db()
    assert matter.turn is not None
    assert 'id="object"' not in resident.page


def test_while_somebody_checks_there_is_nothing_to_object_to() -> None:
    found = raised()
    do(in_hand(found), "hand_in", "handler")
    resident = follows(found)
    assert 'id="object"' not in resident.page
    resident.sends(f"/follow/{found.matter.number}/object/", version="5", reason="x")
    assert resident.status in (404, 409, 422)


def test_the_joined_one_follows_the_main_one_without_its_private_words() -> None:
    main, found = raised("李强家门口三楼的灯。", LI), raised("我也看到灯坏了。")
    do(found.matter, "join", "operator", other=main.matter.number)
    resident = follows(found)
    assert main.matter.number in resident.page
    assert "Handled together with another matter" in resident.page
    assert "李强家门口" not in resident.page
    assert "我也看到灯坏了。" in resident.page, "their own words stay theirs"
    matter = in_hand(main)
    resident.opens(f"/follow/{found.matter.number}/")
    assert matter.turn
    assert matter.turn.label in resident.page
    assert "李强" not in resident.page
    resident.opens(f"/follow/{main.matter.number}/")
    assert "李强家门口" not in resident.page, "their code opens theirs alone"


def test_whoever_raised_the_whole_sees_what_became_of_its_pieces() -> None:
    found = raised()
    matter = do(found.matter, "file", "operator")
    do(matter, "split", "operator", portions=(Portion(matter.type.code, "内部分工：井盖"),))
    page = follows(found).page
    assert "It is about several things" in page
    assert matter.split.get().number in page
    assert "内部分工" not in page


def test_a_date_that_moved_is_told_with_the_first_one() -> None:
    found = raised()
    matter = do(do(in_hand(found), "ask_time", "handler", amount=1), "grant_time", "director")
    assert matter.promise_at > matter.first_promise_at + timedelta(hours=1)
    page = follows(found).page
    assert "The date was moved" in page
    assert "It takes longer: the date was moved" in page

"""From the first word to the rated result, by a resident whose browser runs no script, in both languages."""

from __future__ import annotations

import pytest

from mulin.journal.face import verify
from mulin.matters.face import Matter, MatterType, Reporter, ReporterKind
from tests.portal.people import settled
from tests.portal.resident import LAMP, Resident

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]

WORDS = {
    "en": (
        "What is the matter?",
        "Thank you. We have it.",
        "We have it",
        "Settled. How did it go?",
        "You said",
    ),
    "zh": ("您遇到了什么事？", "谢谢，我们已收到。", "已收到", "已办结，办得怎么样？", "您的评价"),
}


@pytest.fixture(params=["en", "zh"])
def anyone(request: pytest.FixtureRequest) -> tuple[Resident, str]:
    name = "resident" if request.param == "en" else "resident_zh"
    return request.getfixturevalue(name), request.param


def test_a_lamp_is_reported_followed_and_rated(anyone: tuple[Resident, str]) -> None:
    resident, language = anyone
    asked, thanks, have_it, how, said = WORDS[language]
    assert asked in resident.opens("/")
    resident.tells()
    assert resident.at == "/report/kind/"
    resident.chooses()
    assert resident.at == "/report/where/"
    resident.places()
    assert resident.at == "/report/send/"
    assert LAMP in resident.page
    assert thanks in resident.send(how="phone", phone="138 0013 8000", name="王芳")
    number = resident.number
    assert have_it in resident.opens(f"/follow/{number}/")
    settled(Matter.objects.get(number=number))
    assert how in resident.opens(f"/follow/{number}/")
    assert said in resident.does("rate", number, rating="5", solved="yes")
    assert Matter.objects.get(number=number).state == "assessed"
    assert verify().problems == []


def test_the_words_propose_the_kind(resident: Resident) -> None:
    page = resident.tells("The street lamp at the corner is out.")
    lamp = MatterType.objects.get(code="010301")
    assert f'value="{lamp.code}" checked' in page
    assert "From your words we think it is this" in page


def test_words_that_say_nothing_offer_the_whole_list(resident: Resident) -> None:
    page = resident.tells("Hm.")
    assert "All kinds" in page
    listed = MatterType.objects.listed()
    assert all(f'value="{kind.code}"' in page for kind in listed)
    assert "checked" not in page


def test_going_back_and_reloading_loses_nothing(resident: Resident) -> None:
    resident.ready()
    assert LAMP in resident.opens("/report/")
    assert "checked" in resident.opens("/report/kind/")
    assert 'value="三楼"' in resident.opens("/report/where/")
    assert LAMP in resident.opens("/")
    assert "You have not sent this yet." in resident.page
    resident.opens("/report/send/")
    assert resident.at == "/report/send/"


def test_changing_the_words_leads_back_to_the_last_page(resident: Resident) -> None:
    resident.ready()
    resident.tells("The lamp is out, and the pole leans.")
    assert resident.at == "/report/send/"
    assert "the pole leans" in resident.page


def test_a_step_before_its_time_leads_to_the_first_that_lacks_an_answer(resident: Resident) -> None:
    for path in ("kind", "where", "send", "danger"):
        resident.opens(f"/report/{path}/")
        assert resident.at == "/report/"
    resident.tells()
    resident.opens("/report/send/")
    assert resident.at == "/report/kind/"


def test_starting_again_throws_the_draft_away(resident: Resident) -> None:
    resident.ready()
    resident.sends("/report/again/")
    assert resident.at == "/report/"
    assert LAMP not in resident.page


def test_a_phone_is_kept_encrypted_and_the_journal_knows_nobody(resident: Resident) -> None:
    matter = resident.reports(how="phone", phone="138 0013 8000", name="王芳", secret="on")
    reporter = Reporter.objects.select_related("contact").get(matter=matter)
    assert reporter.kind == ReporterKind.CONTACT
    assert reporter.contact
    assert (reporter.contact.name, reporter.contact.phone) == ("王芳", "13800138000")
    assert matter.secret
    assert reporter.user_id is None


def test_whoever_stays_unknown_leaves_nothing(resident: Resident) -> None:
    matter = resident.reports(how="anonymous", phone="138 0013 8000", name="王芳")
    reporter = Reporter.objects.get(matter=matter)
    assert (reporter.kind, reporter.contact_id, reporter.user_id) == (ReporterKind.ANONYMOUS, None, None)
    assert not matter.secret
    session = resident.client.session
    assert "13800138000" not in str(dict(session.items()))


def test_what_the_session_holds_is_sealed(resident: Resident) -> None:
    resident.ready()
    resident.sends("/report/send/", draft=resident.draft, how="phone", phone="138", name="王芳")
    assert resident.status == 422
    resident.send(how="phone", phone="13800138000", name="王芳")
    kept = str(dict(resident.client.session.items()))
    assert resident.number in kept  # whom this browser may follow
    assert all(word not in kept for word in (resident.code, "13800138000", "王芳", LAMP))


def test_a_receipt_is_shown_again_to_this_browser_only(resident: Resident, resident_zh: Resident) -> None:
    resident.reports()
    number, code = resident.number, resident.code
    resident.opens(f"/report/receipt/{number}/")
    assert resident.code == code
    resident_zh.opens(f"/report/receipt/{number}/")
    assert resident_zh.at == f"/follow/{number}/"
    assert code not in resident_zh.page


def test_a_receipt_says_who_has_it_until_when_and_carries_the_code_behind_the_hash(
    resident: Resident,
) -> None:
    matter = resident.reports()
    assert matter.turn
    assert matter.turn.label in resident.page
    assert '<svg width="' in resident.page
    assert "style=" not in resident.page
    assert resident.response["Cache-Control"] == "private, no-store"
    for path in (resident.at, *(each[0] for each in resident.last.redirect_chain)):
        assert resident.code not in path

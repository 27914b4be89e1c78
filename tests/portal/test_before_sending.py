"""Before it is sent: is it known, what is personal in it, how will all see it, whom is it about."""

from __future__ import annotations

import re

import pytest

from mulin.journal.face import verify
from mulin.matters.face import Matter, MatterType, Reporter
from tests.matters.world import body_of, do, the_building, the_grid
from tests.portal.conftest import _resident
from tests.portal.people import handed_in
from tests.portal.pictures import a_photo
from tests.portal.resident import LAMP, Resident, chosen

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
PRIVATE = "王先生说路灯不亮，请打138 0013 8000，我的身份证370402198001011234"


def lamp() -> MatterType:
    return MatterType.objects.get(code="010301")


def neighbour() -> Resident:
    return _resident("en")


def key(page: str) -> str:
    found = re.search(r'name="me_too" value="([^"]+)"', page)
    assert found, page
    return found[1]


def reaches_known(resident: Resident) -> str:
    resident.tells("The street lamp is out.")
    resident.chooses(lamp())
    return resident.says_where()


def says_me_too(resident: Resident, **contact: str) -> str:
    """From the page of what is known to the receipt of the voice."""
    resident.sends("/report/known/", me_too=key(resident.page))
    assert resident.at == "/report/me-too/"
    return resident.sends("/report/me-too/", draft=resident.draft, **({"how": "anonymous"} | contact))


# -- already known?


def test_what_is_known_is_shown_without_a_word_of_it(resident: Resident) -> None:
    matter = neighbour().reports(lamp())
    page = reaches_known(resident)
    assert resident.at == "/report/known/"
    assert "Is it one of these?" in page
    assert "Street lamp out" in page
    assert "at the same place" in page
    assert "1 person told us" in page
    for secret in (matter.number, LAMP, "三楼", str(matter.pk)):
        assert secret not in page


def test_where_nothing_is_known_nobody_is_asked(resident: Resident) -> None:
    reaches_known(resident)
    assert resident.at == "/report/send/"
    resident.opens("/report/known/")
    assert resident.at == "/report/send/"


def test_something_else_goes_on_and_is_not_asked_again(resident: Resident) -> None:
    neighbour().reports(lamp())
    reaches_known(resident)
    resident.sends("/report/known/", other="1")
    assert resident.at == "/report/send/"
    resident.tells("The street lamp is out, and the pole leans.")
    assert resident.at == "/report/send/"
    resident.send()
    assert Matter.objects.filter(pk=Matter.objects.get(number=resident.number).pk, voices=1).exists()


def test_me_too_gives_a_number_a_code_and_one_voice_more(resident: Resident) -> None:
    matter = neighbour().reports(lamp())
    reaches_known(resident)
    page = says_me_too(resident, how="phone", phone="154 0000 5678", name="李雷")
    assert "Thank you. Your voice counts." in page
    assert "2 people told us of this." in page
    assert resident.number == matter.number
    matter.refresh_from_db()
    assert matter.voices == 2
    voice = Reporter.objects.select_related("contact").get(matter=matter, first=False)
    assert voice.contact
    assert (voice.contact.name, voice.contact.phone) == ("李雷", "15400005678")
    assert not Matter.objects.filter(text__contains="street lamp").exists(), "their own report is not sent"
    assert verify().problems == []


def test_the_button_pressed_twice_and_another_report_count_once(resident: Resident) -> None:
    matter = neighbour().reports(lamp())
    reaches_known(resident)
    page_key, form = key(resident.page), {"how": "anonymous"}
    resident.sends("/report/known/", me_too=page_key)
    draft = resident.draft
    resident.sends("/report/me-too/", draft=draft, **form)
    number = resident.number
    resident.sends("/report/me-too/", draft=draft, **form)
    reaches_known(resident)
    says_me_too(resident)
    assert resident.number == number
    matter.refresh_from_db()
    assert matter.voices == 2


def test_whoever_raised_it_first_is_not_counted_again(resident: Resident) -> None:
    matter = resident.reports(lamp())
    reaches_known(resident)
    says_me_too(resident)
    assert resident.number == matter.number
    matter.refresh_from_db()
    assert matter.voices == 1


def test_a_wrong_phone_is_said_and_nothing_is_lost(resident: Resident) -> None:
    neighbour().reports(lamp())
    reaches_known(resident)
    page = says_me_too(resident, how="phone", phone="12")
    assert resident.status == 422
    assert "This does not look like a phone number." in page
    assert "Street lamp out" in page
    resident.sends("/report/known/", other="1")
    assert "The street lamp is out." in resident.page


def test_what_was_settled_meanwhile_gets_no_voice_and_the_report_goes_on(resident: Resident) -> None:
    matter = neighbour().reports(lamp())
    reaches_known(resident)
    Matter.objects.filter(pk=matter.pk).update(state="withdrawn")
    resident.sends("/report/known/", me_too=key(resident.page))
    assert resident.at == "/report/send/"
    assert "It is no longer open." in resident.page
    resident.opens("/report/me-too/")
    assert resident.at == "/report/send/"


def test_a_key_of_ones_own_making_opens_nothing(resident: Resident) -> None:
    neighbour().reports(lamp())
    reaches_known(resident)
    resident.sends("/report/known/", me_too="nonsense")
    assert resident.at == "/report/send/"


# -- following as a voice


def joined(resident: Resident, **contact: str) -> tuple[Matter, str]:
    """A neighbour's matter, with photo and words; this resident's code for it."""
    first = neighbour()
    first.ready(lamp(), photos=[a_photo()])
    first.send()
    matter = Matter.objects.get(number=first.number)
    reaches_known(resident)
    says_me_too(resident, **contact)
    return matter, resident.code


def test_a_voice_follows_every_step_and_reads_nothing_that_the_first_one_wrote(resident: Resident) -> None:
    matter, code = joined(resident)
    handed_in(matter)
    other = neighbour()
    other.sends("/follow/", number=matter.number, code=code)
    assert other.at == f"/follow/{matter.number}/"
    page = other.page
    assert "Somebody told us of it as well" in page
    for said in (
        "Street lamp out",
        "2 people told us of this; you are one of them.",
        "The lamp has a new bulb.",
    ):
        assert said in page
    for secret in (LAMP, LAMP[:8], "三楼", the_building().label):
        assert secret not in page
    photo = matter.photos.get()
    assert str(photo.pk) not in page
    assert other.client.get(f"/follow/{matter.number}/photos/{photo.pk}/").status_code == 404
    assert other.client.get(f"/follow/{matter.number}/photos/{photo.pk}/small/").status_code == 404


def test_a_voice_neither_rates_nor_withdraws_the_matter_but_takes_itself_back(resident: Resident) -> None:
    matter, code = joined(resident)
    page = resident.opens(f"/follow/{matter.number}/")
    assert "Take my voice back" in page
    resident.does("rate", matter.number, rating="5")
    assert resident.status == 404
    resident.does("withdraw", matter.number)
    assert "You took your voice back." in resident.page
    matter.refresh_from_db()
    assert (matter.voices, matter.state) == (1, "reported")
    resident.sends("/follow/", number=matter.number, code=code)
    assert resident.status == 422, "the code opens nothing any more"


def test_another_browser_of_a_voice_that_was_taken_back_sees_nothing(resident: Resident) -> None:
    matter, code = joined(resident)
    other = neighbour()
    other.sends("/follow/", number=matter.number, code=code)
    resident.does("withdraw", matter.number)
    other.opens(f"/follow/{matter.number}/")
    assert other.status == 404


def test_the_first_reporter_reads_that_others_told_us_too(resident: Resident) -> None:
    matter = resident.reports(lamp())
    other = neighbour()
    reaches_known(other)
    says_me_too(other)
    page = resident.opens(f"/follow/{matter.number}/")
    assert "1 more person told us of this, too." in page
    assert "Somebody else told us, too" in page


# -- what is personal


def test_each_find_is_listed_numbers_are_ticked_names_are_not(resident: Resident) -> None:
    page = resident.ready(lamp(), text=PRIVATE)
    for words in ("王先生", "138 0013 8000", "370402198001011234"):
        assert f"<b>{words}</b>" in page
    ticked = re.findall(r'name="remove" data-no-draft value="([^"]+)" checked', page)
    assert len(ticked) == 2
    assert len(re.findall(r'name="remove"', page)) == 3


def test_what_is_ticked_is_taken_out_when_it_is_sent(resident: Resident) -> None:
    page = resident.ready(lamp(), text=PRIVATE)
    ticked = re.findall(r'name="remove" data-no-draft value="([^"]+)" checked', page)
    resident.send(remove=ticked)
    matter = Matter.objects.get(number=resident.number)
    assert matter.text == "王先生说路灯不亮，请打「电话」，我的身份证「身份证号」"
    assert "138" not in matter.title


def test_the_author_decides(resident: Resident) -> None:
    resident.ready(lamp(), text=PRIVATE)
    resident.send()
    assert Matter.objects.get(number=resident.number).text == PRIVATE


def test_one_sees_first_how_it_reads_and_a_refusal_keeps_words_and_ticks(resident: Resident) -> None:
    page = resident.ready(lamp(), text=PRIVATE)
    every = re.findall(r'name="remove" data-no-draft value="([^"]+)"', page)
    page = resident.send(remove=every, how="phone", phone="12")
    assert resident.status == 422
    assert "138 0013 8000" in page
    assert len(re.findall(r'name="remove" data-no-draft value="[^"]+" checked', page)) == 3
    page = resident.send(remove=every, take_out="1", how="phone", phone="13800138001")
    assert resident.at == "/report/send/"
    assert "某先生说路灯不亮，请打「电话」" in page
    assert "Is this meant to be in it?" not in page
    assert 'value="13800138001"' in page
    resident.send(how="phone", phone="13800138001")
    assert "某先生" in Matter.objects.get(number=resident.number).text


def test_the_address_is_looked_through_as_well(resident: Resident) -> None:
    resident.tells()
    resident.chooses(lamp())
    resident.places(**chosen(the_building().path), address="找张师傅 13800138000")
    page = resident.page
    assert "in the address" in page
    resident.send(remove=re.findall(r'name="remove" data-no-draft value="([^"]+)"', page))
    assert Matter.objects.get(number=resident.number).address == "找某师傅 「电话」"


# -- how the public will see it


def test_one_sees_what_all_will_see_or_why_not(resident: Resident) -> None:
    page = resident.ready(lamp())
    assert "How the public will see it" in page
    assert "without a pin it is on no map" in page
    hidden = MatterType.objects.listed().filter(public=False, family="base", urgent=False)[0]
    resident.chooses(hidden)
    assert "matters of this kind are not shown publicly" in resident.opens("/report/send/")


# -- whom it is about


def test_about_an_office_it_starts_above_it_and_it_does_not_see_it(resident: Resident) -> None:
    page = resident.ready(lamp())
    body = body_of("handler")
    assert "It is about a member of staff or an office" in page
    assert f'value="body:{body.pk}"' in page
    resident.send(about=f"body:{body.pk}")
    matter = Matter.objects.get(number=resident.number)
    assert (matter.about_organisation, matter.held_level) == (body, 9)
    assert matter.turn
    assert do(matter, "file", "operator").state == "filed"


def test_about_whoever_looks_after_the_grid(resident: Resident) -> None:
    resident.ready(lamp())
    resident.send(about=f"area:{the_grid().pk}", how="phone", phone="13800138000", secret="on")
    matter = Matter.objects.get(number=resident.number)
    assert (matter.about_area, matter.secret, matter.held_level) == (the_grid(), True, 12)


@pytest.mark.parametrize("about", ["body:nonsense", "area:110101", "x" * 61])
def test_about_somebody_who_has_nothing_to_do_with_it(resident: Resident, about: str) -> None:
    resident.ready(lamp())
    page = resident.send(about=about)
    assert resident.status == 422
    assert 'href="#id_about"' in page or 'id="id_about_error"' in page
    assert not Matter.objects.filter(text=LAMP).exists()
    assert LAMP in page


def test_in_chinese_nothing_is_left_in_english(resident_zh: Resident) -> None:
    neighbour().reports(lamp())
    page = reaches_known(resident_zh)
    assert "是不是下面的某一件？" in page
    resident_zh.sends("/report/known/", other="1")
    for words in ("公众将看到什么", "投诉工作人员或单位"):
        assert words in resident_zh.page

"""Every move of the table through the page: by the right person it happens, by a wrong one nothing does."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mulin.journal.face import Entry
from mulin.matters.face import MOVES, Matter, Move
from mulin.matters.rules.moves import Actor
from mulin.places.face import Level
from mulin.posts.face import Permission, Seat
from tests.matters.pages.desk import (
    a_photo,
    at_desk,
    brought_to,
    colleague_elsewhere,
    filled,
    send,
    words_of,
)
from tests.matters.pages.ways import ready, returned_three_times, right_person, with_assistant
from tests.matters.world import a_matter, do

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]

# Who sees the matter but may not do this; some may ask the resident, or correct, and nothing else.
BYSTANDER, OTHER_BYSTANDER = "clerk", "checker"
THEIRS = (Permission.MATTER_ASK, Permission.MATTER_CORRECT)


def cases() -> list[object]:
    """One for each row of the table and each state from which it goes."""
    return [
        pytest.param(move, str(source), id=f"{move.code}-from-{source}-{move.only or 'any'}")
        for move in MOVES
        if move.actor is not Actor.SYSTEM
        for source in move.sources
    ]


@pytest.mark.only_on("sqlite")  # what moves do to the tables is tried on both by tests/matters
@pytest.mark.parametrize(("move", "state"), cases())
def test_a_move_is_made_by_the_right_person_and_by_nobody_else(move: Move, state: str) -> None:
    matter = ready(move, state)
    refused(at_desk(colleague_elsewhere()), matter, move, 404)
    refused(at_desk("auditor"), matter, move, 404)
    wrong = OTHER_BYSTANDER if move.permission in THEIRS else BYSTANDER
    if matter.held_level > Level.COUNTY:
        refused(at_desk(wrong), matter, move, 403)
    client = at_desk(right_person(move, matter))
    page = client.get(f"/desk/matters/{matter.number}/")
    assert f"/do/{move.code}/" in words_of(page), "the page offers it"
    answer = send(client, matter, move.code, **filled(matter, move.code))
    assert answer.status_code == 303, words_of(answer)[:3000]
    back = matter.resume_to
    matter.refresh_from_db()
    assert matter.state == (back if move.resumes else str(move.to or state))
    assert Entry.objects.filter(subject=matter.pk).order_by("-seq")[0].code == move.entry


def refused(client: Client, matter: Matter, move: Move, status: int) -> None:
    """Told so, and nothing happened; nor does the page offer it to whoever may see it."""
    before = Matter.objects.values().get(pk=matter.pk)
    answer = send(client, matter, move.code, **filled(matter, move.code))
    assert answer.status_code == status
    if status == 403:
        assert f"/do/{move.code}/" not in words_of(client.get(f"/desk/matters/{matter.number}/"))
    assert Matter.objects.values().get(pk=matter.pk) == before


def test_what_a_move_needs_is_asked_for_and_what_was_typed_stays() -> None:
    matter = brought_to("handling")
    client = at_desk("handler")
    answer = send(client, matter, "hand_in", reason="")
    assert answer.status_code == 422
    assert 'id="hand_in_reason_error"' in words_of(answer)
    answer = send(client, matter, "pass_up", note="")
    assert answer.status_code == 422
    answer = send(client, matter, "hand_in", reason="很长" * 2000)
    assert answer.status_code == 422
    assert "很长" * 2000 in words_of(answer)
    matter.refresh_from_db()
    assert matter.state == "handling"


def test_an_old_page_shows_what_happened_and_keeps_the_words() -> None:
    matter = brought_to("handled")
    client, old = at_desk("worker"), matter.version
    do(matter, "send_back", "luqin")
    answer = send(client, matter, "confirm", version=old, reason="看过了，修好了", outcome="solved")
    text = words_of(answer)
    assert answer.status_code == 409
    assert "看过了，修好了" in text
    assert "Sent back" in text
    assert f'value="{old}"' not in text, "the page is of the new version"
    matter.refresh_from_db()
    assert matter.state == "handling"


def test_where_the_move_is_still_possible_the_form_comes_back_filled() -> None:
    matter = brought_to("reported")
    client, old = at_desk("operator"), matter.version
    matter = do(matter, "pass_down", "operator")
    matter = do(matter, "pass_up", "head")
    answer = send(client, matter, "decline", version=old, reason="这件事归供电公司")
    text = words_of(answer)
    assert answer.status_code == 409
    assert text.count("这件事归供电公司") == 1
    assert 'id="decline_reason"' in text
    assert "still in the form" in text


def test_a_second_click_is_told_what_happened_and_does_nothing_twice() -> None:
    matter = brought_to("reported")
    client, form = at_desk("operator"), filled(brought_to("reported"), "file")
    assert send(client, matter, "file", **form).status_code == 303
    again = send(client, matter, "file", **form)
    assert again.status_code == 409
    assert "You have done this already" in words_of(again)
    assert Entry.objects.filter(subject=matter.pk, code="matter.filed").count() == 1


@pytest.mark.parametrize("code", ["explode", "report", "settle", "FILE", "0"])
def test_an_unknown_move_is_refused_in_words(code: str) -> None:
    matter = a_matter().matter
    answer = send(at_desk("worker"), matter, code)
    assert answer.status_code == 422
    assert "There is no such move." in words_of(answer)


def test_close_unchecked_belongs_to_the_system() -> None:
    matter = brought_to("handled", grid=True)
    assert send(at_desk("head"), matter, "close_unchecked").status_code == 403


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 5000])
def test_a_strange_version_changes_nothing(version: str) -> None:
    matter = a_matter().matter
    answer = send(at_desk("worker"), matter, "file", version=version)
    assert answer.status_code in (409, 422)
    matter.refresh_from_db()
    assert matter.state == "reported"


def test_opening_the_address_of_a_move_only_leads_to_the_matter() -> None:
    matter = a_matter().matter
    answer = at_desk("worker").get(f"/desk/matters/{matter.number}/do/file/")
    assert (answer.status_code, answer["Location"]) == (303, f"/desk/matters/{matter.number}/")


def test_a_seat_that_does_not_fit_is_refused() -> None:
    matter = brought_to("filed")
    stranger = Seat.objects.filter(role="auditor")[0]
    answer = send(at_desk("operator"), matter, "dispatch", seat=f"auditor:{stranger.area_id}:", note="")
    assert answer.status_code == 422
    assert send(at_desk("operator"), matter, "dispatch", seat="::", note="").status_code == 422


def test_a_rating_sent_with_another_move_has_no_effect() -> None:
    matter = brought_to("reported")
    send(at_desk("operator"), matter, "file", rating="1", outcome="solved", solved="no")
    matter.refresh_from_db()
    assert (matter.state, matter.rating, matter.outcome, matter.solved) == ("filed", None, "", None)


def test_photos_are_handed_in_with_the_result() -> None:
    matter = brought_to("handling")
    answer = send(
        at_desk("handler"), matter, "hand_in", reason="换了新灯", photos=[a_photo(), a_photo("b.jpg")]
    )
    assert answer.status_code == 303
    assert [photo.when for photo in matter.photos.all()] == ["after", "after"]


def test_what_is_no_photo_is_refused_and_the_words_stay() -> None:
    matter = brought_to("handling")
    fake = SimpleUploadedFile("photo.jpg", b"<script>not a photo</script>", content_type="image/jpeg")
    answer = send(at_desk("handler"), matter, "hand_in", reason="换了新灯", photos=[fake])
    assert answer.status_code == 422
    assert "换了新灯" in words_of(answer)
    matter.refresh_from_db()
    assert (matter.state, matter.photos.count()) == ("handling", 0)


def test_what_the_likely_move_waits_for_is_said() -> None:
    page = words_of(at_desk("handler").get(f"/desk/matters/{with_assistant('handling').number}/"))
    assert "/do/hand_in/" not in page
    assert "Others still have a part in it" in page


def test_where_a_meeting_was_called_what_it_decided_is_the_likely_move() -> None:
    page = words_of(at_desk("operator").get(f"/desk/matters/{returned_three_times().number}/"))
    assert 'class="btn btn-primary btn-lg" type="submit"' in page or "btn-primary btn-lg" in page
    assert page.index("/do/coordinate/") < page.index("/do/pass_up/")
    assert "/do/dispatch/" not in page


def test_whoever_is_asked_to_decide_reads_what_why_and_until_when() -> None:
    matter = do(brought_to("handling"), "ask_time", "handler", amount=2, note="路灯杆缺货")
    page = words_of(at_desk("director").get(f"/desk/matters/{matter.number}/"))
    assert "You are asked to decide:" in page
    assert "2 working days more" in page
    assert "路灯杆缺货" in page
    page = words_of(at_desk("handler").get(f"/desk/matters/{matter.number}/"))
    assert "is asked to decide:" in page
    assert "You are asked to decide:" not in page


def test_a_move_that_asks_much_has_a_page_of_its_own_and_comes_back_filled() -> None:
    matter = brought_to("filed")
    client = at_desk("operator")
    page = words_of(client.get(f"/desk/matters/{matter.number}/do/split/"))
    assert page.count('name="portion') == 10
    answer = send(client, matter, "split", portion1_kind="", portion1_text="井盖坏了")
    assert answer.status_code == 422
    assert "井盖坏了" in words_of(answer)
    answer = send(client, matter, "join", other="26-999999-9", reason="同一盏灯")
    assert answer.status_code == 422
    assert "There is no matter of this number" in words_of(answer)
    assert "同一盏灯" in words_of(answer)


def test_what_is_near_by_is_offered_to_join_with() -> None:
    matter = brought_to("filed")
    other = a_matter(kind=matter.type).matter
    page = words_of(at_desk("operator").get(f"/desk/matters/{matter.number}/do/join/"))
    assert f'<option value="{other.number}">' in page


@pytest.mark.parametrize(
    ("field", "value"), [("amount", "0"), ("amount", "x"), ("amount", "999"), ("amount", "")]
)
def test_a_strange_amount_is_refused_at_its_field(field: str, value: str) -> None:
    answer = send(at_desk("handler"), brought_to("handling"), "ask_time", note="x", **{field: value})
    assert answer.status_code == 422
    assert 'id="ask_time_amount_error"' in words_of(answer)


@pytest.mark.parametrize("day", ["", "x", "2026-02-30", "2020-01-01", "9999-12-31", "0001-01-01"])
def test_a_strange_day_is_refused_at_once(day: str) -> None:
    answer = send(at_desk("operator"), brought_to("handling"), "hold", reason="x", until=day)
    assert answer.status_code == 422

"""Following by number and code, and what a reporter may do about their matter."""

from __future__ import annotations

import re

import pytest
from django.conf import LazySettings
from django.test import Client

from mulin.matters.face import Matter, make_safe, note
from mulin.posts.face import Seat
from tests.matters.world import do, the
from tests.portal.people import accepted, handed_in, settled
from tests.portal.pictures import a_photo
from tests.portal.resident import LAMP, Resident

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]

WRONG = "Number and code do not fit together. Please look at your receipt again."


@pytest.fixture
def stranger() -> Resident:
    return Resident(Client(headers={"accept-language": "en"}))


@pytest.fixture
def matter(resident: Resident) -> Matter:
    return resident.reports()


def test_number_and_code_open_it_as_people_type_them(
    resident: Resident, stranger: Resident, matter: Matter
) -> None:
    number = matter.number.replace("-", " ").translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    code = resident.code.lower()
    stranger.sends("/follow/", number=number, code=f" {code[:4]}-{code[4:]} ")
    assert stranger.at == f"/follow/{matter.number}/"
    assert LAMP in stranger.page
    assert stranger.response["Cache-Control"] == "private, no-store"


def test_a_wrong_number_and_a_wrong_code_are_told_alike(
    resident: Resident, stranger: Resident, matter: Matter
) -> None:
    code = resident.code
    pages = set()
    for number, tried in (
        (matter.number, "ABCDEFGH"),
        ("26-999999-9", code),
        ("not a number", code),
        ("26-000001-1", "x"),
    ):
        page = stranger.sends("/follow/", number=number, code=tried)
        assert (stranger.at, stranger.status) == ("/follow/", 422)
        pages.add(re.sub(r'value="[^"]*"', "", without_token(page)))
    assert len(pages) == 1
    assert WRONG in pages.pop()


def without_token(page: str) -> str:
    return re.sub(r"[A-Za-z0-9]{64}", "", page)


def test_a_stranger_sees_a_form_and_not_whether_there_is_such_a_matter(
    stranger: Resident, matter: Matter
) -> None:
    numbers = (matter.number, "26-777777-0")
    seen = {without_token(stranger.opens(f"/follow/{number}/")).replace(number, "") for number in numbers}
    assert len(seen) == 1
    assert 'data-from-hash="code"' in seen.pop()
    for path in ("rate", "reopen", "withdraw", "leave"):
        stranger.sends(f"/follow/{matter.number}/{path}/", version="1", reason="x", rating="5")
        assert stranger.status in (200, 404)
    matter.refresh_from_db()
    assert matter.version == 1


def test_the_page_says_who_has_it_until_when(resident: Resident, matter: Matter) -> None:
    page = resident.opens(f"/follow/{matter.number}/")
    assert matter.turn
    assert matter.turn.label in page
    assert "in 3 days" in page or "in 2 days" in page or "in " in page
    assert 'aria-current="step"' in page
    assert "The date was moved" not in page
    Matter.objects.filter(pk=matter.pk).update(promise_at=matter.promise_at.replace(year=2027))
    assert "The date was moved" in resident.opens(f"/follow/{matter.number}/")


def test_no_name_no_phone_no_note_for_colleagues(resident: Resident, matter: Matter) -> None:
    handled = handed_in(matter)
    worker = the("worker")
    note(handled, text="Between colleagues only.", for_reporter=False, by=worker, now=worker.now)
    note(handled, text="We come on Friday.", for_reporter=True, by=worker, now=worker.now)
    page = resident.opens(f"/follow/{matter.number}/")
    assert "The lamp has a new bulb." in page
    assert "We come on Friday." in page
    assert worker.user
    notes, person = ("Bulb from the store.", "Between colleagues only."), worker.user
    for kept in (*notes, person.name, person.name_en, person.phone):
        assert not kept or kept not in page


def test_rating_needs_a_level_and_keeps_what_was_typed(resident: Resident, matter: Matter) -> None:
    settled(matter)
    page = resident.does("rate", matter.number, reason="The bulb flickers.")
    assert resident.status == 422
    assert "Please choose one of the five." in page
    assert "The bulb flickers." in page
    page = resident.does("rate", matter.number, rating="2", solved="no", reason="The bulb flickers.")
    assert "Dissatisfied" in page
    assert re.search(r'id="reopen" open', page)


def test_not_solved_leads_to_reopening_with_a_reason(resident: Resident, matter: Matter) -> None:
    settled(matter)
    resident.does("rate", matter.number, rating="1", solved="no")
    resident.does("reopen", matter.number, reason="")
    assert resident.status == 422
    assert "Please say what is not solved." in resident.page
    page = resident.does("reopen", matter.number, reason="It went out again.")
    assert "It was taken up again." in page
    assert "It went out again." in page
    matter.refresh_from_db()
    assert (matter.state, matter.reopen_count) == ("filed", 1)


def test_after_thirty_days_it_is_not_reopened(resident: Resident, matter: Matter, clock: object) -> None:
    settled(matter)
    number = matter.number
    assert 'id="reopen"' in resident.opens(f"/follow/{number}/")
    code = resident.page
    assert code
    clock.shift(31 * 86400)  # type: ignore[attr-defined]  # the frozen clock of the harness
    receipt_code = _code_of(resident, number)
    resident.sends("/follow/", number=number, code=receipt_code)
    assert 'id="reopen"' not in resident.page
    resident.does("reopen", number, reason="Late.")
    assert "closed too long ago" in resident.page


def _code_of(resident: Resident, number: str) -> str:
    """A month later the session is over: the reporter takes the paper."""
    from mulin.kernel import crypto
    from mulin.matters.face import Reporter

    hidden = crypto.blind("ABCDEFGH", context="reporter.code")
    Reporter.objects.filter(matter__number=number).update(code_hash=hidden)
    resident.client.logout()
    return "ABCDEFGH"


def test_it_may_be_taken_back_until_somebody_works_on_it(resident: Resident, matter: Matter) -> None:
    assert "It is no longer needed" in resident.opens(f"/follow/{matter.number}/")
    resident.does("withdraw", matter.number)
    matter.refresh_from_db()
    assert matter.state == "withdrawn"
    assert "You took it back" in resident.page


def test_once_accepted_it_is_not_taken_back(resident: Resident, matter: Matter) -> None:
    accepted(matter)
    assert "It is no longer needed" not in resident.opens(f"/follow/{matter.number}/")
    resident.does("withdraw", matter.number)
    matter.refresh_from_db()
    assert matter.state == "handling"
    assert resident.status == 422


def test_a_page_that_has_grown_old_changes_nothing_and_loses_no_word(
    resident: Resident, matter: Matter
) -> None:
    settled(matter)
    page = resident.sends(f"/follow/{matter.number}/rate/", version="1", rating="5", reason="Thank you all")
    assert resident.status == 409
    assert "Thank you all" in page
    matter.refresh_from_db()
    assert matter.rating is None


def test_declined_says_why(resident: Resident, matter: Matter) -> None:
    do(matter, "decline", "worker", reason="This lamp belongs to the railway: call 12306.")
    page = resident.opens(f"/follow/{matter.number}/")
    assert "We cannot take this" in page
    assert "call 12306" in page


def test_photos_before_and_after_are_for_the_reporter_only(
    resident: Resident, stranger: Resident, matter: Matter, settings: LazySettings, tmp_path: object
) -> None:
    settings.MULIN_DATA = tmp_path
    handed_in(matter, photos=tuple(make_safe([a_photo()])))
    page = resident.opens(f"/follow/{matter.number}/")
    [path] = re.findall(r'href="(/follow/[^"]+/photos/[^"]+/)"', page)
    for each in (path, f"{path}small/"):
        response = resident.client.get(each)
        assert response["Content-Type"] == "image/jpeg"
        assert response["Cache-Control"] == "private, no-store"
        assert stranger.client.get(each).status_code == 404


def test_this_device_forgets_it(resident: Resident, matter: Matter) -> None:
    page = resident.sends(f"/follow/{matter.number}/leave/")
    assert "This device has forgotten the matter." in page
    assert matter.number not in page
    resident.opens(f"/report/receipt/{matter.number}/")
    assert LAMP not in resident.page


def test_who_is_signed_in_at_the_desk_plays_no_part(
    resident: Resident, stranger: Resident, matter: Matter
) -> None:
    user = the("worker").user
    assert user
    stranger.client.force_login(user)
    stranger.opens(f"/follow/{matter.number}/")
    assert LAMP not in stranger.page
    mine = stranger.reports()
    assert not mine.reporters.exclude(user=None).exists()


def test_the_seat_of_a_body_is_named_by_the_body(resident: Resident) -> None:
    from mulin.places.face import Level
    from tests.matters.world import a_kind, seat_of

    matter = resident.reports(a_kind(Level.TOWN))
    do(do(matter, "file", "operator"), "dispatch", "operator", seat=seat_of("handler"))
    handler = Seat.objects.get(role=seat_of("handler").role, organisation=seat_of("handler").organisation)
    page = resident.opens(f"/follow/{matter.number}/")
    assert f"With: {handler.label}" in page

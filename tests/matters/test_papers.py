"""Sheets of paper about matters: what stands on them, in both languages, and who may have them."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

import pypdf
import pytest
from django.urls import reverse

from mulin.journal.face import Disclosure
from mulin.matters.face import Matter
from mulin.places.face import Level
from tests.matters.pages.desk import CONTACT, at_desk, brought_to, colleague_elsewhere, words_of
from tests.matters.world import a_matter, do, seat_of, the

# What is printed does not depend on the database.
pytestmark = [pytest.mark.tiny_town, pytest.mark.django_db, pytest.mark.only_on("sqlite")]


def printed(username: str, matter: Matter, paper: str, language: str = "en", **more: str) -> str:
    address = reverse("matter-papers", args=[matter.number])
    response = at_desk(username).post(address, {"paper": paper, "language": language, **more})
    assert response.status_code == 200, response.content[:500]
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    return read(response.content)


def read(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def dispatched(**report: Any) -> Matter:
    matter = a_matter(start=Level.TOWN, reporter=CONTACT, **report).matter
    matter = do(matter, "file", "operator")
    return do(matter, "dispatch", "operator", seat=seat_of("handler"))


def test_the_matter_sheet_tells_all_of_it_with_the_contact_masked() -> None:
    words = printed("operator", dispatched(text="路灯不亮 = #strong[x]"), "sheet", "zh-hans")
    assert all(each in words for each in ("事项单", "路灯不亮 = #strong[x]", "138****2211", "立案"))
    assert "13812342211" not in words
    assert Disclosure.objects.get(reader=seen_by("operator")).kind == "print"


def test_the_dispatch_sheet_says_to_whom_until_when_and_with_a_purpose_whom_to_call() -> None:
    matter = dispatched()
    words = printed("handler", matter, "dispatch", purpose="contact")
    assert "Dispatch sheet" in words
    assert "13812342211" in words
    assert "说明" in words  # what the dispatcher wrote
    reading = Disclosure.objects.get(reader=seen_by("handler"))
    assert (reading.kind, reading.purpose) == ("print", "contact")


def test_nothing_is_dispatched_so_no_dispatch_sheet_is_offered() -> None:
    matter = a_matter(start=Level.TOWN).matter
    address = reverse("matter-papers", args=[matter.number])
    assert 'value="dispatch"' not in words_of(at_desk("operator").get(address))
    answer = at_desk("operator").post(address, {"paper": "dispatch", "language": "en"})
    assert answer.status_code == 422


def test_of_a_secret_matter_the_handler_prints_no_contact() -> None:
    matter = dispatched(secret=True)
    address = reverse("matter-papers", args=[matter.number])
    assert 'name="purpose"' not in words_of(at_desk("handler").get(address))
    words = printed("handler", matter, "dispatch")
    assert "王" not in words
    assert "asked not to be known" in words


def test_the_slip_carries_the_code_only_just_after_raising() -> None:
    client = at_desk("operator")
    data = {"type": "", "on_behalf": "resident"}
    matter = brought_to("closed")
    slip = read(client.get(reverse("matter-slip-paper", args=[matter.number]), data).content)
    assert "Acceptance slip" in slip
    assert matter.number in slip
    assert "Code\n" not in slip


def test_a_hand_over_sheet_lists_what_waits_at_the_seat_and_one_may_read() -> None:
    matter = dispatched()
    seat = the("handler").seats[0]
    address = reverse("handover-sheet", args=[seat.pk])
    words = read(at_desk("handler").get(address, {"language": "zh-hans"}).content)
    assert "移交清单" in words
    assert matter.number in words.replace("\n", "")
    assert str(seat.pk) in words_of(at_desk("handler").get(reverse("handover-sheets")))
    strangers = read(at_desk(colleague_elsewhere()).get(address).content)
    assert "Hand-over sheet" in strangers
    assert "Nothing that you may read" in strangers


def test_whoever_fills_a_seat_has_its_numbers_and_no_words() -> None:
    matter = dispatched(text="不能让别人看的话")
    words = read(
        at_desk("sysadmin").get(reverse("handover-sheet", args=[the("handler").seats[0].pk])).content
    )
    assert matter.number in words.replace("\n", "")
    assert "不能让别人看的话" not in words


def seen_by(username: str) -> UUID:
    user = the(username).user
    assert user
    return user.pk

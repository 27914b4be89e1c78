"""A masked value is shown whole only for a purpose, so many times an hour, and on record before anybody sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from mulin.journal.face import Disclosure, DisclosureOf, Entry
from mulin.kernel.refusals import Invalid, NotAllowed, NotYours, TooMany
from mulin.registry.actions import reading, revealing
from mulin.registry.actions.revealing import reveal
from tests.matters.world import NOW, the, the_workers_seat
from tests.truth.cast import a_stranger
from tests.truth.planted import NUMBERS, Home, a_marked_home

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.fixture
def home() -> Home:
    return a_marked_home()


@pytest.fixture
def browser() -> Client:
    client = Client()
    client.force_login(the("worker").user)  # type: ignore[arg-type]  # one of the cast has an account
    return client


def address(home: Home, column: str = "phone") -> str:
    return f"/desk/registry/reveal/resident/{home.resident.pk}/{column}/"


def test_it_is_written_down_who_on_which_seat_and_what_for_before_it_is_shown(home: Home) -> None:
    worker = the("worker")
    assert reveal(home.resident, "document", purpose="verify", by=worker, now=NOW) == NUMBERS["document"]
    row = DisclosureOf.objects.select_related("disclosure").get()
    said = row.disclosure
    assert (row.person, said.reader) == (home.resident.pk, worker.user and worker.user.pk)
    assert (said.kind, said.purpose, said.seat) == ("reveal", "verify", the_workers_seat().pk)
    assert (said.subject_kind, said.subject) == ("resident", home.resident.pk)
    assert not Entry.objects.filter(subject=home.resident.pk).exists()  # a reading is no act


def test_where_it_cannot_be_written_down_nothing_is_shown(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("no room")

    monkeypatch.setattr(reading, "disclose", broken)
    with pytest.raises(RuntimeError):
        reveal(home.resident, "phone", purpose="contact", by=the("worker"), now=NOW)


def test_the_same_for_the_same_purpose_is_written_once_in_half_an_hour(home: Home) -> None:
    for minutes, purpose in ((0, "contact"), (10, "contact"), (15, "verify"), (31, "contact")):
        at = NOW + timedelta(minutes=minutes)
        reveal(home.resident, "phone", purpose=purpose, by=the("worker", at), now=at)
    said = Disclosure.objects.order_by("seq").values_list("purpose", flat=True)
    assert list(said) == ["contact", "verify", "contact"]


def test_a_permit_is_its_residents_and_a_shops_phone_the_shops(home: Home) -> None:
    worker = the("worker")
    assert reveal(home.residence, "permit", purpose="verify", by=worker, now=NOW) == NUMBERS["permit"]
    assert reveal(home.shop, "operator_phone", purpose="contact", by=worker, now=NOW) == NUMBERS["keeper"]
    assert reveal(home.dwelling, "owner_phone", purpose="contact", by=worker, now=NOW) == NUMBERS["owner"]
    whose = set(DisclosureOf.objects.values_list("person", flat=True))
    assert whose == {home.resident.pk, home.shop.pk, home.dwelling.pk}


def test_no_purpose_no_value_no_column_no_area(home: Home) -> None:
    worker, phone = the("worker"), {"column": "phone", "now": NOW}
    for purpose in ("", "duty", "curiosity"):
        with pytest.raises(Invalid):
            reveal(home.resident, purpose=purpose, by=worker, **phone)  # type: ignore[arg-type]  # shared words
    with pytest.raises(Invalid):
        reveal(home.spouse, "document", purpose="verify", by=worker, now=NOW)  # there is none
    with pytest.raises(NotYours):
        reveal(home.resident, "name", purpose="verify", by=worker, now=NOW)
    with pytest.raises(NotAllowed):  # sees the masked list of their building
        reveal(home.resident, "phone", purpose="contact", by=the("building"), now=NOW)
    with pytest.raises(NotYours):
        reveal(home.resident, "phone", purpose="contact", by=the("auditor"), now=NOW)
    assert not Disclosure.objects.exists()


def test_so_many_an_hour(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revealing, "REVEALS_AN_HOUR", 2)
    for _time in range(2):
        reveal(home.resident, "phone", purpose="contact", by=the("worker"), now=NOW)
    with pytest.raises(TooMany):
        reveal(home.spouse, "phone", purpose="contact", by=the("worker"), now=NOW)
    assert DisclosureOf.objects.count() == 1
    reveal(home.resident, "phone", purpose="contact", by=the("head"), now=NOW)  # each has their own


def test_the_page_works_with_and_without_a_script_and_stays_in_no_cache(home: Home, browser: Client) -> None:
    asked = browser.get(address(home))
    assert asked.status_code == 200
    assert NUMBERS["phone"] not in asked.content.decode()
    assert "154****0001" in asked.content.decode()
    assert not Disclosure.objects.exists()
    page = browser.post(address(home), {"purpose": "contact"})
    part = browser.post(address(home, "document"), {"purpose": "verify"}, headers={"HX-Request": "true"})
    assert NUMBERS["phone"] in page.content.decode()
    assert NUMBERS["document"] in part.content.decode()
    assert "<html" not in part.content.decode()
    for answer in (page, part):
        assert "no-store" in answer["Cache-Control"]
        assert "HX-Request" in answer["Vary"]


def test_without_a_purpose_the_form_comes_back(home: Home, browser: Client) -> None:
    for headers in ({}, {"HX-Request": "true"}):
        answer = browser.post(address(home), {"purpose": ""}, headers=headers)
        assert answer.status_code == 422
        assert NUMBERS["phone"] not in answer.content.decode()
        assert "<select" in answer.content.decode()


def test_back_leads_only_to_pages_of_ours(home: Home, browser: Client) -> None:
    ours = browser.get(address(home), headers={"referer": "http://testserver/desk/registry/"})
    theirs = browser.get(address(home), headers={"referer": "https://example.org/desk/"})
    assert 'href="http://testserver/desk/registry/"' in ours.content.decode()
    assert "example.org" not in theirs.content.decode()


def test_elsewhere_there_is_nothing(home: Home) -> None:
    client = Client()
    client.force_login(a_stranger())
    assert client.get(address(home)).status_code == 404
    assert client.post(address(home), {"purpose": "contact"}).status_code == 404
    assert not Disclosure.objects.exists()

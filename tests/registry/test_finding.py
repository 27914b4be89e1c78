"""Finding by an exact number: on record hit or miss, so many an hour, and of elsewhere nothing at all."""

from __future__ import annotations

from functools import partial

import pytest
from django.test import Client

from mulin.journal.face import Disclosure, DisclosureOf
from mulin.kernel import keys
from mulin.kernel.refusals import Invalid, NotAllowed, TooMany
from mulin.posts.face import Who
from mulin.registry.actions import asking
from mulin.registry.actions.finding import find_exact
from mulin.registry.importing.checking import known_documents
from tests.matters.world import NOW, the, the_workers_seat
from tests.support.plans import plans_of
from tests.truth.cast import a_stranger
from tests.truth.planted import NAMES, NUMBERS, Home, a_marked_home

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
URL = "/desk/registry/find/"


@pytest.fixture
def home() -> Home:
    return a_marked_home()


def browser_of(who: Who) -> Client:
    client = Client()
    client.force_login(who.user)  # type: ignore[arg-type]  # one of the cast has an account
    return client


NUMBER = NUMBERS["document"]
WIDE = NUMBER.translate({ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"})
TYPED = [NUMBER, f" {NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]} ", WIDE]


@pytest.mark.parametrize("typed", TYPED)
def test_a_document_is_found_however_it_is_typed(home: Home, typed: str) -> None:
    found = find_exact(typed, purpose="duty", by=the("worker"), now=NOW)
    assert found.residents == (home.resident,)
    assert (found.merchants, found.dwellings) == ((), ())


def test_a_phone_finds_residents_shops_and_owners(home: Home) -> None:
    owners = (
        ("+86 154 7777 0001", home.resident),
        (NUMBERS["keeper"], home.shop),
        (NUMBERS["owner"], home.dwelling),
    )
    for typed, hit in owners:
        found = find_exact(typed, purpose="duty", by=the("worker"), now=NOW)
        assert found.people == [hit.pk]


def test_a_number_is_found_by_its_index_however_many_people_there_are(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = keys.ring().rotated()  # two keys: two index entries for each number
    monkeypatch.setattr(keys, "ring", lambda: ring)
    asks = (
        partial(find_exact, NUMBER, purpose="duty", by=the("worker"), now=NOW),
        partial(known_documents, [NUMBER, "110101199003070002"]),
    )
    for ask in asks:
        plan = " ".join(plans_of(ask, of="registry_resident"))
        assert "document" in plan
        assert "resident_merged" not in plan
        assert "resident_place" not in plan
        assert "SCAN" not in plan


def test_hit_and_miss_are_written_down(home: Home) -> None:
    worker = the("worker")
    find_exact(NUMBERS["phone"], purpose="emergency", by=worker, now=NOW)
    for _time in range(2):
        assert not find_exact("13012345678", purpose="duty", by=worker, now=NOW)
    rows = Disclosure.objects.filter(kind="search").order_by("seq")
    assert [row.purpose for row in rows] == ["emergency", "duty", "duty"]
    assert [row.subject for row in rows] == [home.resident.pk, None, None]
    assert rows[0].seat == the_workers_seat().pk
    assert DisclosureOf.objects.get().person == home.resident.pk
    assert not any(NUMBERS["phone"] in row.text or "13012345678" in row.text for row in rows)


def test_elsewhere_is_no_different_from_nowhere(home: Home) -> None:
    stranger = Who.of(a_stranger(), NOW)
    elsewhere = find_exact(NUMBERS["document"], purpose="duty", by=stranger, now=NOW)
    nowhere = find_exact("370498198001019999", purpose="duty", by=stranger, now=NOW)
    assert elsewhere == nowhere
    assert Disclosure.objects.count() == 2
    assert not DisclosureOf.objects.exists()
    pages = [
        browser_of(stranger).post(URL, {"number": number, "purpose": "duty"}).content.decode()
        for number in (NUMBERS["document"], "370498198001019999")
    ]
    assert "Nobody in your area" in pages[0]
    assert pages[0].count("<td") == pages[1].count("<td")


def test_who_may_not_and_what_is_no_number(home: Home) -> None:
    for username in ("building", "auditor", "handler"):
        with pytest.raises(NotAllowed):
            find_exact(NUMBERS["phone"], purpose="duty", by=the(username), now=NOW)
    for typed in ("", "1547", "漏斗甲漏斗甲", "1" * 80):
        with pytest.raises(Invalid):
            find_exact(typed, purpose="duty", by=the("worker"), now=NOW)
    with pytest.raises(Invalid):
        find_exact(NUMBERS["phone"], purpose="", by=the("worker"), now=NOW)
    assert not Disclosure.objects.exists()


def test_so_many_an_hour_hit_or_miss(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "ASKED_AN_HOUR", 2)
    for number in (NUMBERS["phone"], "13012345678"):
        find_exact(number, purpose="duty", by=the("worker"), now=NOW)
    with pytest.raises(TooMany):
        find_exact("13012345679", purpose="duty", by=the("worker"), now=NOW)


def test_the_page_masks_whom_it_finds_and_keeps_the_number_out_of_addresses(home: Home) -> None:
    browser = browser_of(the("worker"))
    assert browser.get(URL).status_code == 200
    answer = browser.post(URL, {"number": NUMBERS["document"], "purpose": "verify"})
    page = answer.content.decode()
    assert f"/desk/street-residents/{home.resident.pk}/" in page
    assert NAMES["name"] not in page
    assert "漏**" in page
    assert "no-store" in answer["Cache-Control"]
    refused = browser.post(URL, {"number": "12", "purpose": "verify"})
    assert refused.status_code == 422
    assert "whole document number" in refused.content.decode()

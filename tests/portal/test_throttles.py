"""So much from one address and from all together; what was typed comes back with the answer."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.test import Client

from mulin.doors.portal import guard
from mulin.kernel.models import Throttle
from mulin.matters.face import Matter
from tests.portal.resident import LAMP, Resident

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def at(address: str, **headers: str) -> Resident:
    return Resident(Client(REMOTE_ADDR=address, headers={"accept-language": "en", **headers}))


@pytest.fixture
def two_each(settings: LazySettings) -> None:
    settings.MULIN_PUBLIC_WRITES_PER_ADDRESS = 2


@pytest.fixture
def three_in_all(settings: LazySettings) -> None:
    settings.MULIN_PUBLIC_WRITES_IN_ALL = 3


@pytest.mark.usefixtures("two_each")
def test_one_address_sends_so_many_and_loses_nothing() -> None:
    someone = at("198.51.100.7")
    for _ in range(2):
        someone.reports()
    someone.ready()
    page = someone.send(how="phone", phone="13800138000")
    assert someone.status == 429
    assert int(someone.response["Retry-After"]) > 0
    assert "Too many tries in a short time." in page
    assert LAMP in page
    assert "13800138000" in page
    assert Matter.objects.filter(text=LAMP).count() == 2
    assert at("198.51.100.8").reports()


@pytest.mark.usefixtures("two_each")
def test_steps_of_drafts_have_an_allowance_of_their_own() -> None:
    someone = at("198.51.100.7")
    for _ in range(20):
        someone.tells()
    page = someone.tells("One too many")
    assert someone.status == 429
    assert "One too many" in page


@pytest.mark.usefixtures("three_in_all")
def test_all_together_send_so_many() -> None:
    for number in range(3):
        at(f"198.51.100.{number}").reports()
    last = at("198.51.100.99")
    last.ready()
    last.send()
    assert last.status == 429


@pytest.mark.usefixtures("two_each")
def test_codes_are_tried_so_often(resident: Resident) -> None:
    matter, thief = resident.reports(), at("203.0.113.5")
    for _ in range(2):
        thief.sends("/follow/", number=matter.number, code="ABCDEFGH")
        assert thief.status == 422
    thief.sends("/follow/", number=matter.number, code=resident.code)
    assert thief.status == 429
    assert matter.number in thief.page


@pytest.fixture
def five_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    assert guard.TRIES_PER_MATTER == 60
    monkeypatch.setattr(guard, "TRIES_PER_MATTER", 5)


@pytest.mark.usefixtures("five_tries")
def test_codes_of_one_matter_are_tried_so_often_from_everywhere(resident: Resident) -> None:
    matter = resident.reports()
    tried = [_try(number, matter.number) for number in range(6)]
    assert tried == [422] * 5 + [429]


@pytest.mark.usefixtures("five_tries")
def test_strangers_lock_nobody_out_of_their_own_matter(resident: Resident, settings: LazySettings) -> None:
    matter, code = resident.reports(), resident.code
    settings.MULIN_PUBLIC_WRITES_IN_ALL = 6
    assert {_try(number, matter.number) for number in range(8)} == {422, 429}
    owner = at("198.51.100.7")
    owner.sends("/follow/", number=matter.number, code=code)
    assert owner.status == 200
    assert owner.at == f"/follow/{matter.number}/"


@pytest.mark.usefixtures("five_tries")
def test_what_is_no_number_shares_no_allowance() -> None:
    assert {_try(number, "not a number") for number in range(8)} == {422}


def _try(address: int, number: str) -> int:
    thief = at(f"203.0.113.{address}")
    thief.sends("/follow/", number=number, code="ABCDEFGH")
    return thief.status


@pytest.mark.usefixtures("two_each")
def test_what_a_stranger_says_of_their_address_is_not_believed() -> None:
    for number in range(2):
        at("198.51.100.7", **{"x-forwarded-for": f"203.0.113.{number}"}).reports()
    liar = at("198.51.100.7", **{"x-forwarded-for": "203.0.113.9"})
    liar.ready()
    liar.send()
    assert liar.status == 429


@pytest.mark.usefixtures("two_each")
def test_what_our_own_proxy_says_is(settings: LazySettings) -> None:
    settings.MULIN_TRUSTED_PROXIES = ["127.0.0.1"]
    for number in range(4):
        at("127.0.0.1", **{"x-forwarded-for": f"203.0.113.{number}"}).reports()


def test_no_address_is_written_down(resident: Resident) -> None:
    resident.reports()
    assert Throttle.objects.exists()
    assert all("127.0.0.1" not in str(row) for row in Throttle.objects.values())

"""However often it is sent, on however many connections: one matter, and everybody gets the same receipt."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client

from mulin.journal.face import verify
from mulin.kernel.counters import NumberSource
from mulin.matters.face import Matter, Reporter
from tests.portal.resident import LAMP, Resident
from tests.support.races import at_once

pytestmark = pytest.mark.tiny_town


@pytest.mark.django_db
def test_a_second_click_leads_to_the_same_receipt(resident: Resident) -> None:
    resident.ready()
    draft = resident.draft
    resident.send()
    first = (resident.number, resident.code)
    resident.sends("/report/send/", draft=draft, how="anonymous")
    assert (resident.number, resident.code) == first
    assert Matter.objects.filter(text=LAMP).count() == 1


@pytest.mark.usefixtures("copied_db")
def test_six_clicks_at_once_make_one_matter(resident: Resident) -> None:
    resident.ready()
    draft, cookies = resident.draft, resident.client.cookies

    def click() -> tuple[str, str]:
        window = Resident(Client(headers={"accept-language": "en"}))
        window.client.cookies = cookies
        window.sends("/report/send/", draft=draft, how="phone", phone="13800138000")
        return window.number, window.code

    receipts = at_once(*[click for _ in range(6)])
    assert len(set(receipts)) == 1, receipts
    assert Matter.objects.filter(text=LAMP).count() == 1
    assert Reporter.objects.filter(matter__text=LAMP).count() == 1
    assert verify().problems == []
    resident.opens(f"/follow/{receipts[0][0]}/")  # type: ignore[index]  # all are receipts: see above
    assert resident.status == 200
    assert LAMP in resident.page


@pytest.mark.django_db
def test_the_next_report_is_another_one(resident: Resident) -> None:
    first = resident.reports().number
    assert resident.reports().number != first
    page = resident.opens("/follow/")
    assert page.index(resident_number(page)) < page.index(first)


def resident_number(page: str) -> str:
    return page.split('<a href="/follow/')[1].split("/")[0]


@pytest.mark.usefixtures("copied_db")
def test_a_number_is_at_hand_before_the_transaction_opens(
    resident: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside: list[bool] = []
    drawn = NumberSource.prepare

    def noted(self: NumberSource, now: datetime) -> None:
        inside.append(connection.in_atomic_block)
        drawn(self, now)

    monkeypatch.setattr(NumberSource, "prepare", noted)
    resident.reports()
    assert inside[0] is False

"""Not solved after all: whoever is affected has it opened again by their own number and code."""

from __future__ import annotations

import pytest
from django.test import Client

from mulin.matters.actions.me_too import me_too
from mulin.matters.face import Matter, ReporterGiven
from tests.matters.world import NOW, a_matter, do, nobody
from tests.portal.people import settled
from tests.portal.resident import Resident

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.fixture(autouse=True)
def everything_is_checked(settings: object) -> None:
    settings.MULIN_MICRO_CHECK_SHARE = 1.0  # type: ignore[attr-defined]  # pytest-django's settings


def following(number: str, code: str) -> Resident:
    browser = Resident(Client(headers={"accept-language": "en"}))
    browser.sends("/follow/", number=number, code=code)
    return browser


def reopened(browser: Resident, shown: Matter, main: Matter) -> Matter:
    main.refresh_from_db()
    browser.sends(f"/follow/{shown.number}/reopen/", version=main.version, reason="It is dark again.")
    main.refresh_from_db()
    return main


def test_a_voice_says_it_is_not_solved() -> None:
    main = a_matter().matter
    voice = me_too(main, reporter=ReporterGiven.with_contact("李先生", "15400005678"), by=nobody(), now=NOW)
    main = settled(main)
    browser = following(main.number, voice.code)
    assert "It is not solved" in browser.page
    assert reopened(browser, main, main).state == "filed"


def test_so_does_whoever_raised_one_that_was_joined_to_it() -> None:
    main, other = a_matter().matter, a_matter()
    joined = do(other.matter, "join", "worker", other=main.number)
    main = settled(main)
    browser = following(joined.number, other.code)
    assert "It is not solved" in browser.page
    assert reopened(browser, joined, main).state == "filed"


def test_not_solved_leads_there() -> None:
    raised = a_matter()
    main = settled(raised.matter)
    browser = following(main.number, raised.code)
    browser.sends(f"/follow/{main.number}/rate/", version=main.version, rating="1", solved="no")
    assert '<details class="mb-4" id="reopen" open>' in browser.page


def test_it_says_that_it_came_up_here_before() -> None:
    settled(a_matter().matter)
    raised = a_matter()
    assert "The same came up here before." in following(raised.matter.number, raised.code).page

"""Every page of this room, asked for by every kind of person."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern

from mulin.posts.face import make_token
from mulin.posts.urls import urlpatterns
from tests.posts import cast
from tests.posts.answers import ACTORS, PAGES
from tests.posts.cast import BUILDING, GRID, TOWN
from tests.posts.pages.browsers import one_of_each
from tests.support.clock import NOW


@pytest.fixture
def actors(db: None) -> dict[str, Client]:
    return one_of_each()


@pytest.fixture
def things(db: None) -> dict[str, object]:
    person = cast.a_person(home=GRID, phone="13800001234")
    owner = cast.as_resident()
    return {
        "person": person.id,
        "factor": 4711,  # a second step that nobody has
        "post": cast.a_post(person, "building_head", BUILDING).id,
        "duty": cast.a_duty(person, BUILDING).id,
        "body": cast.a_body(home=TOWN).id,
        "token": make_token(name="x", by=owner, now=NOW)[0].id,
    }


def test_answers(actors: dict[str, Client], things: dict[str, object]) -> None:
    told = {
        f"{method} {path}": {
            actor: _status(browser, method, path.format(**things)) for actor, browser in actors.items()
        }
        for method, path in PAGES
    }
    assert told == {" ".join(row): dict(zip(ACTORS, PAGES[row], strict=True)) for row in PAGES}


def _status(browser: Client, method: str, path: str) -> int:
    """What is answered; what was done by asking is undone, so that everybody finds the same town."""
    cookies = {name: morsel.value for name, morsel in browser.cookies.items()}
    with transaction.atomic():
        answer = browser.generic(method, f"/desk/{path}")
        transaction.set_rollback(True)
    browser.cookies.clear()
    browser.cookies.load(cookies)
    return answer.status_code


def test_every_page_has_its_row() -> None:
    routes = {str(each.pattern).split("<")[0] for each in urlpatterns if isinstance(each, URLPattern)}
    assert routes == {path.split("{")[0] for _, path in PAGES}
    assert len(PAGES) == len(urlpatterns)

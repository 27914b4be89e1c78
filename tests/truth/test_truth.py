"""Everything that can be asked, asked by every kind of person, answered as the table says."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

from mulin.journal.face import Entry
from tests.truth import cast, cheap, routes, things
from tests.truth.asking import Row, Told, asked, statuses
from tests.truth.asks import ASKS, ask_for
from tests.truth.planted import MARKS
from tests.truth.reading import TABLE

# Whoever may do what depends on no engine: what the queries say is compared on both by the rooms' own tests.
pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town, pytest.mark.only_on("sqlite")]


SHARES = 8  # so that it is done by all cores


@pytest.fixture
def town(db: None) -> Told:
    people = cast.everybody()
    resident = people["resident"].user
    assert resident
    return Told(people, things.made(resident))


@pytest.mark.parametrize("share", range(SHARES))
def test_everybody_is_answered_as_the_table_says(
    share: int, town: Told, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each move of a matter is tried by tests/matters; here are some of each kind.

    In the same breath nothing that was planted shows where it must not: in no answer, address, entry or log.
    """
    caplog.set_level(logging.DEBUG)
    cheap.set_each_refusal_once(monkeypatch)
    wrong = []
    for label, expected in list(TABLE.items())[share::SHARES]:
        row = Row.read(label)
        told = statuses(row, ask_for(row), expected, town)
        assert told.keys() == expected.keys()
        for name, status in expected.items():
            if told[name] != status:
                wrong.append(f"{label}: {name} is answered {told[name]}, expected {status}")
    assert wrong == [], "\n" + "\n".join(wrong)
    assert town.things.leaks == [], "\n" + "\n".join(town.things.leaks)
    assert [mark for mark in MARKS if mark in caplog.text] == []


def test_every_operation_has_its_row() -> None:
    known = {Row.read(label).operation for label in TABLE}
    missing = [operation for operation in routes.operations() if operation not in known]
    assert missing == [], f"add rows to tests/truth/table.py (and to asks.py what is sent): {missing}"


def test_every_page_has_its_row() -> None:
    known = {Row.read(label).route for label in TABLE}
    missing = [page for page in routes.pages() if page not in known]
    assert missing == [], f"add rows to tests/truth/table.py (and to asks.py what is sent): {missing}"


def test_no_row_is_about_a_route_of_the_past() -> None:
    there = {*routes.pages(), *(each.partition(" ")[2] for each in routes.operations())}
    assert [label for label in TABLE if Row.read(label).route not in there] == []
    assert [label for label in ASKS if label not in TABLE] == []


def test_what_has_no_row_of_its_own_does_nothing(town: Told) -> None:
    """A page takes GET and POST or refuses one of them; where only one is in the table, the other changes nothing."""
    known = {Row.read(label).operation for label in TABLE}
    others = [
        Row.read(f"{method} {page or '/'}{_word(page)}")
        for page in routes.pages()
        for method in routes.PAGE_METHODS
        if f"{method} {page}" not in known
    ]
    for row in others:
        for name in ("anonymous", "operator", "sysadmin"):
            town.things.me = town.people[name]
            address = row.address(town.things)  # which may make what it names
            before = Entry.objects.count()
            answer = asked(row, ask_for(row), town.people[name], town.things, keep=True, address=address)
            assert answer.status_code in (200, 302, 303, 403, 404, 405, 422), (row.label, answer.status_code)
            assert Entry.objects.count() == before, f"{row.label} did something: it needs a row of the table"


def _word(page: str) -> str:
    return " [file]" if page.endswith(("<slug:move>/", "<slug:code>/")) else ""


def test_somebody_may_do_each_thing() -> None:
    """A write that nobody may do proves nothing about whom it refuses."""
    refused = {
        label
        for label, expected in TABLE.items()
        if not label.startswith("GET") and not {200, 201, 204, 303} & {*expected.values()}
    }
    assert refused == set(NOBODYS)


NOBODYS = (
    "POST language/",  # leads back, with 302
    "POST look/theme/",
    "POST look/text/",
    "POST desk/sign-in/",  # with a wrong password; the right one is tried in tests/posts
    "POST desk/sign-in/as/",  # no demo
    "POST desk/sign-in/passkey/",  # without a passkey; a real one is tried in tests/browser
    "POST desk/own/passkeys/add/",
    "POST desk/own/factors/<int:factor>/remove/",  # somebody else's
    "POST desk/own/codes/",  # without a second step
    "POST desk/own/sessions/<uuid:id>/end/",  # somebody else's
    "POST desk/tokens/<uuid:id>/revoke/",  # somebody else's
    "POST desk/jobs/<uuid:id>/stop/",  # the same
    "POST api/v1/jobs/<id>/stop",
    "POST desk/matters/<str:number>/do/<slug:move>/ [withdraw @ own]",  # a resident's, who has no desk
    "POST desk/matters/<str:number>/do/<slug:move>/ [close_unchecked @ handled]",  # the system's
    "POST desk/matters/<str:number>/do/<slug:move>/ [nonsense @ reported]",
    "POST desk/matters/<str:number>/do/<slug:move>/ [supervise @ handling]",  # the director's
    "POST desk/proposals/<uuid:id>/withdraw/",  # somebody else's
    "POST follow/ [wrong code]",
    "POST follow/<str:number>/<slug:code>/ [rate unasked]",  # without the code
    "POST follow/<str:number>/files/",  # the same
    "POST follow/<str:number>/files/<uuid:id>/remove/",
    "POST follow/<str:number>/uploads/",
    "POST api/v1/tokens/<id>/revoke",
    "POST api/v1/matters/me-too/take-back",  # with a wrong code; the right one is tried in tests/api
    "POST api/v1/matters/<number>/moves/<move> [close_unchecked @ handled]",
)


def test_a_session_opens_no_operation(town: Told) -> None:
    """Whoever is signed in at a browser is nobody at the API, whatever they ask."""
    browser: Client = town.people["operator"].browser
    for label in TABLE:
        row = Row.read(label)
        if row.is_api and "401" in " ".join(map(str, TABLE[label].values())):
            answer = browser.generic(
                row.method, row.address(town.things), b"{}", content_type="application/json"
            )
            assert answer.status_code == 401, label

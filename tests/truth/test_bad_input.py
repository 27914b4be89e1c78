"""Every page, asked with words that nobody means: each is answered, nothing breaks, and nothing is done.

On both engines: what one of them takes for text or for a number, the other may not.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction

from mulin.journal.face import Entry
from tests.truth import cast, things
from tests.truth.asking import Row, Told
from tests.truth.asks import ask_for
from tests.truth.reading import TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]

SCRIPT = "<script>alert(1)</script>"
NAMES = (
    "q", "after", "show", "level", "state", "area", "type", "urgent", "channel", "bbox", "box", "lon", "lat", "kind",
    "role", "vacant", "closed", "family", "organisation", "next", "door", "list", "stamp",
)  # fmt: skip
WORDS = (
    "²", "9" * 5000, SCRIPT, "\ud800", "nan~01a20082e52d715a84f41289f2c094bb", "nan,nan,nan,nan", "长" * 10_000, "-1",
    "1e400", "~", "💥 '; --", "inf~01a20082e52d715a84f41289f2c094bb", "../../etc/passwd",
)  # fmt: skip
HALF = len(WORDS) // 2
NOTHINGS = ("nonsense", "26-000001-9", "%ED%A0%80")
ROUNDS = 1  # at each page each name gets other words


@pytest.fixture
def town(db: None) -> Told:
    people = cast.everybody()
    resident = people["resident"].user
    assert resident
    return Told(people, things.made(resident))


def test_pages_asked_for_with_nonsense(town: Told) -> None:
    pages = [row for row in map(Row.read, TABLE) if row.method == "GET" and not row.is_api and not row.word]
    for place, row in enumerate(pages):
        for nonsense in _rounds(NAMES, place):
            answer = _somebody(row, town).browser.get(f"{row.address(town.things)}?{nonsense}")
            content = b"".join(answer) if answer.streaming else answer.content
            assert answer.status_code < 500, (row.label, nonsense[:200])
            assert SCRIPT.encode() not in content, row.label


def test_forms_sent_with_nonsense(town: Told) -> None:
    posts = (row for row in map(Row.read, TABLE) if row.method == "POST" and not row.is_api)
    forms = list({row.operation: row for row in posts}.values())
    for place, row in enumerate(forms):
        actor = _somebody(row, town)
        town.things.me = actor
        for number in range(ROUNDS):
            with transaction.atomic():
                ask_for(row).before(row, town.things, actor.browser)
                fields = [*ask_for(row).sent(row, town.things), *NAMES[:3]]
                answer = actor.browser.generic(
                    "POST", row.address(town.things), _nonsense(fields, place + number * HALF),
                    content_type="application/x-www-form-urlencoded",
                )  # fmt: skip
                list(answer)
                assert answer.status_code < 500, row.label
                transaction.set_rollback(True)


def test_addresses_that_name_nothing(town: Told) -> None:
    before = Entry.objects.count()
    for place, row in enumerate(
        {row.operation: row for row in map(Row.read, TABLE) if "<" in row.route}.values()
    ):
        actor, word = _somebody(row, town), NOTHINGS[place % len(NOTHINGS)]
        address = "/".join(word if part.startswith("<") else part for part in row.route.split("/"))
        answer: Any = actor.browser.generic(
            row.method, f"/{address}", b"{}", content_type="application/json",
            headers=actor.headers if row.is_api else {},
        )  # fmt: skip
        assert answer.status_code < 500, (row.label, word)
    assert Entry.objects.count() == before


def _somebody(row: Row, town: Told) -> cast.Actor:
    """Who gets past the door, so that what lies behind it is tried."""
    allowed = (name for name, status in TABLE[row.label].items() if status < 400 and name != "anonymous")
    return town.people[next(allowed, "operator")]


def _rounds(names: Iterable[str], first: int) -> list[str]:
    return [_nonsense(names, first + number * HALF) for number in range(ROUNDS)]


def _nonsense(names: Iterable[str], first: int) -> str:
    words = {name: WORDS[(first + place) % len(WORDS)] for place, name in enumerate(names)}
    return urlencode(words, errors="surrogatepass")

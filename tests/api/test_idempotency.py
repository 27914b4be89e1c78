"""Every POST of the API takes a key; the same key again gets the first answer and does nothing."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.db import transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from mulin.channels.rules.server import read_server
from mulin.doors.api.models import FirstAnswer
from mulin.journal.face import Disclosure, Entry
from mulin.matters.face import ReporterGiven
from mulin.matters.models import Contact
from tests.api.client import Program, said
from tests.matters.world import a_matter
from tests.portal.pictures import a_photo
from tests.registry.rings import own_ring
from tests.registry.test_unreadable import MARK, damage
from tests.truth import cast, routes, things
from tests.truth.asking import Row
from tests.truth.asks import ask_for
from tests.truth.cast import Actor
from tests.truth.reading import TABLE
from tests.truth.things import Things

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
ALLOWED = (200, 201)
__all__ = ["own_ring"]
BY_CODE = {
    "POST api/v1/matters/me-too/take-back"
}  # whoever has the code of a voice: no row of the table has it


def rows() -> dict[str, tuple[Row, str]]:
    """For each POST a row of the truth table, and somebody who may."""
    found: dict[str, tuple[Row, str]] = {}
    for label, expected in TABLE.items():
        row = Row.read(label)
        who = next((name for name, status in expected.items() if status in ALLOWED), None)
        if row.is_api and row.method == "POST" and who:
            found.setdefault(row.operation, (row, who))
    return found


def test_each_operation_repeats_its_first_answer_and_acts_once(db: None, settings: Any) -> None:
    settings.MULIN_MAIL_SERVER = read_server("smtp+plain://localhost")
    people = cast.everybody()
    resident = people["resident"].user
    assert resident
    town = things.made(resident)
    posts = [operation for operation in routes.operations() if operation.startswith("POST ")]
    assert set(rows()) == set(posts) - BY_CODE
    for row, name in rows().values():
        with transaction.atomic():
            _check_twice(row, people[name], town)
            transaction.set_rollback(True)


def _check_twice(row: Row, actor: Actor, town: Things) -> None:
    town.me = actor
    ask_for(row).before(row, town, actor.browser)
    address = row.address(town)  # once: a thing made for each asking would be another one
    first = _post(row, actor, town, address)
    entries = Entry.objects.count()
    again = _post(row, actor, town, address)
    assert first.status_code in ALLOWED, (row.operation, first.content)
    assert (again.status_code, again.content) == (first.status_code, first.content), row.operation
    assert again["Idempotent-Replay"] == "true", row.operation
    assert Entry.objects.count() == entries, row.operation


_bodies: dict[str, Any] = {}


def _post(row: Row, actor: Actor, town: Things, address: str) -> Any:
    sent = _bodies.setdefault(row.label, ask_for(row).sent(row, town))
    body, kind = orjson.dumps(dict(sent), default=str), "application/json"
    for file in (value for value in sent.values() if hasattr(value, "read")):
        file.seek(0)
        body, kind = encode_multipart(BOUNDARY, dict(sent)), MULTIPART_CONTENT
    headers = actor.headers | dict(ask_for(row).headers) | {"Idempotency-Key": row.label}
    return Client().generic("POST", address, body, content_type=kind, headers=headers)


def test_the_same_key_with_another_photo_is_refused() -> None:
    number, program = a_matter().matter.number, Program("worker")
    path = f"/matters/{number}/photos"
    assert program.upload(path, a_photo(), key="k").status_code == 201
    assert program.upload(path, a_photo(), key="k")["Idempotent-Replay"] == "true"
    assert program.upload(path, a_photo(colour="red"), key="k").status_code == 422
    assert len(orjson.loads(program.get(f"/matters/{number}").content)["photos"]) == 1


@pytest.mark.usefixtures("own_ring")
def test_an_answer_that_shows_a_mark_is_kept_and_one_that_is_damaged_is_no_failure() -> None:
    matter = a_matter(reporter=ReporterGiven.with_contact("王女士", "15400001234")).matter
    damage(Contact.objects.latest("id"), "phone")
    program, path = Program("worker"), f"/matters/{matter.number}/contact"
    for _ in range(2):
        assert said(program.post(path, {"purpose": "contact"}, key="k"))["phone"] == MARK
    assert Disclosure.objects.count() == 1
    damage(FirstAnswer.objects.get(), "body")
    lost = program.post(path, {"purpose": "contact"}, key="k")
    assert (lost.status_code, said(lost)["code"]) == (409, "answer_lost")


@pytest.mark.parametrize("key", ["x" * 201, "a\x7fb"])
def test_what_is_no_key(key: str) -> None:
    answer = Program("worker").post("/matters", {}, key=key)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"

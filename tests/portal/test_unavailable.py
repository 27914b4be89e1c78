"""The database fails under a request: a clear answer, nothing half-done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from mulin.matters.face import Matter
from tests.api.client import Program
from tests.matters.world import a_kind, the_building
from tests.portal.resident import Resident

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
CAUSES = [("server closed the connection unexpectedly", 503), ("database or disk is full", 507)]


@contextmanager
def failing(words: str, *, on: str) -> Iterator[None]:
    """Each statement that begins with a word fails, as a full disk or a stopped server lets it."""

    def execute(run: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        if sql.startswith(on):
            raise OperationalError(words)
        return run(sql, parameters, many, context)

    with connection.execute_wrapper(execute):
        yield


@pytest.mark.parametrize(("words", "status"), CAUSES)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_resident_learns_that_it_was_not_taken_and_sends_it_again(
    words: str, status: int, language: str
) -> None:
    browser = Client(headers={"Accept-Language": language}, raise_request_exception=False)
    resident = Resident(browser)
    resident.ready()
    resident.opens("/report/send/")
    sent = {"draft": resident.draft, "how": "anonymous"}
    before = Matter.objects.count()
    with failing(words, on='INSERT INTO "matters_matter"'):
        answer = browser.post("/report/send/", sent)
    assert (answer.status_code, answer["Retry-After"]) == (status, "5")
    assert ("safe" if language == "en" else "已保存") in answer.content.decode()
    assert Matter.objects.count() == before
    assert browser.post("/report/send/", sent).status_code == 303
    assert Matter.objects.count() == before + 1


@pytest.mark.parametrize(("words", "status"), CAUSES)
def test_a_program_is_told_to_come_again(words: str, status: int) -> None:
    program = Program("worker")
    program.http = Client(raise_request_exception=False)
    body = {"type": a_kind().code, "text": "路灯不亮", "area": the_building().path}
    with failing(words, on='INSERT INTO "matters_matter"'):
        answer = program.post("/matters", body, key="k")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer["Retry-After"] == "5"
    assert program.post("/matters", body, key="k").status_code == 201


def test_even_where_nothing_can_be_read_there_is_a_page() -> None:
    browser = Client(raise_request_exception=False)
    for path in ("/", "/desk/queue/", "/api/v1/matters", "/follow/"):
        browser.cookies["sessionid"] = "a" * 32
        with failing("the connection is lost", on="SELECT"):
            assert browser.get(path).status_code == 503, path

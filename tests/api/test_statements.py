"""How many statements the paths cost that everybody walks all day: caps, with everything warm, through the front door.

BEGIN, COMMIT and SAVEPOINT are not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
from django.db import connection

from tests.api.client import Program, said
from tests.matters.world import a_kind, the_building

pytestmark = pytest.mark.tiny_town

_NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
_keys = (f"key-{n}" for n in count())


@contextmanager
def at_most(cap: int) -> Iterator[None]:
    seen: list[str] = []

    def see(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        if not sql.lstrip().upper().startswith(_NOT_COUNTED):
            seen.append(sql)
        return execute(sql, *more)

    with connection.execute_wrapper(see):
        yield
    assert len(seen) <= cap, "\n".join([f"{len(seen)} statements:", *seen])


def _body() -> dict[str, Any]:
    where = the_building()
    text = "小区门口的路灯坏了好几天，晚上看不清路。"
    return {"type": a_kind().code, "lon": where.lon, "lat": where.lat, "text": text}


def _raised(program: Program, body: dict[str, Any] | None = None) -> Any:
    answer = program.post("/matters", body or _body(), key=next(_keys))
    assert answer.status_code == 201, answer.content
    return said(answer)


def _moved(program: Program, number: str, move: str, **body: Any) -> None:
    answer = program.post(f"/matters/{number}/moves/{move}", body, key=next(_keys))
    assert answer.status_code == 200, answer.content


# In transactions of their own, a block of numbers is drawn before one now and then; in one that rolls back, each time.
@pytest.mark.usefixtures("copied_db")
def test_a_report() -> None:
    program, body = Program("operator"), _body()
    for _warm in range(2):
        _raised(program, body)
    with at_most(14):
        _raised(program, body)


@pytest.mark.django_db
def test_a_move() -> None:
    worker, operator = Program("worker"), Program("operator")
    warm, cold = (_raised(operator)["number"] for _ in range(2))
    for program, move in ((worker, "file"), (worker, "hand_in")):
        _moved(program, warm, move, reason="done", note="seen")
        with at_most(20):
            _moved(program, cold, move, reason="done", note="seen")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "cap"),
    [
        ("/matters?show=mine", 6),
        ("/matters?show=open", 6),
        ("/matters?show=done", 6),
        ("/matters?show=all&q=路灯", 6),
    ],
)
def test_a_page_of_a_list(path: str, cap: int) -> None:
    program = Program("operator")
    assert program.get(path).status_code == 200
    with at_most(cap):
        program.get(path)


@pytest.mark.django_db
def test_one_matter() -> None:
    program = Program("operator")
    number = _raised(program)["number"]
    assert program.get(f"/matters/{number}").status_code == 200
    with at_most(7):
        program.get(f"/matters/{number}")

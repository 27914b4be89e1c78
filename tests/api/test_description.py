"""How the API describes itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ninja import Schema

from mulin.doors.api.main import api


def _kinds(kind: type[Schema]) -> Iterator[type[Schema]]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)


def test_no_two_rooms_call_different_things_by_one_name() -> None:
    """The description knows each shape by its name alone: of two alike it would tell one."""
    named = Counter(kind.__name__ for kind in set(_kinds(Schema)) if kind.__module__.startswith("mulin."))
    assert [name for name, count in named.items() if count > 1] == []


def test_each_operation_says_what_it_does_and_how_it_fails() -> None:
    for path, operations in api.get_openapi_schema()["paths"].items():
        for method, operation in operations.items():
            failures = {status: each for status, each in operation["responses"].items() if int(status) >= 400}
            assert operation["summary"], (method, path)
            assert {"application/problem+json"} == {
                kind for each in failures.values() for kind in each["content"]
            }
            assert {400, 422} <= set(map(int, failures)), (method, path)


def test_each_post_takes_a_key() -> None:
    for path, operations in api.get_openapi_schema()["paths"].items():
        if "post" in operations:
            names = [each["name"] for each in operations["post"]["parameters"]]
            assert names.count("Idempotency-Key") == 1, path

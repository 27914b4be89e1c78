"""Schemathesis calls every operation, each call as three roles: nothing breaks, and every answer is declared.

Right and wrong values by turns, most of them about things that are there: an address of a thing that is not leads
nowhere. Each call is undone, so that the next one finds the same town. The same calls in every run, on one engine;
MULIN_TEST_EXAMPLES=200 makes more, others each time, on whichever engine is asked for.
"""

from __future__ import annotations

import os
import traceback
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import got_request_exception, request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mulin.matters.models import Import
from tests.matters.former import an_import_of
from tests.truth import cast, things
from tests.truth.cast import Actor
from tests.truth.things import Things

MORE = int(os.environ.get("MULIN_TEST_EXAMPLES", "0"))
pytestmark = [pytest.mark.tiny_town] if MORE else [pytest.mark.tiny_town, pytest.mark.only_on("sqlite")]
ROLES = ("operator", "worker", "sysadmin")
AT_LEAST = 600
EXAMPLES = (
    MORE or 3
)  # of each operation, as every role; where there is nothing to choose from, one is all there is
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """The end of a request would close the connection, and with it the transaction that is to be undone."""
    ends = (request_started, request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield
    for end in ends:
        end.connect(close_old_connections)


@pytest.fixture
def broken() -> Iterator[list[str]]:
    """What the server would have written into its log."""
    found: list[str] = []

    def note(sender: object, **_more: object) -> None:
        found.append(traceback.format_exc())

    got_request_exception.connect(note)
    yield found
    got_request_exception.disconnect(note)


@pytest.mark.usefixtures("copied_db", "_one_connection")
def test_every_operation_as_three_roles(broken: list[str]) -> None:
    people = cast.everybody()
    resident = people["resident"].user
    assert resident
    town = things.made(resident)
    operator = people["operator"].user
    assert operator
    an_import_of(operator)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", Mulin())
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    actors = [people[role] for role in ROLES]
    called = [_try(operation, actors, town, broken) for operation in operations]
    assert all(called), "an operation was not called"
    assert sum(called) >= AT_LEAST


class Mulin(WSGIHandler):
    """As a web server calls it: files are read to their end and closed."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        answer = super().__call__(environ, start_response)
        try:
            return [b"".join(answer)]
        finally:
            answer.close()


def _try(operation: Any, actors: list[Actor], town: Things, broken: list[str]) -> int:
    """Call one operation as each of them; how often. To think of a call costs more than to make it."""
    calls = 0
    start = os.getpid() if MORE else zlib.crc32(operation.label.encode())
    cases = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in MODES))

    @seed(start)
    @settings(
        max_examples=EXAMPLES,
        derandomize=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, real=st.integers(0, 3), chosen=st.randoms(use_true_random=False))
    def call(case: Case[Any], real: int, chosen: Any) -> None:
        nonlocal calls
        if real:
            _name_real_things(case, chosen, town)
        for actor in actors:
            calls += 1
            with transaction.atomic():
                response = case.call(headers=actor.headers)
                transaction.set_rollback(True)
            assert response.status_code < 500, broken[-1] if broken else response.content
            case.validate_response(response, checks=CHECKS)

    call()
    return calls


def _name_real_things(case: Case[Any], chosen: Any, town: Things) -> None:
    """Instead of invented ids, those of things that are there."""
    noun = case.path.split("/")[1]
    known = {
        "number": [matter.number for matter in town.matters.values()],
        "move": ["file", "dispatch", "accept", "hand_in", "confirm", "reopen", "withdraw"],
        "photo": [str(town.photo.pk)],
        "file": [str(town.file.pk)],
        "code": [town.kind.code],
        "path": [town.building.path, town.building.path[:15], town.building.path[:9]],
        "id": [str(each.pk) for each in _of(noun, town)],
    }
    for name in case.path_parameters or {}:
        if known.get(name):
            case.path_parameters[name] = chosen.choice(known[name])


def _of(noun: str, town: Things) -> list[Any]:
    known: dict[str, list[Any]] = {
        "people": [town.person, town.closed],
        "posts": [town.post],
        "duties": [town.duty],
        "organisations": [town.body],
        "seats": [town.post.seat],
        "imports": list(Import.objects.all()),
    }
    return known.get(noun, [])

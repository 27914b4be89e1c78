"""What is noted of an error: its kind and where it was, never its words."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
from django.db import IntegrityError
from django.test import Client

from mulin.kernel.log import WordlessFormatter, WordlessJson, where

QUOTED = "DETAIL:  Key (phone)=(13912345678) already exists."


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the application's own handler writes."""
    [handler] = [
        each for each in logging.getLogger().handlers if isinstance(each.formatter, WordlessFormatter)
    ]
    assert isinstance(handler, logging.StreamHandler)
    text = io.StringIO()
    before = handler.setStream(text)
    yield text
    handler.setStream(before)


def broken(*_given: object) -> None:
    try:
        raise ValueError(QUOTED)
    except ValueError as error:
        raise IntegrityError(f"duplicate key\n{QUOTED}") from error


def test_a_broken_page_is_noted_without_what_it_quotes(
    written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mulin.doors.portal.layers.areas", broken)
    answer = Client(raise_request_exception=False).get("/map/areas.geojson")
    assert answer.status_code == 500
    noted = written.getvalue()
    assert "Internal Server Error: /map/areas.geojson" in noted
    assert "test_log.py" in noted
    assert "IntegrityError" in noted
    assert "ValueError" in noted
    assert "13912345678" not in noted
    assert "13912345678" not in answer.content.decode()


def test_what_another_handler_kept_is_not_written(written: io.StringIO) -> None:
    try:
        broken()
    except IntegrityError:
        kept = logging.LogRecord("mulin", logging.ERROR, __file__, 1, "it broke", None, sys.exc_info())
        logging.Formatter().format(kept)
        logging.getLogger().handle(kept)
    assert "13912345678" not in written.getvalue()
    assert "IntegrityError" in written.getvalue()


def test_an_error_that_leads_to_itself_is_told_once() -> None:
    first, second = ValueError("a"), KeyError("b")
    first.__cause__, second.__cause__ = second, first
    assert where(first) == "KeyError\nValueError"


def test_as_json_it_says_the_same_and_nothing_that_hangs_on_a_record() -> None:
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Broken: %s", ("follow/",), None)
    record.request = "<WSGIRequest: GET '/?phone=13912345678'>"
    try:
        broken()
    except IntegrityError:
        record.exc_info = sys.exc_info()
    said = WordlessJson("{asctime}{levelname}{name}{message}", style="{").format(record)
    found = json.loads(said)
    assert (found["message"], found["levelname"]) == ("Broken: follow/", "ERROR")
    assert "IntegrityError" in found["exc_info"]
    assert "13912345678" not in said

"""Every test finds its database as it should be, whatever the others did."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, connections, transaction

from mulin.places.face import Area
from tests.support.clock import NOW
from tests.support.databases import Home
from tests.support.races import at_once

COUNT = """
import django; django.setup()
from django.contrib.sessions.models import Session; print(Session.objects.count())
"""


def _sign(key: str, alias: str = "default") -> Session:
    return Session.objects.using(alias).create(session_key=key, session_data="", expire_date=NOW)


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_test_writes_is_gone_after_it(db: None, time: str) -> None:
    assert not Session.objects.exists()
    _sign("anna")


@pytest.mark.tiny_town
@pytest.mark.parametrize("time", ["first", "second"])
def test_the_tiny_town_is_there_and_comes_back(db: None, time: str) -> None:
    assert not Session.objects.exists()
    assert Area.objects.exists()
    _sign("anna")


@pytest.mark.parametrize("time", ["first", "second"])
def test_a_copy_is_real_for_threads_and_processes(copied_db: Home, time: str) -> None:
    outcomes = at_once(*[lambda: _sign("anna")] * 3)
    assert sum(isinstance(outcome, Session) for outcome in outcomes) == 1, outcomes
    said = subprocess.check_output([sys.executable, "-c", COUNT], env=copied_db.environ(), text=True)
    assert said.strip() == "1"


@pytest.mark.tiny_town
def test_a_copy_may_hold_the_town(copied_db: Home) -> None:
    assert Area.objects.exists()


def test_the_other_engine_lies_beside(db: None, other_db: str) -> None:
    assert connections[other_db].vendor != connection.vendor
    with transaction.atomic(using=other_db):
        _sign("anna", other_db)
    assert Session.objects.using(other_db).count() == 1
    assert not Session.objects.exists()

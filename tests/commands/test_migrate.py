"""`mulin migrate`, and what the others refuse to start with."""

from __future__ import annotations

import pytest
from django.db import connection

from mulin.commands import start
from mulin.journal import triggers
from mulin.matters.face import MatterType
from tests.commands.conftest import MakePlace
from tests.commands.town import Town
from tests.support.clock import NOW


def test_twice_is_as_good_as_once(place: MakePlace) -> None:
    town = place("new")
    assert "entries were added to the matter list" in town.says("migrate")
    before = town.facts()
    assert "matter list" not in town.says("migrate")
    assert town.facts() == before
    assert (town.folder / "data").stat().st_mode & 0o077 == 0


def test_what_the_town_closed_in_its_list_stays_closed(town: Town) -> None:
    town.says("migrate")
    kind = MatterType.objects.listed()[0]
    MatterType.objects.filter(pk=kind.pk).update(closed_at=NOW)
    town.says("migrate")
    kind.refresh_from_db()
    assert kind.closed_at == NOW


def test_it_puts_lost_triggers_back(town: Town) -> None:
    _lose_a_trigger()
    assert triggers.missing(connection)
    town.says("migrate")
    assert triggers.missing(connection) == []


@pytest.mark.parametrize("command", [["serve", "--port", "1"], ["work", "--once"]])
def test_nothing_starts_where_a_trigger_is_missing(town: Town, command: list[str]) -> None:
    _lose_a_trigger()
    assert "does not guard the journal" in town.mulin(*command).refusal


def test_nothing_starts_on_an_older_database(town: Town) -> None:
    last = max(name for name in start.migrations_known() if name.startswith("matters."))
    _execute("DELETE FROM django_migrations WHERE app = 'matters' AND name = %s", last.split(".")[1])
    assert "of an older version" in town.mulin("work", "--once").refusal


@pytest.mark.parametrize("command", ["work", "migrate"])
def test_nothing_starts_on_a_newer_database(town: Town, command: str) -> None:
    _execute(
        "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, CURRENT_TIMESTAMP)",
        "matters", "9999_of_tomorrow",
    )  # fmt: skip
    assert "newer Mulin (it has matters.9999_of_tomorrow)" in town.mulin(command).refusal


def _lose_a_trigger() -> None:
    if connection.vendor == "postgresql":
        _execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
    else:
        _execute("DROP TRIGGER journal_entry_no_update")


def _execute(statement: str, *values: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)

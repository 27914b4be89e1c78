"""`mulin upgrade`: forward as a whole, or back as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from mulin.commands import migrate, running, start
from tests.commands.conftest import MakePlace
from tests.commands.town import Town

pytestmark = pytest.mark.tiny_town


@pytest.fixture
def older(town: Town) -> Town:
    """A town whose database lacks the last step of a room: its table, and that it was made."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE demo_demotown")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'demo'")
    return town


def _tables() -> set[str]:
    return set(connection.introspection.table_names())


def test_it_backs_up_migrates_and_checks(older: Town, tmp_path: Path) -> None:
    assert "run `mulin upgrade`" in older.mulin("facts").refusal
    said = older.says("upgrade", "--backup", tmp_path / "before.tar")
    assert [line[:2] for line in said.splitlines()] == ["1.", "2.", "3."]
    assert (tmp_path / "before.tar").exists()
    assert "demo_demotown" in _tables()
    assert "Nothing was changed" in older.says("upgrade")


def _breaks_halfway() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE half_made (id INTEGER)")
    raise RuntimeError("a mistake in a migration")


def _loses_rows() -> None:
    start.migrated()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM posts_duty")


def _loses_a_guard() -> None:
    start.migrated()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER journal_entry_no_update")


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (_breaks_halfway, "RuntimeError"),
        (_loses_rows, "rows are missing in"),
        (_loses_a_guard, "does not guard the journal"),
    ],
)
def test_where_it_fails_all_is_as_it_was(
    older: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: Callable[[], None], told: str
) -> None:
    before = _counts()
    monkeypatch.setattr(migrate, "bring_up", step)
    done = older.mulin("upgrade", "--backup", tmp_path / "before.tar")
    assert done.code == 1
    assert told in done.err
    assert "The town is as it was before" in done.err
    assert "Traceback" not in done.err
    assert _counts() == before
    assert "half_made" not in _tables()
    monkeypatch.undo()
    older.says("upgrade", "--backup", tmp_path / "second.tar")
    assert "The journal is whole." in older.says("verify")


def test_what_came_back_can_be_backed_up_and_restored(
    older: Town, place: MakePlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "bring_up", _breaks_halfway)
    older.mulin("upgrade", "--backup", tmp_path / "before.tar")
    monkeypatch.undo()
    older.says("upgrade")
    older.says("backup", tmp_path / "after.tar")
    assert "Restored: " in place("other").says("restore", tmp_path / "after.tar")


def test_nothing_begins_while_it_runs_or_without_a_backup(older: Town, tmp_path: Path) -> None:
    with older.entered(), running.together():
        assert "stop it first" in older.mulin("upgrade").refusal
    (tmp_path / "file").touch()
    assert "There is no folder" in older.mulin("upgrade", "--backup", tmp_path / "none").refusal
    assert "demo_demotown" not in _tables()


def test_nobody_starts_while_it_is_going_on(town: Town) -> None:
    with town.entered(), running.alone():
        assert "An upgrade or a restore is going on" in town.mulin("work", "--once").refusal


def _counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        tables = sorted(_tables() - {"sqlite_sequence", "journal_night"})
        found = {}
        for table in tables:
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
        return found

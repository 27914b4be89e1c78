"""Our database backends: a broken reference fails at its statement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import IntegrityError, connections, models, transaction
from django.db.migrations.operations import AddField, AlterField, CreateModel, RemoveField
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from mulin.config import environment as env
from mulin.kernel.db.snapshot import snapshot
from mulin.kernel.ids import new_id
from mulin.kernel.models import Counter
from tests.support.databases import Home


@pytest.fixture
def alias(copied_db: Home, tmp_path: Path) -> Iterator[str]:
    """A database by our own backend: PostgreSQL's as the settings have it, SQLite's in a file of this test's own."""
    if connections["default"].vendor == "postgresql":
        yield "default"
        return
    own = {**connections.settings["default"], **env.sqlite(tmp_path / "own.sqlite3")}
    connections.settings["own"] = {**own, "ENGINE": "mulin.kernel.db.sqlite3"}
    yield "own"
    connections["own"].close()
    del connections["own"]
    del connections.settings["own"]


class Doors:
    """Two tables, one of which refers to the other, made and changed as migrations do it."""

    def __init__(self, alias: str) -> None:
        self.alias, self.state = alias, ProjectState()
        id = ("id", models.UUIDField(primary_key=True, default=new_id))
        self.migrate(CreateModel("TryHouse", [id]))
        self.migrate(CreateModel("TryDoor", [id, ("house", self.reference("doors"))]))

    def reference(self, name: str, **options: Any) -> Any:
        return models.ForeignKey("kernel.TryHouse", models.PROTECT, related_name=name, **options)

    def migrate(self, operation: Operation) -> None:
        before = self.state.clone()
        operation.state_forwards("kernel", self.state)
        with connections[self.alias].schema_editor() as editor:
            operation.database_forwards("kernel", editor, before, self.state)

    @property
    def houses(self) -> Any:
        return self.state.apps.get_model("kernel", "TryHouse").objects.using(self.alias)

    @property
    def doors(self) -> Any:
        return self.state.apps.get_model("kernel", "TryDoor").objects.using(self.alias)


@pytest.fixture
def town(alias: str) -> Doors:
    return Doors(alias)


def test_a_broken_reference_fails_at_once(town: Doors) -> None:
    with transaction.atomic(using=town.alias):
        with pytest.raises(IntegrityError), transaction.atomic(using=town.alias):
            town.doors.create(house_id=new_id())
        with pytest.raises(IntegrityError), transaction.atomic(using=town.alias):
            town.doors.bulk_create([town.doors.model(house_id=new_id())])
    assert not town.doors.exists()


def test_what_is_referred_to_cannot_go(town: Doors) -> None:
    home = town.houses.create()
    town.doors.create(house_id=home.id)
    with pytest.raises(IntegrityError), transaction.atomic(using=town.alias):
        town.houses.filter(id=home.id)._raw_delete(town.alias)


def test_references_survive_adding_altering_and_removing_columns(town: Doors) -> None:
    town.migrate(AddField("TryDoor", "other", town.reference("others", null=True)))
    home = town.houses.create()
    with pytest.raises(IntegrityError), transaction.atomic(using=town.alias):
        town.doors.create(house_id=home.id, other_id=new_id())
    town.doors.create(house_id=home.id, other_id=home.id)
    town.migrate(AlterField("TryDoor", "other", town.reference("others", default=home.id)))
    with pytest.raises(IntegrityError), transaction.atomic(using=town.alias):
        town.doors.create(house_id=home.id, other_id=new_id())
    town.migrate(RemoveField("TryDoor", "other"))
    with pytest.raises(IntegrityError), transaction.atomic(using=town.alias):
        town.doors.create(house_id=new_id())
    town.doors.create(house_id=home.id)


def test_a_snapshot_does_not_see_what_comes_later(copied_db: Home) -> None:
    def someone_else() -> None:
        Counter.objects.create(name="snapshot", year=2026)
        connections.close_all()

    with snapshot():
        before = Counter.objects.filter(name="snapshot").count()
        thread = Thread(target=someone_else)
        thread.start()
        thread.join()
        assert Counter.objects.filter(name="snapshot").count() == before
    assert Counter.objects.filter(name="snapshot").count() == before + 1

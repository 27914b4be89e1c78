"""The database itself refuses to change or remove what the journal keeps."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from mulin.journal import triggers
from mulin.journal.face import Archive, Disclosure, DisclosureOf, Entry, EntryText, disclose, seal
from mulin.journal.guarded import APPEND_ONLY, ERASABLE
from mulin.journal.models import ArchivedChain, ArchivedEntry
from mulin.kernel.fields import ShortText
from mulin.kernel.ids import new_id
from tests.journal.acts import NOW, a_subject, act
from tests.support.databases import Home

GUARDED = APPEND_ONLY + ERASABLE


@pytest.fixture
def rows(db: None) -> None:
    act(a_subject(), note="words", reply="more")
    disclose(new_id(), [new_id()], kind="reveal", purpose="contact", at=NOW)
    seal(NOW)
    archive = Archive.objects.create(
        name="a", at=NOW, before=NOW.date(), entries=1, chains=1, sha256="0" * 64
    )
    ArchivedChain.objects.create(subject=new_id(), seq=1, hash="0" * 64, archive=archive)
    ArchivedEntry.objects.create(position=99, hash="0" * 64)


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("model", GUARDED)
def test_nothing_is_deleted(model: type[models.Model]) -> None:
    count = model._default_manager.count()
    assert count
    for remove in (
        model._default_manager.all().delete,
        lambda: model._default_manager.all()._raw_delete("default"),
    ):
        with pytest.raises((IntegrityError, models.ProtectedError)), transaction.atomic():
            remove()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")
    assert model._default_manager.count() == count


def _columns() -> list[Any]:
    return [
        pytest.param(model, field, id=f"{model.__name__}.{field.name}")
        for model in GUARDED
        for field in model._meta.concrete_fields
    ]


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(("model", "field"), _columns())
def test_no_column_is_changed(model: type[models.Model], field: models.Field[Any, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        model._default_manager.update(**{field.attname: _another(field)})
    with pytest.raises(IntegrityError), transaction.atomic():
        model._default_manager.update(**{field.attname: models.F(field.attname)})


def _another(field: models.Field[Any, Any]) -> Any:
    if isinstance(field, models.UUIDField | models.ForeignKey):
        return new_id()
    if isinstance(field, models.BooleanField):
        return True
    if isinstance(field, models.DateTimeField):
        return NOW.replace(year=2027)
    return NOW.date().replace(year=2027) if isinstance(field, models.DateField) else 7


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(
    "change",
    [
        {"text": "", "salt": ""},
        {"erased_at": NOW, "erased_rule": "r"},
        {"text": "", "erased_at": NOW, "erased_rule": "r"},
        {"text": "", "salt": "", "erased_at": NOW},
        {"text": "other", "salt": "", "erased_at": NOW, "erased_rule": "r"},
        {"text": "", "salt": "", "erased_at": NOW, "erased_rule": "r", "public": True},
        {"text": "", "salt": "", "erased_at": NOW, "erased_rule": "r", "name": "x"},
    ],
)
def test_a_text_is_emptied_whole_or_not_at_all(change: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        EntryText.objects.filter(name="note").update(**change)


@pytest.mark.usefixtures("rows")
def test_a_text_is_emptied_once() -> None:
    empty = {"text": "", "salt": "", "erased_at": NOW, "erased_rule": "r"}
    assert EntryText.objects.filter(name="note").update(**empty) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        EntryText.objects.filter(name="note").update(**empty | {"erased_rule": "another"})


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("model", GUARDED)
def test_nothing_is_replaced_or_emptied_in_other_ways(model: type[models.Model]) -> None:
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        statements = [f"TRUNCATE {table} CASCADE", f"TRUNCATE {table}"]
    else:
        statements = [f"{how} INTO {table} SELECT * FROM {table}" for how in ("REPLACE", "INSERT OR REPLACE")]
    for statement in statements:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_installing_again_changes_nothing(db: None) -> None:
    assert triggers.missing(connection) == []
    triggers.install(connection)
    triggers.install(connection)
    assert triggers.missing(connection) == []


def test_every_trigger_survives_an_alter_field(copied_db: Home) -> None:
    act(a_subject(), note="words")
    disclose(new_id(), [new_id()], kind="reveal", purpose="contact", at=NOW)
    for model in GUARDED:
        with connection.schema_editor() as editor:
            for field in model._meta.concrete_fields:
                if field.is_relation:
                    continue
                altered = field.clone()
                if isinstance(field, ShortText):
                    altered = ShortText(limit=field.limit + 1, blank=field.blank)
                elif not field.primary_key:
                    altered.null = True
                altered.set_attributes_from_name(field.name)
                altered.model = model
                editor.alter_field(model, field, altered)
    triggers.install(connection)
    assert triggers.missing(connection) == []
    for model in (Entry, EntryText, Disclosure, DisclosureOf):
        for statement in (
            f"DELETE FROM {model._meta.db_table}",
            f"UPDATE {model._meta.db_table} SET id = id",
        ):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
    act(a_subject(), note="words")


def _spoil() -> list[list[str]]:
    entry = Entry._meta.db_table
    if connection.vendor == "postgresql":
        lame = "RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
        return [
            [f"DROP TRIGGER {entry}_no_change ON {entry}"],
            [f"ALTER TABLE {entry} DISABLE TRIGGER {entry}_no_change"],
            [f"CREATE OR REPLACE FUNCTION journal_refuse() {lame}"],
        ]
    drop = f"DROP TRIGGER {entry}_no_delete"
    lame = f"CREATE TRIGGER {entry}_no_delete BEFORE DELETE ON {entry} BEGIN SELECT 1; END"
    return [[f"DROP TRIGGER {entry}_no_update"], [drop], [drop, lame]]


@pytest.mark.parametrize("which", range(3))
def test_the_application_does_not_start_where_one_is_missing(copied_db: Home, which: int) -> None:
    triggers.require(connection)
    for statement in _spoil()[which]:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    assert any(Entry._meta.db_table in name for name in triggers.missing(connection))
    with pytest.raises(ImproperlyConfigured, match="mulin migrate"):
        triggers.require(connection)
    with pytest.raises(SystemCheckError, match=r"journal\.E001"):
        call_command("check", databases=["default"])
    triggers.install(connection)
    triggers.require(connection)


def test_every_table_of_the_journal_is_guarded_or_machinery() -> None:
    for model in apps.get_app_config("journal").get_models():
        assert model in GUARDED or model.MACHINERY  # type: ignore[attr-defined]  # Django's own models are not asked

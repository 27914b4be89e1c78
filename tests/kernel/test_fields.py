"""Columns with a meaning, as both databases keep them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import DataError, IntegrityError, connection, models, transaction
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps

from mulin.kernel import crypto
from mulin.kernel.fields import BlindIndex, EncryptedText, PastPath, PathField, ShortText
from mulin.kernel.models import Record
from tests.support.databases import Home


@pytest.fixture
def paper(copied_db: Home) -> Iterator[Any]:
    """A table with one column of each kind."""
    with isolate_apps("mulin.kernel"):

        class Paper(Record):
            name = ShortText(limit=5)
            path = PathField(blank=True)
            filed = PastPath(null=True)
            phone = EncryptedText(context="paper.phone", null=True)
            phone_index = BlindIndex(null=True)

            class Meta:
                app_label = "kernel"

        with connection.schema_editor() as editor:
            editor.create_model(Paper)
        yield Paper


def test_length_is_checked_by_the_database(paper: Any) -> None:
    paper.objects.create(name="五个字的名", path="37")
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        paper.objects.create(name="六个字的名字", path="37")
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        paper.objects.bulk_create([paper(name="六个字的名字", path="37")])
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        paper.objects.update(name="六个字的名字")


def test_length_is_checked_by_forms(paper: Any) -> None:
    with pytest.raises(ValidationError):
        paper(name="六个字的名字", path="37").full_clean()
    assert ShortText(limit=500).formfield().widget.__class__.__name__ == "Textarea"  # type: ignore[union-attr]  # a text has a form field
    assert ShortText(limit=50).formfield().widget.__class__.__name__ == "TextInput"  # type: ignore[union-attr]  # a text has a form field


@pytest.mark.parametrize("wrong", ["37x", "3 7", "37\n", "３７", "1" * 25, "-1"])
def test_a_path_is_digits_only(paper: Any, wrong: str) -> None:
    for columns in ({"path": wrong}, {"path": "37", "filed": wrong}):
        with pytest.raises((IntegrityError, DataError)), transaction.atomic():
            paper.objects.create(name="x", **columns)
    with pytest.raises(ValidationError):
        paper(name="x", path=wrong).clean_fields(exclude=["filed", "phone", "phone_index"])


def test_within_is_a_range_in_the_order_of_bytes(paper: Any) -> None:
    paths = ["37", "3704", "370402", "370402005", "370403", "38", "4"]
    paper.objects.bulk_create(paper(name="x", path=path) for path in paths)
    inside = paper.objects.filter(path__gte="3704", path__lt="3704:").order_by("path")
    assert list(inside.values_list("path", flat=True)) == ["3704", "370402", "370402005", "370403"]


def test_an_encrypted_value_is_plain_here_and_closed_there(paper: Any) -> None:
    row = paper.objects.create(name="x", path="37", phone="13812345678")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT phone FROM {connection.ops.quote_name(paper._meta.db_table)}")
        stored = cursor.fetchone()[0]
    assert stored.startswith("v1:1:")
    assert crypto.decrypt(stored, context="paper.phone") == "13812345678"
    assert paper.objects.get(id=row.id).phone == "13812345678"
    assert paper.objects.values_list("phone", flat=True).get() == "13812345678"


def test_encrypts_however_it_is_written(paper: Any) -> None:
    row = paper(name="x", path="37", phone="1")
    paper.objects.bulk_create([row])
    paper.objects.filter(id=row.id).update(phone="2")
    assert paper.objects.get(id=row.id).phone == "2"
    row.phone = "3"
    paper.objects.bulk_update([row], ["phone"])
    assert paper.objects.get(id=row.id).phone == "3"
    for empty in (None, ""):
        paper.objects.filter(id=row.id).update(phone=empty)
        assert paper.objects.get(id=row.id).phone == empty
    assert paper.objects.filter(phone__isnull=False).count() == 1


def test_an_encrypted_column_cannot_be_searched(paper: Any) -> None:
    with pytest.raises(FieldError, match="blind index"):
        paper.objects.filter(phone="13812345678")
    index = crypto.blind("13812345678", context="phone")
    row = paper.objects.create(name="x", path="37", phone="13812345678", phone_index=index)
    found = paper.objects.filter(phone_index__in=crypto.blind_all("13812345678", context="phone"))
    assert [each.id for each in found] == [row.id]


def test_a_longer_limit_is_only_a_new_check(paper: Any) -> None:
    old, new = paper._meta.get_field("name"), ShortText(limit=50)
    new.set_attributes_from_name("name")
    new.model = paper
    with connection.schema_editor() as editor:
        editor.alter_field(paper, old, new)
    paper.objects.create(name="六个字的名字", path="37")
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        paper.objects.create(name="x" * 51, path="37")


@pytest.mark.parametrize(
    "field",
    [
        ShortText(limit=5),
        PathField(unique=True),
        PastPath(null=True),
        EncryptedText(context="a.b"),
        BlindIndex(null=True),
    ],
)
def test_migrations_can_write_it_down(field: models.Field[Any, Any]) -> None:
    written, _ = MigrationWriter.serialize(field)
    assert written.startswith("mulin.kernel.fields.")
    assert field.clone().deconstruct()[1:] == field.deconstruct()[1:]


def test_the_two_kinds_of_path_are_not_one_another() -> None:
    assert not issubclass(PathField, PastPath)
    assert not issubclass(PastPath, PathField)

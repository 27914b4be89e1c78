"""Very many rows at once are the rows that the ORM would have stored, and leave the connection as it was."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from mulin.journal.face import Entry, Outbox
from mulin.kernel import crypto
from mulin.kernel.db import many
from mulin.kernel.fields import EncryptedText
from mulin.kernel.refusals import Invalid
from mulin.matters.face import Contact, Matter
from mulin.registry.face import Resident
from tests.matters.world import a_matter, do
from tests.support.clock import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.mark.parametrize("model", [Matter, Contact, Entry, Outbox])
def test_every_column_is_prepared_as_by_the_orm(model: Any) -> None:
    do(a_matter().matter, "file", "worker")
    found = list(model.objects.all()[:20])
    prepared = many.prepared(model, (row.__dict__ for row in found))
    for row, values in zip(found, prepared, strict=True):
        for field, value in zip(model._meta.concrete_fields, values, strict=True):
            plain = getattr(row, field.attname)
            if isinstance(field, EncryptedText) and plain:
                assert crypto.decrypt(value, context=field.context) == plain
            else:
                assert value == field.get_db_prep_save(plain, connection), field.name


def test_columns_left_out_have_their_defaults_and_facts_come_back(now_seen: dict[str, Any]) -> None:
    many.insert_values(
        Resident, [now_seen, now_seen | {"id": Resident().id, "facts_confirmed": {"phone": {"at": "x"}}}]
    )
    first, second = Resident.objects.order_by("name", "id").filter(name="王秀英")
    assert first.nationality == "CHN"
    assert [first.facts_confirmed, second.facts_confirmed] == [{}, {"phone": {"at": "x"}}]
    assert first.phone == second.phone == "15400000001"


def test_the_mark_of_what_cannot_be_read_is_no_value(now_seen: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        many.insert_values(Resident, [now_seen | {"phone": "⚠ cannot be read"}])


@pytest.fixture
def now_seen() -> dict[str, Any]:
    return {"id": Resident().id, "name": "王秀英", "phone": "15400000001", "place": "370498001001", "entered_at": NOW,
            "confirmed_at": NOW, "source": "list"}  # fmt: skip


@pytest.mark.only_on("sqlite")
def test_room_is_given_back_also_when_it_fails() -> None:
    before, seen = _room(), []
    try:
        with many.roomy():
            seen = _room()
            raise LookupError
    except LookupError:
        assert seen != before == _room()


def _room() -> list[int]:
    with connection.cursor() as cursor:
        return [
            cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("cache_size", "wal_autocheckpoint")
        ]

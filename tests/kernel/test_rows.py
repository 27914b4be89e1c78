"""A row stored by a statement that is made once is the row that the ORM would have stored."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from mulin.journal.face import Entry, Outbox
from mulin.kernel.db import many, rows
from mulin.matters.face import Contact, Matter, Part, Reporter
from mulin.matters.models.matter import Matter as Model
from mulin.places.face import Area, Level
from mulin.registry.codes import Source
from mulin.registry.face import Dwelling
from tests.matters.world import a_matter, do
from tests.support.clock import NOW

SEALED = {"name", "phone"}  # encrypted anew each time

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.mark.parametrize("model", [Matter, Reporter, Contact, Part, Entry, Outbox])
def test_both_ways_prepare_every_column_alike(model: type[Model]) -> None:
    do(a_matter().matter, "file", "worker")
    columns, _head = rows.insertion(model, connection.vendor)
    fields = {field.attname: field for field in model._meta.concrete_fields}
    for row in model.objects.all()[:20]:
        for name, prepare in columns:
            if name not in SEALED:
                value = getattr(row, name)
                assert prepare(value) == fields[name].get_db_prep_save(value, connection), name


@pytest.mark.parametrize("model", [Matter, Contact, Entry, Outbox])
def test_many_rows_are_stored_as_the_orm_would(model: type[Model]) -> None:
    do(a_matter().matter, "file", "worker")
    found = model.objects.all()[0]
    copies = [model.objects.get(pk=found.pk) for _ in range(3)]
    with pytest.raises(IntegrityError), transaction.atomic():
        many.insert(copies)  # there already
    many.insert([])


def test_many_rows_of_dates_and_numbers_come_back_as_they_were() -> None:
    area = Area.objects.filter(level=Level.BUILDING).first()
    assert area is not None
    made = [_dwelling(area, n) for n in range(3)]
    many.insert(made)
    for one in made:
        same = Dwelling.objects.get(pk=one.pk)
        names = [field.attname for field in Dwelling._meta.concrete_fields]
        assert [getattr(same, name) for name in names] == [getattr(one, name) for name in names]


def _dwelling(area: Area, n: int) -> Dwelling:
    return Dwelling(
        area=area, place=area.path, entered_at=NOW, confirmed_at=NOW, source=Source.DOOR, floor=n, number=f"x{n}\t\\N",
        square_metres=Decimal("61.50"), owner_phone="13812345678", facts_confirmed={"use": {"at": "x"}},
    )  # fmt: skip

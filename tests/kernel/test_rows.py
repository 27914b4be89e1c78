"""A row stored by a statement that is made once is the row that the ORM would have stored."""

from __future__ import annotations

import pytest
from django.db import connection

from mulin.journal.face import Entry, Outbox
from mulin.kernel.db import rows
from mulin.matters.face import Contact, Matter, Part, Reporter
from mulin.matters.models.matter import Matter as Model
from tests.matters.world import a_matter, do

SEALED = {"name", "phone"}  # encrypted anew each time

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.mark.parametrize("model", [Matter, Reporter, Contact, Part, Entry, Outbox])
def test_both_ways_prepare_every_column_alike(model: type[Model]) -> None:
    do(a_matter().matter, "file", "worker")
    columns, _head = rows._insertion(model, connection.vendor)
    fields = {field.attname: field for field in model._meta.concrete_fields}
    for row in model.objects.all()[:20]:
        for name, prepare in columns:
            if name not in SEALED:
                value = getattr(row, name)
                assert prepare(value) == fields[name].get_db_prep_save(value, connection), name

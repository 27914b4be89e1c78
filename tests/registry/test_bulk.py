"""The bulk path leaves what the live acts leave."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.db import IntegrityError
from django.db.models import Model

from mulin.journal.face import Entry, Subject, timeline, verify
from mulin.kernel import search
from mulin.registry import values
from mulin.registry.actions import bulk
from mulin.registry.codes import Source
from mulin.registry.face import (
    Dwelling,
    Household,
    Merchant,
    Residence,
    Resident,
    Stay,
    enter_merchant,
    open_household,
    register_resident,
)
from mulin.registry.search import MERCHANTS, RESIDENTS
from tests.matters.world import NOW, the
from tests.registry import world

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]

TODAY = NOW.date()
# What a live act counts while one after another moves in; in bulk all come at once.
COUNTED = {"id", "entered_at", "confirmed_at", "version", "facts_confirmed"}
SHOP = {"name": "龙山便利店", "credit_code": "", "operator_phone": "13900000009", "kind": "shop"}


def columns_of(row: Model, *but: str) -> dict[str, Any]:
    names = [field.attname for field in row._meta.concrete_fields]
    return {name: getattr(row, name) for name in names if name not in {*COUNTED, *but}}


def told_of(subject: UUID, *ids: UUID) -> list[tuple[str, str]]:
    """Codes and facts of a chain, with ids by their place in `ids`."""
    said = [(entry.code, orjson.dumps(orjson.loads(entry.text)["facts"], option=orjson.OPT_SORT_KEYS).decode())
            for entry in Entry.objects.filter(subject=subject).order_by("seq")]  # fmt: skip
    for n, id in enumerate(ids):
        said = [(code, facts.replace(str(id), f"#{n}")) for code, facts in said]
    return said


def a_lot(dwelling: Dwelling, number: str, document: str) -> bulk.Homes:
    door = bulk.NewDwelling(
        area=dwelling.area_id, place=dwelling.place,
        columns=values.dwelling({"floor": dwelling.floor, "number": number}, today=TODAY, new=True).or_refuse(),
    )  # fmt: skip
    home = bulk.NewHousehold(
        dwelling=door.id, place=door.place, columns=values.household({}, today=TODAY).or_refuse()
    )
    stay = values.residence({"relation": "0", "from_on": date(2020, 5, 1)}, today=TODAY).or_refuse()
    person = bulk.NewPerson(
        columns=values.resident(given(document), today=TODAY).or_refuse(),
        stays=[bulk.NewStay(dwelling=door.id, household=home.id, place=door.place, columns=stay)],
    )
    return bulk.Homes([door], [home], [person])


def given(document: str) -> dict[str, str]:
    return {"name": "王秀英", "document": document, "phone": "139 0000 0001"}


def test_rows_search_and_entries_are_those_of_the_live_acts() -> None:
    worker = the("worker")
    dwelling = world.a_dwelling(by=worker, source=Source.LIST)
    household = open_household(dwelling, by=worker, now=NOW, source=Source.LIST)
    stay = Stay(household=household, relation="0", from_on=date(2020, 5, 1))
    person = register_resident(
        given(world.a_document()), dwelling, stay, by=worker, now=NOW, source=Source.LIST
    )
    document = world.a_document()
    lot = a_lot(dwelling, "999", document)
    assert bulk.store(lot, by=worker.actor(), now=NOW) == 3

    theirs = Resident.objects.get(pk=lot.people[0].id)
    same = columns_of(theirs, "document", "document_index")
    assert same == columns_of(Resident.objects.get(pk=person.pk), "document", "document_index")
    assert theirs.document == document
    door, home = Dwelling.objects.get(pk=lot.dwellings[0].id), Household.objects.get(pk=lot.households[0].id)
    assert columns_of(door, "number") == columns_of(Dwelling.objects.get(pk=dwelling.pk), "number")
    assert columns_of(home, "dwelling_id") == columns_of(
        Household.objects.get(pk=household.pk), "dwelling_id"
    )
    one, other = Residence.objects.get(resident=theirs), Residence.objects.get(resident=person)
    but = ("resident_id", "dwelling_id", "household_id")
    assert columns_of(one, *but) == columns_of(other, *but)

    for mine, live, more in (
        (theirs.pk, person.pk, ((door.pk, home.pk, one.pk), (dwelling.pk, household.pk, other.pk))),
        (door.pk, dwelling.pk, ((), ())),
        (home.pk, household.pk, ((door.pk,), (dwelling.pk,))),
    ):
        assert told_of(mine, *more[0]) == told_of(live, *more[1])
    token = {search.area_token(door.place)}
    assert set(search.find(RESIDENTS, "秀英", token)) >= {theirs.pk, person.pk}
    assert verify().problems == []


def test_a_merchant_is_the_one_that_a_live_act_enters() -> None:
    worker, area = the("worker"), world.a_unit()
    live = enter_merchant(area, SHOP, by=worker, now=NOW, source=Source.LIST)
    columns = values.merchant(SHOP, today=TODAY).or_refuse()
    new = bulk.NewMerchant(area=area, columns=columns)
    bulk.store(bulk.Homes(merchants=[new]), by=worker.actor(), now=NOW)
    made = Merchant.objects.get(pk=new.id)
    assert columns_of(made) == columns_of(Merchant.objects.get(pk=live.pk))
    assert told_of(made.pk) == told_of(live.pk)
    assert made.pk in search.find(MERCHANTS, "便利店", {search.area_token(area.path)})


def test_a_life_is_told_in_its_order() -> None:
    worker, dwelling = the("worker"), world.a_dwelling()
    stays = [
        bulk.NewStay(dwelling=dwelling.pk, place=dwelling.place, columns={"from_on": begun}, to_on=ended)
        for begun, ended in ((date(2020, 1, 1), date(2021, 3, 1)), (date(2022, 1, 1), date(2026, 1, 9)))
    ]
    person = bulk.NewPerson(columns={"name": "李建国"}, stays=stays, died_on=date(2026, 1, 9))
    bulk.store(bulk.Homes(people=[person]), by=worker.actor(), now=NOW, told={"import": "x"})
    made = Resident.objects.get(pk=person.id)
    assert (made.left_on, made.died_on, made.is_here) == (date(2026, 1, 9), date(2026, 1, 9), False)
    codes = [line.code for line in timeline(Subject("resident", made.pk))]
    begun, ended = "residence.begun", "residence.ended"
    assert codes == ["resident.registered", begun, ended, begun, "resident.died", ended]
    assert not Residence.objects.filter(resident=made, main=True).exists()


def test_a_lot_is_stored_whole_or_not_at_all() -> None:
    dwelling, document = world.a_dwelling(), world.a_document()
    bulk.store(a_lot(dwelling, "998", document), by=the("worker").actor(), now=NOW)
    before = Dwelling.objects.count(), Entry.objects.count()
    with pytest.raises(IntegrityError):
        bulk.store(a_lot(dwelling, "997", document), by=the("worker").actor(), now=NOW)
    assert (Dwelling.objects.count(), Entry.objects.count()) == before

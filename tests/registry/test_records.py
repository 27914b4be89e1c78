"""Entering who lives where: doors, households, people; what is refused, and what is written down."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from mulin.journal.face import Disclosure, Entry, EntryText, verify
from mulin.kernel import search
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed, NotYours, Refusal, TooMany
from mulin.places.face import Area, locate
from mulin.registry.actions import asking
from mulin.registry.actions.duplicates import Known
from mulin.registry.actions.finding import find_exact
from mulin.registry.face import (
    Dwelling,
    Merchant,
    Residence,
    Resident,
    Stay,
    change_resident,
    close_dwelling,
    confirm_resident,
    enter_dwelling,
    leave_household,
    move,
    move_household,
    move_in,
    move_out,
    set_alive,
    set_died,
    set_householder,
)
from mulin.registry.search import RESIDENTS
from tests.matters.world import NOW, the, the_building
from tests.registry.world import (
    BORN,
    TODAY,
    a_building_elsewhere,
    a_document,
    a_dwelling,
    a_household,
    a_merchant,
    a_resident,
    a_unit,
    another_building,
    residence_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def codes(thing: Resident | Dwelling) -> list[str]:
    return list(Entry.objects.filter(subject=thing.pk).order_by("seq").values_list("code", flat=True))


def test_a_family_moves_in() -> None:
    home = a_household()
    wang = a_resident(home, name="王秀英", relation="0", by=the("worker"))
    son = a_resident(home, name="王小明", relation="2")
    home.refresh_from_db()
    assert (home.members, residence_of(son).relation) == (2, "2")
    assert codes(wang) == ["resident.registered", "residence.begun"]
    assert (wang.born_on, wang.sex, wang.document_kind) == (BORN, "1", "111")
    assert search.find(RESIDENTS, "秀英", {search.area_token(wang.place)}) == [wang.pk]
    assert "王秀英" not in "".join(Entry.objects.values_list("text", flat=True))
    assert verify().problems == []


def test_two_householders() -> None:
    home = a_household()
    a_resident(home, relation="0")
    with pytest.raises(Invalid) as told:
        a_resident(home, relation="0")
    assert (told.value.code, told.value.field) == ("two_householders", "relation")


def test_a_document_that_is_known_here() -> None:
    known = a_resident(name="王秀英")
    with pytest.raises(Known) as told:
        a_resident(document=f" {known.document.lower()} ", by=the("worker"))
    assert told.value.resident == known.pk
    assert "王**" in str(told.value)
    assert "秀英" not in str(told.value)
    assert Disclosure.objects.filter(kind="search").count() == 1
    assert Resident.objects.count() == 1


def test_a_document_that_is_known_elsewhere() -> None:
    """One is told that there is such a record, and nothing of whose it is."""
    known = a_resident(a_household(a_dwelling(a_unit(a_building_elsewhere()))), name="王秀英")
    with pytest.raises(Known) as told:
        a_resident(document=known.document, by=the("worker"))
    assert told.value.resident is None
    assert "王" not in str(told.value)


def test_to_enter_a_number_is_to_ask_for_it_known_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entering somebody and searching take from one allowance, and both stand among the readings."""
    monkeypatch.setattr(asking, "ASKED_AN_HOUR", 4)
    known, worker = a_resident(), the("worker")
    assert worker.user
    made = a_resident(by=worker)
    with pytest.raises(Known):
        a_resident(document=known.document, by=worker)
    other = a_document()
    change_resident(made, {"document": other}, by=worker, now=NOW)
    made.refresh_from_db()
    change_resident(made, {"document": other, "phone": "13900000002"}, by=worker, now=NOW)  # theirs already
    rows = Disclosure.objects.filter(reader=worker.user.pk).order_by("seq")
    asked = [(row.kind, row.purpose, [each.person for each in row.of.all()]) for row in rows]
    assert asked == [("search", "verify", []), ("search", "verify", [known.pk]), ("search", "verify", [])]
    assert rows[0].seat == worker.seats[0].pk
    find_exact(known.document, purpose="duty", by=worker, now=NOW)
    with pytest.raises(TooMany):
        a_resident(by=worker)
    with pytest.raises(TooMany):
        change_resident(made, {"document": a_document()}, by=worker, now=NOW)


def test_the_same_name_birth_and_door_asks() -> None:
    door = a_dwelling()
    facts: dict[str, Any] = {"name": "李伟", "born_on": BORN, "document": "", "dwelling": door}
    a_resident(**facts)
    with pytest.raises(Known) as told:
        a_resident(**facts)
    assert told.value.code == "namesake"
    a_resident(**facts, sure=True)
    assert Resident.objects.filter(name="李伟").count() == 2


def test_who_may_enter() -> None:
    with pytest.raises(NotYours):
        a_dwelling(a_unit(a_building_elsewhere()), by=the("worker"))
    with pytest.raises(NotAllowed):
        a_dwelling(by=the("building"))
    with pytest.raises(Refusal):
        a_dwelling(by=the("auditor"))
    worker, resident = the("worker"), a_resident()
    with pytest.raises(NotAllowed):
        change_resident(resident, {"phone": "13900000001"}, by=the("building"), now=NOW)
    change_resident(resident, {"phone": "13900000001"}, by=worker, now=NOW)


def test_two_change_what_both_had_open() -> None:
    resident = a_resident()
    change_resident(resident, {"phone": "13900000001"}, by=the("worker"), now=NOW, version=1)
    with pytest.raises(Conflict) as told:
        change_resident(resident, {"phone": "13900000002"}, by=the("operator"), now=NOW, version=1)
    assert told.value.code == "changed_since"
    resident.refresh_from_db()
    assert (resident.phone, resident.version) == ("13900000001", 2)


def test_a_change_keeps_before_and_after_encrypted() -> None:
    resident = a_resident(phone="13900000001")
    changed = change_resident(resident, {"phone": "13900000002"}, by=the("worker"), now=NOW)
    words = EntryText.objects.filter(entry__code="resident.changed")
    assert {word.name for word in words} == {"before", "after"}
    assert all(word.sealed and "139" not in word.text for word in words)
    assert changed.seen("phone").by == getattr(the("worker").user, "pk", None)


def test_what_is_confirmed_by_itself_and_in_the_end_as_a_whole() -> None:
    resident = a_resident()
    later = NOW + timedelta(days=30)
    one = confirm_resident(resident, by=the("worker", later), now=later, facts=["phone"])
    assert (one.seen("phone").at, one.seen("work").at, one.confirmed_at) == (later, NOW, NOW)
    for fact in ("identity", "registration", "work", "family", "stay", "residence"):
        one = confirm_resident(one, by=the("worker", later), now=later, facts=[fact])
    assert one.confirmed_at == later
    with pytest.raises(Invalid):
        confirm_resident(one, by=the("worker"), now=later, facts=["religion"])


def test_moving_out_closes_and_deletes_nothing() -> None:
    home = a_household()
    resident = a_resident(home, relation="0")
    move_out(residence_of(resident), by=the("worker"), now=NOW, note="去外地")
    resident.refresh_from_db()
    home.refresh_from_db()
    assert (resident.left_on, home.members, Residence.objects.count()) == (TODAY, 0, 1)
    with pytest.raises(Invalid):
        move_out(Residence.objects.get(), by=the("worker"), now=NOW)
    move_in(resident, home.dwelling, Stay(household=home, relation="0"), by=the("worker"), now=NOW)
    resident.refresh_from_db()
    assert (resident.left_on, Residence.objects.count()) == (None, 2)


def test_moving_next_door_takes_the_search_along() -> None:
    home, door = a_household(), a_dwelling(a_unit(another_building()))
    resident = a_resident(home, name="王秀英")
    move(residence_of(resident), door, Stay(kind="02"), by=the("worker"), now=NOW)
    resident.refresh_from_db()
    assert (resident.place, resident.left_on) == (door.place, None)
    assert search.find(RESIDENTS, "秀英", {search.area_token(door.place)}) == [resident.pk]
    assert search.find(RESIDENTS, "秀英", {search.area_token(home.place)}) == []


def test_a_second_home_is_the_main_one_only_if_said() -> None:
    resident, door = a_resident(), a_dwelling()
    move_in(resident, door, Stay(main=False), by=the("worker"), now=NOW)
    assert residence_of(resident).dwelling != door
    move_out(residence_of(resident), by=the("worker"), now=NOW)
    assert residence_of(resident).dwelling == door


def test_a_household_moves_or_leaves_together() -> None:
    home, door = a_household(), a_dwelling(a_unit(another_building()))
    wang = a_resident(home, relation="0")
    a_resident(home, relation="1")
    moved = move_household(home, door, by=the("worker"), now=NOW)
    wang.refresh_from_db()
    assert (moved.place, moved.members, wang.place) == (door.place, 2, door.place)
    assert residence_of(wang).relation == "0"
    gone = leave_household(moved, by=the("worker"), now=NOW)
    assert (gone.to_on, gone.members) == (TODAY, 0)
    assert Residence.objects.there().count() == 0
    assert close_dwelling(door, by=the("worker"), now=NOW).closed_at == NOW


def test_another_householder() -> None:
    home = a_household()
    wang, wife, mother = (a_resident(home, relation=each) for each in ("0", "1", "5"))
    own, hers = residence_of(wang).pk, residence_of(wife)
    set_householder(home, hers, relations={own: "1"}, by=the("worker"), now=NOW)
    assert [residence_of(each).relation for each in (wang, wife, mother)] == ["1", "0", ""]


def test_a_death_ends_where_they_lived() -> None:
    home = a_household()
    resident = a_resident(home, relation="0")
    with pytest.raises(Invalid):
        set_died(resident, TODAY + timedelta(days=1), by=the("worker"), now=NOW)
    set_died(resident, TODAY - timedelta(days=3), by=the("worker"), now=NOW)
    home.refresh_from_db()
    resident.refresh_from_db()
    assert (home.members, resident.is_here, resident.left_on) == (0, False, TODAY - timedelta(days=3))
    with pytest.raises(Invalid):
        move_in(resident, a_dwelling(), by=the("worker"), now=NOW)
    set_alive(resident, by=the("worker"), now=NOW)
    move_in(resident, home.dwelling, by=the("worker"), now=NOW)
    resident.refresh_from_db()
    assert resident.is_here


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"document": "110105194912310021", "born_on": None}, "bad_document", "document"),
        ({"born_on": TODAY + timedelta(days=1), "document": ""}, "future", "born_on"),
        ({"born_on": date(1880, 1, 1), "document": ""}, "too_long_ago", "born_on"),
        ({"born_on": date(1980, 5, 18), "document": a_document()}, "birth_differs", "born_on"),
        ({"sex": "2"}, "sex_differs", "sex"),
        ({"phone": "12345678901"}, "bad_phone", "phone"),
        ({"name": "  "}, "missing", "name"),
        ({"marital": "99"}, "unknown_code", "marital"),
        ({"document": "E12345678"}, "no_document_kind", "document_kind"),
    ],
)
def test_what_is_refused(given: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Invalid) as told:
        a_resident(dwelling=a_dwelling(), **given)
    assert (told.value.code, told.value.field) == (code, field)


def test_doors() -> None:
    door = a_dwelling(number="302", owner_phone="13900000001")
    assert door.owner_phone_index
    with pytest.raises(Invalid) as told:
        a_dwelling(number="302")
    assert told.value.code == "door_taken"
    with pytest.raises(Invalid):
        enter_dwelling(a_unit().parent or a_unit(), floor=1, number="1", by=the("operator"), now=NOW)
    a_resident(dwelling=door)
    with pytest.raises(Invalid):
        close_dwelling(door, by=the("worker"), now=NOW)


def test_a_shop_lies_in_its_overlay_grid_too() -> None:
    building, shop = the_building(), a_merchant()
    here = locate(building.lon or 0, building.lat or 0, "commercial").grid
    assert shop.overlay_place == (here.path if here else "")
    overlay = Area.objects.filter(family__code="commercial", lon__isnull=False)[0]
    market = a_merchant(lon=overlay.lon, lat=overlay.lat)
    covering = locate(market.lon or 0, market.lat or 0, "commercial").grid
    assert covering
    assert market.overlay_place == covering.path
    assert Merchant.objects.within(covering.path).filter(pk=market.pk).exists()
    with pytest.raises(Invalid) as told:
        a_merchant(credit_code=shop.credit_code)
    assert told.value.code == "code_taken"
    with pytest.raises(Invalid) as told:
        a_merchant(credit_code=shop.credit_code[:-1] + ("0" if shop.credit_code[-1] != "0" else "1"))
    assert told.value.code == "bad_credit_code"

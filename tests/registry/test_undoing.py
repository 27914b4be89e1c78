"""A list taken back: records that it only brought up to date are as they were, where nobody has touched them since."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from mulin.journal.face import retention_decide, retention_run, verify
from mulin.registry.actions import bulk_import as acts
from mulin.registry.actions.staying import Stay
from mulin.registry.face import (
    Dwelling,
    Household,
    Merchant,
    Resident,
    confirm_resident,
    erase_resident,
    move_out,
    set_householder,
)
from mulin.registry.importing import before as before_list
from mulin.registry.importing import cutting
from mulin.registry.models import HomeImport, HomeImportBefore
from tests.matters.world import NOW, the
from tests.registry import world
from tests.registry.lists import a_row, a_text, taken_in, worked

pytestmark = [pytest.mark.tiny_town, pytest.mark.django_db]
LATER = NOW + timedelta(hours=1)


def undone(source: HomeImport) -> HomeImport:
    acts.undo_import(source, by=the("operator"), now=NOW)
    worked()
    source.refresh_from_db()
    assert source.stage == "undone"
    assert not source.before.exists()
    assert verify().problems == []
    return source


def updated(*people: Resident, **said: Any) -> HomeImport:
    rows = [a_row(证件号码=each.document, 姓名=each.name, **said) for each in people]
    return taken_in(data=a_text(*rows), repeats="update")


def as_stored(*rows: Any) -> list[dict[str, Any]]:
    """Every column but how often it was changed."""
    found = [dict(type(row).objects.filter(pk=row.pk).values().get()) for row in rows]
    return [{name: value for name, value in each.items() if name != "version"} for each in found]


def test_what_was_known_and_how_sure_it_was_is_as_before() -> None:
    zhang = world.a_resident(
        world.a_household(world.a_dwelling(number="1101", floor=11)), phone="13900000001"
    )
    confirm_resident(zhang, facts=("phone",), by=the("worker"), now=NOW)
    before = as_stored(zhang)
    source = updated(zhang, 联系电话="13900000007", 与户主关系="")
    zhang.refresh_from_db()
    assert (zhang.phone, source.changed) == ("13900000007", 1)
    kept = HomeImportBefore.objects.get()
    assert (kept.record, "13900000001" in kept.content) == (zhang.pk, True)
    undone(source)
    assert as_stored(zhang) == before


def test_they_live_where_they_lived_and_the_door_of_the_list_goes() -> None:
    home = world.a_household(world.a_dwelling(number="1401", floor=14))
    moved = world.a_resident(home, stay=Stay(household=home, relation="0", from_on=date(2020, 5, 1)))
    back = world.a_resident(world.a_household(world.a_dwelling(number="1402", floor=14)))
    move_out(world.residence_of(back), by=the("worker"), now=NOW)
    back.refresh_from_db()
    lived = world.residence_of(moved)
    home.refresh_from_db()
    before, doors = as_stored(moved, back, lived, home), Dwelling.objects.count()
    households, members = Household.objects.count(), home.residences.there().count()
    source = updated(moved, back, 门牌号="1501", 与户主关系="")
    assert world.residence_of(moved).dwelling.number == "1501"
    assert world.residence_of(back).dwelling.number == "1501"
    home.refresh_from_db()
    assert home.facts_confirmed["members"]["source"] == "list"  # nobody was at the door
    undone(source)
    assert as_stored(moved, back, lived, home) == before
    assert (Dwelling.objects.count(), Household.objects.count()) == (doors, households)
    home.refresh_from_db()
    assert home.members == members
    assert back.residences.count() == 1


def test_a_long_list_of_known_people_is_cut_and_whoever_stands_in_it_twice_is_as_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cutting, "UPDATED", 1)
    zhang = world.a_resident(world.a_household(world.a_dwelling(number="1101", floor=11)), name="张伟")
    before = as_stored(zhang, world.residence_of(zhang))
    by_name = a_row(姓名="张伟", 出生日期="1980-05-17", 联系电话="13900000007", 与户主关系="")
    by_number = a_row(证件号码=zhang.document, 联系电话="13900000008", 门牌号="1102", 与户主关系="")
    source = taken_in(data=a_text(by_name, by_number), repeats="update")
    assert [len(part.made["changed"]) for part in source.parts.filter(raw=False)] == [1, 1]
    assert world.residence_of(zhang).dwelling.number == "1102"
    undone(source)
    assert as_stored(zhang, *zhang.residences.all()) == before
    assert not any(part.made["stay"] for part in source.parts.all())


def test_whoever_is_gone_when_their_row_is_reached_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    zhang = world.a_resident(dwelling=world.a_dwelling(number="1101", floor=11))

    people_before = before_list.people_before

    def goes(*given: Any) -> Any:
        zhang.residences.all().delete()
        Resident.objects.filter(pk=zhang.pk).delete()
        return people_before(*given)

    monkeypatch.setattr(before_list, "people_before", goes)
    source = updated(zhang, 联系电话="13900000007", 与户主关系="")
    assert source.parts.get().made["skipped"] == [2]


def test_whom_somebody_touched_since_stays_and_is_named() -> None:
    dwelling = world.a_dwelling(number="1101", floor=11)
    zhang, li, wang = (world.a_resident(dwelling=dwelling, phone="") for _ in range(3))
    source = updated(zhang, 联系电话="13900000007", 门牌号="1102", 与户主关系="")
    more = updated(li, wang, 联系电话="13900000008", 门牌号="1103", 与户主关系="")
    confirm_resident(zhang, by=the("worker"), now=LATER)
    theirs = world.residence_of(li)
    assert theirs.household
    set_householder(theirs.household, theirs, by=the("worker"), now=LATER)
    undone(source)
    undone(more)
    phones = dict(Resident.objects.values_list("pk", "phone"))
    assert (phones[zhang.pk], phones[li.pk], phones[wang.pk]) == ("13900000007", "13900000008", "")
    stay = [id for part in (*source.parts.all(), *more.parts.all()) for id in part.made.get("stay", ())]
    assert {str(zhang.pk), str(li.pk)} <= set(stay)
    assert str(wang.pk) not in stay


def test_merchants_are_as_before_too() -> None:
    shop = world.a_merchant(operator_phone="13900000001")
    unit = shop.area
    titles = ("楼栋", "单元", "名称", "统一社会信用代码", "经营者电话")
    row = ((unit.parent or unit).path, unit.path[22:].lstrip("0"), "新名", shop.credit_code, "13900000002")
    before = as_stored(shop)
    text = "\n".join(",".join(line) for line in (titles, row)).encode()
    source = taken_in(data=text, kind="merchants", repeats="update")
    assert Merchant.objects.get(pk=shop.pk).name == "新名"
    undone(source)
    assert as_stored(shop) == before


def test_what_was_goes_with_the_person_and_in_time() -> None:
    zhang, li = world.a_resident(phone="13900000001"), world.a_resident(phone="13900000002")
    updated(zhang, 联系电话="13900000007", 与户主关系="")
    source = updated(li, 联系电话="13900000008", 与户主关系="")
    move_out(world.residence_of(zhang), by=the("worker"), now=NOW)
    erase_resident(zhang, by=the("operator"), now=NOW)
    assert [each.record for each in HomeImportBefore.objects.all()] == [li.pk]
    by, later = the("sysadmin").actor(), NOW + timedelta(days=4 * 366)
    retention_decide("registry", years=3, by_itself=False, by=by, at=later)
    assert retention_run(["registry"], by=by, at=later)["lists_before"] == 1
    undone(source)
    li.refresh_from_db()
    assert li.phone == "13900000008"

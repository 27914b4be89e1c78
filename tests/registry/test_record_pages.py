"""The pages of entering and changing, from an empty building to a family that moved on; in the words of the desk."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mulin.journal.face import Disclosure, DisclosureOf
from mulin.registry.face import Dwelling, Household, Merchant, Residence, Resident, change_resident
from tests.matters.world import NOW, the, the_building
from tests.registry.world import (
    a_building_elsewhere,
    a_credit_code,
    a_document,
    a_dwelling,
    a_household,
    a_merchant,
    a_resident,
    a_unit,
    residence_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.fixture
def desk() -> Client:
    """The worker at a browser, in English."""
    return at_desk("worker")


def at_desk(name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    user = the(name).user
    assert user
    user.language = "en"
    user.save(update_fields=["language"])
    client.force_login(user)
    return client


def send(desk: Client, page: str, /, *args: Any, expect: int = 303, **given: Any) -> str:
    answer = desk.post(reverse(page, args=args), given)
    said = answer.content.decode()
    assert answer.status_code == expect, re.findall(r"error[^<]*<[^>]*>[^<]*", said)[:10] or said[:2000]
    return said


def test_from_an_empty_door_to_a_family(desk: Client) -> None:
    unit = a_unit()
    assert desk.get(reverse("dwelling-enter", args=[unit.path])).status_code == 200
    send(desk, "dwelling-enter", unit.path, floor="3", number="302", use="owner")
    door = Dwelling.objects.get(number="302")
    send(desk, "household-open", door.pk, kind="family", number="H-302")
    home = Household.objects.get()
    page = desk.get(reverse("resident-register", args=["household", home.pk])).content.decode()
    assert "Enter the householder" in page
    who: dict[str, Any] = {
        "name": "王秀英",
        "document": a_document(),
        "phone": "139 0000 0001",
        "stay-relation": "0",
    }
    send(desk, "resident-register", "household", home.pk, **who)
    wang = Resident.objects.get()
    assert (wang.phone, residence_of(wang).relation) == ("13900000001", "0")
    second: dict[str, Any] = {"name": "李伟", "born_on": "2015-06-01", "stay-relation": "0"}
    said = send(desk, "resident-register", "household", home.pk, expect=422, **second)
    assert "has a householder already" in said
    send(desk, "resident-register", "household", home.pk, **second | {"stay-relation": "2", "another": "1"})
    home.refresh_from_db()
    assert home.members == 2


def test_every_wrong_field_is_named_at_once(desk: Client) -> None:
    door = a_dwelling()
    wrong: dict[str, Any] = {
        "name": "王",
        "document": "110105194912310021",
        "phone": "123",
        "stay-from_on": "2199-01-01",
    }
    said = send(desk, "resident-register", "dwelling", door.pk, expect=422, **wrong)
    assert "document number is not right" in said
    assert "not a phone number" in said
    assert "lies in the future" in said
    assert Resident.objects.count() == 0


def test_a_known_document_leads_to_the_record(desk: Client) -> None:
    known, door = a_resident(name="王秀英"), a_dwelling()
    given: dict[str, Any] = {"name": "王秀英", "document": known.document}
    said = send(desk, "resident-register", "dwelling", door.pk, expect=409, **given)
    assert reverse("street-resident", args=[known.pk]) in said
    far = a_resident(dwelling=a_dwelling(a_unit(a_building_elsewhere())), name="李伟")
    given = {"name": "李伟", "document": far.document}
    said = send(desk, "resident-register", "dwelling", door.pk, expect=409, **given)
    assert reverse("resident-take-over", args=["dwelling", door.pk]) in said
    assert str(far.pk) not in said
    assert "李**" not in said
    send(desk, "resident-take-over", "dwelling", door.pk, **given, kind="02")
    assert residence_of(far).dwelling == door


def test_a_namesake_is_asked_about(desk: Client) -> None:
    door = a_dwelling()
    given: dict[str, Any] = {"name": "李伟", "born_on": "1980-05-17"}
    send(desk, "resident-register", "dwelling", door.pk, **given)
    said = send(desk, "resident-register", "dwelling", door.pk, expect=409, **given)
    assert 'name="sure"' in said
    send(desk, "resident-register", "dwelling", door.pk, **given, sure="on")
    assert Resident.objects.count() == 2


def test_changing_shows_no_number_and_is_written_down(desk: Client) -> None:
    resident = a_resident(name="王秀英", phone="13900000001")
    page = desk.get(reverse("resident-change", args=[resident.pk])).content.decode()
    assert resident.document not in page
    assert "13900000001" not in page
    assert "139****0001" in page
    assert "王秀英" not in re.findall(r"<title>.*?</title>", page, re.S)[0]
    assert Disclosure.objects.get().kind == "page"
    send(desk, "resident-change", resident.pk, name="王秀英", workplace="菜市场", version="1")
    resident.refresh_from_db()
    assert (resident.phone, resident.workplace, resident.version) == ("13900000001", "菜市场", 2)
    send(desk, "resident-change", resident.pk, name="王秀英", phone_remove="on", version="2")
    resident.refresh_from_db()
    assert (resident.phone, resident.phone_index, resident.workplace) == ("", "", "")


def test_what_somebody_else_wrote_meanwhile_is_shown_beside(desk: Client) -> None:
    resident = a_resident(name="王秀英")
    change_resident(resident, {"workplace": "学校"}, by=the("operator"), now=NOW)
    typed: dict[str, Any] = {"name": "王秀英", "workplace": "菜市场", "version": "1"}
    said = send(desk, "resident-change", resident.pk, expect=409, **typed)
    assert "学校" in said
    assert "菜市场" in said
    assert 'name="version" value="2"' in said
    send(desk, "resident-change", resident.pk, **typed | {"version": "2"})
    resident.refresh_from_db()
    assert resident.workplace == "菜市场"


def test_moving_by_the_name_of_the_building(desk: Client) -> None:
    home, door = a_household(), a_dwelling(number="1101")
    resident = a_resident(home, relation="0")
    stays = residence_of(resident)
    where: dict[str, Any] = {"building": the_building().path, "number": "1101", "kind": "02", "relation": ""}
    said = send(desk, "residence-move", stays.pk, expect=422, **where, joins="there")
    assert "No household lives there yet" in said
    send(desk, "residence-move", stays.pk, **where, joins="new")
    now = residence_of(resident)
    assert (now.dwelling, now.relation) == (door, "0")
    assert not DisclosureOf.objects.exists()
    assert desk.get(reverse("residence-change", args=[now.pk])).status_code == 200
    assert DisclosureOf.objects.get().person == resident.pk  # how somebody lives there is theirs
    send(desk, "residence-change", now.pk, relation="0", kind="01", from_on="2020-01-01")
    send(desk, "residence-out", now.pk, on="2026-01-01", note="去外地")
    resident.refresh_from_db()
    assert resident.left_on
    send(desk, "resident-move-in", resident.pk, **where, joins="there", main="on")
    assert residence_of(resident).dwelling == door


def test_all_of_them(desk: Client) -> None:
    home, door = a_household(), a_dwelling(number="1102")
    one, two = a_resident(home, relation="0"), a_resident(home, relation="1")
    head = residence_of(two)
    former: dict[str, Any] = {f"relation-{residence_of(one).pk}": "1"}
    send(desk, "household-head", home.pk, head=head.pk, version=_version(home), **former)
    assert (residence_of(one).relation, residence_of(two).relation) == ("1", "0")
    send(desk, "household-change", home.pk, kind="collective", version=_version(home))
    send(desk, "household-confirm", home.pk, facts=["members"])
    send(desk, "household-move", home.pk, building=a_unit().path, number="1102", kind="02")
    assert residence_of(one).dwelling == door
    send(desk, "household-leave", home.pk)
    assert Residence.objects.there().count() == 0
    send(desk, "dwelling-close", door.pk)
    assert Dwelling.objects.get(pk=door.pk).closed_at


def test_confirming_dying_and_merging(desk: Client) -> None:
    keep, other = a_resident(name="李伟", document="", born_on=None), a_resident(name="李伟")
    send(desk, "resident-confirm", keep.pk, facts=["phone", "work"], version=9, expect=409)
    send(desk, "resident-confirm", keep.pk, facts=["phone", "work"], version=1)
    page = desk.get(reverse("resident-merge", args=[keep.pk])).content.decode()
    assert "李*" in page
    assert "李伟" not in page
    send(desk, "resident-merge", keep.pk, other=other.pk, same="on", version=1)
    send(desk, "resident-died", keep.pk, on="2199-01-01", expect=422)
    send(desk, "resident-died", keep.pk, on="2026-01-01")
    assert desk.get(reverse("resident-change", args=[other.pk])).status_code == 404


def test_a_shop(desk: Client) -> None:
    unit = a_unit()
    given: dict[str, Any] = {
        "name": "好邻居超市",
        "kind": "shop",
        "trade": "grocery",
        "credit_code": a_credit_code(),
    }
    send(desk, "merchant-enter", unit.path, **given, operator_phone="13900000001")
    shop = Merchant.objects.get()
    page = desk.get(reverse("merchant-change", args=[shop.pk])).content.decode()
    assert "13900000001" not in page
    send(desk, "merchant-change", shop.pk, **given, version="1", hazard="fire")
    send(desk, "merchant-confirm", shop.pk)
    send(desk, "merchant-close", shop.pk, on="2026-01-01")
    assert Merchant.objects.get().closed_on
    send(desk, "merchant-enter-at", a_dwelling().pk, name="早餐店")


def test_where_it_is_to_be_entered(desk: Client) -> None:
    answer = desk.post(reverse("record-enter"), {"what": "dwelling", "place": the_building().path})
    assert answer["Location"] == reverse("dwelling-enter", args=[the_building().path])
    send(desk, "record-enter", what="merchant", place=a_building_elsewhere().path, expect=422)
    page = desk.get(answer["Location"]).content.decode()
    assert reverse("dwelling-enter", args=[a_unit().path]) in page, "a door is at one of its entrances"
    assert 'name="floor"' not in page


def test_neighbours_and_strangers(desk: Client) -> None:
    resident, shop, door = a_resident(), a_merchant(), a_dwelling()
    far = a_dwelling(a_unit(a_building_elsewhere()))
    building = at_desk("building")
    for name, thing in (("resident-change", resident), ("merchant-change", shop), ("dwelling-change", door)):
        assert building.get(reverse(name, args=[thing.pk])).status_code == 403
        assert building.post(reverse(name, args=[thing.pk]), {"name": "x"}).status_code == 403
    assert desk.get(reverse("dwelling-change", args=[far.pk])).status_code == 404
    assert desk.get(reverse("dwelling-enter", args=[far.area.path])).status_code == 404
    assert Client().get(reverse("resident-change", args=[resident.pk])).status_code == 302


def _version(home: Household) -> int:
    return Household.objects.values_list("version", flat=True).get(pk=home.pk)

"""What the desk can enter and change, programs can: the same acts, the same refusals."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from mulin.journal.face import Disclosure
from mulin.registry.actions import asking
from mulin.registry.face import Household, Merchant, Resident
from tests.api.client import Program
from tests.registry.world import (
    a_building_elsewhere,
    a_document,
    a_dwelling,
    a_resident,
    a_unit,
    residence_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def told(program: Program, path: str, status: int = 201, **given: Any) -> dict[str, Any]:
    answer = program.post(f"/registry/{path}", given)
    assert answer.status_code == status, answer.content
    found: dict[str, Any] = orjson.loads(answer.content)
    return found


def test_a_family_from_the_door_to_the_removal() -> None:
    worker, unit = Program("worker"), a_unit()
    door = told(worker, "dwellings", area=unit.path, floor=3, number="302")["id"]
    next_door = told(worker, "dwellings", area=unit.path, floor=3, number="303", square_metres=88.5)["id"]
    home = told(worker, "households", dwelling=door, number="H1")["id"]
    stay = {"dwelling": door, "household": home, "relation": "0"}
    person = {"name": "王秀英", "document": a_document(), "phone": "13900000001"}
    wang = told(worker, "residents", person=person, stay=stay)["id"]
    again = told(worker, "residents", 409, person=person, stay=stay)
    assert (again["code"], again["field"]) == ("document_known", "document")
    head = told(worker, "residents", 422, person={"name": "李伟"}, stay=stay)
    assert (head["code"], head["field"]) == ("two_householders", "relation")
    wife = told(worker, "residents", person={"name": "李伟"}, stay=stay | {"relation": "1"})["id"]
    told(worker, f"residents/{wang}/change", 200, workplace="菜市场", version=1)
    assert (
        told(worker, f"residents/{wang}/change", 409, workplace="学校", version=1)["code"] == "changed_since"
    )
    hers = str(residence_of(Resident.objects.get(pk=wife)).pk)
    told(worker, f"households/{home}/householder", 200, residence=hers)
    told(worker, f"households/{home}/confirm", 200, facts=["members"])
    moved = told(worker, f"households/{home}/move", 200, dwelling=next_door)
    assert moved["open"]
    told(worker, f"dwellings/{door}/close", 200)
    out = told(worker, f"residences/{residence_of(Resident.objects.get(pk=wife)).pk}/out", 200)
    assert out["to_on"]
    assert Household.objects.get().members == 1


def test_a_key_gives_no_try_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an Idempotency-Key rolls back with a refusal is the act, not that somebody asked."""
    monkeypatch.setattr(asking, "ASKED_AN_HOUR", 2)
    known, door, worker = a_resident(), a_dwelling(), Program("worker")
    given = {"person": {"name": "李伟", "document": known.document}, "stay": {"dwelling": str(door.pk)}}
    answers = [worker.post("/registry/residents", given, key=f"try-{n}").status_code for n in range(3)]
    assert answers == [409, 409, 429]
    reading = Disclosure.objects.get(of__person=known.pk)
    assert (reading.kind, reading.purpose) == ("search", "verify")


def test_numbers_are_never_told() -> None:
    resident = a_resident(phone="13900000001")
    answer = Program("worker").post(f"/registry/residents/{resident.pk}/confirm", {"facts": ["phone"]})
    assert answer.status_code == 200
    assert b"13900000001" not in answer.content
    assert resident.document.encode() not in answer.content


def test_bad_values_name_their_field() -> None:
    door = a_dwelling()
    for given, field in (
        ({"name": "王", "document": "110105194912310021"}, "document"),
        ({"name": "王", "born_on": "2199-01-01"}, "born_on"),
        ({"name": "王", "phone": "12"}, "phone"),
        ({"name": ""}, "name"),
    ):
        said = told(Program("worker"), "residents", 422, person=given, stay={"dwelling": str(door.pk)})
        assert said["field"] == field
    assert Resident.objects.count() == 0


def test_what_is_elsewhere_is_not_there() -> None:
    far = a_dwelling(a_unit(a_building_elsewhere()))
    worker = Program("worker")
    told(worker, f"dwellings/{far.pk}/change", 404, use="empty")
    told(worker, "dwellings", 404, area=far.area.path, floor=1, number="1")
    told(worker, "residents", 404, person={"name": "王"}, stay={"dwelling": str(far.pk)})
    told(Program("building"), "dwellings", 403, area=a_unit().path, floor=1, number="1")


def test_a_shop() -> None:
    worker = Program("worker")
    shop = told(worker, "merchants", area=a_unit().path, name="好邻居超市", lives_in=True)["id"]
    told(worker, f"merchants/{shop}/change", 200, hazard="living_in")
    told(worker, f"merchants/{shop}/change", 422, lon=117.2)
    told(worker, f"merchants/{shop}/close", 200, note="搬走了")
    assert Merchant.objects.get().closed_on

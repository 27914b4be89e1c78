"""A ciphertext that is damaged: pages go on and say so, and nothing but a new value takes its place."""

from __future__ import annotations

import copy
import logging
import pickle
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import translation

from mulin.commands import keys as command
from mulin.commands.restore import try_keys
from mulin.doors.watch.secrets import unreadable_values
from mulin.kernel import crypto, keys, unreadable
from mulin.kernel.masking import mask_identity, mask_name, mask_phone
from mulin.kernel.models import Record
from mulin.kernel.refusals import Invalid
from mulin.kernel.unreadable import Unreadable
from mulin.registry.face import Resident, accept_proposal, change_resident, propose
from mulin.registry.models import Proposal
from mulin.registry.queries.finding import find
from mulin.visits.face import Call, Visit, record_visit
from tests.matters.world import NOW, the
from tests.registry.rings import new_key, own_ring
from tests.registry.world import a_household, a_resident
from tests.visits.test_pages import at_the_desk

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.tiny_town,
    pytest.mark.usefixtures("own_ring", "nothing_told"),
]
__all__ = ["own_ring"]
DAMAGED, MARK = "v1:1:AAAA", "⚠ cannot be read"


@pytest.fixture
def nothing_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unreadable, "_told", set())


def lying(row: Record, column: str) -> str:
    """What stands in the table itself."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {row._meta.db_table} WHERE id = %s", [_key(row)])
        return str(cursor.fetchone()[0])


def damage(row: Record, column: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {column} = %s WHERE id = %s", [DAMAGED, _key(row)])


def _key(row: Record) -> Any:
    return row.pk if connection.vendor == "postgresql" else row.pk.hex


def with_a_damaged_phone() -> Resident:
    resident = a_resident(a_household(), name="王秀英", relation="0", phone="13900000001")
    damage(resident, "phone")
    return Resident.objects.get(pk=resident.pk)


def test_it_shows_as_a_mark_in_both_languages_and_the_page_goes_on() -> None:
    resident = with_a_damaged_phone()
    assert resident.phone == mask_phone(resident.phone) == MARK
    assert mask_identity(resident.phone) == mask_name(resident.phone) == MARK
    with translation.override("zh-hans"):
        assert Resident.objects.values_list("phone", flat=True).get(pk=resident.pk) == "⚠ 无法读取"
    answer = at_the_desk("worker").get(reverse("street-resident", args=[resident.pk]))
    assert (answer.status_code, MARK in answer.content.decode()) == (200, True)
    assert find("13900000001", the("worker")).residents == (resident,)  # its index is whole


def test_it_is_told_by_model_and_id_once_and_lights_a_light(caplog: pytest.LogCaptureFixture) -> None:
    assert list(unreadable_values(NOW)) == []
    with caplog.at_level(logging.ERROR, "mulin.kernel"):
        resident = with_a_damaged_phone()
        Resident.objects.get(pk=resident.pk)
    said = [record.getMessage() for record in caplog.records]
    assert sum(str(resident.pk) in line for line in said) == 1
    assert all("registry.Resident" in line and DAMAGED not in line for line in said)
    assert [light.colour for light in unreadable_values(NOW)] == ["red"]
    unreadable.sign().unlink()  # as `mulin keys status` does in a process of its own
    Resident.objects.get(pk=resident.pk)
    assert [light.colour for light in unreadable_values(NOW)] == ["red"]


def test_saved_with_its_row_the_ciphertext_stays_as_it_lies() -> None:
    resident = with_a_damaged_phone()
    resident.save()
    Resident.objects.bulk_update([resident], ["phone"])
    Resident.objects.filter(pk=resident.pk).update(phone=resident.phone)
    for again in (copy.deepcopy(resident), pickle.loads(pickle.dumps(resident))):
        again.save()
    assert lying(resident, "phone") == DAMAGED
    change_resident(resident, {"workplace": "第一厂"}, by=the("worker"), now=NOW)
    assert lying(resident, "phone") == DAMAGED
    change_resident(resident, {"phone": "13900000002"}, by=the("worker"), now=NOW)
    assert Resident.objects.get(pk=resident.pk).phone == "13900000002"


def test_a_mark_is_no_value_in_any_language_nor_elsewhere() -> None:
    resident = with_a_damaged_phone()
    for text in (MARK, "⚠ 无法读取", f"{MARK} 139"):
        with pytest.raises(Invalid, match="kept as it is"), transaction.atomic():
            Resident.objects.filter(pk=resident.pk).update(phone=text)
    with pytest.raises(Invalid), transaction.atomic():
        Resident.objects.filter(pk=resident.pk).update(document=resident.phone)  # another column's
    assert lying(resident, "phone") == DAMAGED


def test_what_was_said_stays_while_what_was_agreed_is_put_right() -> None:
    visit = record_visit(a_household(), Call(at=NOW, said="腿疼"), by=the("worker"), now=NOW)
    damage(visit, "said")
    url, worker = reverse("visit-change", args=[visit.pk]), at_the_desk("worker")
    assert worker.post(url, {"said": MARK, "agreed": "下周再来"}).status_code == 303
    assert (lying(visit, "said"), Visit.objects.get(pk=visit.pk).agreed) == (DAMAGED, "下周再来")
    assert worker.post(url, {"said": f"{MARK}，腿疼", "agreed": ""}).status_code == 422
    assert worker.post(url, {"said": "腿疼", "agreed": ""}).status_code == 303
    assert Visit.objects.get(pk=visit.pk).said == "腿疼"


def test_a_key_that_is_gone_is_no_other_case_and_a_backup_is_still_proved(
    settings: Any, tmp_path: Path
) -> None:
    resident, whole = with_a_damaged_phone(), a_resident(a_household(), phone="13900000002")
    assert try_keys()["registry.Resident.phone"]
    settings.MULIN_KEYS = tmp_path / "others"
    assert isinstance(Resident.objects.get(pk=whole.pk).phone, Unreadable)
    assert try_keys()["registry.Resident.phone"] is False
    assert lying(resident, "phone") == DAMAGED


def test_a_proposal_that_is_damaged_stands_in_the_list_and_is_not_accepted() -> None:
    resident = a_resident(a_household(), phone="13900000001")
    made = propose(resident, {"phone": "13900000002"}, by=the("building"), now=NOW)
    damage(made, "after")
    assert at_the_desk("worker").get(reverse("proposals")).status_code == 200
    with pytest.raises(Invalid, match="Refuse it"):
        accept_proposal(Proposal.objects.get(pk=made.pk), by=the("worker"), now=NOW)


def test_a_rotation_is_not_through_while_rows_do_not_open(capsys: pytest.CaptureFixture[str]) -> None:
    resident = with_a_damaged_phone()
    new_key()
    assert command.rotate(new_key=True) == 1
    assert not keys.is_rotated()
    assert "1 rows of registry.Resident could not be opened" in capsys.readouterr().out
    assert command.status() == 0
    assert "registry.Resident: 1 rows that no key opens" in capsys.readouterr().out
    command.rotate(new_key=False, leave_unreadable=True)
    assert keys.is_rotated()
    change_resident(resident, {"phone": "13900000002"}, by=the("worker"), now=NOW)
    assert command.status() == 0
    assert "Everything is closed by it." in capsys.readouterr().out
    assert not unreadable.sign().exists()
    assert crypto.mark() == "v1:2:"

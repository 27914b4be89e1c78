"""What acts on records does with a value that does not open: nothing that would bury it, and nothing that guesses."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from mulin.journal.face import Subject, timeline
from mulin.kernel import rotation
from mulin.kernel.refusals import Invalid
from mulin.registry.actions.keeping import fill
from mulin.registry.face import Resident, accept_proposal, change_resident, merge_residents, propose
from tests.matters.world import NOW, the
from tests.registry import lists
from tests.registry.rings import own_ring
from tests.registry.test_unreadable import DAMAGED, MARK, damage, lying, nothing_told, with_a_damaged_phone
from tests.registry.world import a_household, a_resident
from tests.visits.test_pages import at_the_desk

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.tiny_town,
    pytest.mark.usefixtures("own_ring", "nothing_told"),
]
__all__ = ["nothing_told", "own_ring"]


def test_with_a_key_that_is_gone_the_page_and_its_timeline_go_on_and_the_words_are_counted(
    settings: Any, tmp_path: Path
) -> None:
    resident, worker = a_resident(a_household(), phone="13900000001"), at_the_desk("worker")
    change_resident(resident, {"workplace": "第一厂"}, by=the("worker"), now=NOW)
    settings.MULIN_KEYS = tmp_path / "others"
    assert worker.get(reverse("street-resident", args=[resident.pk])).status_code == 200
    assert timeline(Subject("resident", resident.pk))[-1].words["after"].text == MARK
    assert rotation.unopened()["words of the journal"] >= 2


@pytest.mark.parametrize("column", ["document", "phone"])
def test_records_of_which_something_cannot_be_read_are_not_made_one(column: str) -> None:
    keep, other = a_resident(phone="13900000001"), a_resident(phone="13900000002")
    for each in (keep, other) if column == "document" else (other,):
        damage(each, column)
    with pytest.raises(Invalid, match="cannot be read"):
        merge_residents(keep, other, by=the("worker"), now=NOW)
    assert lying(other, column) == DAMAGED


def test_a_mark_is_never_filled_in_nor_looked_up() -> None:
    damaged, other = with_a_damaged_phone(), a_resident(phone="13900000002")
    index = other.phone_index
    assert fill(other, {"phone": damaged.phone}) == set()
    assert (other.phone, other.phone_index) == ("13900000002", index)


def test_a_damaged_phone_may_be_proposed_anew() -> None:
    resident = with_a_damaged_phone()
    made = propose(resident, {"phone": "13900000002"}, by=the("building"), now=NOW)
    assert made.was == {}
    accept_proposal(made, by=the("worker"), now=NOW)
    assert Resident.objects.get(pk=resident.pk).phone == "13900000002"


def test_a_damaged_number_does_not_stand_against_a_birth_date() -> None:
    resident, other = a_resident(), date(1980, 6, 17)
    with pytest.raises(Invalid, match="birth date"):
        change_resident(resident, {"born_on": other}, by=the("worker"), now=NOW)
    damage(resident, "document")
    change_resident(resident, {"born_on": other}, by=the("worker"), now=NOW)
    assert Resident.objects.get(pk=resident.pk).born_on == other
    assert lying(resident, "document") == DAMAGED


def test_a_list_with_a_mark_in_it_is_refused_by_its_row() -> None:
    source = lists.checked(
        data=lists.a_text(lists.a_person(), lists.a_person(姓名="⚠ 无法读取", 与户主关系="子"))
    )
    assert lists.said(source) == [(3, "H", "unreadable")]

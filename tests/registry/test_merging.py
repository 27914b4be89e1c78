"""Two records of one person made one; somebody taken over from an area that one may not look into."""

from __future__ import annotations

from functools import partial

import pytest

from mulin.journal.face import Disclosure, Entry, verify
from mulin.kernel import search
from mulin.kernel.refusals import Invalid, NotYours, TooMany
from mulin.registry.actions.asking import ASKED_AN_HOUR
from mulin.registry.face import Resident, Stay, merge_residents, move_in, take_over
from mulin.registry.search import RESIDENTS
from tests.matters.world import NOW, the
from tests.registry.world import (
    BORN,
    a_building_elsewhere,
    a_dwelling,
    a_household,
    a_resident,
    a_unit,
    residence_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def test_what_only_one_of_them_knew_is_known_of_the_one_that_stays() -> None:
    keep = a_resident(name="王秀英", document="", born_on=BORN)
    other = a_resident(name="王秀英", phone="13900000001")
    document = other.document
    kept = merge_residents(keep, other, by=the("worker"), now=NOW)
    other.refresh_from_db()
    assert (kept.document, kept.phone, kept.residences.count()) == (document, "13900000001", 2)
    assert (other.name, other.document, other.phone, other.merged_into) == ("", "", "", kept)
    assert residence_of(kept).place == kept.place
    assert search.find(RESIDENTS, "王秀英", None) == [kept.pk]
    assert document not in "".join(Entry.objects.values_list("text", flat=True))
    assert verify().problems == []


def test_the_same_door_twice_is_one_home() -> None:
    home = a_household()
    keep = a_resident(dwelling=home.dwelling, document="", born_on=BORN)
    other = a_resident(home, relation="0")
    kept = merge_residents(keep, other, by=the("worker"), now=NOW)
    home.refresh_from_db()
    only = kept.residences.there().get()
    assert (only.household, only.relation, only.main, home.members) == (home, "0", True, 1)


def test_two_people_are_not_merged() -> None:
    one, two = a_resident(), a_resident()
    with pytest.raises(Invalid) as told:
        merge_residents(one, two, by=the("worker"), now=NOW)
    assert told.value.code == "two_people"
    with pytest.raises(Invalid):
        merge_residents(one, one, by=the("worker"), now=NOW)
    far = a_resident(dwelling=a_dwelling(a_unit(a_building_elsewhere())), document="", born_on=BORN)
    with pytest.raises(NotYours):
        merge_residents(one, far, by=the("worker"), now=NOW)


def test_somebody_from_elsewhere_is_taken_over_by_number_and_name() -> None:
    far = a_household(a_dwelling(a_unit(a_building_elsewhere())))
    wang, home = a_resident(far, name="王秀英", relation="0"), a_household()
    with pytest.raises(Invalid) as wrong_name:
        take_over(wang.document, "王秀", home.dwelling, by=the("worker"), now=NOW)
    with pytest.raises(Invalid) as wrong_number:
        take_over("990402198005170000", "王秀英", home.dwelling, by=the("worker"), now=NOW)
    assert str(wrong_name.value) == str(wrong_number.value)
    stay = Stay(household=home, relation="0")
    taken = take_over(wang.document, "王秀英", home.dwelling, stay, by=the("worker"), now=NOW)
    far.refresh_from_db()
    assert (taken.pk, taken.place, far.members) == (wang.pk, home.place, 0)
    assert Disclosure.objects.filter(kind="search").count() >= 2
    assert verify().problems == []


def test_guessing_numbers_comes_to_an_end() -> None:
    home, worker = a_dwelling(), the("worker")
    tried = partial(take_over, "990402198005170000", "王秀英", home, by=worker, now=NOW)
    for _ in range(ASKED_AN_HOUR):
        with pytest.raises(Invalid):
            tried()
    with pytest.raises(TooMany):
        tried()
    assert Resident.objects.count() == 0


def test_a_merged_record_moves_nowhere() -> None:
    keep, other = a_resident(document="", born_on=BORN), a_resident()
    merge_residents(keep, other, by=the("worker"), now=NOW)
    with pytest.raises(Invalid):
        move_in(other, a_dwelling(), by=the("operator"), now=NOW)

"""What goes in time: residents who left, with all that says it again; their ids, and that something was, stay."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from mulin.journal.face import (
    SYSTEM,
    DisclosureOf,
    Entry,
    EntryText,
    retention_decide,
    retention_run,
    retention_standing,
    verify,
)
from mulin.kernel import search
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed, NotYours
from mulin.posts.face import Who
from mulin.registry import forgetting
from mulin.registry.actions import erasing
from mulin.registry.actions.breaking import break_glass_on
from mulin.registry.actions.erasing import erase_resident
from mulin.registry.actions.revealing import reveal
from mulin.registry.face import (
    CareNeed,
    CareReader,
    Merchant,
    Residence,
    Resident,
    Stay,
    change_merchant,
    change_resident,
    close_merchant,
    leave_household,
    merge_residents,
    move_in,
    move_out,
)
from mulin.registry.models import BreakGlass
from mulin.registry.search import RESIDENTS
from tests.matters.world import NOW, the
from tests.registry.world import a_document, a_household, a_merchant, a_resident, residence_of
from tests.truth.cast import a_stranger
from tests.truth.planted import MARKS, Home, a_marked_home

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
YEARS = timedelta(days=366)
TODAY = NOW.date()
PHONE = "13955557777"


def gone_resident(on: date = TODAY) -> Resident:
    """Somebody with a phone that was changed once, whose record was read, and who has moved out."""
    found = a_resident(a_household(), name="赵离开", phone="13944446666")
    change_resident(found, {"phone": PHONE, "workplace": "某厂"}, by=the("operator"), now=NOW)
    reveal(Resident.objects.get(pk=found.pk), "phone", purpose="contact", by=the("worker"), now=NOW)
    move_out(residence_of(found), on=on, by=the("operator"), now=NOW)
    return Resident.objects.get(pk=found.pk)


def texts_of(resident: Resident) -> list[str]:
    rows = EntryText.objects.filter(entry__subject=resident.pk)
    return [row.text for row in rows]


def test_an_erased_record_keeps_its_id_and_nothing_else() -> None:
    resident = gone_resident()
    erase_resident(resident, by=the("head"), now=NOW)
    resident.refresh_from_db()
    blank = Resident()
    assert all(getattr(resident, name) == getattr(blank, name) for name in Resident.PERSONAL)
    assert resident.is_gone
    assert resident.left_on is not None
    assert set(texts_of(resident)) == {""}
    assert Entry.objects.filter(subject=resident.pk, code="resident.erased").exists()
    assert DisclosureOf.objects.filter(person=resident.pk).exists()  # who looked stays to be asked
    assert verify().whole


def test_what_points_at_them_goes_with_them_and_others_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    home: Home = a_marked_home()
    Residence.objects.filter(resident=home.resident).update(to_on=TODAY)
    Resident.objects.filter(pk=home.resident.pk).update(left_on=TODAY)
    told: list[object] = []
    monkeypatch.setitem(erasing._ERASERS, "a room above", lambda people, _by, _at: told.extend(people))
    erase_resident(Resident.objects.get(pk=home.resident.pk), by=the("head"), now=NOW)
    need, residence = CareNeed.objects.get(), Residence.objects.get(pk=home.residence.pk)
    assert (need.kind, need.purpose, need.note, need.basis_text) == ("", "", "", "")
    assert not CareReader.objects.exists()
    assert (residence.permit, residence.dwelling) == ("", home.dwelling)
    assert told == [home.resident.pk]
    assert not [mark for mark in MARKS if mark in str(Resident.objects.filter(pk=home.resident.pk).values())]
    assert Resident.objects.get(pk=home.spouse.pk).phone


def test_they_are_found_no_more() -> None:
    resident = gone_resident()
    assert resident.pk in search.find(RESIDENTS, "赵离开", None, 5)
    erase_resident(resident, by=the("head"), now=NOW)
    assert resident.pk not in search.find(RESIDENTS, "赵离开", None, 5)


def test_who_may_and_when() -> None:
    resident, here = gone_resident(), a_resident(a_household())
    with pytest.raises(NotAllowed):
        erase_resident(resident, by=the("worker"), now=NOW)
    with pytest.raises(NotYours):
        erase_resident(resident, by=the("auditor"), now=NOW)
    with pytest.raises(Invalid, match="still live here"):
        erase_resident(here, by=the("head"), now=NOW)
    erase_resident(resident, by=the("head"), now=NOW)
    with pytest.raises(Conflict):
        erase_resident(resident, by=the("head"), now=NOW)


def test_who_moves_back_in_while_a_run_begins_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    old, home, asked = gone_resident(TODAY - 4 * YEARS), a_household(), forgetting._left
    looked: list[datetime] = []

    def left(before: datetime) -> object:
        looked.append(before)
        if len(looked) == 2:  # chosen, and not locked yet
            move_in(old, home.dwelling, Stay(household=home), by=the("worker"), now=NOW)
        return asked(before)

    monkeypatch.setattr(forgetting, "_left", left)
    assert forgetting._erase_residents(NOW - 3 * YEARS, 10, SYSTEM, NOW) == 0
    old.refresh_from_db()
    assert (old.name, old.is_gone) == ("赵离开", False)


def test_the_dry_run_counts_and_the_run_erases_what_is_past_its_years() -> None:
    old, young = gone_resident(TODAY - 4 * YEARS), gone_resident()
    shop = a_merchant()
    change_merchant(shop, {"operator_name": "钱某"}, by=the("operator"), now=NOW)
    close_merchant(Merchant.objects.get(pk=shop.pk), on=TODAY - 4 * YEARS, by=the("operator"), now=NOW)
    due = {line.name: line.count for each in retention_standing(NOW) for line in each.due}
    assert (due["residents"], due["merchants"], due["glasses"]) == (1, 1, 0)
    assert Resident.objects.get(pk=old.pk).name
    retention_decide("registry", years=3, by_itself=True, by=SYSTEM, at=NOW)
    assert retention_run(["registry"], by=SYSTEM, at=NOW) == {"residents": 1, "merchants": 1}
    assert not Resident.objects.get(pk=old.pk).name
    assert Resident.objects.get(pk=young.pk).name
    assert not Merchant.objects.get(pk=shop.pk).operator_name
    assert retention_run(["registry"], by=SYSTEM, at=NOW) == {}


def test_words_about_what_is_no_more_go_where_nothing_else_is_left_of_it() -> None:
    home = a_household()
    a_resident(home, relation="0")
    leave_household(home, on=TODAY - 4 * YEARS, note="离婚后各自搬走", by=the("operator"), now=NOW)
    retention_decide("registry", years=3, by_itself=True, by=SYSTEM, at=NOW)
    assert retention_run(["registry"], by=SYSTEM, at=NOW)["households"] == 1
    assert not EntryText.objects.filter(entry__subject=home.pk).exclude(text="").exists()
    assert retention_run(["registry"], by=SYSTEM, at=NOW) == {}


def test_a_record_made_one_with_another_leaves_no_words_behind() -> None:
    keep = gone_resident()
    other = a_resident(a_household(), name="赵离开", phone="13933332222", document="")
    move_out(residence_of(other), on=TODAY, by=the("operator"), now=NOW)
    merge_residents(keep, Resident.objects.get(pk=other.pk), by=the("operator"), now=NOW)
    erase_resident(Resident.objects.get(pk=keep.pk), by=the("head"), now=NOW)
    assert set(texts_of(other)) == {""}


def test_nor_does_one_that_was_made_one_with_another_twice() -> None:
    first = a_resident(a_household(), name="赵离开", phone="13933332222", document="")
    second = a_resident(a_household(), name="赵离开", document="")
    for each in (first, second):
        move_out(residence_of(each), on=TODAY, by=the("operator"), now=NOW)
    last = gone_resident()
    first, second = (Resident.objects.get(pk=each.pk) for each in (first, second))
    merge_residents(second, first, by=the("operator"), now=NOW)
    merge_residents(last, Resident.objects.get(pk=second.pk), by=the("operator"), now=NOW)
    assert Resident.objects.get(pk=first.pk).merged_into_id == last.pk
    erase_resident(Resident.objects.get(pk=last.pk), by=the("head"), now=NOW)
    assert set(texts_of(first)) == {""}


def test_openings_in_emergencies_are_kept_for_three_years_at_least() -> None:
    home = a_marked_home()
    break_glass_on(
        home.resident.document, reason="屋里有烟味，无人应门", by=Who.of(a_stranger(), NOW), now=NOW
    )
    with pytest.raises(Invalid):
        retention_decide("disclosure", years=2, by_itself=False, by=SYSTEM, at=NOW)
    retention_decide("disclosure", years=3, by_itself=False, by=SYSTEM, at=NOW)
    assert retention_run(["disclosure"], by=SYSTEM, at=NOW + 2 * YEARS) == {}
    assert retention_run(["disclosure"], by=SYSTEM, at=NOW + 4 * YEARS) == {"glasses": 1}
    assert not BreakGlass.objects.exists()
    assert DisclosureOf.objects.exists()


def test_a_document_is_free_again_for_whoever_comes_back() -> None:
    number = a_document()
    first = a_resident(a_household(), document=number)
    move_out(residence_of(first), on=TODAY, by=the("operator"), now=NOW)
    erase_resident(Resident.objects.get(pk=first.pk), by=the("head"), now=NOW)
    again = a_resident(a_household(), document=number)
    assert again.pk != first.pk

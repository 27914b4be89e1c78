"""Care needs: only with purpose, basis, end and named readers; nobody else learns of one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from mulin.journal.face import Disclosure, Entry, EntryText, retention_decide, retention_run
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed, NotYours, Refusal
from mulin.posts.face import Post, Seat, Who, end_post
from mulin.registry.face import CareNeed, Resident, care_to_read, change_care, end_care, grant_care
from tests.desk.test_pages import at_desk
from tests.matters.world import NOW, the, the_workers_seat
from tests.registry.world import a_resident, residence_of

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
TODAY = NOW.date()
SOON = TODAY + timedelta(days=90)


@pytest.fixture
def granny() -> Resident:
    return a_resident(name="赵奶奶", relation="0", phone="13900000009")


def a_need(resident: Resident, by: str = "head", **more: Any) -> CareNeed:
    given: dict[str, Any] = {
        "kind": "lives_alone", "purpose": "每周敲一次门", "basis": "application", "basis_text": "5月3日申请",
        "until_on": SOON, "readers": [the_workers_seat()], "note": "耳背，请大声",
    }  # fmt: skip
    return grant_care(resident, **(given | more), by=the(by), now=NOW)


def refused(resident: Resident, **more: Any) -> str:
    with pytest.raises(Refusal) as told:
        a_need(resident, **more)
    assert not CareNeed.objects.exists()
    return str(told.value.code)


def test_its_readers_and_who_entered_it_read_it_and_nobody_else(granny: Resident) -> None:
    need = a_need(granny)
    home = f"/desk/households/{residence_of(granny).household_id}/"
    for username, status in (("worker", 200), ("head", 200), ("operator", 404), ("building", 404)):
        assert at_desk(username).get(f"/desk/care/{need.pk}/").status_code == status
    for username, told in (("worker", True), ("head", True), ("operator", False), ("instructor", False)):
        for url in (home, f"/desk/street-residents/{granny.pk}/"):
            page = at_desk(username, "zh-hans").get(url).content.decode()
            assert ("耳背" in page) is told, (username, url)
            assert (f"/desk/care/{need.pk}/" in page) is told
    rows = at_desk("worker").get("/desk/care/").content.decode()
    assert "赵**" in rows
    assert "赵奶奶" not in rows


def test_whoever_granted_it_reads_it_only_as_long_as_they_may_grant_there(granny: Resident) -> None:
    need = a_need(granny)
    head = the("head")
    assert list(care_to_read(head)) == [need]
    assert head.user
    for post in Post.objects.open_at(NOW).filter(user=head.user):
        end_post(post, by=Who.system(NOW), now=NOW)
    assert not care_to_read(Who.of(head.user, NOW + timedelta(minutes=1))).exists()


def test_reading_one_is_written_down_with_the_seat_that_was_named(granny: Resident) -> None:
    need = a_need(granny)
    at_desk("worker").get(f"/desk/care/{need.pk}/")
    row = Disclosure.objects.get()
    assert (row.seat, row.kind) == (the_workers_seat().pk, "page")
    assert list(row.of.values_list("person", flat=True)) == [granny.pk]


def test_a_reader_without_the_registry_reads_the_need(granny: Resident) -> None:
    """The building head opens nobody's page, but is told whom to knock for."""
    need = a_need(granny, readers=[the("building").seats[0]])
    page = at_desk("building", "zh-hans").get(f"/desk/care/{need.pk}/").content.decode()
    assert "赵奶奶" in page
    assert "每周敲一次门" in page


def test_the_journal_knows_no_more_than_that_there_was_one(granny: Resident) -> None:
    need = a_need(granny)
    change_care(need, note="听得见了", by=the("head"), now=NOW)
    end_care(need, by=the("head"), now=NOW)
    entries = Entry.objects.filter(subject=granny.pk, code__startswith="care.").order_by("seq")
    assert [entry.code for entry in entries] == ["care.granted", "care.changed", "care.ended"]
    assert not any("lives_alone" in entry.text for entry in entries)
    assert not EntryText.objects.filter(entry__in=entries).exists()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "gang"}, "unknown"),
        ({"basis": "curiosity"}, "unknown"),
        ({"purpose": " "}, "required"),
        ({"basis_text": ""}, "required"),
        ({"until_on": TODAY - timedelta(days=1)}, "ends_first"),
        ({"until_on": TODAY + timedelta(days=800)}, "too_long"),
        ({"readers": []}, "readers"),
    ],
)
def test_what_is_missing_is_refused(granny: Resident, given: dict[str, Any], code: str) -> None:
    assert refused(granny, **given) == code


def test_a_seat_that_has_nothing_to_do_with_the_place_is_no_reader(granny: Resident) -> None:
    auditor = the("auditor").seats[0]
    elsewhere = Seat.objects.filter(role="grid_worker").exclude(pk=the_workers_seat().pk).first()
    assert refused(granny, readers=[auditor]) == "readers"
    assert elsewhere
    if not granny.place.startswith(elsewhere.area.path if elsewhere.area else "-"):
        assert refused(granny, readers=[elsewhere]) == "readers"


def test_only_who_answers_for_the_place_enters_one(granny: Resident) -> None:
    with pytest.raises(NotAllowed):
        a_need(granny, by="worker")
    with pytest.raises(NotYours):
        a_need(granny, by="auditor")


def test_one_of_a_kind_until_it_is_over(granny: Resident) -> None:
    need = a_need(granny)
    with pytest.raises(Invalid) as told:
        a_need(granny)
    assert told.value.code == "entered_already"
    CareNeed.objects.filter(pk=need.pk).update(from_on=date(2020, 1, 1), until_on=date(2020, 2, 1))
    assert a_need(granny).pk != need.pk


def test_after_its_day_nobody_reads_it_and_then_it_is_erased(granny: Resident) -> None:
    need = a_need(granny)
    later = NOW + timedelta(days=91)
    assert care_to_read(the("worker")).count() == 1
    assert care_to_read(the("worker", later)).count() == 0
    with pytest.raises(Conflict):
        change_care(need, note="x", by=the("head", later), now=later)
    retention_decide("care", years=0.1, by_itself=True, by=the("sysadmin").actor(), at=NOW)
    assert retention_run(["care"], by=the("sysadmin").actor(), at=later) == {}
    much_later = later + timedelta(days=60)
    assert retention_run(["care"], by=the("sysadmin").actor(), at=much_later) == {"care": 1}
    need.refresh_from_db()
    assert (need.kind, need.purpose, need.note, need.basis_text, need.erased_at) == (
        "",
        "",
        "",
        "",
        much_later,
    )
    assert not need.readers.exists()


def test_at_the_desk(granny: Resident) -> None:
    head, seat = at_desk("head"), the_workers_seat()
    url = f"/desk/street-residents/{granny.pk}/care/"
    assert head.get(url).status_code == 200
    sent = {
        "kind": "disabled",
        "purpose": "轮椅",
        "basis": "consent",
        "basis_text": "签字",
        "until_on": SOON.isoformat(),
    }
    assert head.post(url, sent).status_code == 422
    answer = head.post(url, {**sent, "readers": [seat.pk]})
    assert answer.status_code == 303
    need = CareNeed.objects.get()
    assert answer["Location"] == f"/desk/care/{need.pk}/"
    change = f"/desk/care/{need.pk}/change/"
    assert "轮椅" in head.get(change).content.decode()
    changed = {"purpose": "轮椅和坡道", "until_on": SOON.isoformat(), "readers": [seat.pk]}
    assert head.post(change, changed).status_code == 303
    need.refresh_from_db()
    assert need.purpose == "轮椅和坡道"
    assert at_desk("worker").post(f"/desk/care/{need.pk}/end/").status_code == 403
    assert head.post(f"/desk/care/{need.pk}/end/").status_code == 303
    assert head.get(f"/desk/care/{need.pk}/").status_code == 404

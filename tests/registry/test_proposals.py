"""Changes that residents and heads propose, and the grid worker decides: side by side, never overwritten."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mulin.channels.face import Message, send
from mulin.journal.face import DisclosureOf, Entry, EntryText
from mulin.kernel.refusals import Conflict, Invalid, NotYours
from mulin.registry.face import (
    Proposal,
    Resident,
    accept_proposal,
    change_resident,
    propose,
    propose_own,
    refuse_proposal,
)
from tests.matters.world import NOW, the
from tests.portal.accounts import desk_of
from tests.registry.linked import at_home, link, signed_in
from tests.registry.world import (
    a_building_elsewhere,
    a_dwelling,
    a_merchant,
    a_resident,
    a_unit,
    residence_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.fixture
def wang() -> Resident:
    return a_resident(name="王秀英", phone="13900000001", occupation="会计")


def text(client: Client, path: str) -> str:
    return unescape(client.get(path).content.decode())


def proposed(record: Resident, phone: str = "13900000009") -> Proposal:
    """By the head of the building."""
    return propose(record, {"phone": phone}, by=the("building"), now=NOW)


def own(record: Resident, **given: str) -> Proposal:
    _browser, account = signed_in(record.name)
    link(record, account)
    from mulin.posts.face import Who

    return propose_own(account, given, by=Who.of(account.user, NOW), now=NOW)


def test_a_resident_proposes_and_the_worker_accepts(wang: Resident) -> None:
    browser = at_home(wang)
    page = browser.opens("/mine/record/change/")
    assert 'value="13900000001"' in page
    kept = {"name": "王秀英", "phone": "139 0000 0002", "born_on": "1980-05-17", "occupation": "会计"}
    assert "Your grid worker looks at it" in browser.sends("/mine/record/change/", **kept)
    assert "Not decided yet" in browser.page
    wang.refresh_from_db()
    assert wang.phone == "13900000001"
    row, worker = Proposal.objects.get(), desk_of()
    assert (row.was, row.wanted) == ({"phone": "13900000001"}, {"phone": "13900000002"})
    assert "王**" in text(worker, "/desk/proposals/")
    page = text(worker, f"/desk/proposals/{row.pk}/")
    assert "139****0001" in page
    assert "139****0002" in page
    page = unescape(worker.post(f"/desk/proposals/{row.pk}/reveal/", {"purpose": "verify"}).content.decode())
    assert "13900000001" in page
    assert "13900000002" in page
    assert DisclosureOf.objects.filter(person=wang.pk, disclosure__kind="reveal").exists()
    assert worker.post(f"/desk/proposals/{row.pk}/accept/", {"version": wang.version}).status_code == 303
    wang.refresh_from_db()
    assert (wang.phone, wang.seen("phone").source) == ("13900000002", "resident")
    assert "Accepted" in browser.opens("/mine/record/")
    send(NOW)
    told = Message.objects.get(kind="proposal.accepted")
    assert "13900000002" not in told.text


def test_nothing_of_a_proposal_stands_plain_in_row_or_journal(wang: Resident) -> None:
    row = proposed(wang)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM registry_proposal")
        assert "13900000009" not in str(cursor.fetchall())
    assert not [each for each in Entry.objects.all() if "13900000009" in each.text]
    accept_proposal(row, by=the("worker"), now=NOW)
    assert not EntryText.objects.filter(text__contains="13900000009").exists()


def test_two_that_disagree_stand_side_by_side_until_both_are_decided(wang: Resident) -> None:
    head, resident, worker = proposed(wang), own(wang, phone="13900000002"), desk_of()
    assert "two disagree" in text(worker, "/desk/proposals/")
    page = text(worker, f"/desk/proposals/{head.pk}/")
    for words in ("139****0001", "139****0002", "139****0009", "two disagree"):
        assert words in page, words
    worker.post(f"/desk/proposals/{resident.pk}/accept/", {"version": wang.version})
    head.refresh_from_db()
    assert (head.stage, head.was) == ("open", {"phone": "13900000001"})
    answer = worker.post(f"/desk/proposals/{head.pk}/refuse/", {"reason": ""})
    assert answer.status_code == 422
    worker.post(f"/desk/proposals/{head.pk}/refuse/", {"reason": "Sie selbst sagt es anders."})
    head.refresh_from_db()
    assert (head.stage, head.reason) == ("refused", "Sie selbst sagt es anders.")
    wang.refresh_from_db()
    assert wang.phone == "13900000002"
    assert "Sie selbst" in text(desk_of("building"), "/desk/proposals/")


def test_whoever_says_it_anew_replaces_only_their_own_words(wang: Resident) -> None:
    first, other = proposed(wang), own(wang, phone="13900000002")
    second = proposed(wang, "13900000003")
    stages = {row.pk: row.stage for row in Proposal.objects.all()}
    assert stages == {first.pk: "withdrawn", other.pk: "open", second.pk: "open"}


def test_a_head_is_neither_shown_nor_told_what_is_kept(wang: Resident) -> None:
    head = desk_of("building")
    page = text(head, f"/desk/proposals/new/resident/{wang.pk}/")
    assert "王**" in page
    assert "王秀英" not in page
    assert "13900000001" not in page
    proposed(wang, "13900000001")  # what is kept already: no answer says so
    assert Proposal.objects.filter(stage="open").exists()
    assert head.get(f"/desk/proposals/{Proposal.objects.get().pk}/").status_code == 403


def test_a_head_says_that_somebody_moved_out(wang: Resident) -> None:
    head = desk_of("building")
    head.post(
        f"/desk/proposals/new/resident/{wang.pk}/", {"left": "on", "note": "Seit Mai steht es leer. " * 30}
    )
    row = Proposal.objects.get()
    assert row.kind == "left"
    home = residence_of(wang)
    accept_proposal(row, by=the("worker"), now=NOW)
    home.refresh_from_db()
    wang.refresh_from_db()
    assert (home.is_open, wang.is_here) == (False, False)
    assert not EntryText.objects.filter(
        text__contains="Seit Mai"
    ).exists()  # what was said stays in the proposal


def test_homes_and_shops_are_proposed_about_too() -> None:
    door, shop, head = a_dwelling(), a_merchant(), desk_of("building")
    head.post(f"/desk/proposals/new/dwelling/{door.pk}/", {"use": "rented", "owner_name": "赵六"})
    head.post(f"/desk/proposals/new/merchant/{shop.pk}/", {"operator_phone": "13900000004"})
    for row in Proposal.objects.all():
        desk_of().get(f"/desk/proposals/{row.pk}/")
        accept_proposal(row, by=the("worker"), now=NOW)
    read = DisclosureOf.objects.filter(disclosure__kind="page")  # who owns or runs it stands on the page
    assert set(read.values_list("person", flat=True)) == {door.pk, shop.pk}
    door.refresh_from_db()
    shop.refresh_from_db()
    assert (door.use, door.owner_name, shop.operator_phone) == ("rented", "赵六", "13900000004")


def test_what_is_no_number_or_not_theirs_to_say_is_refused_at_once(wang: Resident) -> None:
    for given in ({"phone": "nonsense"}, {"document": wang.document}, {}):
        with pytest.raises(Invalid):
            propose(wang, given, by=the("building"), now=NOW)
    with pytest.raises(Invalid):
        own(wang, phone="13900000001")  # nothing new
    far = a_resident(name="远", dwelling=a_dwelling(a_unit(a_building_elsewhere())))
    with pytest.raises(NotYours):
        propose(far, {"phone": "13900000009"}, by=the("building"), now=NOW)
    with pytest.raises(NotYours):
        propose(wang, {"phone": "13900000009"}, by=the("handler"), now=NOW)
    assert not Proposal.objects.exists()


def test_only_whoever_keeps_the_registry_there_decides_and_once(wang: Resident) -> None:
    row = proposed(wang)
    with pytest.raises(NotYours):
        accept_proposal(row, by=the("building"), now=NOW)
    change_resident(wang, {"phone": "13900000005"}, by=the("operator"), now=NOW)
    with pytest.raises(Conflict):  # the worker saw another version
        accept_proposal(row, by=the("worker"), now=NOW, version=1)
    refuse_proposal(row, reason="nein", by=the("worker"), now=NOW)
    with pytest.raises(Conflict):
        accept_proposal(row, by=the("worker"), now=NOW)
    mine = propose(wang, {"phone": "13900000006"}, by=the("worker"), now=NOW)
    with pytest.raises(Invalid):  # not one's own
        accept_proposal(mine, by=the("worker"), now=NOW)


def test_the_list_costs_the_same_however_long_it_is(
    wang: Resident, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for each in range(8):
        proposed(a_resident(name=f"人{each}"))
    worker = desk_of()
    worker.get("/desk/proposals/")
    with django_assert_max_num_queries(16):
        worker.get("/desk/proposals/")

"""The registry at the desk: lists masked, one household one dossier, and it is written down who looked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mulin.journal.face import Disclosure, Purpose, Reading
from mulin.posts.face import Duty
from mulin.registry.face import (
    Colour,
    HomeExport,
    HomeFilters,
    Household,
    Stay,
    floor_plan,
    listed_dwellings,
    listed_households,
    move,
    move_out,
)
from tests.api.client import Program, said
from tests.desk.test_pages import at_desk
from tests.matters.world import NOW, a_matter, the, the_building, the_grid
from tests.registry.world import (
    a_building_elsewhere,
    a_dwelling,
    a_household,
    a_merchant,
    a_resident,
    a_unit,
    another_building,
    residence_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def found(browser: Client, address: str, name: str) -> str:
    """What a search by name shows: the name is sent in the body, and stands in no link of the answer."""
    page = browser.post(address, {"q": name}).content.decode()
    assert f"q={quote(name)}" not in page
    return page


def text_of(client: Client, url: str, **query: Any) -> str:
    answer = client.get(url, query)
    assert answer.status_code == 200, answer
    return answer.content.decode()


@pytest.fixture
def home() -> Household:
    """Two of them: 王秀英 and her husband 李建国."""
    household = a_household(
        a_dwelling(number="302", use="owner", owner_name="房东甲", owner_phone="13700000003")
    )
    a_resident(household, name="王秀英", relation="0", phone="13900000001")
    a_resident(household, name="李建国", relation="1", phone="13900000002")
    household.refresh_from_db()
    return household


def read_of(username: str) -> list[tuple[str, str, set[UUID]]]:
    """What they read: how, what for, whose."""
    reader = the(username).user
    assert reader
    rows = Disclosure.objects.filter(reader=reader.pk).order_by("seq")
    return [(row.kind, row.purpose, set(row.of.values_list("person", flat=True))) for row in rows]


def test_lists_show_names_masked_and_are_no_reading(home: Household) -> None:
    worker = at_desk("worker", "zh-hans")
    for noun in ("households", "residents", "merchants", "doors"):
        page = text_of(worker, f"/desk/registry/{noun}/")
        assert "王秀英" not in page
        assert "13900000001" not in page
    assert "王**" in text_of(worker, "/desk/registry/residents/")
    assert not Disclosure.objects.exists()


def test_a_name_is_found_by_one_character_within_ones_area(home: Household) -> None:
    a_resident(dwelling=a_dwelling(a_unit(a_building_elsewhere())), name="秀远", relation="")
    page = found(at_desk("worker"), "/desk/registry/residents/", "秀")
    assert "王**" in page
    assert "秀*" not in page
    assert "秀*" in found(at_desk("operator"), "/desk/registry/residents/", "秀")
    assert "302" in found(at_desk("worker"), "/desk/registry/households/", "建国")


def test_a_building_floor_by_floor(home: Household) -> None:
    a_dwelling(number="501", floor=5, use="empty")
    building, who = the_building(), the("worker")
    plan = floor_plan(building, who)
    ours = [door for entrance in plan.entrances for floor in entrance.floors for door in floor.doors]
    assert {door.number for door in ours} >= {"302", "501"}
    lived = next(door for door in ours if door.number == "302")
    assert (lived.household, lived.people, lived.households) == (home.pk, 2, 1)
    page = text_of(at_desk("worker"), "/desk/registry/", area=building.path)
    assert f"/desk/households/{home.pk}/" in page
    for colour in Colour:
        assert text_of(at_desk("worker"), "/desk/registry/", area=building.path, colour=colour)
    # The building head sees doors and counts, and may open nobody's page.
    page = text_of(at_desk("building"), "/desk/registry/", area=building.path)
    assert f"/desk/households/{home.pk}/" not in page
    assert f"/desk/dwellings/{home.dwelling_id}/" in page


def test_the_home_page_counts_what_one_may_see(home: Household) -> None:
    a_merchant()
    page = text_of(at_desk("operator"), "/desk/registry/", area=the_grid().path)
    assert the_building().label in page
    assert text_of(at_desk("worker"), "/desk/registry/")
    assert at_desk("auditor").get("/desk/registry/").status_code == 403


def test_one_household_one_dossier(home: Household) -> None:
    a_matter(text="四单元的灯坏了")
    page = text_of(at_desk("worker"), f"/desk/households/{home.pk}/")
    for told in ("王秀英", "李建国", "房东甲", "302", "139****0001", "137****0003"):
        assert told in page
    for hidden in ("13900000001", "13700000003"):
        assert hidden not in page
    people = set(home.residences.values_list("resident_id", flat=True))
    assert read_of("worker") == [(Reading.PAGE, Purpose.DUTY, people)]
    text_of(at_desk("worker"), f"/desk/households/{home.pk}/")
    assert len(read_of("worker")) == 1  # once in half an hour


def test_who_moved_out_stands_there_masked_and_is_not_read(home: Household) -> None:
    """Their name is no business of this household any more; to open their own page is a reading of them."""
    gone = home.residences.get(relation="1")
    move_out(gone, by=the("operator"), now=NOW)
    far = a_resident(home, name="赵远", relation="2")
    next_grid = a_dwelling(a_unit(a_building_elsewhere()))
    move(residence_of(far), next_grid, Stay(), by=the("operator"), now=NOW)
    page = text_of(at_desk("worker"), f"/desk/households/{home.pk}/")
    assert "李**" in page
    assert "赵*" in page
    assert not any(name in page for name in ("李建国", "赵远"))
    assert f"/desk/street-residents/{gone.resident_id}/" in page
    assert f"/desk/street-residents/{far.pk}/" not in page  # who lives where one may not look
    wang = home.residences.get(relation="0").resident_id
    assert read_of("worker") == [(Reading.PAGE, Purpose.DUTY, {wang})]
    assert "李建国" in text_of(at_desk("worker"), f"/desk/street-residents/{gone.resident_id}/")
    assert read_of("worker")[1] == (Reading.PAGE, Purpose.DUTY, {gone.resident_id})


def test_a_program_sends_a_name_in_the_body(home: Household) -> None:
    program = Program("worker")
    (wang,) = said(program.post("/dossiers/residents/search", {"q": "秀英"}))["rows"]
    assert wang["name"] == "王**"
    (household,) = said(program.post("/dossiers/households/search", {"q": "建国"}))["rows"]
    assert household["id"] == str(home.pk)
    assert len(said(program.get("/dossiers/residents"))["rows"]) == 2
    for noun in ("residents", "households"):
        refused = program.get(f"/dossiers/{noun}", q="秀英")
        assert (refused.status_code, said(refused)["code"]) == (422, "name_in_address")
    sent = {"purpose": "duty", "reason": "核对"}
    assert at_desk("operator").post("/desk/registry/take-out/residents/?q=秀英", sent).status_code == 303
    assert HomeExport.objects.get().filters == {}


def test_whoever_may_not_open_it_reads_nothing(home: Household) -> None:
    url = f"/desk/households/{home.pk}/"
    elsewhere = a_household(a_dwelling(a_unit(a_building_elsewhere())))
    assert at_desk("building").get(url).status_code == 403
    assert at_desk("handler").get(url).status_code == 403
    assert at_desk("worker").get(f"/desk/households/{elsewhere.pk}/").status_code == 404
    assert not Disclosure.objects.exists()


def test_where_nobody_lives_the_owner_is_read(home: Household) -> None:
    empty = a_household(a_dwelling(owner_name="房东乙"))
    assert "房东乙" in text_of(at_desk("worker"), f"/desk/households/{empty.pk}/")
    assert read_of("worker") == [("page", "duty", {empty.dwelling_id})]


def test_a_person_with_their_homes_over_time(home: Household) -> None:
    wang = home.residences.get(relation="0").resident
    page = text_of(at_desk("worker"), f"/desk/street-residents/{wang.pk}/")
    assert "王秀英" in page
    assert "139****0001" in page
    assert "李建国" not in page  # nobody else's name stands on one person's page
    assert read_of("worker") == [(Reading.PAGE, Purpose.DUTY, {wang.pk})]


def test_a_merchant(home: Household) -> None:
    shop = a_merchant(name="老王面馆", operator_name="王老板", operator_phone="13600000004")
    page = text_of(at_desk("worker"), f"/desk/merchants/{shop.pk}/")
    assert "王老板" in page
    assert "13600000004" not in page
    assert read_of("worker") == [(Reading.PAGE, Purpose.DUTY, {shop.pk})]


def test_a_door_shows_nobodys_name(home: Household) -> None:
    page = text_of(at_desk("building"), f"/desk/dwellings/{home.dwelling_id}/")
    assert "王**" in page
    assert "王秀英" not in page
    assert "房东甲" not in page
    assert not Disclosure.objects.exists()


def test_the_printed_dossier_asks_what_for(home: Household) -> None:
    head = at_desk("head")
    url = f"/desk/households/{home.pk}/print/"
    assert head.post(url).status_code == 303
    assert not Disclosure.objects.exists()
    text_of(head, f"/desk/households/{home.pk}/")
    answer = head.post(url, {"purpose": "duty"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert [kind for kind, _purpose, _people in read_of("head")] == [Reading.PAGE, Reading.PRINT]


def test_who_looks_after_a_household(home: Household) -> None:
    head, worker = at_desk("head"), the("worker").user
    assert worker
    url = f"/desk/households/{home.pk}/duty/"
    assert head.post(url, {"person": worker.pk}).status_code == 303
    duty = Duty.objects.get(household=home.pk)
    assert duty.user == worker
    assert worker.label in text_of(head, f"/desk/households/{home.pk}/")
    assert str(home.pk) in text_of(at_desk("worker"), "/desk/registry/households/", answered="mine")
    assert str(home.pk) not in text_of(head, "/desk/registry/households/", answered="nobody")
    assert head.post(f"{url}{duty.pk}/end/").status_code == 303
    duty.refresh_from_db()
    assert duty.to_at == NOW
    assert at_desk("worker").post(url, {"person": worker.pk}).status_code == 403


def test_many_households_are_given_from_the_list(home: Household) -> None:
    head, worker = at_desk("head"), the("worker").user
    assert worker
    ids = [home.pk, *(a_household().pk for _ in range(3))]
    sent = {"household": ids, "person": worker.pk, "back": "/desk/registry/households/?stale=1"}
    answer = head.post("/desk/registry/households/duty/", sent)
    assert answer["Location"] == "/desk/registry/households/?stale=1"
    assert Duty.objects.filter(household__in=ids, user=worker).count() == 4
    assert head.post("/desk/registry/households/duty/", sent).status_code == 303  # they have them already
    assert Duty.objects.filter(household__in=ids).count() == 4
    elsewhere = a_household(a_dwelling(a_unit(a_building_elsewhere())))
    sent["back"] = "https://elsewhere.example/"
    assert (
        head.post("/desk/registry/households/duty/", {**sent, "household": [UUID(int=1)]}).status_code == 404
    )
    assert (
        head.post("/desk/registry/households/duty/", {**sent, "household": [elsewhere.pk]}).status_code == 303
    )


@pytest.mark.parametrize(
    "path",
    [
        "doors/?lived=no", "doors/?lived=many", "doors/?use=empty&stale=1", "doors/?hazard=fire",
        "households/?stale=1", "households/?age=child", "households/?elsewhere=1", "households/?use=rented",
        "households/?kind=collective", "households/?answered=nobody", "residents/?age=elder", "residents/?left=1",
        "residents/?elsewhere=1&age=aged", "merchants/?kind=shop&trade=food", "merchants/?left=1", "merchants/?q=面",
    ],
)  # fmt: skip
def test_every_filter_is_an_address(path: str, home: Household) -> None:
    assert at_desk("operator").get(f"/desk/registry/{path}").status_code == 200


def test_a_filter_that_means_nothing_is_told() -> None:
    for query in ("use=castle", "age=old", "after=x", "area=x", "kind=gang"):
        assert at_desk("worker").get(f"/desk/registry/doors/?{query}").status_code == 422


def test_filters_leave_what_they_say(home: Household) -> None:
    empty = a_dwelling(number="909", use="empty")
    old = a_household(a_dwelling(number="808"))
    Household.objects.filter(pk=old.pk).update(confirmed_at=NOW - timedelta(days=400))
    worker = at_desk("worker")
    doors = text_of(worker, "/desk/registry/doors/", lived="no", use="empty")
    assert str(empty.pk) in doors
    assert str(home.dwelling_id) not in doors
    stale = text_of(worker, "/desk/registry/households/", stale="1")
    assert str(old.pk) in stale
    assert str(home.pk) not in stale


def test_lists_go_on_page_by_page() -> None:
    for n in range(7):
        a_household(a_dwelling(a_unit(another_building()) if n % 2 else None, floor=n, number=f"P{n}"))
    who = the("operator")
    for listed in (listed_dwellings, listed_households):
        whole = [row.pk for row in listed(who, HomeFilters(area=the_grid().path)).rows]
        paged, after = [], ""
        while True:
            page = listed(who, HomeFilters(area=the_grid().path), after=after, limit=2)
            paged += [row.pk for row in page.rows]
            after = page.next
            if not after:
                break
        assert paged == whole
        assert len(whole) >= 7


@pytest.mark.parametrize("noun", ["doors", "households", "residents", "merchants"])
def test_a_list_costs_the_same_however_long(
    noun: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(4):
        a_resident()
        a_merchant()
    operator = at_desk("operator")
    operator.get("/desk/registry/")
    with django_assert_max_num_queries(22):
        operator.get(f"/desk/registry/{noun}/")


def test_a_dossier_costs_the_same_however_many_live_there(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    home = a_household()
    for n in range(6):
        a_resident(home, relation="0" if n == 0 else "8")
    worker = at_desk("worker")
    worker.get("/desk/registry/")
    with django_assert_max_num_queries(48):
        worker.get(f"/desk/households/{home.pk}/")

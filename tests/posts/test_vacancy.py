"""Vacancy is never stored: a vacant seat waits for the nearest held seat above it."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from mulin.kernel import stamps
from mulin.posts.face import Directory, Permission, Scope, Seat, Who, end_post, may, who_may
from tests.posts import cast
from tests.posts.cast import BUILDING, COUNTY, GRID, OTHER_GRID, TOWN, UNIT, VILLAGE
from tests.support.clock import NOW

pytestmark = pytest.mark.django_db


def waits_for(who: Who, seat: Seat) -> bool:
    return seat in who.waiting_seats()


def test_ones_own_seat_waits_for_oneself() -> None:
    worker = cast.as_grid_worker()
    assert waits_for(worker, cast.a_seat("grid_worker", GRID))


def test_a_vacant_seat_waits_for_the_nearest_held_one_above() -> None:
    unit = cast.a_seat("unit_head", UNIT)
    head, operator = cast.as_grid_head(), cast.as_operator()
    # neither the building head's nor the grid worker's seat was ever made
    assert waits_for(head, unit)
    assert not waits_for(operator, unit)
    cast.a_seat("grid_worker", GRID)  # made, and vacant: passed over as well
    assert waits_for(cast.as_(cast.person_of(head)), unit)


def test_as_soon_as_somebody_nearer_has_a_post_it_waits_for_them() -> None:
    unit = cast.a_seat("unit_head", UNIT)
    head = cast.as_grid_head()
    worker = cast.as_grid_worker()
    assert waits_for(worker, unit)
    assert not waits_for(cast.as_(cast.person_of(head)), unit)


def test_a_held_seat_waits_for_nobody_else() -> None:
    cast.holding("building_head", BUILDING)
    assert not waits_for(cast.as_grid_worker(), cast.a_seat("building_head", BUILDING))


def test_a_seat_of_another_branch_is_not_mine() -> None:
    assert not waits_for(cast.as_grid_worker(OTHER_GRID), cast.a_seat("unit_head", UNIT))
    assert not waits_for(cast.as_grid_head("990402005002"), cast.a_seat("unit_head", UNIT))


def test_a_whole_vacant_town_waits_for_the_county() -> None:
    seats = [
        cast.a_seat(role, place)
        for role, place in (("unit_head", UNIT), ("grid_head", VILLAGE), ("centre_director", TOWN))
    ]
    county = cast.holding("centre_operator", COUNTY)
    assert all(waits_for(county, seat) for seat in seats)


def test_an_organisations_vacant_seat_waits_for_nobody_here() -> None:
    body = cast.a_body()
    seat = cast.a_seat("department_handler", body)
    assert not any(
        waits_for(who, seat)
        for who in (cast.as_operator(), cast.as_director(), cast.as_handler(cast.a_body()))
    )


def test_administrators_seats_pass_to_nobody() -> None:
    for role in ("system_administrator", "security_administrator", "auditor"):
        assert not waits_for(cast.as_director(), cast.a_seat(role, TOWN))


def test_when_a_post_ends_its_seat_waits_above() -> None:
    user = cast.a_person()
    post = cast.a_post(user, "grid_worker", GRID)
    head = cast.as_grid_head()
    assert not waits_for(head, post.seat)
    end_post(post, by=Who.system(NOW), now=NOW)
    assert waits_for(cast.as_(cast.person_of(head)), post.seat)


def test_standing_in_allows_what_the_vacant_seat_allows() -> None:
    seat = cast.a_seat("grid_worker", GRID)
    member = cast.holding("committee_member", VILLAGE)
    head = cast.as_grid_head()
    elsewhere = Scope(seats=(seat.id,))  # given to that seat, wherever it lies
    assert may(head, Permission.MATTER_HANDLE, elsewhere)
    assert not may(member, Permission.MATTER_HANDLE, elsewhere)
    assert who_may(Permission.MATTER_HANDLE, elsewhere, NOW) == [head.user]


def test_looking_up_waiting_seats_costs_one_statement_while_nothing_changes(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for path in (UNIT, BUILDING + "02", BUILDING + "03"):
        cast.a_seat("unit_head", path)
    user = cast.person_of(cast.as_operator())
    cast.as_(user).waiting_seats()
    with stamps.remembered(), django_assert_max_num_queries(1):
        who = cast.as_(user)
        who.waiting_seats()
        who.waiting_seats()
        may(who, Permission.MATTER_READ, Scope(paths=(UNIT,)))


def test_the_directory_says_the_same_as_the_one_who_asks() -> None:
    unit = cast.a_seat("unit_head", UNIT)
    head = cast.as_grid_head()
    directory = Directory(NOW)
    state = directory.seat("unit_head", area=cast.a_place(UNIT))
    assert state.id == unit.id
    assert state.is_vacant
    superior = directory.superior(state)
    assert superior is not None
    assert superior.holders == (cast.person_of(head).id,)

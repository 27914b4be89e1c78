"""The directory answers for any instant, from memory."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Invalid
from mulin.posts.face import Directory
from tests.posts import cast
from tests.posts.cast import GRID, VILLAGE
from tests.support.clock import NOW

pytestmark = pytest.mark.django_db


def test_it_moves_through_time_without_a_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first, second, grid = cast.a_person(), cast.a_person(), cast.a_place(GRID)
    cast.a_post(first, "grid_worker", GRID, to_at=NOW)
    cast.a_post(second, "grid_worker", GRID, from_at=NOW)
    everybody = Directory.of_everything(NOW)
    with django_assert_num_queries(0):
        assert everybody.seat("grid_worker", area=grid).holders == (second.id,)
        before = everybody.at(NOW - timedelta(microseconds=1))
        assert before.seat("grid_worker", area=grid).holders == (first.id,)
        assert everybody.at(cast.LONG_AGO - timedelta(days=1)).seat("grid_worker", area=grid).is_vacant


def test_it_asks_the_database_only_after_a_change(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    cast.as_grid_worker()
    cast.as_grid_head()
    body = cast.a_body()
    cast.as_handler(body)
    grid, village = cast.a_place(GRID), cast.a_place(VILLAGE)
    with django_assert_max_num_queries(4):  # the marks, then all seats, all posts and all leave
        directory = Directory(NOW)
        assert directory.seat("grid_worker", area=grid).holders
        assert directory.seat("grid_head", area=village).holders
        assert directory.seat("department_handler", organisation=body).holders
    with django_assert_max_num_queries(1):
        assert Directory(NOW).seat("grid_worker", area=grid).holders


def test_a_seat_that_was_never_made_is_vacant() -> None:
    state = Directory(NOW).seat("grid_worker", area=cast.a_place(GRID))
    assert state.id is None
    assert state.is_vacant


def test_the_first_seat_with_somebody_who_is_not_excluded() -> None:
    worker, head = cast.as_grid_worker(), cast.as_grid_head()
    directory = Directory(NOW)
    states = [
        directory.seat("grid_worker", area=cast.a_place(GRID)),
        directory.seat("grid_head", area=cast.a_place(VILLAGE)),
    ]
    assert directory.first_held(states) == states[0]
    assert directory.first_held(states, exclude=[cast.person_of(worker).id]) == states[1]
    assert directory.first_held(states, exclude=[cast.person_of(worker).id, cast.person_of(head).id]) is None


def test_a_wrong_question_is_an_error() -> None:
    with pytest.raises(Invalid):
        Directory(NOW).seat("gridworker", area=cast.a_place(GRID))
    with pytest.raises(TypeError):
        Directory(NOW).seat("grid_worker")
    assert Directory(NOW).seat("department_handler", organisation=new_id()).is_vacant

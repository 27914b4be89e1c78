"""Posts come from memory, and yet nothing outlives a post."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from mulin.kernel import stamps
from mulin.posts.actions import end_post
from mulin.posts.book import book
from mulin.posts.models import Post, User
from mulin.posts.rules import Permission
from mulin.posts.who import Who
from tests.posts import cast
from tests.support.clock import NOW

pytestmark = pytest.mark.django_db


def _a_worker() -> Post:
    return Post.objects.select_related("user", "seat").get(user=cast.as_grid_worker().user)


def test_a_post_that_ended_counts_in_the_next_request() -> None:
    post = _a_worker()
    with stamps.remembered():
        assert cast.as_(post.user).holds(Permission.MATTER_HANDLE)
    end_post(post, by=Who.system(NOW), now=NOW)
    with stamps.remembered():
        assert not cast.as_(post.user).holds(Permission.MATTER_HANDLE)


def test_whoever_writes_a_post_need_not_remember_the_book() -> None:
    post = _a_worker()
    assert cast.as_(post.user).posts
    Post.objects.filter(pk=post.pk).update(to_at=NOW)
    assert not cast.as_(post.user).posts
    Post.objects.filter(pk=post.pk).delete()
    assert book().holders(post.seat_id, NOW - timedelta(seconds=1)) == ()


def test_whose_account_is_closed_holds_nothing() -> None:
    post = _a_worker()
    assert book().holders(post.seat_id, NOW) == (post.user_id,)
    User.objects.filter(pk=post.user_id).update(is_active=False)
    assert book().holders(post.seat_id, NOW) == ()


def test_vacancies_turn_with_the_hour_without_a_change() -> None:
    seat = cast.a_seat("unit_head", cast.UNIT)
    operator = cast.as_operator().user
    assert operator
    begins = NOW + timedelta(hours=1)
    Post.objects.create(user=cast.a_person(), seat=seat, from_at=begins, to_at=begins + timedelta(hours=1))
    who = [Who.of(operator, at) for at in (NOW, begins, begins + timedelta(hours=1))]
    waits = [seat.pk in {each.pk for each in one.waiting_seats()} for one in who]
    assert waits == [True, False, True]


def test_a_request_asks_for_the_marks_and_nothing_else(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    user = cast.as_operator().user
    assert user
    cast.as_(user).standings()
    with stamps.remembered(), django_assert_num_queries(1):
        who = cast.as_(user)
        assert who.standings()
        assert who.waiting_seats()

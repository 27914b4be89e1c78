"""Two act at the same moment, on connections of their own: exactly one wins, the other is told."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from mulin.kernel.refusals import Conflict, Invalid
from mulin.posts.face import Leave, Post, Seat, Who, appoint, end_post, enter_leave, seat_for
from tests.posts import cast
from tests.posts.cast import GRID, OTHER_GRID, TOWN
from tests.support.clock import NOW
from tests.support.databases import Home
from tests.support.races import at_once


def test_two_administrators_posts_at_once_make_one(copied_db: Home) -> None:
    user, town = cast.a_person(), cast.a_place(TOWN)
    roles = ("system_administrator", "security_administrator", "auditor")
    told = at_once(
        *(partial(appoint, user, role=role, area=town, by=Who.system(NOW), now=NOW) for role in roles)
    )
    assert sum(isinstance(each, Post) for each in told) == 1
    assert [each.code for each in told if isinstance(each, Invalid)] == ["exclusive", "exclusive"]
    assert Post.objects.filter(user=user).count() == 1


def test_the_same_appointment_twice_makes_one(copied_db: Home) -> None:
    user, grid = cast.a_person(), cast.a_place(GRID)
    told = at_once(*[partial(appoint, user, role="grid_worker", area=grid, by=Who.system(NOW), now=NOW)] * 2)
    assert [each.code for each in told if isinstance(each, Invalid)] == ["held_already"]
    assert Post.objects.filter(user=user).count() == 1


def test_a_seat_is_made_once(copied_db: Home) -> None:
    grid = cast.a_place(GRID)
    told = at_once(*[partial(seat_for, "grid_worker", area=grid)] * 4)
    assert {each.id for each in told if isinstance(each, Seat)} == {Seat.objects.get(area=grid).id}


def test_a_post_is_ended_once(copied_db: Home) -> None:
    post = cast.a_post(cast.a_person(), "grid_worker", GRID)
    posts = [Post.objects.with_all().get(pk=post.pk) for _ in range(2)]
    told = at_once(*(partial(end_post, each, by=Who.system(NOW), now=NOW) for each in posts))
    assert sum(isinstance(each, Conflict) for each in told) == 1


def test_leave_is_entered_once_and_two_who_name_each_other_do_not_block(copied_db: Home) -> None:
    """Each names the other: one of them is away then, so only one leave stands with its deputy."""
    posts = [cast.a_post(cast.a_person(), "grid_worker", grid) for grid in (GRID, OTHER_GRID)]
    until, by = NOW + timedelta(days=2), Who.system(NOW)
    told = at_once(
        *(
            partial(
                enter_leave,
                mine.user,
                from_at=NOW,
                to_at=until,
                deputies={mine.pk: other.user_id},
                by=by,
                now=NOW,
            )
            for mine, other in (posts, posts[::-1], posts)
        )
    )
    assert sum(isinstance(each, Leave) for each in told) == 1
    assert {each.code for each in told if isinstance(each, Invalid)} <= {"away_already", "deputy_away"}

"""Leave with a deputy (AB 岗): who is away, who stands in, and whose the turns are meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mulin.journal.face import Subject, timeline
from mulin.journal.models import Outbox
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed
from mulin.posts.face import (
    Directory,
    Leave,
    Permission,
    Post,
    Scope,
    Seat,
    User,
    Who,
    appoint,
    end_leave,
    end_post,
    enter_leave,
    may,
    set_deputy,
    who_may,
)
from tests.posts import cast
from tests.posts.cast import GRID, OTHER_GRID, OTHER_TOWN, TOWN, VILLAGE
from tests.support.clock import NOW

pytestmark = pytest.mark.django_db
TOMORROW, FRIDAY, LATER = NOW + timedelta(days=1), NOW + timedelta(days=2), NOW + timedelta(days=20)


def a_worker(grid: str = GRID) -> Post:
    return cast.a_post(cast.a_person(), "grid_worker", grid)


def away(
    post: Post, deputy: User | None = None, *, by: Who | None = None, from_at: datetime = NOW,
    to_at: datetime = FRIDAY,
) -> Leave:  # fmt: skip
    deputies = {post.pk: deputy.pk} if deputy else {}
    by = by or cast.as_(post.user)
    return enter_leave(post.user, from_at=from_at, to_at=to_at, deputies=deputies, by=by, now=NOW)


def refused(post: Post, deputy: User | None = None, **more: object) -> str:
    with pytest.raises(Invalid) as told:
        away(post, deputy, **more)  # type: ignore[arg-type]  # passed on as given
    return told.value.code


def holders(seat: Seat, now: datetime = NOW) -> tuple[object, ...]:
    return Directory(now).holders(seat.pk)


def told(kind: str) -> set[object]:
    return set(Outbox.objects.filter(kind=kind).values_list("to", flat=True))


def test_the_deputy_has_the_seat_from_and_to() -> None:
    post, deputy = a_worker(), a_worker(OTHER_GRID).user
    away(post, deputy, from_at=TOMORROW)
    assert [holders(post.seat, at) for at in (NOW, TOMORROW, FRIDAY)] == [
        (post.user_id,), (deputy.pk,), (post.user_id,),
    ]  # fmt: skip
    assert may(cast.as_(deputy, TOMORROW), Permission.MATTER_FILE, Scope(paths=(GRID,)))
    for at in (NOW, FRIDAY):
        assert not may(cast.as_(deputy, at), Permission.MATTER_FILE, Scope(paths=(GRID,)))
    assert told("leave.stand_in") == {deputy.pk}
    assert [line.code for line in timeline(Subject("person", deputy.pk))] == ["post.begun"]


def test_whoever_is_away_may_still_act() -> None:
    post = a_worker()
    away(post, a_worker(OTHER_GRID).user)
    assert may(cast.as_(post.user), Permission.MATTER_FILE, Scope(paths=(GRID,)))


def test_without_a_deputy_the_seat_counts_as_vacant_and_comes_to_the_level_above() -> None:
    post, head = a_worker(), cast.as_grid_head()
    assert post.seat not in cast.as_(cast.person_of(head)).waiting_seats()
    away(post)
    after = cast.as_(cast.person_of(head))
    assert holders(post.seat) == ()
    assert post.seat in after.waiting_seats()
    assert list(Seat.objects.vacant_at(NOW)) == [post.seat]
    assert told("leave.uncovered") == {cast.person_of(head).pk}
    assert may(after, Permission.MATTER_FILE, post.seat)
    back = cast.as_(cast.person_of(head), FRIDAY)
    assert post.seat not in back.waiting_seats()


def test_who_may_answers_as_may_does_while_somebody_is_away() -> None:
    post, head = a_worker(), cast.as_grid_head()
    away(post)
    found = who_may(Permission.MATTER_FILE, Scope(paths=(GRID,)), NOW)
    assert {user.pk for user in found} == {post.user_id, cast.person_of(head).pk}


def test_a_deputy_of_a_deputy_is_refused() -> None:
    post, second, third = a_worker(), a_worker(OTHER_GRID), a_worker("990402005001003")
    away(post, second.user)
    stands_in = Post.objects.get(deputy_for=post)
    with pytest.raises(Invalid) as said:
        enter_leave(
            second.user, from_at=NOW, to_at=FRIDAY, deputies={stands_in.pk: third.user_id},
            by=cast.as_(second.user), now=NOW,
        )  # fmt: skip
    assert said.value.code == "deputy_of_deputy"
    with pytest.raises(Invalid) as said:
        appoint(
            third.user, role="grid_worker", area=post.seat.area, deputy_for=stands_in,
            by=Who.system(NOW), now=NOW,
        )  # fmt: skip
    assert said.value.code == "deputy_of_deputy"


def test_whoever_stands_in_may_be_away_too_and_then_the_level_above_has_both_seats() -> None:
    post, second, head = a_worker(), a_worker(OTHER_GRID), cast.as_grid_head()
    away(post, second.user)
    away(second)
    assert {post.seat, second.seat} <= set(cast.as_(cast.person_of(head)).waiting_seats())


def test_who_cannot_stand_in() -> None:
    post, other = a_worker(), a_worker(OTHER_GRID)
    assert refused(post, post.user) == "oneself"
    assert refused(post, cast.a_person()) == "no_colleague"  # no post at all
    assert refused(post, cast.as_handler(cast.a_body()).user) == "no_colleague"  # other work
    assert refused(post, a_worker(OTHER_TOWN + "001001").user) == "no_colleague"  # another town
    assert refused(post, cast.a_post(cast.a_person(), "grid_worker", GRID).user) == "held_already"
    away(other)
    assert refused(post, other.user) == "deputy_away"
    assert not Leave.objects.filter(user=post.user).exists()


def test_bad_dates() -> None:
    post = a_worker()
    assert refused(post, from_at=NOW - timedelta(days=1)) == "past"
    assert refused(post, from_at=FRIDAY, to_at=TOMORROW) == "ends_first"
    assert refused(post, to_at=NOW + timedelta(days=400)) == "too_long"
    away(post)
    assert refused(post, from_at=TOMORROW, to_at=LATER) == "away_already"
    with pytest.raises(Invalid) as said:
        enter_leave(cast.a_person(), from_at=NOW, to_at=FRIDAY, deputies={}, by=Who.system(NOW), now=NOW)
    assert said.value.code == "no_post"


def test_a_post_that_would_end_before_it_begins_is_refused() -> None:
    by = cast.as_system_administrator()
    with pytest.raises(Invalid) as said:
        appoint(
            cast.a_person(), role="grid_worker", area=cast.a_place(GRID), from_at=FRIDAY, to_at=TOMORROW,
            by=by, now=NOW,
        )  # fmt: skip
    assert said.value.code == "ends_first"
    post = cast.a_post(cast.a_person(), "grid_worker", GRID, from_at=FRIDAY)
    with pytest.raises(Invalid) as said:
        end_post(post, at=TOMORROW, by=by, now=NOW)
    assert said.value.code == "ends_first"
    assert end_post(post, by=by, now=NOW).to_at == FRIDAY  # called off: it never begins


def test_who_may_enter_leave_for_somebody_else() -> None:
    post, other = a_worker(), a_worker(OTHER_GRID)
    with pytest.raises(NotAllowed):
        away(post, by=cast.as_(other.user))
    with pytest.raises(NotAllowed):
        away(post, by=cast.as_grid_head("990402005002"))
    director = cast.as_director()
    director_post = Post.objects.get(user=cast.person_of(director))
    with pytest.raises(NotAllowed):  # not those below
        away(director_post, by=cast.as_operator())
    away(post, other.user, by=cast.as_grid_head(VILLAGE))
    assert told("leave.entered") == {post.user_id}


def test_an_administrators_deputy_is_named_by_whoever_appoints_administrators() -> None:
    admin, other = cast.as_system_administrator(), cast.as_operator()
    post = Post.objects.get(user=cast.person_of(admin))
    assert refused(post, cast.person_of(other), by=admin) == "no_colleague"
    away(post, cast.person_of(other), by=cast.as_security_administrator())
    auditor = cast.as_auditor()
    post, second = Post.objects.get(user=cast.person_of(auditor)), cast.as_system_administrator()
    with pytest.raises(Invalid) as said:
        away(post, cast.person_of(second), by=cast.as_security_administrator())
    assert said.value.code == "exclusive"


def test_back_early_the_deputy_stands_in_no_more() -> None:
    post, deputy = a_worker(), a_worker(OTHER_GRID).user
    leave = end_leave(away(post, deputy), by=cast.as_(post.user), now=NOW + timedelta(hours=1))
    assert holders(post.seat, NOW + timedelta(hours=1)) == (post.user_id,)
    assert told("leave.ended") == {deputy.pk}
    with pytest.raises(Conflict):
        end_leave(leave, by=cast.as_(post.user), now=NOW + timedelta(hours=2))


def test_called_off_before_it_begins_it_never_was() -> None:
    post, deputy = a_worker(), a_worker(OTHER_GRID).user
    end_leave(away(post, deputy, from_at=TOMORROW), by=cast.as_(post.user), now=NOW)
    assert holders(post.seat, TOMORROW) == (post.user_id,)
    assert away(post, deputy, from_at=TOMORROW)


def test_another_deputy_from_now_on() -> None:
    post, first, second = a_worker(), a_worker(OTHER_GRID).user, a_worker("990402005001003").user
    leave, soon = away(post, first), NOW + timedelta(hours=1)
    set_deputy(leave, post, second, by=cast.as_(post.user), now=soon)
    assert holders(post.seat, NOW) == (first.pk,)
    assert holders(post.seat, soon) == (second.pk,)
    set_deputy(leave, post, None, by=cast.as_(post.user), now=soon + timedelta(hours=1))
    assert holders(post.seat, soon + timedelta(hours=1)) == ()


def test_the_deputys_post_ends_with_the_post_it_stands_in_for() -> None:
    post, deputy = a_worker(), a_worker(OTHER_GRID).user
    away(post, deputy)
    end_post(post, at=TOMORROW, by=cast.as_system_administrator(TOWN), now=NOW)
    assert Post.objects.get(deputy_for=post).to_at == TOMORROW


def test_who_sees_that_somebody_is_away() -> None:
    post, deputy = a_worker(), a_worker(OTHER_GRID).user
    leave = away(post, deputy)
    for who in (cast.as_(post.user), cast.as_(deputy), cast.as_grid_head(), cast.as_operator()):
        assert leave in Leave.objects.visible_to(who)
    for who in (cast.as_grid_worker(OTHER_TOWN + "001001"), cast.as_resident(), Who.anonymous(NOW)):
        assert leave not in Leave.objects.visible_to(who)

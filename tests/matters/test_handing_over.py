"""Somebody leaves a seat: what waits there is listed, and goes to another seat or stays."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from mulin.journal.face import Subject, timeline
from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.matters.actions.cases import seat_key
from mulin.matters.face import (
    Filters,
    Matter,
    Part,
    Show,
    hand_over,
    listed,
    moved_to,
    waiting_counts,
    waiting_matters,
)
from mulin.places.face import Area, Level
from mulin.posts.face import Post, Seat, User, Who, appoint, end_post, enter_leave
from tests.matters.world import NOW, a_matter, do, the, the_grid, the_workers_seat

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def the_seat(username: str) -> Seat:
    return the(username).seats[0]


def a_colleague() -> Seat:
    """Somebody new with the worker's role, in a grid near by."""
    near = Area.objects.plain().under(the_grid().path[: Level.VILLAGE]).at_level(Level.GRID)
    other = near.of_family("base").exclude(pk=the_grid().pk).order_by("path")[0]
    user = User.objects.create(username="a.colleague", name="同事", home=other, created_at=NOW)
    return appoint(user, role="grid_worker", area=other, by=the("sysadmin"), now=NOW).seat


def the_workers_post() -> Post:
    """The worker's, who sits there alone from now on."""
    seat = the_workers_seat()
    Post.objects.filter(seat=seat).exclude(user=the("worker").user).update(to_at=NOW)
    return Post.objects.get(seat=seat, user=the("worker").user)


def filed() -> Matter:
    """In the worker's hands."""
    return do(a_matter().matter, "file", "worker", seat=seat_key(the_workers_seat()))


def queue_of(who: Who) -> set[str]:
    return {matter.number for matter in listed(who, Filters(show=Show.MINE)).rows}


def test_what_waits_is_listed_and_moves_with_its_dates() -> None:
    matter, seat, to = a_matter().matter, the_workers_seat(), a_colleague()
    assert matter in waiting_matters(seat)
    assert waiting_counts([seat])[seat.pk] >= 1
    done = hand_over(seat, to, numbers=[matter.number], by=the("head"), now=NOW)
    assert (done.moved, done.stayed) == ([matter.number], [])
    after = Matter.objects.get(pk=matter.pk)
    assert (after.turn, after.due_at, after.state) == (to, matter.due_at, matter.state)
    assert (after.promise_at, after.next_rung_at) == (matter.promise_at, matter.next_rung_at)
    line = timeline(Subject("matter", matter.pk))[-1]
    assert (line.code, line.facts["from_seat"], line.facts["to_seat"]) == (
        "matter.reassigned", str(seat.pk), str(to.pk),
    )  # fmt: skip
    assert matter.number in queue_of(Who.of(User.objects.get(username="a.colleague"), NOW))
    assert matter.number not in queue_of(the("worker"))


def test_the_lead_moves_too_and_goes_on_from_where_it_was() -> None:
    matter = filed()
    old = Part.objects.get(matter=matter, kind="lead")
    seat, to = old.seat, a_colleague()
    assert hand_over(seat, to, numbers=[matter.number], by=the("head"), now=NOW).moved
    new = Part.objects.get(matter=matter, kind="lead", to_at=None)
    assert (new.seat, new.due_at, new.clock_from, new.person) == (to, old.due_at, old.clock_from, None)
    assert Part.objects.get(pk=old.pk).to_at == NOW
    do(matter, "hand_in", "a.colleague")


def test_what_is_paused_goes_on_at_the_new_seat() -> None:
    matter = do(a_matter().matter, "ask_resident", "worker")
    seat, to = the_workers_seat(), a_colleague()
    assert matter in waiting_matters(seat)
    hand_over(seat, to, numbers=[matter.number], by=the("head"), now=NOW)
    assert do(matter, "answer", "head").turn == to


def test_what_it_was_asked_to_decide_moves_too() -> None:
    matter = filed()
    matter = do(matter, "ask_time", "worker", amount=1)
    part = Part.objects.get(matter=matter, kind="decide", to_at=None)
    to = next(seat for seat in moved_to(part.seat, NOW) if seat == the_seat("operator"))
    assert hand_over(part.seat, to, numbers=[matter.number], by=the("operator"), now=NOW).moved
    assert Part.objects.get(pk=part.pk).answer == "moved"
    do(matter, "grant_time", "operator")


def test_who_may_move_it() -> None:
    matter, seat, to = a_matter().matter, the_workers_seat(), a_colleague()
    for username in ("worker", "handler", "auditor", "police"):
        with pytest.raises(NotAllowed):
            hand_over(seat, to, numbers=[matter.number], by=the(username), now=NOW)
    with pytest.raises(NotAllowed):  # the head's own seat is the operator's business
        hand_over(the_seat("head"), to, by=the("head"), now=NOW)
    # who fills the seat may move what waits there without reading it
    assert hand_over(seat, to, numbers=[matter.number], by=the("sysadmin"), now=NOW).moved


def test_where_it_cannot_go() -> None:
    matter, seat = a_matter().matter, the_workers_seat()
    for to in (seat, the_seat("handler"), the_seat("auditor")):
        with pytest.raises(Invalid) as told:
            hand_over(seat, to, numbers=[matter.number], by=the("operator"), now=NOW)
        assert told.value.code == "seat"
    with pytest.raises(Invalid):
        hand_over(seat, a_colleague(), numbers=[], by=the("operator"), now=NOW)


def test_what_cannot_be_done_there_stays_and_says_why() -> None:
    passed = do(a_matter().matter, "pass_up", "worker")
    assert passed.turn == the_seat("head")
    done = hand_over(passed.turn, the_seat("committee"), numbers=[passed.number], by=the("operator"), now=NOW)
    assert [each.number for each in done.stayed] == [passed.number]  # a committee member files nothing
    own = a_matter(by=the("head"), text="花坛坏了").matter
    done = hand_over(the_workers_seat(), the_seat("head"), numbers=[own.number], by=the("operator"), now=NOW)
    assert [each.number for each in done.stayed] == [own.number]  # whoever raised it never files it


def test_what_moved_on_meanwhile_stays_where_it_is() -> None:
    matter, seat, to = a_matter().matter, the_workers_seat(), a_colleague()
    do(matter, "pass_up", "worker")
    done = hand_over(seat, to, numbers=[matter.number], by=the("operator"), now=NOW)
    assert (done.moved, [each.number for each in done.stayed]) == ([], [matter.number])


def test_left_at_the_seat_it_waits_for_the_level_above_and_then_for_whoever_comes() -> None:
    matter, seat = a_matter().matter, the_workers_seat()
    for post in seat.posts.all():
        end_post(post, by=the("sysadmin"), now=NOW)
    assert matter.number in queue_of(the("head"))
    user = User.objects.create(username="a.successor", name="接任", home=the_grid(), created_at=NOW)
    appoint(user, role="grid_worker", area=the_grid(), by=the("sysadmin"), now=NOW)
    assert matter.number in queue_of(Who.of(user, NOW))
    assert matter.number not in queue_of(the("head"))


def test_the_turns_of_whoever_is_away_come_to_the_deputy() -> None:
    a_colleague()
    post, deputy = the_workers_post(), User.objects.get(username="a.colleague")
    away(post, {post.pk: deputy.pk})
    matter = a_matter().matter
    assert matter.turn == post.seat  # it did not move: somebody stands in
    assert matter.number in queue_of(Who.of(deputy, NOW))
    assert matter.number not in queue_of(the("head"))
    do(matter, "pass_up", "a.colleague")


def test_without_a_deputy_they_come_to_the_level_above() -> None:
    before, post = a_matter().matter, the_workers_post()
    away(post, {})
    assert before.number in queue_of(the("head"))
    assert a_matter(text="路灯坏了").matter.turn == the_seat("head")


def away(post: Post, deputies: dict[UUID, UUID | None]) -> None:
    until, by = NOW + timedelta(days=2), the("worker")
    enter_leave(post.user, from_at=NOW, to_at=until, deputies=deputies, by=by, now=NOW)

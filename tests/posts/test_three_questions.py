"""May I, which ones, who may: three questions, one truth."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.models import QuerySet

from mulin.kernel.refusals import NotAllowed, NotYours
from mulin.posts.face import (
    ROLES,
    Organisation,
    Permission,
    Post,
    Scope,
    Seat,
    User,
    Who,
    area_filter,
    end_post,
    may,
    require,
    who_may,
)
from mulin.posts.permits import scope_of
from tests.posts import cast
from tests.posts.cast import BUILDING, FAR_GRID, GRID, OTHER_GRID, OTHER_TOWN, TOWN, UNIT, VILLAGE
from tests.support.clock import NOW

pytestmark = pytest.mark.django_db


def test_a_post_reaches_its_area_and_below() -> None:
    worker = cast.as_grid_worker(GRID)
    assert may(worker, Permission.MATTER_READ, Scope(paths=(UNIT,)))
    assert not may(worker, Permission.MATTER_READ, Scope(paths=(OTHER_GRID,)))
    assert not may(worker, Permission.MATTER_READ, Scope(paths=(VILLAGE,)))


def test_a_post_that_ends_takes_effect_at_once() -> None:
    user = cast.a_person()
    post = cast.a_post(user, "grid_worker", GRID)
    here = Scope(paths=(UNIT,))
    assert may(cast.as_(user), Permission.MATTER_FILE, here)
    end_post(post, by=Who.system(NOW), now=NOW)
    assert not may(cast.as_(user), Permission.MATTER_FILE, here)
    assert user not in who_may(Permission.MATTER_FILE, here, NOW)


def test_a_lapsed_post_and_one_to_come_give_nothing() -> None:
    user = cast.a_person()
    cast.a_post(user, "grid_worker", GRID, to_at=NOW)
    cast.a_post(user, "grid_head", VILLAGE, from_at=NOW + timedelta(seconds=1))
    assert not cast.as_(user).posts
    assert cast.as_(user, NOW - timedelta(seconds=1)).seats[0].role == "grid_worker"
    assert cast.as_(user, NOW + timedelta(seconds=1)).seats[0].role == "grid_head"


def test_a_closed_account_has_no_posts() -> None:
    user = cast.a_person(is_active=False)
    cast.a_post(user, "grid_worker", GRID)
    assert not may(cast.as_(user), Permission.MATTER_READ, Scope(paths=(GRID,), people=(user.id,)))
    assert who_may(Permission.MATTER_READ, Scope(paths=(GRID,), people=(user.id,)), NOW) == []


def test_an_organisation_sees_exactly_what_is_its_own() -> None:
    """It serves three villages in two towns; serving a place is not enough to see what happens there."""
    body = cast.a_body(serves=("990402005001", "990402005002", "990402006001"))
    handler = cast.as_handler(body)
    given = Scope(paths=(GRID,), organisations=(body.id,))
    assert may(handler, Permission.MATTER_HANDLE, given)
    assert may(handler, Permission.MATTER_HANDLE, Scope(paths=(FAR_GRID,), organisations=(body.id,)))
    assert not may(handler, Permission.MATTER_READ, Scope(paths=(GRID,)))
    assert not may(cast.as_handler(cast.a_body()), Permission.MATTER_READ, given)


def test_who_is_complained_of_does_not_see_it() -> None:
    body = cast.a_body()
    about_body = Scope(paths=(GRID,), organisations=(body.id,), about_organisations=(body.id,))
    assert not may(cast.as_handler(body), Permission.MATTER_READ, about_body)
    about_village = Scope(paths=(GRID, TOWN), about_paths=(VILLAGE,))
    worker, head, operator = cast.as_grid_worker(), cast.as_grid_head(), cast.as_operator()
    assert [may(who, Permission.MATTER_READ, about_village) for who in (worker, head, operator)] == [
        False,
        False,
        True,
    ]
    assert who_may(Permission.MATTER_READ, about_village, NOW) == [operator.user]


def test_ones_own_thing_is_ones_own() -> None:
    resident = cast.as_resident()
    own = Scope(paths=(GRID,), people=(cast.person_of(resident).id,))
    assert may(resident, Permission.MATTER_RATE, own)
    assert not may(resident, Permission.MATTER_FILE, own)
    assert not may(cast.as_resident(), Permission.MATTER_READ, own)


def test_anybody_may_raise_a_matter_and_nothing_else() -> None:
    nobody = Who.anonymous(NOW)
    assert [permission for permission in Permission if may(nobody, permission)] == [Permission.MATTER_RAISE]


def test_a_typo_is_an_error_and_not_a_no() -> None:
    with pytest.raises(TypeError):
        may(Who.anonymous(NOW), "matter.reed")  # type: ignore[arg-type]  # a wrong type is the point
    with pytest.raises(TypeError):
        may(Who.anonymous(NOW), Permission.MATTER_READ, "a matter")  # type: ignore[arg-type]  # a wrong type is the point


def test_what_is_not_yours_is_not_there_and_what_is_may_be_forbidden() -> None:
    worker = cast.as_grid_worker()
    with pytest.raises(NotYours):
        require(worker, Permission.PERSON_MANAGE, Scope(paths=(FAR_GRID,)), seen_by=Permission.MATTER_READ)
    with pytest.raises(NotAllowed):
        require(worker, Permission.PERSON_MANAGE, Scope(paths=(GRID,)), seen_by=Permission.MATTER_READ)


PLACES = (
    "9904",
    cast.COUNTY,
    TOWN,
    OTHER_TOWN,
    VILLAGE,
    "990402005002",
    GRID,
    OTHER_GRID,
    FAR_GRID,
    BUILDING,
    UNIT,
)


def _random_world(dice: random.Random) -> tuple[list[User], list[Organisation], list[Seat]]:
    """People with posts at random; some seats are left vacant."""
    people = [cast.a_person() for _ in range(6)]
    bodies = [cast.a_body() for _ in range(2)]
    seats: list[Seat] = []
    for code, line in ROLES.items():
        for place in PLACES:
            if line.may_sit_at(len(place)) and dice.random() < 0.5:
                seats.append(cast.a_seat(code, place))
        if line.at_organisation:
            seats.append(cast.a_seat(code, dice.choice(bodies)))
    for seat in seats:
        if dice.random() < 0.6:
            Post.objects.create(user=dice.choice(people), seat=seat, from_at=cast.LONG_AGO)
    return people, bodies, seats


@pytest.mark.parametrize("seed", range(3))
def test_the_three_questions_agree_in_any_world(seed: int) -> None:
    """Asked about real rows (seats, people, organisations) and about made-up scopes."""
    dice = random.Random(seed)
    people, bodies, seats = _random_world(dice)
    whos = [cast.as_(user) for user in people]
    rows = _Rows(
        {seat.id: _with_itself(seat) for seat in seats},
        {user.id: scope_of(user, NOW) for user in people},
        {body.id: scope_of(body, NOW) for body in bodies},
    )
    for permission in dice.sample([each for each in Permission if each != Permission.MATTER_RAISE], 12):
        for scope in [_random_scope(dice, people, bodies, seats) for _ in range(8)]:
            told = {user.id for user in who_may(permission, scope, NOW)}
            assert told == {who.user.id for who in whos if who.user and may(who, permission, scope)}
        for who in whos:
            _agree_about_rows(who, permission, rows)


@dataclass(frozen=True)
class _Rows:
    """Where each row of the world belongs: read once, for hundreds of questions about it."""

    seats: dict[UUID, Scope]
    people: dict[UUID, Scope]
    bodies: dict[UUID, Scope]


def _agree_about_rows(who: Who, permission: Permission, rows: _Rows) -> None:
    at_seats = area_filter(
        who,
        permission,
        path_fields=("area__path", "organisation__home__path"),
        organisations=("organisation",),
        seats=("id",),
    )
    assert _found(Seat.objects.filter(at_seats), rows.seats) == _of(who, permission, rows.seats)
    allowed = User.objects.allowed(who, permission)
    assert _found(allowed, rows.people) == _of(who, permission, rows.people)
    managed = Organisation.objects.allowed(who, permission)
    assert _found(managed, rows.bodies) == _of(who, permission, rows.bodies)


def _found(rows: QuerySet[Any], among: dict[UUID, Scope]) -> set[UUID]:
    return set(rows.filter(pk__in=among).values_list("id", flat=True))


def _of(who: Who, permission: Permission, scopes: dict[UUID, Scope]) -> set[UUID]:
    return {key for key, scope in scopes.items() if may(who, permission, scope)}


def _with_itself(seat: Seat) -> Scope:
    scope = seat.scope()
    return Scope(paths=scope.paths, organisations=scope.organisations, seats=(seat.id,))


def _random_scope(
    dice: random.Random, people: list[User], bodies: list[Organisation], seats: list[Seat]
) -> Scope:
    paths = tuple(dice.sample(PLACES, dice.randint(0, 2)))
    return Scope(
        paths=paths,
        level=dice.choice([None, *(len(path) for path in paths)]),
        organisations=tuple(body.id for body in bodies if dice.random() < 0.3),
        people=tuple(user.id for user in people if dice.random() < 0.2),
        seats=tuple(seat.id for seat in dice.sample(seats, dice.randint(0, 2))),
        once_organisations=tuple(body.id for body in bodies if dice.random() < 0.2),
        once_seats=tuple(seat.id for seat in dice.sample(seats, dice.randint(0, 1))),
        about_paths=tuple(dice.sample(PLACES, 1)) if dice.random() < 0.2 else (),
        about_organisations=tuple(body.id for body in bodies if dice.random() < 0.1),
    )


def test_system_may_everything_and_sees_everything() -> None:
    cast.a_person()
    system = Who.system(NOW)
    assert may(system, Permission.PERSON_MANAGE, Scope())
    assert User.objects.visible_to(system).count() == User.objects.count()

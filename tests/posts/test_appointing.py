"""Appointing and ending posts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mulin.journal.face import Subject, timeline
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed, NotYours, Refusal
from mulin.posts.face import Post, Seat, User, Who, appoint, deactivate, end_post, reactivate
from tests.posts import cast
from tests.posts.cast import COUNTY, FAR_GRID, GRID, TOWN, UNIT, VILLAGE
from tests.support.clock import NOW

pytestmark = pytest.mark.django_db
ADMINISTRATORS = ("system_administrator", "security_administrator", "auditor")


def put(user: User, role: str, path: str, by: Who, **more: object) -> Post:
    return appoint(user, role=role, area=cast.a_place(path), by=by, now=NOW, **more)  # type: ignore[arg-type]  # passed on as given


def codes(user: User) -> list[str]:
    return [line.code for line in timeline(Subject("person", user.id))]


def test_the_system_administrator_appoints_in_their_area() -> None:
    by, user = cast.as_system_administrator(TOWN), cast.a_person()
    post = put(user, "grid_worker", GRID, by)
    assert cast.as_(user).posts == (post,)
    assert post.from_at == NOW
    line = timeline(Subject("person", user.id))[-1]
    assert (line.code, line.by, line.facts["path"], line.facts["role"]) == (
        "post.begun", cast.person_of(by).id, GRID, "grid_worker",
    )  # fmt: skip


def test_and_nowhere_else() -> None:
    by = cast.as_system_administrator(TOWN)
    with pytest.raises(NotYours):
        put(cast.a_person(), "grid_worker", FAR_GRID, by)
    assert not Seat.objects.filter(area__path=FAR_GRID).exists()


def test_a_grid_head_appoints_helpers_of_the_village_only() -> None:
    by = cast.as_grid_head(VILLAGE)
    assert put(cast.a_person(), "unit_head", UNIT, by)
    with pytest.raises(NotAllowed):
        put(cast.a_person(), "grid_worker", GRID, by)


def test_administrators_are_appointed_by_the_security_administrator() -> None:
    with pytest.raises(NotAllowed):
        put(cast.a_person(), "auditor", TOWN, cast.as_system_administrator())
    assert put(cast.a_person(), "auditor", TOWN, cast.as_security_administrator())


def test_nobody_appoints_themselves() -> None:
    by = cast.as_system_administrator()
    with pytest.raises(NotAllowed):
        put(cast.person_of(by), "centre_director", TOWN, by)


@pytest.mark.parametrize("held", ADMINISTRATORS)
@pytest.mark.parametrize("wanted", ADMINISTRATORS)
def test_the_three_administrators_are_never_one_person(held: str, wanted: str) -> None:
    user, by = cast.a_person(), Who.system(NOW)
    put(user, held, TOWN, by)
    if held == wanted:
        assert put(user, wanted, COUNTY, by)
        return
    with pytest.raises(Invalid) as told:
        put(user, wanted, COUNTY, by)
    assert told.value.code == "exclusive"


def test_not_even_on_overlapping_dates_to_come() -> None:
    user, by = cast.a_person(), Who.system(NOW)
    put(user, "auditor", TOWN, by, from_at=NOW + timedelta(days=30), to_at=NOW + timedelta(days=60))
    with pytest.raises(Invalid):
        put(user, "system_administrator", TOWN, by, to_at=NOW + timedelta(days=31))
    with pytest.raises(Invalid):
        put(user, "system_administrator", TOWN, by, from_at=NOW + timedelta(days=59))
    assert put(user, "system_administrator", TOWN, by, to_at=NOW + timedelta(days=30))
    assert put(user, "system_administrator", TOWN, by, from_at=NOW + timedelta(days=60))


@pytest.mark.parametrize(
    ("role", "path", "code"),
    [
        ("grid_worker", VILLAGE, "wrong_level"),
        ("grid_head", GRID, "wrong_level"),
        ("department_handler", TOWN, "wrong_anchor"),
        ("resident", TOWN, "wrong_anchor"),
        ("gridworker", GRID, "unknown_role"),
    ],
)
def test_a_role_sits_only_where_it_may(role: str, path: str, code: str) -> None:
    with pytest.raises(Invalid) as told:
        put(cast.a_person(), role, path, Who.system(NOW))
    assert told.value.code == code
    assert not Seat.objects.filter(role=role, area__path=path).exists()


def test_an_area_role_does_not_sit_at_an_organisation() -> None:
    with pytest.raises(Invalid):
        appoint(cast.a_person(), role="grid_worker", organisation=cast.a_body(), by=Who.system(NOW), now=NOW)


def test_nobody_is_appointed_at_a_closed_place() -> None:
    grid = cast.a_place(GRID)
    grid.closed_at = NOW
    grid.save(update_fields=["closed_at"])
    with pytest.raises(Invalid) as told:
        put(cast.a_person(), "grid_worker", GRID, Who.system(NOW))
    assert told.value.code == "closed_place"


@pytest.mark.parametrize(
    ("begins", "ends", "code"),
    [
        (NOW - timedelta(days=1), None, "past"),
        (NOW, NOW, "ends_first"),
        (NOW + timedelta(days=2), NOW + timedelta(days=1), "ends_first"),
    ],
)
def test_dates_make_sense(begins: object, ends: object, code: str) -> None:
    with pytest.raises(Invalid) as told:
        put(cast.a_person(), "grid_worker", GRID, cast.as_system_administrator(), from_at=begins, to_at=ends)
    assert told.value.code == code


def test_the_same_post_is_not_held_twice() -> None:
    user, by = cast.a_person(), Who.system(NOW)
    put(user, "grid_worker", GRID, by)
    with pytest.raises(Invalid) as told:
        put(user, "grid_worker", GRID, by, from_at=NOW + timedelta(days=5))
    assert told.value.code == "held_already"


def test_a_deputy_sits_on_the_same_seat_for_a_while() -> None:
    head = cast.as_grid_head()
    deputy = cast.a_person()
    until = NOW + timedelta(days=14)
    post = put(deputy, "grid_head", VILLAGE, Who.system(NOW), to_at=until, deputy_for=head.posts[0])
    assert post.seat == head.seats[0]
    assert cast.as_(deputy, until).posts == ()
    with pytest.raises(Invalid):
        put(cast.a_person(), "grid_worker", GRID, Who.system(NOW), deputy_for=head.posts[0])


def test_ending_a_post_is_recorded_and_cannot_be_done_twice() -> None:
    user, by = cast.a_person(), cast.as_system_administrator()
    post = put(user, "grid_worker", GRID, by)
    end_post(post, by=by, now=NOW)
    assert codes(user) == ["post.begun", "post.ended"]
    with pytest.raises(Conflict):
        end_post(post, by=by, now=NOW)


def test_a_post_ends_when_it_was_said_to() -> None:
    user, by, later = cast.a_person(), cast.as_system_administrator(), NOW + timedelta(days=3)
    post = put(user, "grid_worker", GRID, by)
    end_post(post, by=by, now=NOW, at=later)
    assert cast.as_(user, later - timedelta(seconds=1)).posts
    assert not cast.as_(user, later).posts
    with pytest.raises(Invalid):
        end_post(post, by=by, now=NOW, at=NOW - timedelta(days=1))


def test_a_post_to_come_can_be_called_off() -> None:
    user, by = cast.a_person(), cast.as_system_administrator()
    post = put(user, "grid_worker", GRID, by, from_at=NOW + timedelta(days=3))
    end_post(post, by=by, now=NOW)
    assert post.to_at == post.from_at
    assert not cast.as_(user, NOW + timedelta(days=4)).posts


def test_a_stranger_does_not_end_a_post() -> None:
    post = put(cast.a_person(), "grid_worker", GRID, Who.system(NOW))
    with pytest.raises(NotYours):
        end_post(post, by=cast.as_system_administrator(cast.OTHER_TOWN), now=NOW)
    with pytest.raises(NotAllowed):
        end_post(post, by=cast.as_operator(), now=NOW)


def test_closing_an_account_ends_everything_at_once() -> None:
    user, by = cast.a_person(), cast.as_system_administrator()
    post = put(user, "grid_worker", GRID, by)
    cast.a_duty(user, UNIT)
    deactivate(user, by=by, now=NOW)
    post.refresh_from_db()
    assert post.to_at == NOW
    assert codes(user) == ["post.begun", "post.ended", "duty.ended", "person.deactivated"]
    with pytest.raises(Invalid):
        put(user, "grid_worker", GRID, by)
    reactivate(user, by=by, now=NOW)
    assert cast.as_(user).posts == ()


def test_if_the_entry_cannot_be_written_nothing_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the journal is full")

    monkeypatch.setattr("mulin.posts.actions.appointments.person_entry", broken)
    user = cast.a_person()
    with pytest.raises(RuntimeError):
        put(user, "grid_worker", GRID, Who.system(NOW))
    assert not Post.objects.filter(user=user).exists()


def test_a_token_acts_as_its_owner_and_says_so() -> None:
    from mulin.posts.face import make_token, token_from

    by = cast.as_system_administrator()
    token, text = make_token(name="脚本", by=by, now=NOW)
    found = token_from(text, NOW)
    assert found == token
    as_token = Who.of(cast.person_of(by), NOW, token)
    user = cast.a_person()
    put(user, "grid_worker", GRID, as_token)
    assert timeline(Subject("person", user.id))[-1].by_kind == "token"
    with pytest.raises(Refusal):
        make_token(name="another", by=as_token, now=NOW)

"""Leave and hand-over, as the table asks about them: the volunteer is away, something waits at their seat."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client

from mulin.matters.face import Matter
from mulin.posts.face import Leave, User, enter_leave
from tests.matters.world import the, the_workers_seat
from tests.support.clock import IN_TWO_WEEKS, NOW
from tests.truth.asking import Ask, Row
from tests.truth.things import Things


def a_leave_of(user: User) -> Leave:
    """From today on for a week, without a deputy."""
    until = NOW + timedelta(days=7)
    known = Leave.objects.filter(user=user).first()
    return known or enter_leave(user, from_at=NOW, to_at=until, deputies={}, by=the("sysadmin"), now=NOW)


def _waits_there(_row: Row, things: Things, _browser: Client) -> None:
    Matter.objects.filter(pk=things.matters["reported"].pk).update(turn=things.post.seat)


def _moved(row: Row, things: Things) -> dict[str, Any]:
    return {"to": str(the_workers_seat().pk), "matters": [row.about(things).number], "move": "1"}


def _whose(_row: Row, things: Things) -> dict[str, Any]:
    return {"person": str(things.person.pk), "to_at": (NOW + timedelta(days=3)).isoformat()}


AWAY = Ask(sent=lambda _row, _things: {"last_day": IN_TWO_WEEKS.isoformat()})

LEAVES: dict[str, Ask] = {
    "POST desk/leave/add/": AWAY,
    "POST desk/people/<uuid:id>/leave/": AWAY,
    "POST desk/posts/<uuid:id>/hand-over/": Ask(sent=lambda _row, _things: {"end": "1"}),
    "POST desk/seats/<uuid:id>/hand-over/": Ask(sent=_moved, before=_waits_there),
    "POST api/v1/leaves": Ask(sent=lambda _row, _things: {"to_at": (NOW + timedelta(days=3)).isoformat()}),
    "POST api/v1/leaves [for another]": Ask(sent=_whose),
    "POST api/v1/leaves/<id>/deputy": Ask(sent=lambda _row, things: {"post": str(things.post.pk)}),
    "POST api/v1/seats/<id>/move": Ask(sent=_moved, before=_waits_there),
}

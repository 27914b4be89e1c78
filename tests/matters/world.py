"""The tiny town's people at work on matters, in the words of the domain."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from mulin.kernel.refusals import Refusal
from mulin.matters.face import (
    Given,
    Matter,
    MatterType,
    Outcome,
    Raised,
    ReporterGiven,
    SeatKey,
    act,
    choices,
    report,
    settle,
    whereabouts,
)
from mulin.places.face import Area, Level
from mulin.posts.face import Organisation, Post, Seat, User, Who
from tests.support.clock import NOW

LATER = timedelta(minutes=10)


def the(username: str, now: datetime = NOW) -> Who:
    """One of the cast: worker, head, committee, operator, handler, checker, county, auditor …"""
    return Who.of(User.objects.get(username=username), now)


def nobody(now: datetime = NOW) -> Who:
    return Who.anonymous(now)


def a_kind(start: Level = Level.GRID, **facts: Any) -> MatterType:
    """An entry of the list that starts at this level."""
    return MatterType.objects.listed().filter(start_level=int(start), family="base", urgent=False, **facts)[0]


def the_grid() -> Area:
    """The worker's basic grid, in which the building stands. (They look after a commercial one as well.)"""
    return Area.objects.get(path=the_building().path[: Level.GRID])


def the_workers_seat() -> Seat:
    return Seat.objects.get(role="grid_worker", area=the_grid())


def leave_vacant(seat: Seat) -> None:
    """Whoever sits there goes, now."""
    Post.objects.filter(seat=seat).update(to_at=NOW)


def the_building() -> Area:
    seat = the("building").seats[0]
    assert seat.area
    return seat.area


def a_matter(
    by: Who | None = None, *, start: Level = Level.GRID, text: str = "楼道的灯坏了三天。", **more: Any
) -> Raised:
    """Reported from the building of the building head; by nobody known unless said otherwise."""
    kind = more.pop("kind", None) or a_kind(start)
    who = by or nobody()
    where = whereabouts(kind, area=the_building())
    return report(kind, text=text, where=where, channel="portal", by=who, now=who.now, **more)


def do(matter: Matter, code: str, username: str, now: datetime = NOW, **given: Any) -> Matter:
    """The named one of the cast makes a move."""
    plain: dict[str, Any] = {
        "note": "说明",
        "reason": "给居民的话",
        "outcome": Outcome.SOLVED,
        "rating": 5,
        "solved": True,
    }
    return act(matter, code, given=Given(**(plain | given)), by=the(username, now), now=now)


def refused(matter: Matter, code: str, username: str, **given: Any) -> Refusal:
    """What the named one is told; nothing may have changed."""
    before = Matter.objects.values().get(pk=matter.pk)
    try:
        do(matter, code, username, **given)
    except Refusal as told:
        assert Matter.objects.values().get(pk=matter.pk) == before
        return told
    raise AssertionError(f"{username} could {code}")


def seat_of(username: str) -> SeatKey:
    seat = the(username).seats[0]
    return SeatKey(seat.role, seat.area_id, seat.organisation_id)


def body_of(username: str) -> Organisation:
    body = the(username).seats[0].organisation
    assert body
    return body


def fitting(matter: Matter) -> SeatKey:
    return choices(matter)[0].key


__all__ = [
    "LATER",
    "NOW",
    "ReporterGiven",
    "a_kind",
    "a_matter",
    "body_of",
    "do",
    "fitting",
    "leave_vacant",
    "nobody",
    "refused",
    "seat_of",
    "settle",
    "the",
    "the_building",
    "the_grid",
    "the_workers_seat",
]

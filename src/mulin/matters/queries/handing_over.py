"""What waits at a seat, and to whom it could go when somebody leaves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from mulin.matters.models import Matter, Part
from mulin.matters.queries.dressing import dressed
from mulin.matters.queries.lists import LEFT_OUT
from mulin.matters.rules.states import LIVE
from mulin.places.face import Level
from mulin.posts.face import ROLES, Permission, Post, Seat, Who, in_ranges

MOST = 200
_WORKS = (
    Permission.MATTER_FILE,
    Permission.MATTER_DISPATCH,
    Permission.MATTER_HANDLE,
    Permission.MATTER_CHECK,
    Permission.MATTER_DECIDE,
)


def waiting_matters(seat: Seat) -> list[Matter]:
    """Turns, also those that go on here after a pause, and open parts; soonest due first, the first 200."""
    parts = Part.objects.filter(seat=seat, to_at=None).values_list("matter", flat=True)
    turns = Matter.objects.filter(Q(turn=seat) | Q(resume_turn=seat), state__in=LIVE)
    ids = {*parts, *turns.values_list("pk", flat=True)}
    rows = dressed(Matter.objects.filter(pk__in=ids).defer(*LEFT_OUT))
    rows.sort(key=lambda matter: (matter.due_at is None, matter.due_at or matter.reported_at, matter.number))
    return rows[:MOST]


def readable(matters: Iterable[Matter], who: Who) -> set[UUID]:
    """Those of them that somebody may read; of the others a list shows no words."""
    ids = [matter.pk for matter in matters]
    return set(Matter.objects.visible_to(who).filter(pk__in=ids).values_list("pk", flat=True))


def waiting_counts(seats: Iterable[Seat]) -> dict[UUID, int]:
    """How many turns wait at each of these seats now."""
    rows = Matter.objects.filter(turn__in=[seat.pk for seat in seats], state__in=LIVE)
    return dict(rows.order_by().values_list("turn").annotate(count=Count("pk")))


def moved_to(seat: Seat, now: datetime) -> list[Seat]:
    """The seats to which it may be moved, with somebody there: at the same place, with the same role near by, above."""
    near = _near(seat)
    there = Post.objects.present_at(now).filter(near, seat__role__in=_roles()).exclude(seat=seat)
    rows = Seat.objects.at_places().filter(pk__in=there.values("seat"))
    return sorted(rows, key=lambda each: (each.area_id != seat.area_id, each.role != seat.role, each.label))


def _near(seat: Seat) -> Q:
    if seat.area is None:
        return Q(seat__organisation=seat.organisation_id)
    found = Q(seat__area=seat.area_id)
    found |= Q(seat__role=seat.role) & in_ranges([seat.area.path[: Level.TOWN]], "seat__area__path")
    for role, path in seat.superiors():
        found |= Q(seat__role=role, seat__area__path=path)
    return found


def _roles() -> list[str]:
    return [code for code, line in ROLES.items() if not line.permissions.isdisjoint(_WORKS)]

"""What the table of who does what comes to in one grid: which seats, and who sits there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mulin.matters.rules.states import Circulation
from mulin.matters.rules.who import Function, Ground, SeatKey, Spot, WhoTable, seats_of
from mulin.places.face import Area, Level, parents
from mulin.posts.face import ROLES, Post

_HELD = {Circulation.MICRO: Level.GRID, Circulation.SMALL: Level.VILLAGE, Circulation.LARGE: Level.TOWN}


@dataclass(frozen=True)
class Seated:
    """A seat and who sits there; a body's seat has no place of its own."""

    label: str
    people: tuple[str, ...]
    body: bool = False


There = tuple[Seated, ...]


class InGrid:
    """One grid with the way up from it and who sits there now; two statements, for all circulations."""

    def __init__(self, grid: Area, now: datetime) -> None:
        rows = Area.objects.plain().filter(path__in=[grid.path, *parents(grid.path)])
        self._areas = {area.pk: area for area in rows if area.level >= Level.COUNTY}
        spots = (Spot(area.pk, area.path) for area in self._areas.values())
        self._way = tuple(sorted(spots, key=lambda spot: -spot.level))
        self._people = _people(self._areas, now)

    def of(self, circle: Circulation, table: WhoTable) -> dict[Function, There]:
        """For each function the seats in their order."""
        held = next((spot for spot in self._way if spot.level == _HELD[circle]), self._way[-1])
        ground = Ground(self._way, self._way, held, table)
        return {each: self._seats(each, circle, ground) for each in Function}

    def _seats(self, function: Function, circle: Circulation, ground: Ground) -> There:
        roles = ground.table[circle, function]
        found = [
            _seated(role, list(seats_of(role, ground, ground.held_at)), self._areas, self._people)
            for role in roles
        ]
        return tuple(seat for seats in found for seat in seats)


def _people(areas: dict[UUID, Area], now: datetime) -> dict[SeatKey, list[str]]:
    found: dict[SeatKey, list[str]] = {}
    posts = Post.objects.open_at(now).filter(seat__area__in=list(areas)).select_related("seat", "user")
    for post in posts.order_by("from_at", "id"):
        found.setdefault(SeatKey(post.seat.role, area=post.seat.area_id), []).append(post.user.label)
    return found


def _seated(
    role: str, seats: list[SeatKey], areas: dict[UUID, Area], people: dict[SeatKey, list[str]]
) -> list[Seated]:
    label = str(ROLES[role].label) if role in ROLES else role
    if ROLES[role].at_organisation:
        return [Seated(label, (), body=True)]
    return [
        Seated(f"{label} · {areas[key.area].label}", tuple(people.get(key, ()))) for key in seats if key.area
    ]

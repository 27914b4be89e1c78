"""Who does what: (circulation, function) → roles in order, and where each of their seats is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from mulin.matters.rules.states import Circulation, circulation


class Function(StrEnum):
    """What a turn asks of a seat."""

    FILES = "files"
    DISPATCHES = "dispatches"
    HANDLES = "handles"
    CHECKS = "checks"
    DECIDES = "decides"  # on a request for time or a pause, on what a reporter is not satisfied with


# The house's table of who does what. At `handles` the dispatcher chooses among these roles;
# elsewhere the first seat with a holder who is not excluded has the turn.
WhoTable = Mapping[tuple[Circulation, Function], tuple[str, ...]]

WHO: WhoTable = {
    (Circulation.MICRO, Function.FILES): ("grid_worker",),
    (Circulation.MICRO, Function.DISPATCHES): ("grid_head",),
    (Circulation.MICRO, Function.HANDLES): ("grid_worker", "building_head", "unit_head"),
    (Circulation.MICRO, Function.CHECKS): ("grid_head",),
    (Circulation.MICRO, Function.DECIDES): ("grid_head",),
    (Circulation.SMALL, Function.FILES): ("grid_head",),
    (Circulation.SMALL, Function.DISPATCHES): ("grid_head",),
    (Circulation.SMALL, Function.HANDLES): ("committee_member", "grid_worker", "department_handler"),
    (Circulation.SMALL, Function.CHECKS): ("committee_member", "checker"),
    (Circulation.SMALL, Function.DECIDES): ("grid_head",),
    (Circulation.LARGE, Function.FILES): ("centre_operator",),
    (Circulation.LARGE, Function.DISPATCHES): ("centre_operator",),
    (Circulation.LARGE, Function.HANDLES): ("department_handler", "specialist"),
    (Circulation.LARGE, Function.CHECKS): ("grid_worker", "checker"),
    (Circulation.LARGE, Function.DECIDES): ("centre_director", "centre_operator"),
}


@dataclass(frozen=True)
class Spot:
    """An area as the rules see it: id, today's path, level (the path's length)."""

    id: UUID
    path: str

    @property
    def level(self) -> int:
        return len(self.path)


@dataclass(frozen=True)
class SeatKey:
    """A seat by what makes it unique: its role, and its area or its organisation."""

    role: str
    area: UUID | None = None
    organisation: UUID | None = None


class Holders(Protocol):
    """Answers who sits on a seat now: the ids of people with a running post there."""

    def holders(self, key: SeatKey) -> tuple[UUID, ...]: ...


COUNTY = 6  # no matter climbs above it: it is referred
ANYWHERE = 24  # the level of a unit: as deep as the tree goes

# They sit at the level that holds the matter: the town's centre, or one above it.
CENTRE_ROLES = ("centre_operator", "centre_director")

# The level (path length) where an area role has its seat; centre roles sit at the level that holds the matter.
_SEAT_LEVEL = {
    "unit_head": 24,
    "building_head": 22,
    "grid_worker": 15,
    "grid_head": 12,
    "committee_member": 12,
    "checker": 9,
}


def has_area_seat(role: str) -> bool:
    """Whether it is known where on the way from the spot up to the county the seat of this role is."""
    return role in CENTRE_ROLES or role in _SEAT_LEVEL


@dataclass(frozen=True)
class Ground:
    """Where a matter stands in the tree, and who does what there.

    `lineage` runs from the smallest known area of its place up to the county (base grids);
    `taken_by` is the grid of the family that takes it, which may be an overlay grid.
    """

    lineage: tuple[Spot, ...]
    taken_by: tuple[Spot, ...]  # the taking grid and its ancestors, up to the county
    held_at: Spot
    table: WhoTable = field(
        default_factory=lambda: WHO, compare=False
    )  # the town's own rows, else the house's

    def at_level(self, level: int) -> Spot | None:
        return next((spot for spot in (*self.taken_by, *self.lineage) if spot.level == level), None)

    def above(self) -> Spot | None:
        """One level up from `held_at`, never above the county."""
        higher = [spot for spot in self.taken_by if spot.level < self.held_at.level]
        return higher[0] if higher and higher[0].level >= min(COUNTY, self.held_at.level) else None

    def below(self) -> Spot | None:
        """The child of `held_at` on the way to `taken_by`."""
        lower = [spot for spot in self.taken_by if spot.level > self.held_at.level]
        return lower[-1] if lower else None


def seats_of(role: str, ground: Ground, held: Spot) -> Iterator[SeatKey]:
    """The seats of an area role for this matter: in the grid that takes it first, then in the one of its place."""
    if role in CENTRE_ROLES:
        centre = held if held.level <= 9 else ground.at_level(9)
        spots = [centre] if centre else []
    else:
        level = _SEAT_LEVEL.get(role)
        spots = [spot for spot in (*ground.taken_by, *ground.lineage) if spot.level == level]
    yield from dict.fromkeys(SeatKey(role, area=spot.id) for spot in spots)


def candidates(function: Function, ground: Ground) -> Iterator[SeatKey]:
    """Seats in the order in which they get the turn: this level's roles first, then each level above.

    The centres come last: where all others are excluded or gone, a matter must not stand still.
    """
    here = [spot for spot in ground.taken_by if spot.level <= ground.held_at.level]
    named = [(role, held) for held in here for role in ground.table[circulation(held.level), function]]
    centres = [("centre_operator", held) for held in here if held.level <= 9]
    yield from dict.fromkeys(key for role, held in named + centres for key in seats_of(role, ground, held))


def first_seat(
    function: Function, ground: Ground, holders: Holders, excluded: frozenset[UUID] = frozenset()
) -> SeatKey | None:
    """The first seat with a holder who is not excluded.

    Where nobody can act, it is the first seat of the level itself: vacant, it shows in the queue of its superior.
    """
    keys = list(candidates(function, ground))
    for key in keys:
        if set(holders.holders(key)) - excluded:
            return key
    return keys[0] if keys else None


def handler_seats(ground: Ground) -> Iterator[SeatKey]:
    """The area seats among which the holder of the matter may choose who handles it."""
    for role in ground.table[circulation(ground.held_at.level), Function.HANDLES]:
        yield from seats_of(role, ground, ground.held_at)

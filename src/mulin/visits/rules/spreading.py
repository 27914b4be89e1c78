"""A proposal for a week: who is to be called on which day. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")
A_DAY = 8  # calls; a sample


@dataclass(frozen=True, slots=True)
class Door(Generic[T]):
    """A door with its way there: building, unit, floor. Neighbours are called on the same day."""

    thing: T
    way: tuple[str, int, str]


def spread(doors: Sequence[Door[T]], days: Sequence[date], a_day: int = A_DAY) -> list[tuple[T, date]]:
    """The most urgent doors come in the order given; of those that fit, neighbours share a day."""
    if not days:
        return []
    taken = sorted(doors[: len(days) * a_day], key=lambda door: door.way)
    each_day = -(-len(taken) // len(days)) or 1
    return [(door.thing, days[n // each_day]) for n, door in enumerate(taken)]

"""Who was in their grid on how many days of a week. Pure.

The article asks that four in five of the town's cadres, all but those at the windows, be there on three days and more;
a town may ask otherwise, so both figures are handed in (`MULIN_PRESENCE_DAYS`, `MULIN_PRESENCE_SHARE`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from mulin.places.face import contains


@dataclass(frozen=True, slots=True)
class Cadre:
    """Somebody of whom it is asked: the ground they answer for, and the days of the week on which they are away."""

    person: UUID
    ground: tuple[str, ...]
    away: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody was at a place on a day: a call at a door, or a word that they are there."""

    person: UUID
    place: str
    day: date


@dataclass(frozen=True, slots=True)
class Line:
    """One cadre's week. Who is on leave so long that they cannot be there is not asked."""

    person: UUID
    days: tuple[date, ...]
    away: frozenset[date]
    asked: bool
    enough: bool


@dataclass(frozen=True, slots=True)
class Week:
    """All of them, and the share of those asked who were there often enough."""

    lines: Sequence[Line]

    @property
    def asked(self) -> int:
        return sum(line.asked for line in self.lines)

    @property
    def enough(self) -> int:
        return sum(line.asked and line.enough for line in self.lines)

    @property
    def percent(self) -> int | None:
        return self.enough * 100 // self.asked if self.asked else None

    def reached(self, share: float) -> bool | None:
        """Whether the share asked for (percent) is reached; None where nobody is asked."""
        return self.enough * 100 >= share * self.asked if self.asked else None


def week_of(cadres: Collection[Cadre], seen: Collection[Seen], working: Collection[date], days: int) -> Week:
    """Count for each cadre the days on which they were seen within their ground; so many are enough."""
    by_person: dict[UUID, list[Seen]] = {}
    for each in seen:
        by_person.setdefault(each.person, []).append(each)
    return Week([_line(cadre, by_person, working, days) for cadre in cadres])


def _line(cadre: Cadre, seen: Mapping[UUID, list[Seen]], working: Collection[date], days: int) -> Line:
    mine = seen.get(cadre.person, ())
    there = {each.day for each in mine if any(contains(path, each.place) for path in cadre.ground)}
    could = [day for day in working if day not in cadre.away]
    enough = len(there) >= days
    return Line(cadre.person, tuple(sorted(there)), cadre.away, enough or len(could) >= days, enough)

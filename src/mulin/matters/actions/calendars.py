"""On which calendar a promise and a turn are counted."""

from __future__ import annotations

from collections.abc import Callable

from mulin.kernel.worktime import Calendar
from mulin.matters.rules.who import Ground, SeatKey
from mulin.places.face import Level, calendars


def of_place(path: str) -> Calendar:
    """The calendar of the town in which it is: promises run on it."""
    return calendars().at(path[: Level.TOWN])


def of_seats(ground: Ground, place: str) -> Callable[[SeatKey], Calendar]:
    """The calendar of a seat: that of its area; a body works as the town does."""
    paths = {spot.id: spot.path for spot in (*ground.lineage, *ground.taken_by)}
    town, book = place[: Level.TOWN], calendars()
    return lambda key: book.at(paths.get(key.area, town) if key.area else town)

"""Looks whether the same was closed here lately; one statement, on indexes that hold closed matters only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from mulin.kernel.db import rows
from mulin.kernel.geo import box_around, distance_m
from mulin.matters.models import Matter
from mulin.matters.queries.tiles import tiles_over
from mulin.matters.rules.recurrence import COMES_BACK, NEAR_METRES, Before, raised, window
from mulin.matters.rules.who import Ground
from mulin.places.face import Level, within

# Written out, for every report asks: the ORM takes longer to make these words than the database to answer them.
_CLOSED = "closed_at IS NOT NULL AND type_id = %s AND closed_at >= %s"
_IN_PLACE, _AT_SPOT = "place >= %s AND place < %s", "spot >= %s AND spot <= %s"


class Closed(NamedTuple):
    id: UUID
    held_level: int
    recurrence: int
    closed_at: datetime
    outcome: str
    secret: bool
    about_area: UUID | None
    about_organisation: UUID | None
    place: str
    lon: float | None
    lat: float | None


_COLUMNS = (
    "id", "held_level", "recurrence", "closed_at", "outcome", "secret", "about_area_id", "about_organisation_id",
    "place", "lon", "lat",
)  # fmt: skip


def link(matter: Matter, around: Ground, now: datetime, *, climbs: bool) -> Ground:
    """Link it to the one before, and say where it starts. What was settled on the spot stays where it is."""
    return follow(matter, around, before_it(matter, now), climbs=climbs)


def follow(matter: Matter, around: Ground, before: Before | None, *, climbs: bool) -> Ground:
    """The same with the one before it known: histories of the past know theirs from memory."""
    if before is None:
        return around
    matter.follows_id, matter.recurrence = before.id, before.times + 1
    if not climbs:
        return around
    higher = raised(around, before, urgent=matter.urgent)
    matter.held_at_id = higher.held_at.id
    return higher


def before_it(matter: Matter, now: datetime) -> Before | None:
    """The last one of its kind that was closed here within the window of its kind."""
    where = _where(matter)
    if where is None or not matter.type.recurrence_days or is_hidden(matter):
        return None
    since = window(now, matter.type.recurrence_days)
    arms = [(f"{_CLOSED} AND {arm}", (matter.type_id, since, *values)) for arm, values in where]
    return last_of(matter, map(Closed._make, rows.pick_any(Matter, _COLUMNS, arms)))


def last_of(matter: Matter, closed: Iterable[Closed]) -> Before | None:
    """The one among these that was closed last at the same place."""
    found = [row for row in closed if _is_same(matter, row)]
    last = max(found, key=lambda row: row.closed_at, default=None)
    return Before(last.id, last.held_level, last.recurrence) if last else None


def is_hidden(matter: Matter) -> bool:
    """Linked, it would tell of itself: not what complains of somebody, nor what is secret."""
    return bool(matter.secret or matter.about_area_id or matter.about_organisation_id)


def _where(matter: Matter) -> list[tuple[str, tuple[Any, ...]]] | None:
    """In the same building, and within the distance: each a short range of an index; none where neither is known."""
    arms: list[tuple[str, tuple[Any, ...]]] = []
    if len(matter.place) >= Level.BUILDING:
        arms.append((_IN_PLACE, within(matter.place[: Level.BUILDING])))
    if matter.lon is not None and matter.lat is not None:
        tiles = tiles_over(box_around(matter.lon, matter.lat, NEAR_METRES))
        arms += [(_AT_SPOT, each) for each in tiles.ranges()]
    return arms or None


def _is_same(matter: Matter, row: Closed) -> bool:
    if row.secret or row.about_area or row.about_organisation or row.outcome not in COMES_BACK:
        return False
    if len(matter.place) >= Level.BUILDING and row.place.startswith(matter.place[: Level.BUILDING]):
        return True
    if None in (matter.lon, matter.lat, row.lon, row.lat):
        return False
    return distance_m(matter.lon, matter.lat, row.lon, row.lat) <= NEAR_METRES  # type: ignore[arg-type]  # seen above

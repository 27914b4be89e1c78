"""What strangers may know of matters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from heapq import nlargest
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, UUIDField
from django.db.models.functions import Coalesce
from django.utils import timezone

from mulin.matters.labels import state_label
from mulin.matters.models import Matter, MatterType
from mulin.matters.models.querysets import MatterQuerySet
from mulin.matters.queries.tiles import Box, Tiles, tiles_over
from mulin.matters.rules.states import LIVE, kind_of
from mulin.places.face import Level

MOST = 2000
WINDOW = 3000
GRAIN = 0.0002  # degrees: about twenty metres, so that a spot names no door
WORLD = (-180.0, -90.0, 180.0, 90.0)


@dataclass(frozen=True)
class PublicSpot:
    """A kind, a state, how many raised it, and a place that is rounded; no number, no text, nobody."""

    lon: float
    lat: float
    type: str
    type_label: str
    kind: str
    state_label: str
    voices: int = 1


@dataclass(frozen=True)
class PublicLine:
    """The same for a list: the community instead of the spot, and the day."""

    type_label: str
    kind: str
    state_label: str
    village: str  # path
    since: date
    voices: int = 1


class _Row(NamedTuple):
    reported_at: datetime
    id: UUID
    type: UUID
    state: str
    place: str
    lon: float | None
    lat: float | None
    voices: int


_COLUMNS = ("reported_at", "id", "type_id", "state", "place", "lon", "lat", "voices")


def public_spots(box: Box = WORLD, limit: int = MOST) -> list[PublicSpot]:
    """What may be drawn within (west, south, east, north), newest first."""
    west, south, east, north = box
    rows = _on(tiles_over(box)).filter(lon__gte=west, lon__lte=east, lat__gte=south, lat__lte=north)
    return _spots(rows, limit)


def public_spots_on(tiles: Tiles, limit: int = MOST) -> list[PublicSpot]:
    """What may be drawn on these tiles, newest first."""
    return _spots(_on(tiles), limit)


def public_lines(limit: int) -> list[PublicLine]:
    """The newest, for those who read a list rather than a map."""
    types = _public_types()
    rows = _among_newest(types, limit)
    if rows is None:
        rows = _newest(for_all(Matter.objects.filter(state__in=LIVE)), types, limit)
    return [_line(row, types[row.type]) for row in rows]


def _among_newest(types: dict[UUID, MatterType], limit: int) -> list[_Row] | None:
    """Those among the newest matters of all, by the index of time; None where they are too few and there are more.

    What is open is mostly new: in a large town this reads some hundreds of rows instead of all that is open.
    """
    hidden = ("public", "secret", "about_area_id", "about_organisation_id")
    newest = list(Matter.objects.order_by("-reported_at", "-id").values_list(*_COLUMNS, *hidden)[:WINDOW])
    found = [
        _Row._make(row[: len(_COLUMNS)])
        for row in newest
        if row[3] in LIVE and row[2] in types and row[len(_COLUMNS) :] == (True, False, None, None)
    ]
    return found[:limit] if len(found) >= limit or len(newest) < WINDOW else None


def for_all(rows: MatterQuerySet) -> MatterQuerySet:
    """Of these: not those that complain of somebody, nor those whose reporter asked for secrecy.

    In no order: asked for the newest, a database walks all that ever was, newest first. Whether its kind is public
    is seen by the caller as well: beside a table of kinds SQLite would begin with those.
    """
    nobody = Coalesce("about_area", "about_organisation", output_field=UUIDField())
    # As one value: asked for each being empty, SQLite would walk the index of complaints, where almost all are.
    return rows.alias(complains_of=nobody).filter(public=True, secret=False, complains_of=None)


def _on(tiles: Tiles) -> MatterQuerySet:
    """Each tile with the states, so that each is one stretch of the index of both."""
    live = Q(pk__in=[])
    for low, high in tiles.ranges():
        live |= Q(state__in=LIVE, spot__gte=low, spot__lte=high)
    return for_all(Matter.objects.filter(live))


def _public_types() -> dict[UUID, MatterType]:
    return {kind.pk: kind for kind in MatterType.objects.filter(public=True)}


def _newest(rows: MatterQuerySet, types: dict[UUID, MatterType], limit: int) -> list[_Row]:
    found: Iterable[Any] = rows.values_list(*_COLUMNS).iterator()
    return nlargest(limit, (row for row in map(_Row._make, found) if row.type in types))


def _spots(rows: MatterQuerySet, limit: int) -> list[PublicSpot]:
    types = _public_types()
    return [_spot(row, types[row.type]) for row in _newest(rows, types, limit)]


def _spot(row: _Row, kind: MatterType) -> PublicSpot:
    assert row.lon is not None  # noqa: S101 - the query asked for a spot
    assert row.lat is not None  # noqa: S101 - the query asked for a spot
    return PublicSpot(
        lon=rounded(row.lon),
        lat=rounded(row.lat),
        type=kind.code,
        type_label=kind.label,
        kind=str(kind_of(row.state)),
        state_label=state_label(row.state, resident=True),
        voices=row.voices,
    )


def _line(row: _Row, kind: MatterType) -> PublicLine:
    return PublicLine(
        type_label=kind.label,
        kind=str(kind_of(row.state)),
        state_label=state_label(row.state, resident=True),
        village=row.place[: Level.VILLAGE],
        since=timezone.localdate(row.reported_at, timezone.get_default_timezone()),
        voices=row.voices,
    )


def rounded(degrees: float) -> float:
    """A place as the public map shows it."""
    return round(round(degrees / GRAIN) * GRAIN, 4)

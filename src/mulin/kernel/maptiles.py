"""Points on a map by tile: each tile is one range of Morton keys, as points where they are few, else as clusters.

What a tile holds is kept in memory under its address, the rows that were asked for and their version: a map that many
look at costs the database one statement a tile and version.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson
from django.db.models import Avg, Count, F, Model, Q, QuerySet

from mulin.kernel.geo import BITS, morton, morton_range
from mulin.kernel.refusals import Invalid

DEEPEST = 19  # smaller tiles hold nothing worth a request of their own
POINTS_FROM = 18  # from here on nothing is put together: who looks so closely wants to see each
FEW = 300  # points of one tile that are given one by one
MOST = 2000  # of the deepest ones
CELLS = 3  # a tile is divided into 8 by 8 cells
KEPT = 2000  # tiles in memory

Feature = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of the map."""

    z: int
    x: int
    y: int

    def __post_init__(self) -> None:
        if not 0 <= self.z <= DEEPEST:
            raise Invalid(code="no_tile", field="z")
        morton_range(self.z, self.x, self.y)

    @property
    def range(self) -> tuple[int, int]:
        """The lowest and the highest key in it."""
        return morton_range(self.z, self.x, self.y)


def tile_at(lon: float, lat: float, z: int) -> Tile:
    """The tile of a zoom that a point lies in."""
    key = morton(lon, lat) >> 2 * (BITS - z)
    return Tile(z, _every_second(key), _every_second(key >> 1))


def _every_second(key: int) -> int:
    return sum((key >> 2 * bit & 1) << bit for bit in range(BITS))


@dataclass(frozen=True, slots=True)
class Points:
    """What a layer of points is made of: rows that somebody may see, narrowed to what is shown.

    `feature` makes one point of a row's values of `columns`; `counts` says what is counted apart in a cluster.
    """

    rows: QuerySet[Any]
    columns: Sequence[str]
    feature: Callable[[Mapping[str, Any]], Feature]
    key: str = "morton"
    counts: Mapping[str, Q] | None = None
    variant: str = ""  # what else makes two tiles of the same rows different: the language of their words


class TileShelf:
    """Tiles in memory, the least used thrown out first. Bytes only: any thread may ask."""

    def __init__(self, most: int = KEPT) -> None:
        self._most, self._lock = most, threading.Lock()
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    def get(self, tile: Tile, points: Points, version: str) -> tuple[bytes, str]:
        """The tile as GeoJSON, and the tag by which a browser asks whether it is still the same."""
        name = self._name(tile, points, version)
        with self._lock:
            found = self._kept.get(name)
            if found is not None:
                self._kept.move_to_end(name)
                return found, f'"{name}"'
        made = orjson.dumps(collect(tile, points))
        with self._lock:
            self._kept[name] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made, f'"{name}"'

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()

    def _name(self, tile: Tile, points: Points, version: str) -> str:
        """Whoever may see the same rows asks the same statement, and shares the tile."""
        sql, given = points.rows.query.sql_with_params()
        asked = repr((tile, version, points.key, points.variant, sql, given)).encode()
        return sha256(asked).hexdigest()[:32]


def collect(tile: Tile, points: Points) -> Feature:
    """The points of a tile, or its clusters where there are more than a few. At most two statements."""
    low, high = tile.range
    inside = points.rows.filter((f"{points.key}__gte", low), (f"{points.key}__lte", high))
    most = MOST if tile.z >= POINTS_FROM else FEW
    rows = list(_each(inside, points)[: most + 1])
    if len(rows) <= most:
        return _collection([points.feature(row) for row in rows])
    if tile.z >= POINTS_FROM:
        return {**_collection([points.feature(row) for row in rows[:most]]), "truncated": True}
    return _collection([_cluster(row, points) for row in _cells(inside, tile, points)])


def _each(inside: QuerySet[Any], points: Points) -> Any:
    return inside.order_by(points.key).values("pk", "lon", "lat", *points.columns)


def _cells(inside: QuerySet[Any], tile: Tile, points: Points) -> Any:
    counts = {name: Count("pk", filter=each) for name, each in (points.counts or {}).items()}
    cell = F(points.key).bitrightshift(2 * (BITS - tile.z - CELLS))
    grouped: QuerySet[Model, Any] = inside.order_by().annotate(cell=cell).values("cell")
    return grouped.annotate(count=Count("pk"), lon=Avg("lon"), lat=Avg("lat"), **counts)


def _cluster(row: Mapping[str, Any], points: Points) -> Feature:
    more = {name: row[name] for name in points.counts or {}}
    return point(row["lon"], row["lat"], {"count": row["count"], **more})


def point(lon: float, lat: float, properties: Mapping[str, Any]) -> Feature:
    """One point of GeoJSON; seven digits are about a centimetre."""
    geometry = {"type": "Point", "coordinates": [round(lon, 7), round(lat, 7)]}
    return {"type": "Feature", "geometry": geometry, "properties": dict(properties)}


def _collection(features: list[Feature]) -> Feature:
    return {"type": "FeatureCollection", "features": features}

"""The layers of the public map as GeoJSON: borders, buildings, and open matters without a word that people typed.

Borders change rarely: they are made once for each version of the tree and each language. Matters are made anew once
a minute at most. Both are kept compressed, as they go out.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from django.utils.translation import get_language, ngettext

from mulin.matters.face import PublicSpot, Tiles, public_spots_on, tiles_over
from mulin.places.face import BASE, Level, layer, map_version

FRESH_FOR = timedelta(seconds=60)
WORLD = (-180.0, -85.0, 180.0, 85.0)
MOST_AREAS, MOST_BUILDINGS, MOST_MATTERS = 5000, 8000, 2000
KEPT = 64
ZOOMS = (
    13,
    10,
    7,
)  # tiles of about four, thirty and two hundred and fifty kilometres; beyond them, the world

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Packed:
    """GeoJSON as it goes out."""

    zipped: bytes
    etag: str
    made_at: datetime | None = None

    @property
    def plain(self) -> bytes:
        return gzip.decompress(self.zipped)


_packed: dict[tuple[object, ...], Packed] = {}
_lock = threading.Lock()


def areas() -> Packed:
    """Communities and base grids."""
    return _of_this_version("areas", (Level.VILLAGE, Level.GRID), MOST_AREAS)


def buildings() -> Packed:
    return _of_this_version("buildings", (Level.BUILDING,), MOST_BUILDINGS)


def matters(box: Box, now: datetime) -> Packed:
    """Open matters of public kinds on the tiles that the box touches, at most a minute old.

    By whole tiles: were each box an answer of its own, every question of a stranger would be a new one.
    """
    tiles = tiles_over(box, ZOOMS)
    key = ("matters", get_language(), tiles)
    kept = _packed.get(key)
    if kept and kept.made_at and timedelta(0) <= now - kept.made_at < FRESH_FOR:
        return kept
    return _made(tiles, key, now)


def _made(tiles: Tiles, key: tuple[object, ...], now: datetime) -> Packed:
    """What is empty is not kept: elsewhere on the globe are more tiles than we have room for."""
    features = [_matter(spot, n) for n, spot in enumerate(public_spots_on(tiles, MOST_MATTERS))]
    made = _pack(features, now)
    return _keep(key, made) if features else made


def _of_this_version(name: str, levels: Sequence[Level], most: int) -> Packed:
    key = (name, get_language(), map_version())
    return _packed.get(key) or _keep(key, _pack(_areas(levels, most)))


def _keep(key: tuple[object, ...], made: Packed) -> Packed:
    with _lock:
        while len(_packed) >= KEPT:
            _packed.pop(next(iter(_packed)))
        _packed[key] = made
    return made


def _pack(features: Iterable[dict[str, Any]], made_at: datetime | None = None) -> Packed:
    body = orjson.dumps({"type": "FeatureCollection", "features": list(features)})
    digest = hashlib.sha256(body).hexdigest()[:20]
    return Packed(gzip.compress(body, 6, mtime=0), f'"{digest}"', made_at)


def _areas(levels: Sequence[Level], most: int) -> list[dict[str, Any]]:
    """Only names and shapes: no codes, no counts."""
    found = orjson.loads(layer(WORLD, levels, family=BASE, limit=most).body)["features"]
    name: Callable[[dict[str, Any]], str] = _chinese if (get_language() or "").startswith("zh") else _english
    return [
        {
            "type": "Feature",
            "geometry": each["geometry"],
            "properties": {"id": each["id"], "name": name(each["properties"])},
        }
        for each in found
    ]


def _chinese(facts: dict[str, Any]) -> str:
    return str(facts["name"])


def _english(facts: dict[str, Any]) -> str:
    return str(facts["name_en"] or facts["name"])


def _matter(spot: PublicSpot, n: int) -> dict[str, Any]:
    said = {"due": how_many(spot.voices)} if spot.voices > 1 else {}  # the line under the state
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [spot.lon, spot.lat]},
        "properties": {
            "id": n,
            "title": spot.type_label,
            "kind": spot.kind,
            "state": spot.state_label,
            **said,
        },
    }


def how_many(voices: int) -> str:
    return ngettext("%(n)d person told us of this", "%(n)d people told us of this", voices) % {"n": voices}


def forget() -> None:
    """Make everything anew at the next question."""
    with _lock:
        _packed.clear()

"""The borders of the one map as a drawing in the page: there with the first paint, until the map has drawn them itself.

In the map's own projection and scale around its middle, a pixel a unit, so that nothing moves when the map takes over.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import orjson
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mulin.places.face import BASE, Level, layer, map_version

WIDTH, HEIGHT = 2400, 1600  # what the largest frame shows; what is beyond is cut off
TILE = 512  # pixels of the world at zoom 0, as the map's library counts
MOST = 600

Ring = list[list[float]]


def sketch(around: str, lon: float, lat: float, zoom: int) -> SafeString:
    """An inline SVG without words: the map says the same, and has the words."""
    return _drawn(map_version(), around, lon, lat, zoom)


@lru_cache(maxsize=64)
def _drawn(version: str, around: str, lon: float, lat: float, zoom: int) -> SafeString:  # noqa: ARG001 - what it is kept under
    seen = _Seen(lon, lat, zoom)
    found = layer(
        seen.box(), [Level.VILLAGE, Level.GRID], family=BASE, within=[around] if around else None, limit=MOST
    )
    shapes = (each["geometry"] for each in orjson.loads(found.body)["features"])
    lines = "".join(seen.line(ring) for shape in shapes for ring in _rings(shape))
    return format_html(
        '<svg class="map-sketch" aria-hidden="true" width="{}" height="{}" viewBox="{} {} {} {}"><path d="{}"/></svg>',
        WIDTH, HEIGHT, -WIDTH // 2, -HEIGHT // 2, WIDTH, HEIGHT, lines,
    )  # fmt: skip


def _rings(shape: dict[str, Any]) -> Iterator[Ring]:
    """Of a polygon or of several."""
    for polygon in shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]:
        yield from polygon


class _Seen:
    """What the map shows of the ground: Web Mercator around its middle."""

    def __init__(self, lon: float, lat: float, zoom: int) -> None:
        self._world = TILE * 2.0**zoom
        self._x, self._y = self._at(lon, lat)

    def _at(self, lon: float, lat: float) -> tuple[float, float]:
        turned = math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
        return (lon + 180) / 360 * self._world, (1 - turned / math.pi) / 2 * self._world

    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        west, north = self._back(self._x - WIDTH / 2, self._y - HEIGHT / 2)
        east, south = self._back(self._x + WIDTH / 2, self._y + HEIGHT / 2)
        return west, south, east, north

    def _back(self, x: float, y: float) -> tuple[float, float]:
        turned = math.pi * (1 - 2 * y / self._world)
        return x / self._world * 360 - 180, math.degrees(math.atan(math.sinh(turned)))

    def line(self, ring: Ring) -> str:
        """Whole pixels will do; corners that fall together are one."""
        corners: list[str] = []
        for lon, lat, *_height in ring:
            x, y = self._at(lon, lat)
            corner = f"{round(x - self._x)} {round(y - self._y)}"
            if not corners or corners[-1] != corner:
                corners.append(corner)
        return f"M{'L'.join(corners)}Z"

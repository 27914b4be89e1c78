"""Few map tiles over a box: each is one range of the index of spots."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mulin.kernel.geo import MERCATOR_LIMIT, morton_range

Box = tuple[float, float, float, float]  # west, south, east, north
DEEPEST = 20  # smaller tiles hold nothing worth a range of their own
FEW = 4


@dataclass(frozen=True)
class Tiles:
    """A rectangle of tiles of one zoom; both ends belong to it."""

    zoom: int
    left: int
    top: int
    right: int
    bottom: int

    def __len__(self) -> int:
        return max(0, self.right - self.left + 1) * max(0, self.bottom - self.top + 1)

    def ranges(self) -> Iterator[tuple[int, int]]:
        """The lowest and the highest key of each."""
        for x in range(self.left, self.right + 1):
            for y in range(self.top, self.bottom + 1):
                yield morton_range(self.zoom, x, y)


def tiles_over(box: Box, zooms: Iterable[int] = range(DEEPEST, -1, -1)) -> Tiles:
    """The tiles that a box touches, of the first of these zooms at which they are few; else the one of the world."""
    for zoom in zooms:
        tiles = _touched(box, zoom)
        if len(tiles) <= FEW:
            return tiles
    return Tiles(0, 0, 0, 0, 0)


def _touched(box: Box, zoom: int) -> Tiles:
    west, south, east, north = box
    left, top = _tile(west, north, zoom)
    right, bottom = _tile(east, south, zoom)
    return Tiles(zoom, left, top, right, bottom)


def _tile(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    side = 2**zoom
    sine = math.sin(math.radians(max(-MERCATOR_LIMIT, min(MERCATOR_LIMIT, lat))))
    x = math.floor((lon / 360 + 0.5) * side)
    y = math.floor((0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * side)
    return max(0, min(side - 1, x)), max(0, min(side - 1, y))

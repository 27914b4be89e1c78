"""The map in memory: which areas cover a spot, which is nearest, which lie in a box. No database here.

A `Ground` never changes once it is built, so any number of threads may ask it at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

import numpy
import shapely
from shapely.geometry.base import BaseGeometry

from mulin.kernel.geo import EARTH_RADIUS
from mulin.places.rules import BASE, Level

NEAR_BUILDING_M = 15.0
_DEGREE_M = math.radians(1) * EARTH_RADIUS
_SLACK = 1.000001  # for rounding: what is looked at is measured again
_ORIGIN = shapely.Point(0, 0)
_LEAST_COSINE = 0.01  # a spot so near a pole is no place of ours


@dataclass(frozen=True, slots=True)
class Plot:
    """What the map knows of one open area with a border."""

    id: UUID
    path: str
    level: int
    family: str = ""
    grid_kind: str = ""
    name: str = ""
    name_en: str = ""
    kind: str = ""
    floors: int | None = None


@dataclass(frozen=True, slots=True)
class Find:
    """What lies at a spot. `nearest` is set where no base grid covers it."""

    building: Plot | None = None
    micro_grid: Plot | None = None
    base_grid: Plot | None = None
    grid: Plot | None = None  # of the family asked for
    division: Plot | None = None  # the smallest village, town, … whose border is known
    nearest: Plot | None = None
    distance_m: float | None = None


class Ground:
    """An index of borders and footprints."""

    def __init__(self, plots: Sequence[Plot], shapes: Sequence[BaseGeometry]) -> None:
        order = sorted(range(len(plots)), key=lambda i: plots[i].path)
        self._land = _Sheet([(plots[i], shapes[i]) for i in order if plots[i].level < Level.BUILDING])
        self._houses = _Sheet([(plots[i], shapes[i]) for i in order if plots[i].level == Level.BUILDING])
        grids = [(plots[i], shapes[i]) for i in order if plots[i].family == BASE]
        self._goals = _Sheet(grids) if grids else self._land

    def at(self, lon: float, lat: float, family: str = BASE) -> Find:
        """Say what lies at a spot. On a common border the area with the lower path has it."""
        spot = Spot(lon, lat)
        covering = self._land.covering(spot)
        building = self._building(spot, _first(covering, lambda plot: plot.family == BASE))
        base = self._base_grid(covering, building)
        nearest, distance = (None, None) if base else self._goals.nearest(spot)
        return Find(
            building=building,
            micro_grid=_first(
                covering, lambda plot: plot.level == Level.MICRO_GRID and _inside(plot, base, building)
            ),
            base_grid=base,
            grid=base if family == BASE else _first(covering, lambda plot: plot.family == family),
            division=min(
                (plot for plot in covering if plot.level <= Level.VILLAGE),
                key=lambda plot: (-plot.level, plot.path),
                default=None,
            ),
            nearest=nearest,
            distance_m=distance,
        )

    def _building(self, spot: Spot, base: Plot | None) -> Plot | None:
        """The building whose footprint the spot lies in, else the nearest within 15 m in the same grid."""
        for plot, metres in self._houses.around(spot, NEAR_BUILDING_M):
            if metres == 0 or (
                metres <= NEAR_BUILDING_M and (base is None or plot.path.startswith(base.path))
            ):
                return plot
        return None

    def _base_grid(self, covering: Sequence[Plot], building: Plot | None) -> Plot | None:
        """A building is its own grid's, even where a drawn border cuts its corner off."""
        if building is not None:
            own = self._goals.by_path.get(building.path[: Level.GRID])
            if own is not None and own.family == BASE:
                return own
        return _first(covering, lambda plot: plot.family == BASE)

    def in_box(
        self, west: float, south: float, east: float, north: float, levels: Sequence[int]
    ) -> list[tuple[Plot, str]]:
        """The areas of these levels that touch a box, in the order of their paths, with their GeoJSON."""
        box = shapely.box(west, south, east, north)
        return [
            (sheet.plots[i], sheet.geojson(i))
            for sheet in (self._land, self._houses)
            for i in sheet.touching(box)
            if sheet.plots[i].level in levels
        ]


class _Sheet:
    """Plots with their shapes, in the order of their paths, and a tree over the shapes."""

    def __init__(self, pairs: Sequence[tuple[Plot, BaseGeometry]]) -> None:
        self.plots = [plot for plot, _ in pairs]
        self.by_path = {plot.path: plot for plot in self.plots}
        self._shapes = numpy.array([shape for _, shape in pairs], dtype=object)
        shapely.prepare(self._shapes)
        self._tree = shapely.STRtree(self._shapes)
        self.geojson = lru_cache(maxsize=None)(self._geojson)

    def _geojson(self, index: int) -> str:
        rounded = shapely.set_precision(self._shapes[index], 1e-7, mode="pointwise")
        return cast("str", shapely.to_geojson(rounded))

    def touching(self, geometry: BaseGeometry) -> list[int]:
        return sorted(self._tree.query(geometry, predicate="intersects").tolist())

    def covering(self, spot: Spot) -> list[Plot]:
        return [self.plots[i] for i in self.touching(spot.point)]

    def nearest(self, spot: Spot) -> tuple[Plot | None, float | None]:
        """The nearest plot and its distance in metres. What is near in degrees only bounds how far to look."""
        if not self.plots:
            return None, None
        guess = numpy.array([self._tree.nearest(spot.point)])
        return self.around(spot, spot.metres(self._shapes[guess])[0])[0]

    def around(self, spot: Spot, metres: float) -> list[tuple[Plot, float]]:
        """Everything within so many metres, and some of what lies beyond; by distance, then path."""
        degrees = metres / _DEGREE_M / spot.cosine * _SLACK
        found = self._tree.query(spot.point, predicate="dwithin", distance=degrees)
        if not len(found):
            return []
        far = zip(found.tolist(), spot.metres(self._shapes[found]), strict=True)
        return sorted(
            ((self.plots[i], distance) for i, distance in far), key=lambda each: (each[1], each[0].path)
        )


class Spot:
    """A point on the globe, and the plane that touches the globe there."""

    def __init__(self, lon: float, lat: float) -> None:
        self.point = shapely.points([lon, lat])
        self.cosine = max(math.cos(math.radians(lat)), _LEAST_COSINE)
        self._middle = numpy.array([lon, lat])
        self._scale = numpy.array([_DEGREE_M * self.cosine, _DEGREE_M])

    def metres(self, shapes: numpy.ndarray[Any, Any]) -> list[float]:
        """Metres from here to each of these shapes."""
        flat = shapely.transform(shapes, lambda xy: (xy - self._middle) * self._scale)
        return cast("list[float]", shapely.distance(flat, _ORIGIN).tolist())


def _first(plots: Sequence[Plot], fits: Callable[[Plot], bool]) -> Plot | None:
    return next((plot for plot in plots if fits(plot)), None)


def _inside(plot: Plot, grid: Plot | None, building: Plot | None) -> bool:
    """A micro-grid counts only where it agrees with the grid, and with the building where there is one."""
    if grid is None or not plot.path.startswith(grid.path):
        return False
    return building is None or building.path.startswith(plot.path)

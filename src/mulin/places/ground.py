"""The map in memory: which areas cover a spot, which is nearest, which lie in a box. No database here.

A `Ground` never changes once it is built, so any number of threads may ask it at once.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast
from uuid import UUID

import numpy
import shapely
from shapely.geometry.base import BaseGeometry

from mulin.kernel.geo import EARTH_RADIUS
from mulin.places.rules import BASE, Level

NEAR_BUILDING_M = 15.0
_DEGREE_M = math.radians(1) * EARTH_RADIUS
_SLACK = 1.000001  # for rounding: what is looked at is measured again
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
        covering = self._land.covering(lon, lat)
        building = self._building(lon, lat, _first(covering, lambda plot: plot.family == BASE))
        base = self._base_grid(covering, building)
        nearest, distance = (None, None) if base else self._goals.nearest(lon, lat)
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

    def _building(self, lon: float, lat: float, base: Plot | None) -> Plot | None:
        """The building whose footprint the spot lies in, else the nearest within 15 m in the same grid."""
        inside = self._houses.covering(lon, lat)
        if inside:
            return inside[0]
        near = self._houses.within(lon, lat, NEAR_BUILDING_M)
        return next((plot for plot, _ in near if base is None or plot.path.startswith(base.path)), None)

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
        return sorted(int(i) for i in self._tree.query(geometry, predicate="intersects"))

    def covering(self, lon: float, lat: float) -> list[Plot]:
        return [self.plots[i] for i in self.touching(shapely.Point(lon, lat))]

    def within(self, lon: float, lat: float, metres: float) -> list[tuple[Plot, float]]:
        """Plots at most so many metres from a spot, the nearest first."""
        return [each for each in self._around(lon, lat, metres) if each[1] <= metres]

    def nearest(self, lon: float, lat: float) -> tuple[Plot | None, float | None]:
        """The nearest plot and its distance in metres. What is near in degrees only bounds how far to look."""
        if not self.plots:
            return None, None
        guess = int(self._tree.nearest(shapely.Point(lon, lat)))
        return self._around(lon, lat, self._metres(guess, lon, lat))[0]

    def _around(self, lon: float, lat: float, metres: float) -> list[tuple[Plot, float]]:
        """Everything within so many metres and something beyond, sorted by distance, then path."""
        degrees = metres / _DEGREE_M / _cosine(lat) * _SLACK
        found = self._tree.query(shapely.Point(lon, lat), predicate="dwithin", distance=degrees)
        far = [(self.plots[i], self._metres(int(i), lon, lat)) for i in found]
        return sorted(far, key=lambda each: (each[1], each[0].path))

    def _metres(self, index: int, lon: float, lat: float) -> float:
        """Metres from a spot to a shape, on a plane that touches the globe at the spot."""
        scale = numpy.array([_DEGREE_M * _cosine(lat), _DEGREE_M])
        flat = shapely.transform(self._shapes[index], lambda xy: (xy - (lon, lat)) * scale)
        return float(shapely.distance(flat, shapely.Point(0, 0)))


def _cosine(lat: float) -> float:
    return max(math.cos(math.radians(lat)), _LEAST_COSINE)


def _first(plots: Sequence[Plot], fits: Callable[[Plot], bool]) -> Plot | None:
    return next((plot for plot in plots if fits(plot)), None)


def _inside(plot: Plot, grid: Plot | None, building: Plot | None) -> bool:
    """A micro-grid counts only where it agrees with the grid, and with the building where there is one."""
    if grid is None or not plot.path.startswith(grid.path):
        return False
    return building is None or building.path.startswith(plot.path)

"""Plots: the upright rectangles, turned with their streets, on which a grid's houses stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import atan2, cos, hypot, sin

import shapely
from shapely.geometry import LineString, Polygon

from .lattice import XY, Lattice
from .plan import Cell

MARGINS = {"avenue": 8.0, "street": 6.0, "lane": 4.0, "railway": 14.0, "river": 10.0}  # m
INNER_MARGIN = 5.0  # m, where no street runs between two plots; MARGINS: from the road's edge to the wall
SIDES = ("north", "east", "south", "west")


@dataclass(frozen=True)
class Box:
    """A rectangle in a plot's own metres: x east, y north of its south-west corner."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0


@dataclass(frozen=True)
class Plot:
    """Building land inside one grid."""

    key: str  # the grid's key in the plan
    corner: XY  # south-west, town metres
    angle: float  # radians from east
    width: float  # m
    height: float  # m
    roads: dict[str, str]  # side → kind of the line along it; empty where none is drawn

    @property
    def box(self) -> Box:
        return Box(0, 0, self.width, self.height)

    @property
    def area(self) -> float:
        return self.width * self.height

    def place(self, shape: Polygon) -> Polygon:
        """A shape in the plot's metres, on the ground of the town."""
        c, s = cos(self.angle), sin(self.angle)
        x, y = self.corner
        turned: Polygon = shapely.transform(shape, lambda at: at @ [[c, s], [-s, c]] + [x, y])
        return turned


def make_plots(lattice: Lattice) -> list[Plot]:
    """All plots, as one reads a map: each cell of a basic grid, each row of an exclusive grid's cells."""
    parks = [cell for park in lattice.plan.parks for cell in park.cells]
    plots = []
    for key, cells in lattice.plan.grids().items():
        built = [cell for cell in cells if cell not in parks]
        rows = _rows(built) if key in lattice.plan.sites else ([cell] for cell in built)
        plots += [_plot(lattice, key, row) for row in rows]
    return plots


def _rows(cells: list[Cell]) -> Iterator[list[Cell]]:
    """Cells side by side, row by row."""
    for row in sorted({cell[0] for cell in cells}):
        yield [cell for cell in cells if cell[0] == row]


def _plot(lattice: Lattice, key: str, cells: list[Cell]) -> Plot:
    """The largest rectangle that surely fits between the edges of the cells."""
    edges = _edges(cells)
    angle = _angle(lattice, edges)
    lines = {side: _turned(lattice, edges[side], angle) for side in SIDES}
    gaps = {side: max(_margin(lattice, *edge) for edge in edges[side]) for side in SIDES}
    left = max(x for x, _ in lines["west"]) + gaps["west"]
    right = min(x for x, _ in lines["east"]) - gaps["east"]
    bottom = max(y for _, y in lines["south"]) + gaps["south"]
    top = min(y for _, y in lines["north"]) - gaps["north"]
    corner = _turn((left, bottom), angle)
    roads = {side: _road(lattice, *edges[side][0]) for side in SIDES}
    return Plot(key, corner, angle, right - left, top - bottom, roads)


def _edges(cells: list[Cell]) -> dict[str, list[tuple[str, int]]]:
    """The outer edges of a row of cells, by side, as (line, step)."""
    row, first, last = cells[0][0], cells[0][1], cells[-1][1]
    return {
        "north": [(f"r{row}", column) for _, column in cells],
        "south": [(f"r{row + 1}", column) for _, column in cells],
        "west": [(f"c{first}", row)],
        "east": [(f"c{last + 1}", row)],
    }


def _angle(lattice: Lattice, edges: dict[str, list[tuple[str, int]]]) -> float:
    """Which way the plot's east lies: from the middle of its west edge to that of its east edge."""
    west, east = (LineString(lattice.edge(*edges[side][0])).centroid for side in ("west", "east"))
    return atan2(east.y - west.y, east.x - west.x)


def _turned(lattice: Lattice, edges: list[tuple[str, int]], angle: float) -> list[XY]:
    return [_turn(point, -angle) for edge in edges for point in lattice.edge(*edge)]


def _turn(point: XY, angle: float) -> XY:
    length, direction = hypot(*point), atan2(point[1], point[0])
    return length * cos(direction + angle), length * sin(direction + angle)


def _margin(lattice: Lattice, line: str, step: int) -> float:
    """How far walls keep from an edge, m."""
    if not lattice.is_drawn(line, step):
        return INNER_MARGIN
    road = lattice.plan.line(line)
    return road.width / 2 + MARGINS[road.kind]


def _road(lattice: Lattice, line: str, step: int) -> str:
    return lattice.plan.line(line).kind if lattice.is_drawn(line, step) else ""

"""The lattice under the town: lines of the plan, bent as streets are, and the cells between them.

Two cells that touch share the very same points along their edge: borders made of cells leave no gaps."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate
from math import cos, radians, sin

import shapely
from shapely.geometry import LineString, Polygon

from ..chance import chance
from .plan import OUTSIDE, Cell, Plan

XY = tuple[float, float]
POINTS_BETWEEN = 2  # on each edge, so that a bend looks like one
LINE_SHIFT = 7.0  # m, how far a lane may lie from its place
NODE_SHIFT = 5.0  # m, how far a crossing may lie from its line
RIVER_SWING = 15.0  # m


class Lattice:
    """Places of the plan in metres; rows count from the north, columns from the west."""

    def __init__(self, plan: Plan, seed: int) -> None:
        self.plan = plan
        self._chance = chance(seed, "lattice")
        self._turn = radians(self._chance.uniform(-8, -4))
        self._phases = [self._chance.uniform(0, 6.28) for _ in range(3)]
        self._us = self._lines("c", plan.columns)
        self._vs = self._lines("r", plan.rows)
        self._shift = self._shifts()

    def _lines(self, axis: str, widths: tuple[float, ...]) -> list[float]:
        """Where each line lies, centred on 0; lanes a little off the plan."""
        places = list(accumulate(widths, initial=-sum(widths) / 2))
        return [place + self._line_shift(f"{axis}{index}") for index, place in enumerate(places)]

    def _line_shift(self, name: str) -> float:
        reach = LINE_SHIFT if self.plan.line(name).kind == "lane" else 0.0
        return self._chance.uniform(-reach, reach)

    def _shifts(self) -> dict[Cell, XY]:
        spots = [(row, column) for row in range(len(self._vs)) for column in range(len(self._us))]
        return {spot: (self._node_shift(f"c{spot[1]}"), self._node_shift(f"r{spot[0]}")) for spot in spots}

    def _node_shift(self, line: str) -> float:
        """Crossings on lanes wander; avenues, streets and the railway run smoothly."""
        reach = NODE_SHIFT if self.plan.line(line).kind == "lane" else 0.0
        return self._chance.uniform(-reach, reach)

    def _flat(self, row: int, column: int) -> XY:
        """A node before bending: metres east and south of the centre."""
        du, dv = self._shift[row, column]
        return self._us[column] + du, self._vs[row] + dv

    def _bent(self, u: float, v: float) -> XY:
        """The smooth bend and turn that the whole town shares."""
        first, second, third = self._phases
        x = u + 24 * sin(v / 430 + first) + 6 * sin(v / 140 + third)
        y = -v + 26 * sin(u / 520 + second) + 0.045 * u * v / 700
        return x * cos(self._turn) - y * sin(self._turn), x * sin(self._turn) + y * cos(self._turn)

    def _swing(self, line: str, v: float) -> float:
        """The river's own meander, m east."""
        is_river = self.plan.line(line).kind == "river"
        return RIVER_SWING * sin(v / 90 + self._phases[2]) if is_river else 0.0

    def edge(self, line: str, step: int) -> tuple[XY, ...]:
        """The points of one edge of a line, running east or south."""
        index = int(line[1:])
        across = line[0] == "r"
        start = self._flat(index, step) if across else self._flat(step, index)
        end = self._flat(index, step + 1) if across else self._flat(step + 1, index)
        parts = [number / (POINTS_BETWEEN + 1) for number in range(POINTS_BETWEEN + 2)]
        if across:
            start, end = self._at_river(start, step), self._at_river(end, step + 1)
            return tuple(self._bent(*_between(start, end, part)) for part in parts)
        flat = [_between(start, end, part) for part in parts]
        return tuple(self._bent(u + self._swing(line, v), v) for u, v in flat)

    def _at_river(self, flat: XY, column: int) -> XY:
        return flat[0] + self._swing(f"c{column}", flat[1]), flat[1]

    def cell(self, row: int, column: int) -> Polygon:
        """One cell, all the points of its four edges in its ring."""
        north, south = self.edge(f"r{row}", column), self.edge(f"r{row + 1}", column)
        west, east = self.edge(f"c{column}", row), self.edge(f"c{column + 1}", row)
        return Polygon([*north, *east[1:], *reversed(south[:-1]), *reversed(west[1:-1])])

    def union(self, cells: Iterable[Cell]) -> Polygon:
        """The cells as one piece, every point of their outer edges kept."""
        whole = shapely.coverage_union_all([self._cells[cell] for cell in cells])
        if not isinstance(whole, Polygon):
            raise ValueError(f"the plan's cells are not one piece: {cells}")
        return shapely.normalize(whole)

    @cached_property
    def _cells(self) -> dict[Cell, Polygon]:
        return {cell: self.cell(*cell) for cell in self.plan.inside()}

    def is_drawn(self, line: str, step: int) -> bool:
        """Whether an edge is there to see: not outside the town, and no lane inside one grid."""
        one, other = (self.plan.grid_at(*cell) for cell in _sides(line, step))
        if one == other:
            return one != OUTSIDE and self.plan.line(line).kind != "lane"
        return True

    def is_path(self, line: str, step: int) -> bool:
        """Whether houses of one basic grid stand on both sides of an edge that is no street."""
        sides = _sides(line, step)
        return not self.is_drawn(line, step) and all(self.plan.has_homes(*cell) for cell in sides)

    def lines(self) -> Iterator[tuple[str, int]]:
        """Every line with the number of its steps."""
        yield from ((f"r{index}", len(self.plan.columns)) for index in range(len(self.plan.rows) + 1))
        yield from ((f"c{index}", len(self.plan.rows)) for index in range(len(self.plan.columns) + 1))

    def runs(self, line: str, steps: int) -> Iterator[range]:
        """The stretches of a line that are drawn without a break."""
        start: int | None = None
        for step in range(steps + 1):
            drawn = step < steps and self.is_drawn(line, step)
            if drawn and start is None:
                start = step
            if not drawn and start is not None:
                yield range(start, step)
                start = None

    def course(self, line: str, steps: range) -> LineString:
        """The centre line of a stretch."""
        first, *rest = (self.edge(line, step) for step in steps)
        return LineString([*first, *(point for edge in rest for point in edge[1:])])


def _sides(line: str, step: int) -> tuple[Cell, Cell]:
    """The cells north and south, or west and east, of an edge."""
    index = int(line[1:])
    if line[0] == "r":
        return (index - 1, step), (index, step)
    return (step, index - 1), (step, index)


def _between(start: XY, end: XY, part: float) -> XY:
    """The point at this share of the way; exactly the ends at 0 and 1."""
    return start[0] * (1 - part) + end[0] * part, start[1] * (1 - part) + end[1] * part

"""Streets along the drawn lines of the lattice, and house numbers along the streets."""

from math import hypot

import shapely
from shapely.geometry import LineString, Point

from ..chance import chance
from ..specs import Feature, Street
from ..words import Words, word_list
from .lattice import Lattice

ROADS = ("avenue", "street", "lane")
METRES_A_NUMBER = 12.0
PATH_WIDTH = 4.0  # m


def make_streets(lattice: Lattice, seed: int) -> list[Street]:
    """Every road of the town in metres; each stretch of a lane has a name of its own."""
    spare = list(word_list("lanes"))
    chance(seed, "lanes").shuffle(spare)
    streets = []
    for name, steps in lattice.lines():
        line = lattice.plan.line(name)
        if line.kind not in ROADS:
            continue
        for run in lattice.runs(name, steps):
            words = line.name or spare.pop()
            streets.append(Street(words.zh, words.en, line.kind, lattice.course(name, run), line.width))
    return streets


def make_lines(lattice: Lattice) -> list[Feature]:
    """Railway and river, from one end of the plan to the other."""
    features = []
    for name, steps in lattice.lines():
        line = lattice.plan.line(name)
        if line.kind not in ROADS and line.name:
            course = lattice.course(name, range(steps))
            features.append(Feature(line.kind, line.name.zh, line.name.en, course, line.width))
    return features


def make_paths(lattice: Lattice) -> list[Feature]:
    """The ways between the houses of one basic grid: where a lane of the plan is not drawn."""
    paths = []
    for name, steps in lattice.lines():
        for step in range(steps):
            if lattice.is_path(name, step):
                paths.append(Feature("path", "", "", lattice.course(name, range(step, step + 1)), PATH_WIDTH))
    return paths


class Numbers:
    """Gives out house numbers: odd on one side, rising along the street, none twice."""

    def __init__(self, streets: list[Street]) -> None:
        self._streets = streets
        self._tree = shapely.STRtree([street.line for street in streets])
        self._taken: dict[tuple[str, int], bool] = {}

    def address(self, spot: Point) -> Words:
        """The next free number near a spot, on its nearest street."""
        street = self._streets[int(self._tree.nearest(spot))]
        number = self._free(street, spot)
        return Words(f"{street.name_zh}{number}号", f"{number} {street.name_en}")

    def _free(self, street: Street, spot: Point) -> int:
        steps = int(street.line.project(spot) / METRES_A_NUMBER)
        number = 2 * steps + (1 if _is_left(street.line, spot) else 2)
        while (street.name_zh, number) in self._taken:
            number += 2
        self._taken[street.name_zh, number] = True
        return number


def _is_left(line: LineString, spot: Point) -> bool:
    """Whether a spot lies to the left of the line as it runs."""
    along = line.project(spot)
    foot, ahead = line.interpolate(along), line.interpolate(along + 1)
    if hypot(ahead.x - foot.x, ahead.y - foot.y) == 0:
        foot, ahead = line.interpolate(along - 1), foot
    return (ahead.x - foot.x) * (spot.y - foot.y) > (ahead.y - foot.y) * (spot.x - foot.x)

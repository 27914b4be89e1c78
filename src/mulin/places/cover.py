"""Do the grids cover the ground as they should? Overlaps, gaps, and what sticks out of its village."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy
import shapely
from shapely.geometry.base import BaseGeometry

from mulin.kernel.geo import EARTH_RADIUS, from_wkb
from mulin.places.models import Area
from mulin.places.rules import BASE, Level

SLIVER_M = 0.02  # a strip this wide along a border is rounding: seven digits of a degree are a centimetre
_DEGREE_M = math.radians(1) * EARTH_RADIUS

Drawn = tuple[Area, BaseGeometry]


class CoverFault(StrEnum):
    """What can be wrong with the cover of a village."""

    GAP = "gap"
    OVERLAP = "overlap"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class CoverProblem:
    """A piece of ground that no grid, or more than one, or one of another village covers."""

    fault: CoverFault
    areas: tuple[Area, ...]
    shape: BaseGeometry
    square_metres: float


def cover_problems(village: Area, family: str = BASE) -> list[CoverProblem]:
    """Return gaps, overlaps and what lies outside, for the open grids of a family in one village.

    Only the base family must fill its village and stay inside it; overlays must only not overlap themselves.
    """
    grids = drawn_grids(village.path, family)
    problems = overlaps(grids)
    if village.border is not None and family == BASE:
        ground = from_wkb(village.border)
        problems += sticking_out(ground, grids) + gaps(village, ground, grids)
    return problems


def drawn_grids(path: str, family: str) -> list[Drawn]:
    """The open grids of a family within `path` that have a border."""
    grids = Area.objects.open().under(path).at_level(Level.GRID).of_family(family).exclude(border=None)
    return [(grid, from_wkb(grid.border)) for grid in grids.order_by("path") if grid.border]


def overlaps(drawn: Sequence[Drawn], *, of: Iterable[int] | None = None) -> list[CoverProblem]:
    """Return each overlapping pair once; with `of`, only pairs in which one of these positions takes part."""
    shapes = [shape for _, shape in drawn]
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    asked = None if of is None else set(of)
    problems = []
    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        if a < b and (asked is None or a in asked or b in asked):
            problem = _problem(CoverFault.OVERLAP, (drawn[a], drawn[b]), shapes[a] & shapes[b])
            problems += [problem] if problem else []
    return problems


def sticking_out(ground: BaseGeometry, drawn: Iterable[Drawn]) -> list[CoverProblem]:
    """Return what of each grid lies outside `ground`."""
    found = [_problem(CoverFault.OUTSIDE, (each,), each[1] - ground) for each in drawn]
    return [problem for problem in found if problem]


def gaps(village: Area, ground: BaseGeometry, drawn: Sequence[Drawn]) -> list[CoverProblem]:
    """Return the pieces of a village that no grid covers; a village without grids has none to mend."""
    if not drawn:
        return []
    rest = ground - shapely.union_all([shape for _, shape in drawn])
    found = [_problem(CoverFault.GAP, ((village, ground),), piece) for piece in shapely.get_parts(rest)]
    return [problem for problem in found if problem]


def _problem(fault: CoverFault, drawn: Sequence[Drawn], shape: BaseGeometry) -> CoverProblem | None:
    """Make a problem of a shape, or None where it is no more than rounding."""
    flat = flattened(shape)
    if flat.area <= SLIVER_M * flat.length / 2:
        return None
    return CoverProblem(fault, tuple(area for area, _ in drawn), shape, flat.area)


def flattened(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape in metres, on a plane that touches the globe in its middle."""
    if shape.is_empty:
        return shape
    west, south, east, north = shape.bounds
    middle = numpy.array([(west + east) / 2, (south + north) / 2])
    scale = numpy.array([_DEGREE_M * math.cos(math.radians(middle[1])), _DEGREE_M])
    return shapely.transform(shape, lambda xy: (xy - middle) * scale)

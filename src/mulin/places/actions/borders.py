"""May this border be drawn? What the actions ask before they store one."""

from collections.abc import Iterable, Mapping, Sequence

import shapely
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from mulin.kernel.geo import check_point, from_wkb
from mulin.kernel.refusals import Invalid
from mulin.places.cover import CoverProblem, Drawn, drawn_grids, overlaps, sticking_out
from mulin.places.models import Area
from mulin.places.rules import BASE, Level

MOST_POINTS = 50_000


def check_border(border: BaseGeometry) -> BaseGeometry:
    """Return a border that can be stored, or refuse it."""
    if border.geom_type not in ("Polygon", "MultiPolygon") or border.is_empty:
        raise Invalid(_("This is not a border."), code="no_border", field="border")
    if shapely.get_num_coordinates(border) > MOST_POINTS:
        raise Invalid(_("This border has too many points."), code="border_too_fine", field="border")
    west, south, east, north = border.bounds
    check_point(west, south)
    check_point(east, north)
    if not border.is_valid:
        raise Invalid(_("This border crosses itself."), code="border_crosses", field="border")
    return border


def check_cover(drawn: Mapping[Area, BaseGeometry]) -> None:
    """Refuse grids that overlap another of their family, or base grids that leave their village.

    `drawn` are grids as they are about to be; the others of their family are read. Two villages may border each
    other, so the others of the whole town count.
    """
    grids = {area: shape for area, shape in drawn.items() if area.level == Level.GRID and area.family}
    for family in {area.family.code for area in grids if area.family}:
        ours = [(area, shape) for area, shape in grids.items() if area.family and area.family.code == family]
        _refuse(_overlapping(family, ours))
        if family == BASE:
            _refuse(_outside(ours))


def _overlapping(family: str, ours: Sequence[Drawn]) -> list[CoverProblem]:
    known = {area.pk for area, shape in ours}
    towns = {area.path[: Level.TOWN] for area, shape in ours}
    others = [each for town in sorted(towns) for each in drawn_grids(town, family) if each[0].pk not in known]
    return overlaps([*ours, *others], of=range(len(ours)))


def _outside(ours: Sequence[Drawn]) -> list[CoverProblem]:
    problems = []
    for village in Area.objects.filter(pk__in={area.parent_id for area, shape in ours}, border__isnull=False):
        if village.border:
            here = [each for each in ours if each[0].parent_id == village.pk]
            problems += sticking_out(from_wkb(village.border), here)
    return problems


def _refuse(problems: Iterable[CoverProblem]) -> None:
    for problem in problems:
        names = " · ".join(area.label for area in problem.areas)
        if problem.fault == "overlap":
            message = _("These borders overlap by %(size)d m²: %(names)s.")
        else:
            message = _("%(size)d m² of this grid lie outside its village: %(names)s.")
        size = max(1, round(problem.square_metres))
        raise Invalid(
            message % {"size": size, "names": names}, code=f"border_{problem.fault.value}", field="border"
        )

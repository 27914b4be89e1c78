"""A grid on the ground as SVG: its border, and its buildings with their numbers. For the public page and for paper."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from html import escape

from django.utils.translation import gettext as _
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from mulin.kernel.geo import from_wkb
from mulin.places.face import Area

WIDTH = 600.0
MARGIN = 12.0
TALLEST = 1.4  # of the width
FONT = 15.0
_NUMBER = re.compile(r"(\d{1,3})\s*(?:号|栋|幢|座|#|$)")

Point = tuple[float, float]


def drawing(grid: Area, buildings: Sequence[Area], *, on_paper: bool = False) -> str:
    """An inline SVG without a style; "" where the border is not drawn. On a page it takes the colour of the text."""
    if grid.border is None:
        return ""
    border = from_wkb(grid.border)
    place, width, height = _placing(border)
    ink, shade = ("#0f5e63", "#e7f1f1") if on_paper else ("currentColor", "none")
    shapes = [_shape(border, place, f'fill="{shade}" stroke="{ink}" stroke-width="3"')]
    for each in buildings:
        shapes.extend(_building(each, place, ink))
    words = _("Map of %(grid)s") % {"grid": grid.label}
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img" '
        f'aria-label="{escape(words)}" font-family="Noto Sans SC, sans-serif">{"".join(shapes)}</svg>'
    )


def _placing(border: BaseGeometry) -> tuple[Callable[[float, float], Point], float, float]:
    """From degrees to the picture: true to the ground as far as a grid reaches."""
    west, south, east, north = border.bounds
    shrink = math.cos(math.radians((south + north) / 2))
    across, up = max((east - west) * shrink, 1e-9), max(north - south, 1e-9)
    scale = min((WIDTH - 2 * MARGIN) / across, (WIDTH * TALLEST - 2 * MARGIN) / up)

    def place(lon: float, lat: float) -> Point:
        return MARGIN + (lon - west) * shrink * scale, MARGIN + (north - lat) * scale

    return place, across * scale + 2 * MARGIN, up * scale + 2 * MARGIN


def _shape(geometry: BaseGeometry, place: Callable[[float, float], Point], how: str) -> str:
    rings = "".join(_ring(ring, place) for ring in _rings(geometry))
    return f'<path d="{rings}" {how} stroke-linejoin="round" fill-rule="evenodd"/>' if rings else ""


def _rings(geometry: BaseGeometry) -> Iterator[list[Point]]:
    polygons = list(geometry.geoms) if isinstance(geometry, MultiPolygon) else [geometry]
    for polygon in polygons:
        if isinstance(polygon, Polygon):
            yield from (
                [(x, y) for x, y, *_z in ring.coords] for ring in (polygon.exterior, *polygon.interiors)
            )


def _ring(ring: Sequence[Point], place: Callable[[float, float], Point]) -> str:
    corners = (place(lon, lat) for lon, lat in ring[:-1])
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z"


def _building(building: Area, place: Callable[[float, float], Point], ink: str) -> Iterator[str]:
    if building.border is not None:
        yield _shape(from_wkb(building.border), place, f'fill="{ink}" fill-opacity="0.25"')
    number = _NUMBER.search(building.name)
    if number and building.lon is not None and building.lat is not None:
        x, y = place(building.lon, building.lat)
        yield (
            f'<text x="{x:.1f}" y="{y + FONT / 3:.1f}" font-size="{FONT:.0f}" text-anchor="middle" '
            f'fill="{"#14202b" if ink.startswith("#") else ink}">{number[1]}</text>'
        )

"""A grid's plan on paper: its border, its buildings with their numbers, public places, and who is on duty."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy
import shapely
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from shapely.geometry.base import BaseGeometry

from mulin.kernel.geo import EARTH_RADIUS, from_wkb
from mulin.places.face import Area, Landmark, LandmarkKind, buildings, lineage, within
from mulin.posts.face import Permission, Who, answering_at, may

TEMPLATE = "desk/paper/plan.typ"
WIDTH, HEIGHT = 1820.0, 1500.0  # units of the drawing: a tenth of a millimetre
MARGIN = 40.0
METRES_PER_DEGREE = math.radians(1) * EARTH_RADIUS
ROUND_LENGTHS = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
LETTER = 22.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """From degrees to the paper: metres on the plane that touches the globe there, north up, to scale."""

    lon: float
    lat: float
    scale: float  # units a metre
    left: float
    top: float

    @classmethod
    def around(cls, shape: BaseGeometry) -> Sheet:
        west, south, east, north = shape.bounds
        aside = METRES_PER_DEGREE * math.cos(math.radians((south + north) / 2))
        wide, high = max(1.0, (east - west) * aside), max(1.0, (north - south) * METRES_PER_DEGREE)
        scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
        return cls(west, north, scale, (WIDTH - wide * scale) / 2, (HEIGHT - high * scale) / 2)

    def xy(self, points: numpy.ndarray[Any, Any]) -> numpy.ndarray[Any, Any]:
        aside = METRES_PER_DEGREE * math.cos(math.radians(self.lat))
        x = self.left + (points[:, 0] - self.lon) * aside * self.scale
        y = self.top + (self.lat - points[:, 1]) * METRES_PER_DEGREE * self.scale
        return numpy.column_stack([x, y])

    def path(self, shape: BaseGeometry) -> str:
        """The outlines of a shape, as SVG writes them."""
        rings = [ring for part in shapely.get_parts([shape]) for ring in shapely.get_rings(part)]
        return " ".join(_ring(self.xy(shapely.get_coordinates(ring))) for ring in rings)


def _ring(points: numpy.ndarray[Any, Any]) -> str:
    return "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points) + " Z"


def plan_data(area: Area, who: Who) -> dict[str, Any]:
    """What the sheet shows. `area` has its border."""
    border = from_wkb(area.border or b"")
    sheet, houses = Sheet.around(border), _houses(area)
    low, high = within(area.path)
    pins = list(
        Landmark.objects.there().filter(place__gte=low, place__lt=high).order_by("kind", "name", "id")[:40]
    )
    way = lineage(area)
    legend = [*_legend(houses), *_pins_told(pins)]
    return {
        "title": _("Plan of %(area)s") % {"area": area.label},
        "head": " ".join(each.label for each in way[:-1] if len(each.path) >= 9),
        "aside": area.path,
        "foot": _("Borders and buildings as of %(day)s") % {"day": f"{localtime(who.now):%Y-%m-%d}"},
        "drawing": _svg(sheet, border, houses, pins),
        "legend": {"title": _("Legend"), "rows": legend},
        "people": {"title": _("Who is on duty"), "rows": _people(who, way)},
        "houses": {
            "title": _("Buildings"), "header": ["", _("Building"), _("Address")],
            "rows": [[str(number), house.label, house.address_label or house.compound_label] for number, house in
                     enumerate(houses, start=1)],
        },
    }  # fmt: skip


def _houses(area: Area) -> list[Area]:
    """In the order of their codes: their numbers on the paper."""
    return list(buildings(area).defer(None).filter(border__isnull=False))


def _legend(houses: Sequence[Area]) -> list[list[str]]:
    kinds = Counter(house.kind_label or _("Building") for house in houses)
    counted = [[kind, str(count)] for kind, count in kinds.most_common()]
    words = ngettext("%(n)d building", "%(n)d buildings", len(houses)) % {"n": len(houses)}
    return [[words, ""], *counted]


def _pins_told(pins: Iterable[Landmark]) -> list[list[str]]:
    return [[f"{_letter(i)}  {pin.label}", str(LandmarkKind(pin.kind).label)] for i, pin in enumerate(pins)]


def _letter(index: int) -> str:
    """A, B, …, Z, A2, B2, …"""
    turn, place = divmod(index, 26)
    return chr(ord("A") + place) + (str(turn + 1) if turn else "")


def _people(who: Who, way: list[Area]) -> list[list[str]]:
    shows = may(who, Permission.PERSON_READ, way[-1])
    found = answering_at(who, way)
    return [[each.user.label, each.role or _("Answers for it"), each.area.label,
             each.user.public_phone if shows else ""] for each in found]  # fmt: skip


def _svg(sheet: Sheet, border: BaseGeometry, houses: Sequence[Area], pins: Sequence[Landmark]) -> str:
    """Lines, shapes, digits and letters; the words stand beside it."""
    shapes = [from_wkb(house.border or b"") for house in houses]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}">',
        f'<path d="{sheet.path(border)}" fill="#f4f7f7" stroke="#095855" stroke-width="6" fill-rule="evenodd"/>',
        *(f'<path d="{sheet.path(shape)}" fill="#d5dbe1" stroke="#5b6472" stroke-width="2"/>' for shape in shapes),
        *(_number(sheet, shape, str(i)) for i, shape in enumerate(shapes, start=1)),
        *(_pin(sheet, pin, _letter(i)) for i, pin in enumerate(pins)),
        _north(), _ruler(sheet), "</svg>",
    ]  # fmt: skip
    return "".join(parts)


def _number(sheet: Sheet, shape: BaseGeometry, words: str) -> str:
    x, y = sheet.xy(shapely.get_coordinates(shape.representative_point()))[0]
    return _text(x, y + LETTER / 3, words, LETTER)


def _pin(sheet: Sheet, pin: Landmark, letter: str) -> str:
    x, y = sheet.xy(numpy.array([[pin.lon, pin.lat]]))[0]
    circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="18" fill="#095855"/>'
    return circle + _text(x, y + LETTER / 3, letter, LETTER, "#ffffff")


def _text(x: float, y: float, words: str, size: float, colour: str = "#1f2937") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="Noto Sans SC" font-size="{size:.0f}" font-weight="bold" '
        f'text-anchor="middle" fill="{colour}">{words}</text>'
    )


def _north() -> str:
    x, y = WIDTH - 60, 30
    return (
        f'<path d="M{x} {y} L{x + 18} {y + 56} L{x} {y + 44} L{x - 18} {y + 56} Z" fill="#1f2937"/>'
        + _text(x, y + 84, "N", LETTER)
    )


def _ruler(sheet: Sheet) -> str:
    """A length that is easy to say, some 300 units long."""
    metres = max((each for each in ROUND_LENGTHS if each * sheet.scale <= 300), default=ROUND_LENGTHS[0])
    long, y = metres * sheet.scale, HEIGHT - 24
    line = f'<path d="M30 {y - 14} L30 {y} L{30 + long:.1f} {y} L{30 + long:.1f} {y - 14}" fill="none" stroke="#1f2937" stroke-width="3"/>'  # noqa: E501 - one path
    return line + _text(30 + long / 2, y - 12, f"{metres} m", LETTER)

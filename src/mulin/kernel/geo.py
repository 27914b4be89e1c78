"""Places on the globe: WGS 84 degrees, WKB in the row, GeoJSON at the edges, a number a point for tiles."""

import math
from collections.abc import Mapping
from typing import Any

import orjson
import shapely
from django.utils.translation import gettext as _
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from mulin.kernel.refusals import Invalid

EARTH_RADIUS = 6_371_008.8  # metres, mean
_METRES_PER_DEGREE = EARTH_RADIUS * math.pi / 180
MERCATOR_LIMIT = 85.05112877980659  # degrees of latitude at which the map's square ends
BITS = 31  # of each axis in a Morton key: 62 in all, which fits a BIGINT
_SPREAD = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)


def check_point(lon: float, lat: float) -> tuple[float, float]:
    """Return the point, refusing what is no place on the globe (NaN and infinity too)."""
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Invalid(_("This is not a place on the map."), code="no_place")
    return float(lon), float(lat)


def morton(lon: float, lat: float) -> int:
    """Return the key of a point: its Web Mercator column and row at zoom 31, their bits interleaved.

    All points of one map tile, at any zoom, have neighbouring keys: a tile is one range (`morton_range`).
    """
    side = 1 << BITS
    sine = math.sin(math.radians(max(-MERCATOR_LIMIT, min(MERCATOR_LIMIT, lat))))
    x = (lon / 360 + 0.5) * side
    y = (0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * side
    return _interleave(_within(x, side), _within(y, side))


def _within(value: float, side: int) -> int:
    return max(0, min(side - 1, math.floor(value)))


def _interleave(x: int, y: int) -> int:
    return _spread(x) | _spread(y) << 1


def _spread(value: int) -> int:
    """Put a zero before every bit of a 32-bit number."""
    for shift, mask in _SPREAD:
        value = (value | value << shift) & mask
    return value


def morton_range(z: int, x: int, y: int) -> tuple[int, int]:
    """Return the lowest and the highest key in map tile z/x/y, both inclusive."""
    if not (0 <= z <= BITS and 0 <= x < 1 << z and 0 <= y < 1 << z):
        raise Invalid(_("This is not a place on the map."), code="no_tile")
    rest = 2 * (BITS - z)
    low = _interleave(x, y) << rest
    return low, low + (1 << rest) - 1


def distance_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Return the metres between two points along the great circle."""
    a, b = math.radians(lat1), math.radians(lat2)
    half = (
        math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(half)))


def box_around(lon: float, lat: float, metres: float) -> tuple[float, float, float, float]:
    """Return the box (west, south, east, north) that holds every point within so many metres."""
    up = metres / _METRES_PER_DEGREE
    aside = up / max(0.01, math.cos(math.radians(lat)))
    return (lon - aside, lat - up, lon + aside, lat + up)


def to_wkb(geometry: BaseGeometry) -> bytes:
    """Return a geometry as stored: WKB, little-endian, two dimensions; the same bytes on every machine."""
    return bytes(shapely.to_wkb(geometry, output_dimension=2, byte_order=1, include_srid=False))


def from_wkb(wkb: bytes | memoryview) -> BaseGeometry:
    """Return the stored geometry."""
    geometry: BaseGeometry = shapely.from_wkb(bytes(wkb))
    return geometry


def to_geojson(geometry: BaseGeometry, *, digits: int = 7) -> dict[str, Any]:
    """Return a geometry as a GeoJSON object, rounded (7 digits are about a centimetre)."""
    rounded = shapely.set_precision(geometry, 10.0**-digits, mode="pointwise")
    mapping: dict[str, Any] = orjson.loads(shapely.to_geojson(rounded))
    return mapping


def border_from_geojson(value: Mapping[str, Any]) -> BaseGeometry:
    """Return the border in a GeoJSON Polygon or MultiPolygon from outside, or refuse it with a reason."""
    try:
        geometry = shape(dict(value))
    except (
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        shapely.errors.ShapelyError,
    ) as error:
        raise Invalid(_("This is not a border."), code="no_border") from error
    if geometry.geom_type not in ("Polygon", "MultiPolygon") or geometry.is_empty:
        raise Invalid(_("This is not a border."), code="no_border")
    west, south, east, north = geometry.bounds
    check_point(west, south)
    check_point(east, north)
    if not geometry.is_valid:
        raise Invalid(_("This border crosses itself."), code="border_crosses")
    return shapely.force_2d(geometry)

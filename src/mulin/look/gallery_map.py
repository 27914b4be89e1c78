"""Invented GeoJSON for the gallery's maps: a few grids, buildings and matters on a regular ground."""

import math
from typing import Any

from django.utils.translation import gettext

WEST, SOUTH, STEP = 117.240, 34.800, 0.004


def _collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def _box(west: float, south: float, width: float, height: float) -> dict[str, Any]:
    ring = [
        [west, south],
        [west + width, south],
        [west + width, south + height],
        [west, south + height],
        [west, south],
    ]
    return {"type": "Polygon", "coordinates": [ring]}


def areas() -> dict[str, Any]:
    """Twelve grids, four by three."""
    return _collection(
        [
            {
                "type": "Feature",
                "geometry": _box(WEST + column * STEP, SOUTH + row * STEP * 0.8, STEP, STEP * 0.8),
                "properties": {
                    "id": f"a{row}{column}",
                    "name": gettext("Grid %(n)s") % {"n": row * 4 + column + 1},
                    "url": "#",
                },
            }
            for row in range(3)
            for column in range(4)
        ]
    )


def buildings() -> dict[str, Any]:
    """Some houses in each grid."""
    spots = [(row, column, house) for row in range(3) for column in range(4) for house in range(6)]
    return _collection(
        [
            {
                "type": "Feature",
                "geometry": _box(
                    WEST + (column + 0.15 + (house % 3) * 0.28) * STEP,
                    SOUTH + (row + 0.2 + (house // 3) * 0.4) * STEP * 0.8,
                    STEP * 0.16,
                    STEP * 0.14,
                ),
                "properties": {"id": f"b{row}{column}{house}", "name": str(house + 1)},
            }
            for row, column, house in spots
        ]
    )


def matters() -> dict[str, Any]:
    """Eighty matters on a spiral, of every kind."""
    kinds = ("open", "open", "near", "late", "waiting", "done", "void")
    return _collection(
        [
            {
                "type": "Feature",
                "geometry": {
                    "type": "Point",
                    "coordinates": [
                        WEST + STEP * (2 + 0.022 * index * math.cos(index)),
                        SOUTH + STEP * (1.2 + 0.0135 * index * math.sin(index)),
                    ],
                },
                "properties": {
                    "id": f"m{index}",
                    "number": f"2611-{4000 + index}",
                    "title": gettext("Street lamp out at the corner"),
                    "kind": kinds[index % len(kinds)],
                    "state": gettext("In hand"),
                    "url": "#",
                },
            }
            for index in range(80)
        ]
    )


def nearest() -> dict[str, Any]:
    """What the picker is told about any spot."""
    return {"name": gettext("Grid %(n)s, building %(b)s") % {"n": 6, "b": 2}}

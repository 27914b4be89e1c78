"""What strangers may know of matters."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, UUIDField
from django.db.models.functions import Coalesce
from django.utils import timezone

from mulin.kernel.geo import morton_range
from mulin.matters.labels import state_label
from mulin.matters.models import Matter
from mulin.matters.models.querysets import MatterQuerySet
from mulin.places.face import Level

MOST = 2000
GRAIN = 0.0002  # degrees: about twenty metres, so that a spot names no door
WORLD = (-180.0, -90.0, 180.0, 90.0)
_DEEPEST = 20  # smaller tiles than this hold nothing worth a range of their own

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class PublicSpot:
    """A kind, a state, and a place that is rounded; no number, no text, nobody."""

    lon: float
    lat: float
    type: str
    type_label: str
    kind: str
    state_label: str


@dataclass(frozen=True)
class PublicLine:
    """The same for a list: the community instead of the spot, and the day."""

    type_label: str
    kind: str
    state_label: str
    village: str  # path
    since: date


def shown_to_all() -> MatterQuerySet:
    """Open matters of public kinds; not those that complain of somebody, nor those whose reporter asked for secrecy."""
    nobody = Coalesce("about_area", "about_organisation", output_field=UUIDField())
    # As one value: asked for each being empty, SQLite would walk the index of complaints, where almost all are.
    return (
        Matter.objects.live()
        .alias(complains_of=nobody)
        .filter(public=True, secret=False, type__public=True, complains_of=None)
    )


def public_spots(box: Box = WORLD, limit: int = MOST) -> list[PublicSpot]:
    """What may be drawn within (west, south, east, north), newest first."""
    west, south, east, north = box
    rows = (
        shown_to_all()
        .filter(_in_tiles(box), lon__gte=west, lon__lte=east, lat__gte=south, lat__lte=north)
        .select_related("type")
        .order_by("-reported_at", "-id")[:limit]
    )
    return [_spot(matter) for matter in rows]


def public_lines(limit: int) -> list[PublicLine]:
    """The newest, for those who read a list rather than a map."""
    rows = shown_to_all().select_related("type").order_by("-reported_at", "-id")[:limit]
    return [_line(matter) for matter in rows]


def _spot(matter: Matter) -> PublicSpot:
    assert matter.lon is not None  # noqa: S101 - the query asked for a spot
    assert matter.lat is not None  # noqa: S101 - the query asked for a spot
    return PublicSpot(
        lon=_rounded(matter.lon),
        lat=_rounded(matter.lat),
        type=matter.type.code,
        type_label=matter.type_label,
        kind=str(matter.kind),
        state_label=state_label(matter.state, resident=True),
    )


def _line(matter: Matter) -> PublicLine:
    return PublicLine(
        type_label=matter.type_label,
        kind=str(matter.kind),
        state_label=state_label(matter.state, resident=True),
        village=matter.place[: Level.VILLAGE],
        since=timezone.localdate(matter.reported_at, timezone.get_default_timezone()),
    )


def _rounded(degrees: float) -> float:
    return round(round(degrees / GRAIN) * GRAIN, 4)


def _in_tiles(box: Box) -> Q:
    """The few ranges of keys that cover a box: what the index of open spots is asked for."""
    inside = Q(pk__in=[])
    for low, high in _ranges(box):
        inside |= Q(spot__gte=low, spot__lte=high)
    return inside


def _ranges(box: Box) -> Iterator[tuple[int, int]]:
    west, south, east, north = box
    span = max(east - west, north - south, 360 / 2**_DEEPEST)
    zoom = max(0, min(_DEEPEST, math.floor(math.log2(360 / span))))
    left, top = _tile(west, north, zoom)
    right, bottom = _tile(east, south, zoom)
    for x in range(left, right + 1):
        for y in range(top, bottom + 1):
            yield morton_range(zoom, x, y)


def _tile(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    side = 2**zoom
    sine = math.sin(math.radians(max(-85.05, min(85.05, lat))))
    x = math.floor((lon / 360 + 0.5) * side)
    y = math.floor((0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * side)
    return max(0, min(side - 1, x)), max(0, min(side - 1, y))

"""What strangers may know of matters."""

from __future__ import annotations

from dataclasses import dataclass

from mulin.matters.labels import state_label
from mulin.matters.models import Matter

MOST = 2000
GRAIN = 0.0002  # degrees: about twenty metres, so that a spot names no door


@dataclass(frozen=True)
class PublicSpot:
    """A kind, a state, and a place that is rounded; no number, no text, nobody."""

    lon: float
    lat: float
    type: str
    type_label: str
    kind: str
    state_label: str


def public_spots(box: tuple[float, float, float, float]) -> list[PublicSpot]:
    """Open matters of public kinds within (west, south, east, north), newest first."""
    west, south, east, north = box
    rows = (
        Matter.objects.live()
        .filter(public=True, secret=False, spot__isnull=False)
        .filter(lon__gte=west, lon__lte=east, lat__gte=south, lat__lte=north)
        .select_related("type")
        .order_by("-reported_at", "-id")[:MOST]
    )
    return [_spot(matter) for matter in rows]


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


def _rounded(degrees: float) -> float:
    return round(round(degrees / GRAIN) * GRAIN, 4)

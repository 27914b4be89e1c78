"""What anybody may know: open matters of public kinds, by place and kind only."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from mulin.kernel.shapes import Problem
from mulin.matters.face import PublicSpot, public_spots
from mulin.posts.face import open_to_all

router = Router()
Lon = Annotated[float, Field(ge=-180, le=180)]
Lat = Annotated[float, Field(ge=-90, le=90)]


class PublicSpotOut(Schema):
    """A matter as strangers see it: its kind, its state, and its place to within about twenty metres."""

    lon: float
    lat: float
    type: str
    type_label: str
    kind: str
    state_label: str
    voices: int

    @staticmethod
    def of(spot: PublicSpot) -> "PublicSpotOut":
        return PublicSpotOut(
            lon=spot.lon, lat=spot.lat, type=spot.type, type_label=spot.type_label, kind=spot.kind,
            state_label=spot.state_label, voices=spot.voices,
        )  # fmt: skip


@router.get("/matters", response={200: list[PublicSpotOut], 400: Problem, 422: Problem}, auth=None)
@open_to_all("What is open in public places is for everybody to see; no texts, no numbers, no people.")
def matters(request: HttpRequest, west: Lon, south: Lat, east: Lon, north: Lat) -> Any:
    """Open matters of public kinds in a rectangle, at most 2,000 of them, newest first."""
    return [PublicSpotOut.of(spot) for spot in public_spots((west, south, east, north))]

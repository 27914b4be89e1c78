"""What the rows about the one map mean: a public place and a panorama at the worker's building, a tile over it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from mulin.kernel.maptiles import Tile, tile_at
from mulin.places.face import (
    Landmark,
    LandmarkGiven,
    Panorama,
    PanoramaGiven,
    add_landmark,
    add_panorama,
    read_panorama,
)
from tests.matters.world import NOW, the, the_building
from tests.places.pictures import a_panorama
from tests.truth.asking import Ask, Row
from tests.truth.things import Things

SMALL = a_panorama(1024)


def a_landmark() -> Landmark:
    given = LandmarkGiven("卫生室", "clinic", *_point())
    return add_landmark(given, by=the("operator").actor(), now=NOW)


def a_pinned_panorama() -> Panorama:
    given = PanoramaGiven("广场", *_point())
    return add_panorama(given, read_panorama(BytesIO(SMALL)), by=the("operator").actor(), now=NOW)


def a_tile() -> Tile:
    return tile_at(*_point(), 16)


def _point() -> tuple[float, float]:
    building = the_building()
    assert building.lon is not None
    assert building.lat is not None
    return building.lon, building.lat


def _place(_row: Row, _things: Things) -> dict[str, Any]:
    lon, lat = _point()
    return {"name": "公厕", "kind": "toilet", "lon": lon, "lat": lat}


def _view(_row: Row, _things: Things) -> dict[str, Any]:
    lon, lat = _point()
    return {"name": "广场", "lon": lon, "lat": lat, "heading": 90}


def _picture(row: Row, things: Things) -> dict[str, Any]:
    return _view(row, things) | {"picture": SimpleUploadedFile("view.jpg", SMALL, "image/jpeg")}


ONE_MAP = {
    "GET desk/map/find.json": Ask(query="q=楼"),
    "POST desk/landmarks/new/": Ask(sent=_place),
    "POST desk/landmarks/<uuid:id>/": Ask(sent=_place),
    "POST desk/panoramas/new/": Ask(sent=_picture),
    "POST desk/panoramas/<uuid:id>/change/": Ask(sent=_view),
    "POST api/v1/landmarks": Ask(sent=_place),
    "POST api/v1/landmarks/<id>": Ask(sent=_place),
    "POST api/v1/panoramas": Ask(sent=_picture),
    "POST api/v1/panoramas/<id>": Ask(sent=_view),
}

"""Public places and two panoramas on the map of the demo. The pictures are drawn: nobody stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw
from shapely.geometry import Point

from mulin.demo.specs import BuildingSpec, Kind, Town
from mulin.journal.face import SYSTEM
from mulin.places.face import (
    LandmarkGiven,
    LandmarkKind,
    PanoramaGiven,
    add_landmark,
    add_panorama,
    read_panorama,
)

KINDS = {
    Kind.SCHOOL: LandmarkKind.SCHOOL,
    Kind.HOSPITAL: LandmarkKind.CLINIC,
    Kind.STATION: LandmarkKind.TRANSPORT,
    Kind.MARKET: LandmarkKind.MARKET,
}
GREEN = ("park", "square", "playground")
WIDTH, HEIGHT = 2048, 1024
SKY, FAR_SKY, GROUND, PATH = (126, 172, 214), (222, 234, 244), (146, 158, 132), (196, 190, 178)
HOUSES = ((214, 202, 184), (190, 196, 204), (206, 184, 170))
SHOTS = 2


def pin_places(town: Town, *, now: datetime, dice: Random) -> int:
    """Put them on the map, as whoever may would; returns how many."""
    count = 0
    for given in (*_buildings(town), *_greens(town)):
        add_landmark(given, by=SYSTEM, now=now)
        count += 1
    for given in list(_greens(town))[:SHOTS]:
        shot = PanoramaGiven(name=given.name, name_en=given.name_en, lon=given.lon, lat=given.lat)
        add_panorama(shot, read_panorama(BytesIO(_picture(dice))), by=SYSTEM, now=now)
        count += 1
    return count


def _buildings(town: Town) -> Iterator[LandmarkGiven]:
    for building in town.buildings:
        if building.kind in KINDS:
            yield _given(building.name_zh, building.name_en, KINDS[building.kind], building.centre)
    for village in town.villages:
        office = next(each for each in town.buildings if each.village == village.code)
        yield _office(village.name_zh, village.name_en, office)


def _office(name: str, name_en: str, building: BuildingSpec) -> LandmarkGiven:
    return _given(name, name_en, LandmarkKind.SERVICE, building.centre)


def _greens(town: Town) -> Iterator[LandmarkGiven]:
    for feature in town.features:
        if feature.kind in GREEN and feature.name_zh:
            yield _given(
                feature.name_zh, feature.name_en, LandmarkKind.PARK, feature.geometry.representative_point()
            )


def _given(name: str, name_en: str, kind: LandmarkKind, at: Point) -> LandmarkGiven:
    return LandmarkGiven(name=name, name_en=name_en, kind=kind, lon=round(at.x, 7), lat=round(at.y, 7))


def _picture(dice: Random) -> bytes:
    """All around: sky, houses along the horizon, ground; equirectangular."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    draw = ImageDraw.Draw(picture)
    middle = HEIGHT // 2
    for y in range(middle):
        share = y / middle
        draw.line((0, y, WIDTH, y), fill=_between(SKY, FAR_SKY, share))
    for y in range(middle, HEIGHT, 64):
        draw.line((0, y, WIDTH, y), fill=PATH, width=6)
    _houses(draw, dice, middle)
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def _houses(draw: ImageDraw.ImageDraw, dice: Random, middle: int) -> None:
    left = 0
    while left < WIDTH - 40:
        right, top = left + dice.randint(70, 190), middle - dice.randint(40, 150)
        draw.rectangle((left, top, min(right, WIDTH - 1), middle + 14), fill=dice.choice(HOUSES))
        for y in range(top + 12, middle, 26):
            for x in range(left + 12, min(right, WIDTH) - 16, 28):
                draw.rectangle((x, y, x + 12, y + 14), fill=(120, 140, 160))
        left = right + dice.randint(10, 60)


def _between(one: tuple[int, int, int], other: tuple[int, int, int], share: float) -> tuple[int, int, int]:
    return tuple(int(a + (b - a) * share) for a, b in zip(one, other, strict=True))  # type: ignore[return-value]  # three in, three out

"""The one map for programs: points by tile, numbers of buildings, public places, panoramas."""

from datetime import date
from typing import Annotated, Any, BinaryIO, Literal, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Field, File, Form, Router, Schema, Status, UploadedFile

from mulin.doors.desk.map_scales import SCALES, ColourBy
from mulin.doors.desk.pin_forms import check_point
from mulin.doors.desk.views import tiles
from mulin.doors.desk.views.map_data import building_numbers
from mulin.kernel import storage
from mulin.kernel.maptiles import DEEPEST, Tile
from mulin.kernel.refusals import NotYours
from mulin.kernel.shapes import Problem
from mulin.matters.face import Filters, Show, matter_points
from mulin.places.face import (
    NAME_LIMIT,
    Landmark,
    LandmarkGiven,
    LandmarkKind,
    Panorama,
    PanoramaGiven,
    add_landmark,
    add_panorama,
    change_landmark,
    change_panorama,
    close_landmark,
    close_panorama,
    read_panorama,
)
from mulin.posts.face import Permission, Scope, needs, on_duty, require, who_asks
from mulin.registry.face import merchant_points

router = Router()
FAILS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422, 429), Problem)
GEOJSON = {"responses": {200: {"description": "OK", "content": {tiles.TYPE: {"schema": {"type": "object"}}}}}}
JPEG = {"responses": {200: {"description": "OK", "content": {"image/jpeg": {}}}}}
MOST = 5000
Zoom = Annotated[int, Field(ge=0, le=DEEPEST)]
Step = Annotated[int, Field(ge=0, lt=2**DEEPEST)]
Lon = Annotated[float, Field(ge=-180, le=180)]
Lat = Annotated[float, Field(ge=-90, le=90)]
Name = Annotated[str, Field(min_length=1, max_length=NAME_LIMIT)]
OtherName = Annotated[str, Field(max_length=NAME_LIMIT)]
Path = Annotated[str, Field(pattern=r"^[0-9]{0,24}$")]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{0,40}$")]
Note = Annotated[str, Field(max_length=200)]


class LandmarkIn(Schema):
    """A public place as it is to be."""

    name: Name
    kind: Literal["police", "fire", "clinic", "aed", "shelter", "service", "school", "elders", "park", "market",
                  "toilet", "transport", "charging", "waste", "other"]  # fmt: skip
    lon: Lon
    lat: Lat
    name_en: OtherName = ""
    note: Note = ""
    note_en: Note = ""


class LandmarkOut(Schema):
    """A public place on the map."""

    id: str
    name: str
    name_en: str
    kind: str
    kind_label: str
    note: str
    note_en: str
    lon: float
    lat: float
    place: str

    @staticmethod
    def of(row: Landmark) -> "LandmarkOut":
        return LandmarkOut(
            id=str(row.pk), name=row.name, name_en=row.name_en, kind=row.kind,
            kind_label=str(LandmarkKind(row.kind).label), note=row.note, note_en=row.note_en, lon=row.lon,
            lat=row.lat, place=row.place,
        )  # fmt: skip


class PanoramaIn(Schema):
    """What is said of a panorama; `heading` is where its middle looks, in degrees from north."""

    name: Name
    lon: Lon
    lat: Lat
    name_en: OtherName = ""
    heading: Annotated[int, Field(ge=0, lt=360)] = 0
    taken_on: date | None = None


class PanoramaOut(Schema):
    """A panorama on the map; its picture is at `/panoramas/{id}/picture`."""

    id: str
    name: str
    name_en: str
    heading: int
    taken_on: date | None
    width: int
    height: int
    lon: float
    lat: float
    place: str

    @staticmethod
    def of(row: Panorama) -> "PanoramaOut":
        return PanoramaOut(
            id=str(row.pk), name=row.name, name_en=row.name_en, heading=row.heading, taken_on=row.taken_on,
            width=row.width, height=row.height, lon=row.lon, lat=row.lat, place=row.place,
        )  # fmt: skip


class OnDutyOut(Schema):
    """Who is on duty at an area now. Numbers are shown on the people's own pages."""

    path: str
    name: str
    lon: float
    lat: float
    people: list[dict[str, str]]


class NumbersOut(Schema):
    """A number for each building that has one, by its path, and the classes that the map's colours stand for."""

    by: str
    label: str
    classes: list[dict[str, int | str]]
    values: dict[str, int]


@router.get("/map/matters/{z}/{x}/{y}", response={**FAILS}, openapi_extra=GEOJSON)
@needs(Permission.MATTER_READ)
def matter_tile(
    request: HttpRequest, z: Zoom, x: Step, y: Step, show: Show = Show.OPEN, area: Path = "", type: Code = ""
) -> HttpResponse:  # fmt: skip
    """Matters in a tile, as points where they are few, else as clusters with how many are late."""
    who = who_asks(request)
    given = {"show": str(show), "area": area, "type": type}
    return tiles.answered(request, Tile(z, x, y), matter_points(who, Filters.read(given)), who)


@router.get("/map/merchants/{z}/{x}/{y}", response={**FAILS}, openapi_extra=GEOJSON)
@needs(Permission.REGISTRY_READ)
def merchant_tile(request: HttpRequest, z: Zoom, x: Step, y: Step) -> HttpResponse:
    """Merchants of your area in a tile."""
    who = who_asks(request)
    return tiles.answered(request, Tile(z, x, y), merchant_points(who), who)


@router.get("/map/numbers/{by}", response={200: NumbersOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def numbers(request: HttpRequest, by: ColourBy) -> Any:
    """What the map colours buildings by."""
    scale = SCALES[by]
    classes: list[dict[str, int | str]] = [
        {"from": begins, "words": str(words)} for begins, words in scale.classes
    ]
    values = building_numbers(who_asks(request), by, Filters())
    return NumbersOut(by=by, label=str(scale.label), classes=classes, values=values)


@router.get("/map/people", response={200: list[OnDutyOut], **FAILS})
@needs(Permission.DESK_OPEN, Permission.POST_READ)
def people(request: HttpRequest) -> Any:
    """Who is on duty where, now."""
    return [
        OnDutyOut(
            path=here.area.path, name=here.area.label, lon=here.area.lon or 0.0, lat=here.area.lat or 0.0,
            people=[{"id": str(user.pk), "name": user.label, "role": role} for user, role in here.people],
        )
        for here in on_duty(who_asks(request))
    ]  # fmt: skip


@router.get("/landmarks", response={200: list[LandmarkOut], **FAILS})
@needs(Permission.PLACE_READ)
def landmarks(request: HttpRequest) -> Any:
    """Public places on the map."""
    return [LandmarkOut.of(row) for row in Landmark.objects.there().order_by("id")[:MOST]]


@router.post("/landmarks", response={201: LandmarkOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.PLACE_PICTURE)
def landmark_add(request: HttpRequest, given: LandmarkIn) -> Any:
    """Put a public place on the map of your area."""
    who = who_asks(request)
    check_point(who, given.lon, given.lat)
    made = add_landmark(LandmarkGiven(**given.model_dump()), by=who.actor(), now=who.now)
    return Status(201, LandmarkOut.of(made))


@router.post("/landmarks/{id}", response={200: LandmarkOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.PLACE_PICTURE)
def landmark_change(request: HttpRequest, id: UUID, given: LandmarkIn) -> Any:
    """Describe one anew."""
    who, found = who_asks(request), _landmark(request, id)
    check_point(who, given.lon, given.lat)
    made = change_landmark(found, LandmarkGiven(**given.model_dump()), by=who.actor(), now=who.now)
    return LandmarkOut.of(made)


@router.post("/landmarks/{id}/close", response={200: LandmarkOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.PLACE_PICTURE)
def landmark_close(request: HttpRequest, id: UUID) -> Any:
    """Take one off the map."""
    who = who_asks(request)
    return LandmarkOut.of(close_landmark(_landmark(request, id), by=who.actor(), now=who.now))


@router.get("/panoramas", response={200: list[PanoramaOut], **FAILS})
@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def panoramas(request: HttpRequest) -> Any:
    """Panoramas on the map."""
    return [PanoramaOut.of(row) for row in Panorama.objects.there().order_by("id")[:MOST]]


@router.post("/panoramas", response={201: PanoramaOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.PLACE_PICTURE)
def panorama_add(request: HttpRequest, given: Form[PanoramaIn], picture: File[UploadedFile]) -> Any:
    """Pin a JPEG all around, twice as wide as high, to a point of your area. Nothing but its picture is kept."""
    who = who_asks(request)
    check_point(who, given.lon, given.lat)
    safe = read_panorama(cast(BinaryIO, picture))
    made = add_panorama(PanoramaGiven(**given.model_dump()), safe, by=who.actor(), now=who.now)
    return Status(201, PanoramaOut.of(made))


@router.post("/panoramas/{id}", response={200: PanoramaOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.PLACE_PICTURE)
def panorama_change(request: HttpRequest, id: UUID, given: PanoramaIn) -> Any:
    """Describe one anew; its picture stays."""
    who, found = who_asks(request), _panorama(request, id)
    check_point(who, given.lon, given.lat)
    made = change_panorama(found, PanoramaGiven(**given.model_dump()), by=who.actor(), now=who.now)
    return PanoramaOut.of(made)


@router.post("/panoramas/{id}/close", response={200: PanoramaOut, **FAILS})
@needs(Permission.DESK_OPEN, Permission.PLACE_PICTURE)
def panorama_close(request: HttpRequest, id: UUID) -> Any:
    """Take one off the map; its file goes a week later."""
    who = who_asks(request)
    return PanoramaOut.of(close_panorama(_panorama(request, id), by=who.actor(), now=who.now))


@router.get("/panoramas/{id}/picture", response={**FAILS}, openapi_extra=JPEG)
@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def panorama_picture(request: HttpRequest, id: UUID) -> StreamingHttpResponse:
    """The picture."""
    found = Panorama.objects.there().filter(pk=id).first()
    if found is None:
        raise NotYours
    try:
        return StreamingHttpResponse(storage.shelf().read(found.file), content_type="image/jpeg")
    except storage.Missing:
        raise NotYours from None


def _landmark(request: HttpRequest, id: UUID) -> Landmark:
    found = Landmark.objects.there().filter(pk=id).first()
    if found is None:
        raise NotYours
    require(who_asks(request), Permission.PLACE_PICTURE, Scope(paths=(found.place,)))
    return found


def _panorama(request: HttpRequest, id: UUID) -> Panorama:
    found = Panorama.objects.there().filter(pk=id).first()
    if found is None:
        raise NotYours
    require(who_asks(request), Permission.PLACE_PICTURE, Scope(paths=(found.place,)))
    return found

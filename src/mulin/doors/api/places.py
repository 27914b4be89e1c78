"""Areas for programs: the tree, and what lies at a spot."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from mulin.kernel.refusals import NotYours
from mulin.kernel.shapes import Problem
from mulin.places.face import BASE, Area, Level, children, layer, lineage, locate, search_areas
from mulin.posts.face import Permission, needs

router = Router()
FAILS = dict.fromkeys((400, 401, 403, 404, 422, 429), Problem)
GEOJSON = "application/geo+json"
LAYER = {"responses": {200: {"description": "OK", "content": {GEOJSON: {"schema": {"type": "object"}}}}}}
LAYERS = {"areas": (Level.VILLAGE, Level.GRID), "buildings": (Level.BUILDING,)}
Lon = Annotated[float, Field(ge=-180, le=180)]
Lat = Annotated[float, Field(ge=-90, le=90)]


class AreaOut(Schema):
    """An area as it is today."""

    id: str
    path: str
    level: str
    name: str
    name_en: str
    family: str | None
    grid_kind: str
    lon: float | None
    lat: float | None

    @staticmethod
    def of(area: Area) -> "AreaOut":
        return AreaOut(
            id=str(area.pk), path=area.path, level=area.rank.name.lower(), name=area.name, name_en=area.name_en,
            family=area.family.code if area.family else None, grid_kind=area.grid_kind, lon=area.lon, lat=area.lat,
        )  # fmt: skip


class AreaDetail(Schema):
    area: AreaOut
    lineage: list[AreaOut]
    children: list[AreaOut]


class SpotOut(Schema):
    """What lies at a point; `nearest` where no grid does."""

    place: AreaOut | None
    grid: AreaOut | None
    village: AreaOut | None
    town: AreaOut | None
    nearest: AreaOut | None
    distance_m: float | None


@router.get("/areas", response={200: list[AreaOut], **FAILS})
@needs(Permission.PLACE_READ)
def areas(request: HttpRequest, q: Annotated[str, Field(max_length=100)] = "", parent: str = "") -> Any:
    """Find areas by name, or list the children of `parent` (a path); without either: the towns and above."""
    if q:
        return [AreaOut.of(area) for area in search_areas(q)]
    if parent:
        return [AreaOut.of(area) for area in _with_family(children(_area(parent)))]
    top = Area.objects.open().at_level(Level.PROVINCE).order_by("path")
    return [AreaOut.of(area) for area in _with_family(top)]


@router.get("/areas/{path}", response={200: AreaDetail, **FAILS})
@needs(Permission.PLACE_READ)
def area(request: HttpRequest, path: str) -> Any:
    """One area, the way down to it, and what lies directly in it."""
    found = _area(path)
    return AreaDetail(
        area=AreaOut.of(found),
        lineage=[AreaOut.of(each) for each in lineage(found)],
        children=[AreaOut.of(each) for each in _with_family(children(found))],
    )


@router.get("/locate", response={200: SpotOut, **FAILS})
@needs(Permission.PLACE_READ)
def at(request: HttpRequest, lon: Lon, lat: Lat, family: Annotated[str, Field(max_length=20)] = BASE) -> Any:
    """Say which areas a point lies in."""
    spot = locate(lon, lat, family)
    names = {
        "grid": spot.grid or spot.base_grid,
        "village": spot.village,
        "town": spot.town,
        "nearest": spot.nearest,
    }
    found = {name: AreaOut.of(each) if each else None for name, each in names.items()}
    place = AreaOut.of(spot.smallest) if spot.smallest else None
    return SpotOut(place=place, distance_m=spot.distance_m, **found)


@router.get("/map/{name}", response={**FAILS}, openapi_extra=LAYER)
@needs(Permission.PLACE_READ)
def map_layer(
    request: HttpRequest, name: Literal["areas", "buildings"], west: Lon, south: Lat, east: Lon, north: Lat,
    family: Annotated[str, Field(max_length=20)] = BASE,
) -> HttpResponse:  # fmt: skip
    """Borders of communities and grids, or footprints, that touch a rectangle, as GeoJSON."""
    found = layer((west, south, east, north), LAYERS[name], family=family)
    return HttpResponse(found.body, content_type=GEOJSON, headers={"ETag": found.etag})


def _area(path: str) -> Area:
    found = Area.objects.open().plain().select_related("family").filter(path=path).first()
    if found is None:
        raise NotYours
    return found


def _with_family(rows: Any) -> Any:
    return rows.plain().select_related("family").order_by("path")[:2000]

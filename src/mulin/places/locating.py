"""Where is this? From a point to areas, by the map in memory, and the map's layers for the browser."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import shapely
from django.utils.translation import gettext as _

from mulin.kernel import stamps
from mulin.kernel.geo import check_point
from mulin.kernel.refusals import Invalid
from mulin.places.atlas import areas_with_those_above
from mulin.places.ground import Find, Ground, Plot
from mulin.places.models import Area
from mulin.places.rules import BASE, Level, contains

_KEPT = 2  # maps in memory: the present one, and the one that a long request still uses
_grounds: dict[str, Ground] = {}
_building = threading.Lock()


@dataclass(frozen=True, slots=True)
class Spot:
    """What lies at a point.

    `smallest` is the smallest area known there (building, micro-grid, base grid, village, town, …), `grid` the
    grid of the family that was asked for. `nearest` and `distance_m` are set where no base grid covers the point:
    offer that one, and take the report all the same.
    """

    smallest: Area | None = None
    grid: Area | None = None
    base_grid: Area | None = None
    micro_grid: Area | None = None
    building: Area | None = None
    village: Area | None = None
    town: Area | None = None
    nearest: Area | None = None
    distance_m: float | None = None

    @property
    def taken_by(self) -> Area | None:
        """Who takes a matter of that family here: its grid, else the base grid, else the smallest area there is."""
        return self.grid or self.base_grid or self.smallest


@dataclass(frozen=True, slots=True)
class Layer:
    """A GeoJSON FeatureCollection as bytes, and the tag by which a browser asks whether it is still the same."""

    body: bytes
    etag: str


def map_version() -> str:
    """Return a word that changes whenever the tree or a calendar does: one cheap statement, once a request."""
    return stamps.mark(stamps.PLACES)


def ground(version: str) -> Ground:
    """Return the map of a version (`map_version`), built anew only where the tree has changed since.

    A mark is never used twice, so maps of several databases, and of a change that was rolled back, stay apart.
    """
    found = _grounds.get(version)
    if found is None:
        with _building:
            found = _grounds.get(version) or _keep(version, build_ground())
    return found


def _keep(version: str, made: Ground) -> Ground:
    if not version:
        return made
    while len(_grounds) >= _KEPT:
        _grounds.pop(next(iter(_grounds)), None)
    _grounds[version] = made
    return made


def build_ground() -> Ground:
    """Read every open area with a border."""
    rows = (
        Area.objects.open()
        .filter(border__isnull=False)
        .values_list(
            "id", "path", "level", "family__code", "grid_kind", "name", "name_en", "kind", "floors", "border"
        )
    )
    plots, borders = [], []
    for key, path, level, family, grid_kind, name, name_en, kind, floors, border in rows.iterator(2000):
        plots.append(Plot(key, path, level, family or "", grid_kind, name, name_en, kind, floors))
        borders.append(bytes(border or b""))
    return Ground(plots, list(shapely.from_wkb(borders)))


def locate(lon: float, lat: float, family: str = BASE) -> Spot:
    """Say which areas a point lies in: two cheap statements (three the first time after a change)."""
    lon, lat = check_point(lon, lat)
    return _spot(ground(map_version()).at(lon, lat, family))


def _spot(find: Find) -> Spot:
    """Turn plots into areas: at most one statement brings them and everything above them."""
    smallest = find.building or find.micro_grid or find.base_grid or find.division
    home = smallest or find.grid
    wanted = {plot.path for plot in (smallest, find.grid, find.nearest) if plot}
    areas = areas_with_those_above(wanted)
    village = areas.get(home.path[: Level.VILLAGE]) if home else None
    town = areas.get(home.path[: Level.TOWN]) if home else None

    def area(plot: Plot | None) -> Area | None:
        return areas.get(plot.path) if plot else None

    return Spot(
        smallest=area(smallest) or village,
        grid=area(find.grid),
        base_grid=area(find.base_grid),
        micro_grid=area(find.micro_grid),
        building=area(find.building),
        village=village if village and village.level == Level.VILLAGE else None,
        town=town if town and town.level == Level.TOWN else None,
        nearest=area(find.nearest),
        distance_m=find.distance_m,
    )


def layer(
    box: tuple[float, float, float, float],
    levels: Sequence[Level],
    *,
    family: str = "",
    within: Sequence[str] | None = None,
    limit: int = 5000,
) -> Layer:
    """Return the borders (and footprints) of these levels that touch a box (west, south, east, north).

    `family` keeps only its grids, `within` only what lies in one of these areas. Where there are more than
    `limit` features, the first are given and the collection says `"truncated": true`.
    """
    version = map_version()
    found = [
        (plot, geometry)
        for plot, geometry in ground(version).in_box(*_checked(box), levels=levels)
        if (not family or plot.level != Level.GRID or plot.family == family)
        and (within is None or any(contains(path, plot.path) for path in within))
    ]
    collection = {
        "type": "FeatureCollection",
        "features": [_feature(plot, geometry) for plot, geometry in found[:limit]],
        "truncated": len(found) > limit,
    }
    return Layer(orjson.dumps(collection), f'"{version}"')


def _checked(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    west, south, east, north = box
    return (*check_point(west, south), *check_point(east, north))


def _feature(plot: Plot, geometry: str) -> dict[str, Any]:
    properties = {
        "path": plot.path,
        "level": plot.level,
        "family": plot.family,
        "grid_kind": plot.grid_kind,
        "name": plot.name,
        "name_en": plot.name_en,
        "kind": plot.kind,
        "floors": plot.floors,
    }
    return {
        "type": "Feature",
        "id": str(plot.id),
        "properties": properties,
        "geometry": orjson.Fragment(geometry),
    }


def place_at(lon: float, lat: float) -> str:
    """The path of the smallest area at a point. Raises Invalid outside of all areas with a border."""
    spot = locate(lon, lat)
    if spot.smallest is None:
        raise Invalid(_("This point lies outside of every area of the map."), code="outside", field="lon")
    return spot.smallest.path

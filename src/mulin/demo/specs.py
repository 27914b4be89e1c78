"""What the generator makes of the ground: plain values, geometry in WGS 84 degrees (longitude, latitude)."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry


class Size(StrEnum):
    """How much of the town to build; each has a plan in `data/`."""

    FULL = "full"
    TINY = "tiny"


class Family(StrEnum):
    """A cover of the ground: the base family partitions every village, the others lie over it."""

    BASE = "base"
    PRODUCTION = "production"
    COMMERCIAL = "commercial"


class GridKind(StrEnum):
    """What a grid is: basic and exclusive grids together make up the base family."""

    BASIC = "basic"
    EXCLUSIVE = "exclusive"
    OVERLAY = "overlay"


class Kind(StrEnum):
    """What a building is used for."""

    SLAB = "slab"
    TOWER = "tower"
    SHOP = "shop"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    OFFICE = "office"
    FACTORY = "factory"
    STATION = "station"
    MARKET = "market"

    @property
    def is_residential(self) -> bool:
        return self in (Kind.SLAB, Kind.TOWER)


@dataclass(frozen=True)
class Street:
    """One named stretch of road, west to east or north to south along its centre line."""

    name_zh: str
    name_en: str
    kind: str  # avenue, street or lane
    line: LineString
    width: float  # carriageway and pavements, m


@dataclass(frozen=True)
class Feature:
    """Ground that is drawn and governs nothing: railway, river, path, park, garden, playground, square."""

    kind: str
    name_zh: str  # empty for paths and gardens between houses
    name_en: str
    geometry: LineString | Polygon
    width: float = 0.0  # of a line, m


@dataclass(frozen=True)
class VillageSpec:
    """A residents' committee: the official 12-digit code and name, an invented border."""

    code: str
    name_zh: str
    name_en: str
    border: Polygon

    @property
    def short_zh(self) -> str:
        return self.name_zh.removesuffix("居委会").removesuffix("社区")

    @property
    def short_en(self) -> str:
        return self.name_en.removesuffix(" Residents' Committee").removesuffix(" Community")


@dataclass(frozen=True)
class GridSpec:
    """A grid. An overlay grid may reach beyond its home village, which only gives it its code."""

    code: str  # 15 digits: village and number, counted as one reads a map
    family: Family
    kind: GridKind
    use: str  # "residential"; of an exclusive grid its site, as "school"; of an overlay its family
    name_zh: str
    name_en: str
    village: str  # 12 digits
    border: Polygon


@dataclass(frozen=True)
class UnitSpec:
    """One entrance of a residential building."""

    path: str  # 24 digits
    building: str  # the building's code
    number: int
    name_zh: str
    name_en: str
    floors: int
    doors: int  # dwellings a floor

    @property
    def dwellings(self) -> int:
        return self.floors * self.doors


@dataclass(frozen=True)
class BuildingSpec:
    """One building: `code` is for life, `path` says where it stands today."""

    code: str  # 17 digits: village and number
    path: str  # 22 digits: grid, "00" for no micro-grid, number
    kind: Kind
    name_zh: str
    name_en: str
    address_zh: str
    address_en: str
    compound_zh: str  # empty unless residential
    compound_en: str
    village: str
    grid: str
    footprint: Polygon
    floors: int
    shops: int  # room for so many merchants
    units: tuple[UnitSpec, ...]

    @property
    def dwellings(self) -> int:
        return sum(unit.dwellings for unit in self.units)

    @property
    def centre(self) -> Point:
        """A point surely inside the walls."""
        return shapely.point_on_surface(self.footprint)


@dataclass(frozen=True)
class Town:
    """The whole invented town."""

    seed: int
    size: Size
    code: str  # 9 digits
    name_zh: str
    name_en: str
    border: Polygon
    streets: tuple[Street, ...]
    features: tuple[Feature, ...]
    villages: tuple[VillageSpec, ...]
    grids: tuple[GridSpec, ...]
    buildings: tuple[BuildingSpec, ...]

    @property
    def base_grids(self) -> tuple[GridSpec, ...]:
        return tuple(grid for grid in self.grids if grid.family is Family.BASE)

    @property
    def overlay_grids(self) -> tuple[GridSpec, ...]:
        return tuple(grid for grid in self.grids if grid.family is not Family.BASE)

    @property
    def units(self) -> tuple[UnitSpec, ...]:
        return tuple(unit for building in self.buildings for unit in building.units)

    def buildings_of(self, grid: str) -> list[BuildingSpec]:
        """The buildings that stand in a base grid, in the order of their numbers."""
        return [building for building in self.buildings if building.grid == grid]

    def digest(self) -> str:
        """SHA-256 over every value and coordinate: equal for equal towns, in any process."""
        return digest(self)


def digest(thing: object) -> str:
    """SHA-256 over a dataclass with all that lies in it."""
    return hashlib.sha256(_text(thing).encode()).hexdigest()


def _text(thing: object) -> str:
    """Every value in field order; geometries as hexadecimal WKB."""
    if isinstance(thing, BaseGeometry):
        return shapely.to_wkb(thing, hex=True)
    if isinstance(thing, tuple):
        return f"({','.join(_text(each) for each in thing)})"
    fields = getattr(thing, "__dataclass_fields__", None)
    if fields is None:
        return repr(thing)
    return f"{type(thing).__name__}{_text(tuple(getattr(thing, name) for name in fields))}"

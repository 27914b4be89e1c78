"""What a path means: pure tables and functions, no database, no clock.

A path is digits that name an area by its place in the tree. Its length is its level; each level adds a
segment of its own width, and the path of whatever contains an area is a prefix of the area's. A level that is
missing is filled with zeros inside a longer path: a building of a grid without micro-grids has "00" where
those would be.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum, StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Level(IntEnum):
    """The nine levels of the tree. The value is the length of a path of that level."""

    PROVINCE = 2
    CITY = 4
    COUNTY = 6
    TOWN = 9
    VILLAGE = 12
    GRID = 15
    MICRO_GRID = 17
    BUILDING = 22
    UNIT = 24

    @property
    def label(self) -> Promise:
        """The word for this level on the screen."""
        return LEVEL_LABELS[self]


LEVEL_LABELS: Mapping[Level, Promise] = {
    Level.PROVINCE: _("province"),
    Level.CITY: _("city"),
    Level.COUNTY: _("county"),
    Level.TOWN: _("town or street"),
    Level.VILLAGE: _("village or community"),
    Level.GRID: _("grid"),
    Level.MICRO_GRID: _("micro-grid"),
    Level.BUILDING: _("building"),
    Level.UNIT: _("entrance unit"),
}

# Official divisions hang directly under the level above. Below the village a level may be missing.
PARENT_LEVELS: Mapping[Level, tuple[Level, ...]] = {
    Level.PROVINCE: (),
    Level.CITY: (Level.PROVINCE,),
    Level.COUNTY: (Level.CITY,),
    Level.TOWN: (Level.COUNTY,),
    Level.VILLAGE: (Level.TOWN,),
    Level.GRID: (Level.VILLAGE,),
    Level.MICRO_GRID: (Level.GRID,),
    Level.BUILDING: (Level.MICRO_GRID, Level.GRID, Level.VILLAGE),
    Level.UNIT: (Level.BUILDING,),
}

DIVISIONS = (Level.PROVINCE, Level.CITY, Level.COUNTY, Level.TOWN, Level.VILLAGE)
_BELOW_ALL_DIGITS = ":"  # the character after "9"


class GridKind(StrEnum):
    """What a grid is; only grids have one. Basic and exclusive grids together make up the base family."""

    BASIC = "basic"
    EXCLUSIVE = "exclusive"
    OVERLAY = "overlay"

    @property
    def label(self) -> Promise:
        """The word for this kind on the screen."""
        return GRID_KIND_LABELS[self]


GRID_KIND_LABELS: Mapping[GridKind, Promise] = {
    GridKind.BASIC: _("basic grid"),
    GridKind.EXCLUSIVE: _("exclusive grid"),
    GridKind.OVERLAY: _("overlay grid"),
}


class Cover(StrEnum):
    """How a family of grids covers the ground: without gaps, or only where it has grids."""

    PARTITION = "partition"
    OVERLAP = "overlap"


BASE = "base"


class BuildingKind(StrEnum):
    """What a building is, or what the ground of a grid is used for."""

    RESIDENTIAL = "residential"
    SLAB = "slab"
    TOWER = "tower"
    HOUSE = "house"
    SHOP = "shop"
    MARKET = "market"
    OFFICE = "office"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    FACTORY = "factory"
    STATION = "station"
    PUBLIC = "public"
    OTHER = "other"

    @property
    def label(self) -> Promise:
        """The word for this kind on the screen."""
        return BUILDING_KIND_LABELS[self]


BUILDING_KIND_LABELS: Mapping[BuildingKind, Promise] = {
    BuildingKind.RESIDENTIAL: _("homes"),
    BuildingKind.SLAB: _("slab block"),
    BuildingKind.TOWER: _("tower block"),
    BuildingKind.HOUSE: _("house"),
    BuildingKind.SHOP: _("shops"),
    BuildingKind.MARKET: _("market"),
    BuildingKind.OFFICE: _("offices"),
    BuildingKind.SCHOOL: _("school"),
    BuildingKind.HOSPITAL: _("hospital"),
    BuildingKind.FACTORY: _("factory"),
    BuildingKind.STATION: _("station"),
    BuildingKind.PUBLIC: _("public building"),
    BuildingKind.OTHER: _("other building"),
}


def level_of(path: str) -> Level:
    """Return the level of a path; ValueError where no level has this length."""
    return Level(len(path))


def path_problem(path: str) -> str:
    """Return why this is no path ("length", "digits", "zeros"), or "" where it is one.

    An area of our own (grid, micro-grid, building, unit) never ends in a segment of zeros: zeros there say
    that the level is missing. Official codes may: 441900 is 东莞市, a city without counties (docs/decisions).
    """
    if len(path) not in LEVEL_LABELS:
        return "length"
    if not (path.isascii() and path.isdigit()):
        return "digits"
    if len(path) > Level.VILLAGE and not own_segment(path).strip("0"):
        return "zeros"
    return ""


def own_segment(path: str) -> str:
    """Return the digits that the area's own level adds to what contains it."""
    return path[_level_above(level_of(path)) :]


def _level_above(level: Level) -> int:
    shorter = [each for each in Level if each < level]
    return shorter[-1] if shorter else 0


def parents(path: str) -> tuple[str, ...]:
    """Return the prefixes at which ancestors may lie, longest first. Some may name no area (zeros)."""
    return tuple(path[:level] for level in reversed(Level) if level < len(path))


def parent_in(path: str, known: Callable[[str], bool]) -> str | None:
    """Return the path of the parent among those that are `known`, or None where there is none.

    One level up is the longest prefix that exists; a level that is skipped on the way must be zeros, for
    other digits there name an area that does not exist. The level found must be one that may hold this one.
    """
    allowed = PARENT_LEVELS[level_of(path)]
    for prefix in parents(path):
        if known(prefix):
            return prefix if level_of(prefix) in allowed else None
        if own_segment(prefix).strip("0"):
            return None
    return None


def within(path: str) -> tuple[str, str]:
    """Return (low, high): an area lies in `path`, or is it, where low <= its path < high."""
    return path, path + _BELOW_ALL_DIGITS


def contains(path: str, other: str) -> bool:
    """Say whether the area at `other` is the one at `path` or lies in it."""
    return other.startswith(path)


def building_code(path: str) -> str:
    """Return the number that a building (17 digits) or one of its units (19) gets at its opening, for life.

    It leaves out grid and micro-grid, which a redrawing may change. Other areas are known by their path.
    """
    return path[: Level.VILLAGE] + path[Level.MICRO_GRID :] if len(path) >= Level.BUILDING else path


def numbered(parent: str, level: Level, number: int) -> str:
    """Return the path of the `number`th area of `level` under `parent`; what is missing between is zeros."""
    above = _level_above(level)
    if not 0 < number < 10 ** (level - above):
        raise ValueError(f"a {level.name.lower()} has no number {number}")
    return f"{parent:0<{above}}{number:0{level - above}d}"


def with_descendants(moves: Mapping[str, str], paths: Iterable[str]) -> dict[str, str]:
    """Return the moves with those they bring along: everything below a moved area goes with it.

    Where a path lies below several moved ones, the nearest above it decides; what the plan names itself goes
    where the plan says.
    """
    complete = {}
    for path in paths:
        nearest = next((each for each in (path, *parents(path)) if each in moves), None)
        if nearest is not None:
            complete[path] = moves[nearest] + path[len(nearest) :]
    return {old: new for old, new in complete.items() if old != new}

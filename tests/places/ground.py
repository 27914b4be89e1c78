"""A village of its own for tests of places, far from the tiny town: four square grids, houses, two overlays."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from shapely.geometry import Polygon, box

from mulin.journal.face import Actor, ByKind
from mulin.places.face import Area, Level, NewArea, bulk_open, numbered

OPENED = datetime(2025, 1, 1, tzinfo=UTC)
LATER = datetime(2026, 1, 1, tzinfo=UTC)
BY = Actor(ByKind.PERSON, UUID("0197f3a0-0000-7000-8000-000000000001"))

TOWN, VILLAGE, NEIGHBOUR = "990101001", "990101001001", "990101001002"
WEST, SOUTH, SIDE = 100.0, 30.0, 0.02
DIVISIONS = {
    "99": "测试省",
    "9901": "测试市",
    "990101": "测试县",
    TOWN: "测试街道",
    VILLAGE: "测试社区",
    NEIGHBOUR: "隔壁社区",
}
HALF = SIDE / 2


def square(column: int, row: int, side: float = HALF) -> Polygon:
    """One of the four quarters of the village, from the south-west."""
    west, south = WEST + column * HALF, SOUTH + row * HALF
    return box(west, south, west + side, south + side)


def house(lon: float, lat: float, side: float = 0.0002) -> Polygon:
    return box(lon, lat, lon + side, lat + side)


def grid(number: int, village: str = VILLAGE) -> str:
    return numbered(village, Level.GRID, number)


def building(number: int, inside: str) -> str:
    return numbered(inside, Level.BUILDING, number)


def divisions() -> list[NewArea]:
    border = box(WEST, SOUTH, WEST + SIDE, SOUTH + SIDE)
    return [
        NewArea(path, name, f"Test {path}", border=border if path == VILLAGE else None)
        for path, name in DIVISIONS.items()
    ]


def grids() -> list[NewArea]:
    base = [
        NewArea(grid(number), f"第{number}网格", border=square(*where), family="base", grid_kind="basic")
        for number, where in enumerate(((0, 0), (1, 0), (0, 1), (1, 1)), start=1)
    ]
    shops = box(WEST + HALF / 2, SOUTH + HALF / 2, WEST + SIDE - HALF / 2, SOUTH + SIDE - HALF / 2)
    works = box(WEST + SIDE, SOUTH, WEST + SIDE + HALF, SOUTH + HALF)  # outside its home village
    return [
        *base,
        NewArea(grid(11), "商业网格", border=shops, family="commercial", grid_kind="overlay"),
        NewArea(grid(12), "生产网格", border=works, family="production", grid_kind="overlay"),
    ]


def houses() -> list[NewArea]:
    """Three buildings, the first with two units; a micro-grid in the second grid with a building of its own."""
    micro = numbered(grid(2), Level.MICRO_GRID, 1)
    first = building(1, grid(1))
    return [
        NewArea(first, "1号楼", border=house(WEST + 0.002, SOUTH + 0.002), kind="residential", floors=6),
        NewArea(numbered(first, Level.UNIT, 1), "1单元"),
        NewArea(numbered(first, Level.UNIT, 2), "2单元"),
        NewArea(building(2, grid(1)), "2号楼", border=house(WEST + 0.004, SOUTH + 0.002), floors=6),
        NewArea(micro, "第2网格微网格", border=house(WEST + 0.012, SOUTH + 0.002, 0.004)),
        NewArea(building(3, micro), "3号楼", border=house(WEST + 0.013, SOUTH + 0.003), floors=11),
    ]


def settle() -> dict[str, Area]:
    """Open it all; the areas by path."""
    areas = bulk_open([*divisions(), *grids(), *houses()], by=BY, now=OPENED)
    return {area.path: area for area in areas}

"""Puts 5,184 buildings and 100,000 merchants on the map of the demo town that the environment names.

For `bench.map_frames`: `python -m bench.map_town` first, on a copy of a demo town, then serve that and look at it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

BUILDINGS, POINTS, SIDE = 5_184, 100_000, 0.00016  # degrees
THICK = 3  # how much thicker the middle is than the edge


def main() -> None:
    from mulin.commands import start

    start.django()
    chance = random.Random(5)
    areas = _buildings(chance)
    _merchants(areas, chance)
    print(f"{BUILDINGS:,} buildings and {POINTS:,} merchants more")


def _buildings(chance: random.Random) -> list[Any]:
    """Squares, each in the next grid of the base family, wherever it lies: only the drawing is of interest."""
    from shapely.geometry import box

    from mulin.kernel import stamps
    from mulin.kernel.db import many
    from mulin.kernel.geo import to_wkb
    from mulin.kernel.ids import new_id
    from mulin.places.face import Area, Level

    like = next(each for each in Area.objects.at_level(Level.BUILDING) if each.border is not None)
    grids = list(Area.objects.plain().open().at_level(Level.GRID).exclude(border=None))
    made = []
    for n in range(BUILDINGS):
        grid = grids[n % len(grids)]
        lon, lat = _somewhere(grids, chance)
        more = {
            "id": new_id(), "path": f"{grid.path}{9_000_000 + n}", "parent_id": grid.pk, "code": f"9{n:016d}",
            "name": f"{n}号楼", "name_en": f"Building {n}", "lon": lon, "lat": lat,
            "border": to_wkb(box(lon, lat, lon + SIDE, lat + SIDE)),
        }  # fmt: skip
        made.append(many.made(Area, **(_columns(like) | more)))
    many.insert(made)
    stamps.move(stamps.PLACES)
    return made


def _merchants(areas: list[Any], chance: random.Random) -> None:
    from mulin.kernel.db import many
    from mulin.kernel.geo import morton
    from mulin.kernel.ids import new_id
    from mulin.registry.face import Merchant

    like = _columns(Merchant.objects.exclude(morton=None)[0])
    many.insert_values(
        Merchant,
        (
            like | {"id": new_id(), "area_id": area.pk, "place": area.path, "name": f"店{n}", "credit_code": "",
                    "lon": lon, "lat": area.lat, "morton": morton(lon, area.lat)}
            for n, area, lon in _doors(areas, chance)
        ),
    )  # fmt: skip


def _doors(areas: list[Any], chance: random.Random) -> Iterator[tuple[int, Any, float]]:
    for n in range(POINTS):
        area = areas[n % len(areas)]
        yield n, area, area.lon + chance.random() * SIDE


def _columns(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _somewhere(grids: list[Any], chance: random.Random) -> tuple[float, float]:
    """Thick in the middle of the town, thin at its edge."""
    lons, lats = [each.lon for each in grids], [each.lat for each in grids]
    across, up = chance.betavariate(THICK, THICK), chance.betavariate(THICK, THICK)
    return min(lons) + across * (max(lons) - min(lons)), min(lats) + up * (max(lats) - min(lats))


if __name__ == "__main__":
    main()

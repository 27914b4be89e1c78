"""What a tile of the one map costs with 100,000 points, and a layer of 5,000 buildings, beside the floor.

`python -m bench.map_tiles` fills a town of its own in memory (SQLite) and asks the same functions that the pages ask.
The floor of a tile: sqlite3 counts the rows of the same range of the same index, and nothing else. The floor of the
layer: orjson writes the same features again.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

POINTS, SIDE = 100_000, 72  # 72 by 72 buildings are 5,184
WEST, SOUTH, WIDE = 117.20, 34.78, 0.12
ZOOMS = (12, 13, 14, 15, 16, 17, 18)
ROUNDS = 7


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"MULIN_HOME": home, "DJANGO_SETTINGS_MODULE": "mulin.config.settings"}
        (Path(home) / "data").mkdir()
        import django

        django.setup()
        _fill()
        print(f"{POINTS:,} points; milliseconds, the middle of {ROUNDS}; load {os.getloadavg()[0]:.1f}")
        for zoom in ZOOMS:
            _tile(zoom)
        _layer()


def _fill() -> None:
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_point (id text, spot integer, lon real, lat real, late integer)")
        cursor.executemany("INSERT INTO bench_point VALUES (%s, %s, %s, %s, %s)", list(_points()))
        cursor.execute("CREATE INDEX bench_point_spot ON bench_point (spot)")


def _points() -> Any:
    """Thick in the middle, thin at the edge, as a town is."""
    from mulin.kernel.geo import morton

    chance = random.Random(5)
    for number in range(POINTS):
        lon, lat = WEST + WIDE * chance.betavariate(3, 3), SOUTH + WIDE * chance.betavariate(3, 3)
        yield str(number), morton(lon, lat), lon, lat, int(chance.random() < 0.1)


def _model() -> Any:
    from django.db import models

    class BenchPoint(models.Model):
        id = models.TextField(primary_key=True)
        spot = models.BigIntegerField()
        lon = models.FloatField()
        lat = models.FloatField()
        late = models.IntegerField()

        class Meta:
            app_label, db_table, managed = "kernel", "bench_point", False

    globals()["_model"] = lambda: BenchPoint
    return BenchPoint


def _tile(zoom: int) -> None:
    from django.db import connection
    from django.db.models import Q

    from mulin.kernel.maptiles import Points, TileShelf, collect, point, tile_at

    tile = tile_at(WEST + WIDE / 2, SOUTH + WIDE / 2, zoom)
    points = Points(
        _model().objects.all(), ("late",), lambda row: point(row["lon"], row["lat"], {"id": row["pk"]}), key="spot",
        counts={"late": Q(late=1)},
    )  # fmt: skip
    shelf = TileShelf()
    shelf.get(tile, points, "1")
    connection.ensure_connection()
    lite, (low, high) = connection.connection, tile.range

    def floor() -> None:
        lite.execute(
            "SELECT count(*), sum(lon), sum(lat) FROM bench_point WHERE spot BETWEEN ? AND ?", (low, high)
        ).fetchone()

    rows = lite.execute(
        "SELECT count(*) FROM bench_point WHERE spot BETWEEN ? AND ?", (low, high)
    ).fetchone()[0]
    made, kept, least = (
        _middle(lambda: collect(tile, points)),
        _middle(lambda: shelf.get(tile, points, "1")),
        _middle(floor),
    )
    marks = len(collect(tile, points)["features"])
    print(
        f"z{zoom}: {rows:>6} rows → {marks:>4} marks: made {made:7.2f} kept {kept:5.2f} "
        f"floor {least:6.2f} ratio {least / made:.2f}"
    )


def _layer() -> None:
    import orjson
    from shapely.geometry import box

    from mulin.journal.face import SYSTEM
    from mulin.kernel.clock import now
    from mulin.places.face import Level, NewArea, bulk_open, layer, numbered

    tree = [NewArea(path, path) for path in ("99", "9901", "990101", "990101001", "990101001001")]
    grid = numbered("990101001001", Level.GRID, 1)
    whole = box(WEST, SOUTH, WEST + WIDE, SOUTH + WIDE)
    tree.append(NewArea(grid, "网格", border=whole, family="base", grid_kind="basic"))
    step = WIDE / SIDE
    for number in range(SIDE * SIDE):
        x, y = WEST + number % SIDE * step, SOUTH + number // SIDE * step
        house = box(x, y, x + step / 2, y + step / 2)
        tree.append(NewArea(numbered(grid, Level.BUILDING, number + 1), f"{number}号楼", border=house))
    bulk_open(tree, by=SYSTEM, now=now() - timedelta(days=1), check_borders=False)
    world = (-180.0, -85.0, 180.0, 85.0)
    begun = time.perf_counter()
    found = layer(world, [Level.BUILDING], limit=8000)
    first = 1000 * (time.perf_counter() - begun)
    told = orjson.loads(found.body)
    made, least = (
        _middle(lambda: layer(world, [Level.BUILDING], limit=8000)),
        _middle(lambda: orjson.dumps(told)),
    )
    print(
        f"{len(told['features']):,} buildings, {len(found.body) / 1024:.0f} KB: first {first:.0f} "
        f"again {made:.1f} floor {least:.1f} ratio {least / made:.2f}"
    )


def _middle(act: Callable[[], Any]) -> float:
    times = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times)


if __name__ == "__main__":
    main()

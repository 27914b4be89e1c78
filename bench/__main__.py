"""`make bench`: fills towns, serves them, drives them over HTTP beside the floor, and writes what it saw."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import quantiles
from typing import Any, cast

from bench import cluster, table
from bench.places import BUILT, ROOT, Town, python
from bench.server import Server, Used
from bench.towns import filled

OPERATIONS = (
    "create", "queue_json", "queue_html", "detail_json", "detail_html", "move", "search", "map_tile", "public_map",
)  # fmt: skip
FLOOR_SHARE = 0.5  # of the seconds of an operation
Row = dict[str, Any]


def main() -> None:
    asked = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that the server is ended, too
    BUILT.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    notes: list[str] = []
    for engine in asked.databases:
        if engine == "postgres":
            cluster.start()
        for count in asked.rows:
            town = filled(engine, count)
            rows += measure(town, count, asked, notes)
    if "postgres" in asked.databases:
        cluster.stop()
    table.write(rows, notes, asked, keep=asked.keep)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rows", type=_numbers, default=[10_000, 1_000_000])
    parser.add_argument("--databases", type=_words, default=["postgres", "sqlite"])
    parser.add_argument("--operations", type=_words, default=list(OPERATIONS))
    parser.add_argument("--concurrency", type=_numbers, default=[1, 4, 16])
    parser.add_argument("--seconds", type=float, default=3.0, help="of load for each line, in two slices")
    parser.add_argument("--keep", action="store_true", help="write bench/results.json and docs/bench.md")
    return parser.parse_args()


def _words(text: str) -> list[str]:
    return text.split(",")


def _numbers(text: str) -> list[int]:
    return [int(word) for word in _words(text)]


def measure(town: Town, count: int, asked: argparse.Namespace, notes: list[str]) -> list[Row]:
    """Every operation at every concurrency, each A B A B with the floor."""
    file = BUILT / "plan.json"
    python(town, "bench.plans", str(file))
    made = json.loads(file.read_text())
    rows: list[Row] = []
    with (
        Server(town) as server,
        _helper("bench.load") as load,
        _helper("bench.floor", _floor_at(town)) as floor,
    ):
        for operation in asked.operations:
            _warm(load, server, made["plans"][operation])
            for concurrency in asked.concurrency:
                asks = _shared(made["plans"][operation], concurrency, in_pairs=operation == "move")
                row = _line(server, load, floor, asks, asked.seconds)
                rows.append(
                    {"db": town.engine, "rows": count, "operation": operation, "concurrency": concurrency}
                    | row | {"statements": made["statements"][operation]}
                )  # fmt: skip
                print(table.line(rows[-1]), flush=True)
        notes.append(f"{town.engine}, {count:,} matters: web and worker together {server.memory_mb():.0f} MB")
        print(notes[-1], flush=True)
    return [{name: row[name] for name in table.COLUMNS} for row in rows]


def _floor_at(town: Town) -> str:
    if town.engine == "postgres":
        return cluster.url(town.database)
    return str(town.home / "floor.sqlite3")


def _shared(asks: list[Any], concurrency: int, *, in_pairs: bool) -> list[list[Any]]:
    """The requests, dealt out to the connections; what goes to and fro stays on one."""
    if not in_pairs:
        return [asks[n::concurrency] or asks for n in range(concurrency)]
    pairs = [asks[n : n + 2] for n in range(0, len(asks), 2)]
    return [[each for pair in pairs[n::concurrency] or pairs for each in pair] for n in range(concurrency)]


def _warm(load: Any, server: Server, asks: list[Any]) -> None:
    """What every worker keeps in memory is there before the first measured request, as it is in a town's day."""
    _ask(
        load, {"port": server.port, "asks": _shared(asks, 8, in_pairs=True), "seconds": 1.0, "in_pairs": True}
    )


def _line(server: Server, load: Any, floor: Any, asks: list[list[Any]], seconds: float) -> Row:
    times: list[float] = []
    took, rates = 0.0, []
    used = Used(0, 0, 0)
    for _slice in range(2):
        before = server.used()
        said = _ask(load, {"port": server.port, "asks": asks, "seconds": seconds / 2, "in_pairs": True})
        spent = server.used().since(before)
        if said["failed"]:
            raise SystemExit(f"wrong answers: {said['wrong']}")
        used = Used(used.web + spent.web, used.work + spent.work, used.database + spent.database)
        times += said["times"]
        took += said["seconds"]
        rates.append(_ask(floor, {"concurrency": len(asks), "seconds": seconds * FLOOR_SHARE / 2})["rps"])
    return _figures(times, took, used, sum(rates) / len(rates))


def _figures(times: list[float], took: float, used: Used, floor_rps: float) -> Row:
    rps, each = len(times) / took, 1000 / len(times)
    p50, p95 = _middle_and_95(times)
    return {
        "rps": round(rps, 1), "p50_ms": round(1000 * p50, 2), "p95_ms": round(1000 * p95, 2),
        "app_cpu_ms": round(used.web * each, 2), "work_cpu_ms": round(used.work * each, 2),
        "db_cpu_ms": round(used.database * each, 2), "floor_rps": round(floor_rps, 1),
        "floor_ratio": round(rps / floor_rps, 4),
    }  # fmt: skip


def _middle_and_95(times: list[float]) -> tuple[float, float]:
    cuts = quantiles([*times, *times], n=100)
    return cuts[49], cuts[94]


@contextmanager
def _helper(module: str, *arguments: str) -> Iterator[Any]:
    """A process that does one job for each line."""
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ}
    ) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def _ask(process: Any, job: dict[str, Any]) -> dict[str, Any]:
    process.stdin.write(json.dumps(job) + "\n")
    process.stdin.flush()
    answer = process.stdout.readline()
    if not answer:
        raise SystemExit("a helper ended early")
    return cast("dict[str, Any]", json.loads(answer))


if __name__ == "__main__":
    main()

"""`make soak`: everything that must not lose a report, on both databases. It ends with 1 where something was lost."""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable
from statistics import quantiles
from typing import Any

from bench import cluster
from bench.places import BUILT, Town, python
from bench.towns import _copy, _demo, _kept
from soak import disk
from soak.load import Load, Told
from soak.served import Served

GOAL = 0.3  # seconds, 95 of 100 reports
Found = dict[str, Any]


def main() -> int:
    asked = _arguments()
    BUILT.mkdir(parents=True, exist_ok=True)
    wrong: list[str] = []
    for engine in asked.databases:
        if engine == "postgres":
            cluster.start()
        base = _kept(engine, "base", _demo)
        for name, part in PARTS.items():
            if name in asked.parts and (engine in asked.only.get(name, (engine,))):
                town = _copy(base, Town(engine, f"soak-{name}"))
                wrong += [f"{engine}, {name}: {each}" for each in part(town, asked)]
    if "postgres" in asked.databases:
        cluster.stop()
    print("\n".join(["", *wrong]) if wrong else "\nNothing was lost, nothing is there twice.")
    return 1 if wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="of steady load")
    parser.add_argument("--rate", type=float, default=50, help="reports a second")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--databases", type=lambda text: text.split(","), default=["sqlite", "postgres"])
    parser.add_argument("--parts", type=lambda text: text.split(","), default=list(PARTS))
    asked = parser.parse_args()
    asked.only = {"full": ("sqlite",), "restarts": ("postgres",)}
    print(f"seed {asked.seed}", flush=True)
    return asked


def steady(town: Town, asked: argparse.Namespace) -> list[str]:
    """Reports through both doors at a steady rate, with desk and worker busy."""
    made = _plan(town, int(asked.rate * asked.seconds))
    with Served(town) as served:
        _warm(served, made)
        load = Load(served.port, made["reports"], made["desk"], rate=asked.rate, looks=4)
        begun = time.monotonic()
        load.start()
        told = load.join()
        took = time.monotonic() - begun
    p95 = quantiles(told.times, n=20)[-1] if len(told.times) > 1 else 0.0
    _say(
        town,
        "steady",
        told,
        f"{len(told.times) / took:.1f} a second, {_times(told)}, {told.looked} pages beside",
    )
    problems = _counted(town, made, told)
    if p95 > GOAL:
        problems.append(f"95 of 100 within {p95 * 1000:.0f} ms, not {GOAL * 1000:.0f}")
    return problems


def killed(town: Town, asked: argparse.Namespace) -> list[str]:
    """SIGKILL of web and worker at random moments under load; each report is sent again until it is acknowledged."""
    dice, rate = random.Random(asked.seed), asked.rate / 5
    made = _plan(town, int(rate * asked.kills * 6))
    starts: list[float] = []
    with Served(town) as served:
        load = Load(served.port, made["reports"], made["desk"], rate=rate, looks=4)
        load.start()
        for _ in range(asked.kills):
            time.sleep(dice.uniform(0.3, 3.0))
            served.kill()
            starts.append(served.start())
        load.stop_dealing()
        told = load.join()
    again = sum(tries > 1 for tries in told.acknowledged.values())
    words = f"{asked.kills} kills, back after {max(starts):.1f} s at most, {again} reports sent again, {_times(told)}"
    _say(town, "killed", told, words)
    return _counted(town, made, told)


def restarts(town: Town, asked: argparse.Namespace) -> list[str]:
    """PostgreSQL stopped at once and started again under load."""
    made = _plan(town, int(asked.rate / 2 * 24))
    with Served(town) as served:
        load = Load(served.port, made["reports"], made["desk"], rate=asked.rate / 2, looks=4)
        load.start()
        for mode in ("fast", "immediate", "fast"):
            time.sleep(4)
            cluster.stop(mode)
            time.sleep(1)
            cluster.start()
        told = load.join()
    again = sum(tries > 1 for tries in told.acknowledged.values())
    words = f"3 restarts of the server, {told.later} answers said come again, {again} reports sent again"
    _say(town, "restarts", told, words)
    return _counted(town, made, told)


def full(town: Town, asked: argparse.Namespace) -> list[str]:
    """The disk fills up in the midst of writing, and there is room again later."""
    made = _plan(town, int(asked.rate / 2 * 20))
    with disk.small(town) as small, Served(town) as served:
        load = Load(served.port, made["reports"], made["desk"], rate=asked.rate / 2, looks=4)
        load.start()
        for _ in range(3):
            time.sleep(3)
            small.fill()
            time.sleep(2)
            small.make_room()
        told = load.join()
    words = f"3 times full, {told.later} answers said come again"
    _say(town, "full", told, words)
    problems = _counted(town, made, told)
    return problems if told.later else [*problems, "the disk was never full"]


PARTS: dict[str, Callable[[Town, argparse.Namespace], list[str]]] = {
    "steady": steady,
    "killed": killed,
    "restarts": restarts,
    "full": full,
}


def _plan(town: Town, count: int) -> Found:
    file = BUILT / f"soak-plan-{town.engine}.json"
    python(town, "soak.plan", str(file), str(count))
    made: Found = json.loads(file.read_text())
    made["run"] = made["reports"][0]["mark"].split("-")[1]
    return made


def _warm(served: Served, made: Found) -> None:
    """What every process keeps in memory is there, as it is in a town's day."""
    warm = Load(served.port, made["reports"][:80], made["desk"], rate=20)
    warm.start()
    warm.join()
    del made["reports"][:80]
    made["before"] = list(warm.told.acknowledged)


def _times(told: Told) -> str:
    cuts = quantiles(told.times, n=100)
    return f"50 % within {cuts[49] * 1000:.0f} ms, 95 % {cuts[94] * 1000:.0f}, 99 % {cuts[98] * 1000:.0f}"


def _say(town: Town, part: str, told: Told, words: str) -> None:
    sent = len(told.acknowledged) + len(told.refused) + len(told.lost)
    print(f"{town.engine}, {part}: {len(told.acknowledged)} of {sent} acknowledged; {words}", flush=True)


def _counted(town: Town, made: Found, told: Told) -> list[str]:
    """What is wrong afterwards; nothing, where all is well."""
    file = BUILT / f"soak-told-{town.engine}.json"
    marks = [*told.acknowledged, *made.get("before", ())]
    file.write_text(json.dumps({"run": made["run"], "acknowledged": marks}))
    found = json.loads(python(town, "soak.count", str(file)).stdout.splitlines()[-1])
    problems = [f"{name}: {value}" for name, value in found.items() if name != "kept" and value]
    problems += [f"refused: {each}" for each in told.refused[:5]]
    problems += [f"never acknowledged: {len(told.lost)}"] if told.lost else []
    problems += [f"a page of the desk: {each}" for each in told.wrong[:5]]
    verified = python(town, "mulin", "verify").stdout.strip().splitlines()[-1]
    print(f"  kept {found['kept']} for {len(marks)} acknowledged; verify: {verified}", flush=True)
    return problems


if __name__ == "__main__":
    sys.exit(main())

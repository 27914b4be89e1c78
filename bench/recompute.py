"""How long a changed calendar takes to reach every open due date: `python -m bench.recompute [--matters N]`.

For each database a small town of its own is made with so many open matters, each with a turn, a promise, a next
reminder, and every second one with a lead's part: 2.5 due dates a matter, and the reminder. Then a day off is put
in tomorrow, which moves them all, and the worker's job is run to its end while another process asks for a queue page
and files an act's worth of rows every 20 ms. Prints what both saw; nothing here is part of Mulin.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from bench import cluster
from bench.places import ROOT, Town, python

BATCH = 5000
SEED = 7


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.recompute", description=__doc__)
    parser.add_argument("--matters", type=int, default=400_000, help="1,000,000 due dates")
    parser.add_argument("--databases", default="sqlite,postgres")
    parser.add_argument("step", nargs="?", choices=("fill", "measure", "probe"))
    asked = parser.parse_args()
    if asked.step:
        from mulin.commands import start

        start.django()
        {"fill": fill, "measure": measure, "probe": probe}[asked.step](asked.matters)
        return
    for engine in asked.databases.split(","):
        of_engine(engine, asked.matters)


def of_engine(engine: str, matters: int) -> None:
    town = Town(engine, "recompute")
    shutil.rmtree(town.home, ignore_errors=True)
    if engine == "postgres":
        cluster.start()
        cluster.make(town.database)
    python(town, "mulin", "migrate")
    python(town, "bench.recompute", "fill", "--matters", str(matters))
    probing = subprocess.Popen(
        [sys.executable, "-m", "bench.recompute", "probe"], cwd=ROOT, env=town.environ(), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    measured = json.loads(python(town, "bench.recompute", "measure").stdout.splitlines()[-1])
    probed = json.loads(probing.communicate("stop\n")[0])
    print(json.dumps({"db": engine, "matters": matters, **measured, **probed}), flush=True)


def fill(count: int) -> None:
    """A town of one grid, with open matters of the last twenty working hours."""
    from bench.writers import writer
    from mulin.matters.models import Matter, MatterType, Part
    from mulin.posts.models import Seat
    from tests.places import ground

    areas = ground.settle()
    grid = areas[ground.grid(1)]
    seat = Seat.objects.get_or_create(role="grid_worker", area=grid)[0]
    kind = MatterType.objects.filter(level=3, urgent=False)[0]
    dice, now = random.Random(SEED), datetime.now(UTC)
    with writer() as out:
        for n in range(count):
            since = now - timedelta(seconds=dice.randrange(36_000))
            matter = Matter(
                number=f"B{n}", state="handling", type=kind, title="灯坏了", text="灯坏了三天。", channel="portal",
                place=grid.path, filed_place=grid.path, taken_by=grid, held_at=grid, held_level=15, turn=seat,
                due_clock="handle", due_from=since, promise_from=since, reported_at=since, state_at=since,
                promise_at=since, first_promise_at=since, due_used=timedelta(minutes=dice.randrange(300)),
            )  # fmt: skip
            _add(out, matter)
            if n % 2:
                _add(
                    out,
                    Part(
                        matter=matter, kind="lead", seat=seat, due_at=since, clock_from=since, from_at=since
                    ),
                )
            if n % BATCH == BATCH - 1:
                out.flush()
        out.flush()


def _add(out: Any, row: Any) -> None:
    from django.db import connection

    values = [
        each.get_db_prep_save(getattr(row, each.attname), connection) for each in row._meta.concrete_fields
    ]
    out.add(row._meta.db_table, [out.native(value) for value in values])


def measure(_count: int) -> None:
    """First a pass that gives every matter its dates, then the one that is measured."""
    from mulin.journal.face import SYSTEM
    from mulin.matters.actions import recompute
    from mulin.matters.models import Matter, MovedPromise, Part
    from mulin.places.face import DayKind, SingleDay, WorkCalendar, set_days

    held = _timed(recompute)
    _pass(recompute)
    MovedPromise.objects.all().delete()
    held.clear()
    before = _some_dates()
    everywhere, now = WorkCalendar.objects.get(area=None), datetime.now(UTC)
    off = [SingleDay(now.date() + timedelta(days=n), DayKind.OFF) for n in range(-3, 4)]
    set_days(everywhere, days=off, by=SYSTEM, now=now)
    seconds = _pass(recompute)
    assert all(new > old for old, new in zip(before, _some_dates(), strict=True))
    dates = 2 * Matter.objects.count() + Part.objects.filter(to_at=None).count()
    moved, begun, told = MovedPromise.objects.count(), time.perf_counter(), 0
    locks = sorted(held)
    while told < 10_000 and (done := recompute.tell_moved(by=_system(), now=datetime.now(UTC))):
        told += done
    print(json.dumps({
        "due_dates": dates, "seconds": round(seconds, 1), "dates_per_second": round(dates / seconds),
        "batches": len(locks), "lock_ms_p50": _ms(locks, 0.5), "lock_ms_p99": _ms(locks, 0.99),
        "lock_ms_max": _ms(locks, 1), "promises_moved": moved,
        "entries_per_second": round(told / (time.perf_counter() - begun)),
    }))  # fmt: skip


def _some_dates() -> list[Any]:
    from mulin.matters.models import Matter

    some = Matter.objects.order_by("pk").values_list("due_at", "promise_at")[:1000]
    return [date for dates in some for date in dates]


def _system() -> Any:
    from mulin.posts.face import Who

    return Who.system(datetime.now(UTC))


def _pass(recompute: Any) -> float:
    """The job as the worker calls it, with its pauses, from the change to the last date."""
    from mulin.commands.work import BUSY_PAUSE

    later = datetime.now(UTC) + timedelta(minutes=1)
    recompute.recompute_due(by=_system(), now=datetime.now(UTC))
    begun = time.perf_counter()
    while recompute.recompute_progress().running:
        recompute.recompute_due(by=_system(), now=later)
        time.sleep(BUSY_PAUSE)
    return time.perf_counter() - begun


def _timed(recompute: Any) -> list[float]:
    """How long each of its transactions lasted: on SQLite, how long it held the lock."""
    held: list[float] = []
    real = recompute.transaction.atomic

    @contextmanager
    def atomic(*arguments: Any, **more: Any) -> Any:
        with real(*arguments, **more):
            begun = time.perf_counter()
            yield
        held.append(time.perf_counter() - begun)

    class Watched:
        set_rollback = staticmethod(recompute.transaction.set_rollback)

    Watched.atomic = staticmethod(atomic)  # type: ignore[attr-defined]  # stands in for the module
    recompute.transaction = Watched
    return held


def probe(_count: int) -> None:
    """Somebody at the desk meanwhile: a queue page and a short write, again and again, until told to stop."""
    import threading

    from django.db import transaction

    from mulin.kernel.models import Counter
    from mulin.matters.models import Matter

    stop = threading.Event()

    def wait() -> None:
        sys.stdin.readline()
        stop.set()

    threading.Thread(target=wait, daemon=True).start()
    reads: list[float] = []
    writes: list[float] = []
    counter = Counter.objects.create(name="probe", year=2026)
    while not stop.wait(0.02):
        begun = time.perf_counter()
        list(Matter.objects.order_by("-reported_at", "-id")[:50])
        reads.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        with transaction.atomic():
            Counter.objects.filter(pk=counter.pk).update(last=len(reads))
        writes.append(time.perf_counter() - begun)
    reads.sort()
    writes.sort()
    print(json.dumps({
        "desk_read_ms_p95": _ms(reads, 0.95), "desk_write_ms_p50": _ms(writes, 0.5),
        "desk_write_ms_p95": _ms(writes, 0.95), "desk_write_ms_max": _ms(writes, 1),
    }))  # fmt: skip


def _ms(times: list[float], share: float) -> float:
    return round(1000 * times[min(len(times) - 1, int(share * len(times)))], 1) if times else 0.0


if __name__ == "__main__":
    main()

"""How long one tick of the ladders takes: `python -m bench.ladder [--matters N]`.

For each database a small town of its own is made with so many open matters, each with a turn, its next reminder, and
a journal. Three times a thousand of them are due; each time one tick finds them, and commits their entries, next
rungs and outbox rows. Prints how long that took and how long its longest transaction held SQLite's lock; nothing here
is part of Mulin.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from bench import cluster
from bench.places import Town, python

BATCH = 5000
SEED = 11
DUE = 1000
MORNING = datetime(2026, 11, 18, 0, 35, tzinfo=UTC)  # a Wednesday, five past half past eight
WAVE = timedelta(minutes=6)
WAVES = 3


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.ladder", description=__doc__)
    parser.add_argument("--matters", type=int, default=1_000_000)
    parser.add_argument("--databases", default="sqlite,postgres")
    parser.add_argument("--keep", action="store_true", help="measure what was filled before")
    parser.add_argument("step", nargs="?", choices=("fill", "measure"))
    asked = parser.parse_args()
    if asked.step:
        from mulin.commands import start

        start.django()
        {"fill": fill, "measure": measure}[asked.step](asked.matters)
        return
    for engine in asked.databases.split(","):
        print(json.dumps({"db": engine, "matters": asked.matters, **of_engine(engine, asked)}), flush=True)


def of_engine(engine: str, asked: argparse.Namespace) -> dict[str, Any]:
    town = Town(engine, "ladder")
    if engine == "postgres":
        cluster.start()
        if not asked.keep:
            cluster.make(town.database)
    if not asked.keep:
        town.file.unlink(missing_ok=True)
    python(town, "mulin", "migrate")
    if not asked.keep:
        python(town, "bench.ladder", "fill", "--matters", str(asked.matters))
    said = python(town, "bench.ladder", "measure").stdout.splitlines()[-1]
    return dict(json.loads(said))


class Rows:
    """Rows of one table made of a first one, with some columns new."""

    def __init__(self, out: Any, row: Any, *names: str) -> None:
        from django.db import connection

        columns = row._meta.concrete_fields
        self.out, self.table = out, row._meta.db_table
        self.first = [
            out.native(each.get_db_prep_save(getattr(row, each.attname), connection)) for each in columns
        ]
        self.at = [next(n for n, each in enumerate(columns) if each.attname == name) for name in names]

    def add(self, *values: Any) -> None:
        row = self.first.copy()
        for n, value in zip(self.at, values, strict=True):
            row[n] = self.out.native(value)
        self.out.add(self.table, row)


def fill(count: int) -> None:
    """A town of one grid, with open matters: a thousand due in each wave, all others later."""
    from bench.writers import writer
    from mulin.journal.models import Entry, Feed, Head
    from mulin.journal.rules import ANONYMOUS, Draft, Link, Subject, chain
    from mulin.kernel.ids import new_id
    from mulin.places.face import calendars

    matter, facts = _matter()
    dice, calendar = random.Random(SEED), calendars().at(matter.place)
    with writer() as out:
        names = ("id", "number", "due_from", "promise_from", "due_at", "next_rung_at")
        matters, heads = Rows(out, matter, *names), Rows(out, Head(kind="matter", seq=1), "subject", "hash")
        kept = Entry(
            subject_kind="matter",
            seq=1,
            at=MORNING,
            code="matter.reported",
            by_kind="anonymous",
            prev="0" * 64,
        )
        entries = Rows(out, kept, "id", "subject", "hash", "text")
        feed = Rows(out, Feed(), "entry_id", "position")
        for n in range(count):
            since, id, entry = _since(n, dice), new_id(), new_id()
            due_at, rung_at = _dates(facts, since, calendar)
            matters.add(id, f"B{n}", since, since, due_at, rung_at)
            chained = chain(
                Link(), Draft("matter.reported", Subject("matter", id), ANONYMOUS, since), entry, {}
            )
            entries.add(entry, id, chained.link.hash, chained.text)
            heads.add(id, chained.link.hash)
            feed.add(entry, n + 1)
            if n % BATCH == BATCH - 1:
                out.flush()
        out.flush()


def _matter() -> tuple[Any, Any]:
    """The one of which all are copies, and what the rules know of its type."""
    from mulin.matters.models import Matter, MatterType
    from mulin.matters.queries.ladders import Kinds
    from mulin.posts.models import Seat
    from tests.places import ground

    areas = ground.settle()
    grid = areas[ground.grid(1)]
    seat = Seat.objects.get_or_create(role="grid_worker", area=grid)[0]
    kind = MatterType.objects.filter(level=3, urgent=False)[0]
    matter = Matter(
        state="reported", type=kind, title="灯坏了", text="楼道的灯坏了三天。", channel="portal", place=grid.path,
        filed_place=grid.path, taken_by=grid, held_at=grid, held_level=15, turn=seat, due_clock="file",
        promise_at=MORNING, first_promise_at=MORNING, reported_at=MORNING, state_at=MORNING,
    )  # fmt: skip
    return matter, Kinds.read([kind.pk]).facts[kind.pk]


def _since(n: int, dice: random.Random) -> datetime:
    """When the turn began: of every wave a thousand, spread over the whole table."""
    if n % DUE < WAVES and n // DUE < DUE:
        return MORNING + WAVE * (n % DUE) + timedelta(seconds=dice.uniform(1, 300))
    return MORNING + timedelta(seconds=dice.uniform(3600, 10 * 86400))


def _dates(facts: Any, since: datetime, calendar: Any) -> Any:
    from mulin.matters.rules.clocks import Running
    from mulin.matters.rules.ladder import next_at
    from mulin.matters.rules.limits import Clock

    running, limit, ladder = Running(Clock.FILE, since), facts.limit(Clock.FILE), facts.ladder(Clock.FILE)
    return running.due(limit, calendar), next_at(running, 0, ladder, limit, calendar)


def measure(_count: int) -> None:
    """One tick a wave."""
    from django.db import connection

    from mulin.journal.face import Entry, Outbox
    from mulin.kernel import clock
    from mulin.matters.actions.climbing import REMINDED, tick
    from mulin.matters.models import Matter
    from mulin.posts.face import Who

    connection.ensure_connection()
    seen = []
    for _wave in range(WAVES):
        rows = Matter.objects.filter(next_rung_at__isnull=False).order_by("next_rung_at")
        now = rows.values_list("next_rung_at", flat=True)[DUE - 1] or clock.now()
        begun, spent = time.perf_counter(), time.process_time()
        done = tick(by=Who.system(now), now=now)
        seconds, spent = time.perf_counter() - begun, time.process_time() - spent
        seen.append({
            "found": done.found, "reminded": done.reminded, "seconds": round(seconds, 3),
            "cpu_seconds": round(spent, 3),
            "longest_batch_ms": round(1000 * done.longest, 1), "batches": len(done.batches),
        })  # fmt: skip
    written = Entry.objects.filter(code=REMINDED).count(), Outbox.objects.filter(kind=REMINDED).count()
    print(json.dumps({"ticks": seen, "entries": written[0], "outbox": written[1]}))


if __name__ == "__main__":
    main()

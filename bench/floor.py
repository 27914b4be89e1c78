"""The floor: what a bare driver does for the same act. `python -m bench.floor WHERE`, a process of its own.

One commit writes one row of a matter, one of its history and one of an outbox, and nothing else: no permission, no
place, no search. On PostgreSQL over psycopg, one connection a thread; on SQLite over sqlite3 with Mulin's own
settings, in a file of its own. Reads jobs as lines of JSON (concurrency, seconds), answers each with one.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import psycopg

TABLES = (
    "CREATE TABLE IF NOT EXISTS floor_matter (id {uuid} PRIMARY KEY, number text NOT NULL, state text NOT NULL, "
    "title text NOT NULL, text text NOT NULL, lon float, lat float, place text NOT NULL, at {time} NOT NULL)",
    "CREATE TABLE IF NOT EXISTS floor_history (id {uuid} PRIMARY KEY, matter {uuid} NOT NULL, code text NOT NULL, "
    "at {time} NOT NULL, text text NOT NULL)",
    "CREATE TABLE IF NOT EXISTS floor_outbox (id {uuid} PRIMARY KEY, kind text NOT NULL, matter {uuid} NOT NULL, "
    "due_at {time} NOT NULL)",
)
ROWS = (
    "INSERT INTO floor_matter VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "INSERT INTO floor_history VALUES (?, ?, ?, ?, ?)",
    "INSERT INTO floor_outbox VALUES (?, ?, ?, ?)",
)
TEXT = "小区门口的路灯坏了好几天，晚上出入看不清路，老人孩子走路都不安全，希望尽快安排人员来修理一下，谢谢大家的关心。"


def main() -> None:
    where = sys.argv[1]
    _make(where)
    for line in sys.stdin:
        job = json.loads(line)
        print(json.dumps(run(where, job["concurrency"], job["seconds"])), flush=True)


def run(where: str, concurrency: int, seconds: float) -> dict[str, float]:
    done = [0] * concurrency
    until = time.perf_counter() + seconds
    write = _postgres if _is_postgres(where) else _sqlite

    def work(n: int) -> None:
        with write(where) as once:
            while time.perf_counter() < until:
                once()
                done[n] += 1

    begun = time.perf_counter()
    threads = [threading.Thread(target=work, args=(n,)) for n in range(concurrency)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"rps": sum(done) / (time.perf_counter() - begun)}


def _is_postgres(where: str) -> bool:
    return where.startswith("postgresql:")


def _values() -> tuple[tuple[Any, ...], ...]:
    matter, at = uuid4(), datetime.now(UTC)
    return (
        (matter, "26-000138-5", "reported", TEXT[:20], TEXT, 117.26, 34.81, "370402005001001", at),
        (uuid4(), matter, "matter.reported", at, TEXT),
        (uuid4(), "matter.reported", matter, at),
    )


def _make(where: str) -> None:
    if _is_postgres(where):
        with psycopg.connect(where, autocommit=True) as db:
            for table in TABLES:
                db.execute(table.format(uuid="uuid", time="timestamptz"))
    else:
        with _opened(where) as lite:
            for table in TABLES:
                lite.execute(table.format(uuid="char(32)", time="datetime"))


class _postgres:
    def __init__(self, where: str) -> None:
        self.db = psycopg.connect(where)
        self.rows = [row.replace("?", "%s") for row in ROWS]

    def __enter__(self) -> Callable[[], None]:
        return self.once

    def __exit__(self, *_error: object) -> None:
        self.db.close()

    def once(self) -> None:
        for row, values in zip(self.rows, _values(), strict=True):
            self.db.execute(row, values)
        self.db.commit()


class _sqlite:
    def __init__(self, where: str) -> None:
        self.db = _opened(where)

    def __enter__(self) -> Callable[[], None]:
        return self.once

    def __exit__(self, *_error: object) -> None:
        self.db.close()

    def once(self) -> None:
        self.db.execute("BEGIN IMMEDIATE")
        for row, values in zip(ROWS, _values(), strict=True):
            self.db.execute(row, [each if isinstance(each, float) else str(each) for each in values])
        self.db.commit()


def _opened(where: str) -> sqlite3.Connection:
    db = sqlite3.connect(where, timeout=20, check_same_thread=False, isolation_level=None)
    db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;")
    return db


if __name__ == "__main__":
    main()

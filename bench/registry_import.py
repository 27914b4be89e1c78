"""How long whole lists of homes take: `python -m bench.registry_import [ROWS …]`, on the town the environment names.

A CSV file of so many people goes the way it goes at the desk: upload, the dry run, the import, both as jobs with their
bar. The town must have buildings with entrances, and nobody of an earlier run. Beside the seconds stands the ratio to
a floor that no import can beat: plain rows by executemany into an SQLite file, one for each person.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

ROWS = (36_000, 100_000)
ASKED = {36_000: 25, 100_000: 60}  # seconds on two idle cores
HEAD = "楼栋,单元,门牌号,楼层,房屋用途,姓名,与户主关系,证件号码,联系电话,文化程度,工作单位,户籍地址"


def main() -> None:
    from mulin.commands import start

    start.django()
    for rows in [int(word) for word in sys.argv[1:]] or ROWS:
        measure(rows)


def measure(rows: int) -> None:
    """One list, with its own door numbers and documents."""
    from mulin.kernel import clock
    from mulin.posts.face import User, Who
    from mulin.registry.actions import bulk_import as acts

    who = Who.of(User.objects.get(username="operator"), clock.now())
    file = "\n".join([HEAD, *lines(rows)]).encode()
    begun = time.perf_counter()
    source = acts.begin_import(file, "bench.csv", kind="homes", make_doors=True, by=who, now=clock.now())
    _work()
    checked = time.perf_counter() - begun
    source.refresh_from_db()
    assert source.wrong == source.known == 0, (source.why, source.wrong, source.known)
    begun = time.perf_counter()
    acts.start_import(source, leave_out=False, repeats="skip", by=who, now=clock.now())
    _work()
    taken = time.perf_counter() - begun
    source.refresh_from_db()
    assert source.taken == rows, source.stage
    base = floor(rows)
    print(
        f"{rows:>8,} people  checked {checked:6.1f} s  taken in {taken:6.1f} s  asked {ASKED.get(rows, '-')} s"
        f"  floor {base:5.2f} s  {taken / base:6.1f} times the floor"
    )


def lines(rows: int) -> list[str]:
    """Well-formed and impossible: no county has such a code."""
    from mulin.kernel.checkdigits import identity_check
    from mulin.places.face import Area, Level

    units: list[Any] = list(Area.objects.plain().open().at_level(Level.UNIT).order_by("path")[:2000])
    made = []
    for n in range(rows):
        home, place = divmod(n, 3)
        unit = units[home % len(units)]
        first = (
            f"99{rows % 9000 // 1000}{n // 1000 % 1000:03d}19{50 + n % 50}0{1 + n % 9}1{n % 10}{n % 1000:03d}"
        )
        role = ("户主", "配偶", "儿子")[place]
        made.append(
            f"{unit.path[: Level.BUILDING]},{unit.path[Level.BUILDING :].lstrip('0')},B{rows}-{home},3,自住,"
            f"王秀{chr(0x4E00 + n % 5000)},{role},{first}{identity_check(first)},139{n:08d},高中,龙山路小学,龙山路{n}号"
        )
    return made


def _work() -> None:
    from mulin.kernel import clock, jobs

    assert jobs.run_next(clock.now, threading.Event()) == 1


def floor(rows: int) -> float:
    """Plain rows, stored at once."""
    with tempfile.TemporaryDirectory() as folder:
        base = sqlite3.connect(Path(folder) / "floor.sqlite3")
        base.execute("CREATE TABLE t (id TEXT PRIMARY KEY, name TEXT, place TEXT, hash TEXT)")
        begun = time.perf_counter()
        base.executemany(
            "INSERT INTO t VALUES (?, ?, ?, ?)",
            ((f"{n:032x}", "王秀英", "370402005001", "x" * 64) for n in range(rows)),
        )
        base.commit()
        return time.perf_counter() - begun


if __name__ == "__main__":
    main()

"""The filled towns: made once for each state of the source, kept under build/bench, copied for each run."""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from bench import cluster
from bench.places import ROOT, Town, python

SAID = "made-of"


def filled(engine: str, rows: int) -> Town:
    """A copy of its own of the town with so many matters."""
    base = _kept(engine, "base", _demo)
    full = _kept(engine, f"rows-{rows}", lambda town: _fill(base, town, rows))
    return _copy(full, Town(engine, "run"))


def _kept(engine: str, name: str, make: Callable[[Town], None]) -> Town:
    town, mark = Town(engine, name), _state(filled=name != "base")
    said = town.home / SAID
    there = town.file.exists() if engine == "sqlite" else cluster.has(town.database)
    if not (said.exists() and said.read_text() == mark and there):
        begun = time.perf_counter()
        _clear(town)
        town.home.mkdir(parents=True)
        make(town)
        said.write_text(mark)
        print(f"{town.home.name}: made in {time.perf_counter() - begun:.0f} s", flush=True)
    return town


def _demo(town: Town) -> None:
    if town.engine == "postgres":
        cluster.make(town.database)
    python(town, "mulin", "demo", "--build-only", "--lang", "zh-hans")


def _fill(base: Town, town: Town, rows: int) -> None:
    _copy(base, town)
    python(town, "bench.fill", str(rows))
    if town.engine == "sqlite":
        for leftover in town.file.parent.glob("*-wal"):
            assert leftover.stat().st_size == 0, "the filled file must be whole"


def _copy(source: Town, target: Town) -> Town:
    _clear(target)
    shutil.copytree(source.home, target.home, ignore=shutil.ignore_patterns(SAID, "*-wal", "*-shm"))
    if source.engine == "postgres":
        cluster.make(target.database, source.database)
    return target


def _clear(town: Town) -> None:
    shutil.rmtree(town.home, ignore_errors=True)
    if town.engine == "postgres":
        cluster.drop(town.database)


def _state(*, filled: bool) -> str:
    """What decides how a filled town looks: the migrations, the demo, and what fills."""
    digest = hashlib.sha256()
    for file in sorted(_sources(filled=filled)):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _sources(*, filled: bool) -> set[Path]:
    spec = importlib.util.find_spec("mulin")
    assert spec is not None
    assert spec.origin is not None
    source = Path(spec.origin).parent
    found = {*source.glob("**/migrations/*.py"), *source.glob("demo/**/*.py")}
    return found | ({ROOT / "bench" / name for name in ("fill.py", "writers.py")} if filled else set())

"""Runs every check and every test, as many lanes at once as there are cores: `make test`.

A lane is a list of commands with one log. What fails is printed in full at the end, and the last line counts.
ALLOW_SKIP=1 lets a run pass that had to leave something out; it says loudly what.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOGS = ROOT / "build" / "test" / "logs"
BIN = ROOT / ".venv" / "bin"
CORES = os.cpu_count() or 2
ALLOW_SKIP = os.environ.get("ALLOW_SKIP") == "1"


@dataclass(frozen=True)
class Lane:
    """Commands run one after the other until one fails."""

    name: str
    commands: tuple[tuple[str, ...], ...]
    environ: dict[str, str] = field(default_factory=dict)
    needs: Callable[[], None] | None = None  # raises where the machine lacks something

    @property
    def log(self) -> Path:
        return LOGS / f"{self.name.replace(' ', '-')}.log"

    @property
    def report(self) -> Path:
        return self.log.with_suffix(".xml")


@dataclass(frozen=True)
class Result:
    lane: Lane
    seconds: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    left_out: str = ""
    busy: float = 0.0  # seconds of a core: what the lane costs, however loaded the machine

    @property
    def is_good(self) -> bool:
        return not self.failed and (ALLOW_SKIP or not (self.skipped or self.left_out))


def lanes() -> list[Lane]:
    """The longest first, so that the cores finish together."""
    ordinary = "not browser and not slow"  # what uses no database runs once, with SQLite's
    return [
        _pytest("sqlite", ordinary),
        _pytest("postgres", f"database and {ordinary}", "postgres", needs=_postgres),
        _pytest("browser", "browser", needs=_chromium, only=("tests/browser",)),
        _pytest("slow demo", "slow", only=("tests/demo",)),
        _pytest("slow", "slow", only=("--ignore=tests/demo",)),
        Lane("types", ((f"{BIN}/mypy",),)),
        Lane("front end", (_npm("run", "check"), _npm("run", "test", "--", *_vitest_report("front-end")))),
        Lane("storeys", ((f"{BIN}/lint-imports",),)),
        Lane("style", ((f"{BIN}/ruff", "check", "."), (f"{BIN}/ruff", "format", "--check", "."))),
    ]


def _pytest(
    name: str,
    marks: str,
    engine: str = "sqlite",
    needs: Callable[[], None] | None = None,
    only: tuple[str, ...] = (),
) -> Lane:
    # Two lanes run side by side; a larger machine also gives each of them several workers.
    workers = ("-n", str(CORES // 2)) if CORES >= 4 and name in ("sqlite", "postgres") else ()
    report = f"--junitxml={LOGS / name.replace(' ', '-')}.xml"
    command = (
        f"{BIN}/python",
        "-m",
        "pytest",
        "-q",
        "-m",
        marks,
        "--tb=short",
        "--durations=25",
        report,
        *workers,
        *only,
    )
    return Lane(name, (command,), {"MULIN_TEST_DB": engine}, needs)


def _npm(*arguments: str) -> tuple[str, ...]:
    return (f"{BIN}/npm", "--prefix", "frontend", *arguments)


def _vitest_report(name: str) -> tuple[str, ...]:
    return ("--reporter=default", "--reporter=junit", f"--outputFile.junit={LOGS / name}.xml")


def _postgres() -> None:
    from tests.support import postgres

    postgres.binaries()


def _chromium() -> None:
    from tests.support import chromium

    chromium.ensure()


def run(lane: Lane) -> Result:
    start = time.monotonic()
    lane.report.unlink(missing_ok=True)
    try:
        if lane.needs:
            lane.needs()
    except Exception as lacking:
        lane.log.write_text(f"{lacking}\n", encoding="utf-8")
        return Result(lane, time.monotonic() - start, failed=0 if ALLOW_SKIP else 1, left_out=str(lacking))
    works, busy = _run_commands(lane)
    return replace(_counted(lane, works, time.monotonic() - start), busy=busy)


def _run_commands(lane: Lane) -> tuple[bool, float]:
    """Whether all went well, and what it cost."""
    busy = 0.0
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    with lane.log.open("wb") as log:
        for command in lane.commands:
            environ = {**os.environ, "PATH": path, **lane.environ}
            process = subprocess.Popen(
                command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
            )
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            busy += used.ru_utime + used.ru_stime
            if process.returncode != 0:
                return False, busy
    return True, busy


def _counted(lane: Lane, works: bool, seconds: float) -> Result:
    if not lane.report.exists():  # a check, or a test run that did not get as far as its report
        return Result(lane, seconds, passed=int(works), failed=int(not works))
    suites = ET.parse(lane.report).getroot().iter("testsuite")
    total = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for suite in suites:
        for name in total:
            total[name] += int(suite.get(name) or 0)
    bad = total["failures"] + total["errors"]
    if not works and not bad:
        bad = 1
    return Result(lane, seconds, max(total["tests"] - bad - total["skipped"], 0), bad, total["skipped"])


def run_all(chosen: list[Lane]) -> list[Result]:
    results = []
    with ThreadPoolExecutor(max_workers=CORES) as pool:
        for future in as_completed([pool.submit(run, lane) for lane in chosen]):
            results.append(future.result())
            print(_line(results[-1]), flush=True)
    return results


def _line(result: Result) -> str:
    counts = f"{result.passed:>6} passed {result.failed:>4} failed {result.skipped:>4} skipped"
    word = "ok  " if result.is_good else "FAIL"
    return f"{word} {result.lane.name:<10} {counts} {result.seconds:6.0f} s, {result.busy:4.0f} s of a core"


def report(results: list[Result]) -> None:
    """Logs of what failed in full, of the rest their last lines; then what was left out."""
    for result in sorted(results, key=lambda each: each.failed):
        text = result.lane.log.read_text(encoding="utf-8", errors="replace").rstrip()
        shown = text if not result.is_good else "\n".join(text.splitlines()[-3:])
        print(f"\n=== {result.lane.name} ===\n{shown}")
    print()
    for result in results:
        if result.left_out or result.skipped:
            why = result.left_out or f"{result.skipped} tests skipped"
            print(f"LEFT OUT: {result.lane.name}: {why}")


def main(names: list[str]) -> int:
    LOGS.mkdir(parents=True, exist_ok=True)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # tests start many processes: each would compile all anew
    start = time.monotonic()
    chosen = [lane for lane in lanes() if not names or lane.name in names]
    print(f"{len(chosen)} lanes on {CORES} cores; logs in build/test/logs", flush=True)
    results = run_all(chosen)
    report(results)
    print(f"{time.monotonic() - start:.0f} seconds")
    skipped = sum(result.skipped + bool(result.left_out) for result in results)
    counts = [f"{sum(r.passed for r in results)} passed", f"{sum(r.failed for r in results)} failed"]
    print(", ".join([*counts, f"{skipped} skipped"] if skipped else counts))
    return 0 if all(result.is_good for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`mulin serve` with two web workers and its worker, and what each of its processes uses."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from bench import cluster
from bench.places import ROOT, Town

PATIENCE = 60
WEB_WORKERS = 2
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Used:
    """CPU seconds since the processes began."""

    web: float
    work: float
    database: float

    def since(self, before: Used) -> Used:
        return Used(self.web - before.web, self.work - before.work, self.database - before.database)


class Server:
    """Runs while the block lasts."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.port = _free_port()

    def __enter__(self) -> Server:
        environ = self.town.environ(MULIN_WEB_WORKERS=str(WEB_WORKERS))
        command = [sys.executable, "-m", "mulin", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environ)
        self._wait()
        self.web, self.work = self._children()
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                urlopen(f"http://127.0.0.1:{self.port}/robots.txt", timeout=PATIENCE).close()
            except (URLError, OSError):
                time.sleep(0.1)
            else:
                return
        raise SystemExit("the server does not answer")

    def _children(self) -> tuple[list[int], list[int]]:
        """The web server's processes and the worker's."""
        web: list[int] = []
        work: list[int] = []
        for child in _below(self.process.pid):
            line = Path(f"/proc/{child}/cmdline").read_bytes()
            (work if line.endswith(b"\0work\0") else web).append(child)
        return web, work

    def used(self) -> Used:
        database = 0.0
        if self.town.engine == "postgres":
            master = cluster.postmaster()
            # Backends that have ended are counted by the postmaster, which waited for them.
            database = _cpu(master, ended=True) + sum(_cpu(pid) for pid in _below(master))
        return Used(sum(map(_cpu, self.web)), sum(map(_cpu, self.work)), database)

    def memory_mb(self) -> float:
        """Web and worker together: what is shared between them counts once."""
        return sum(_proportional(pid) for pid in (*self.web, *self.work)) / 1024


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _below(pid: int) -> list[int]:
    """All processes that descend from one; one that ends meanwhile has none."""
    found: list[int] = []
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                found += [child, *_below(child)]
    return found


def _cpu(pid: int, *, ended: bool = False) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(map(int, fields[11:15] if ended else fields[11:13])) / _TICK


def _proportional(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))

"""A whole Mulin that runs as in a town: `mulin serve`, on a copy of the tiny town of its own."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.support import databases
from tests.support.databases import Home
from tests.support.environment import BUILT
from tests.support.shapes import ROOT, Shape

MULIN = ROOT / ".venv" / "bin" / "mulin"
PATIENCE = 60  # seconds; on a busy machine a start may take a while


@dataclass(frozen=True)
class Running:
    """A Mulin that answers at `url`."""

    home: Home
    url: str
    log: Path

    def mulin(self, *arguments: str) -> str:
        """Run another command on the same town; what it prints."""
        command = [str(MULIN), *arguments]
        done = subprocess.run(command, env=self.home.environ(), capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@contextmanager
def running(
    shape: Shape = Shape.LIVE, *, before: Callable[[Home], None] | None = None, **settings: str
) -> Iterator[Running]:
    """Started with these settings, stopped at the end, its town thrown away."""
    home = databases.copy("sqlite", shape=shape)
    try:
        if before:
            before(home)
        with serving(home, **settings) as mulin:
            yield mulin
    finally:
        databases.drop(home)


@contextmanager
def serving(home: Home, **settings: str) -> Iterator[Running]:
    """A town that is there already, served until the end."""
    port = _free_port()
    log = BUILT / "logs" / f"server-{port}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    environ = home.environ(**{"MULIN_DEMO": "1", "MULIN_WEB_WORKERS": "1", **settings})
    with log.open("wb") as out:
        process = subprocess.Popen(
            [MULIN, "serve", "--port", str(port)], env=environ, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        _wait(process, port, log)
        yield Running(home, f"http://localhost:{port}", log)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


@contextmanager
def running_over_tls(*names: str) -> Iterator[tuple[Running, int, int]]:
    """With an authority of its own; the plain and the secure port."""
    secure = _free_port()

    def make(home: Home) -> None:
        command = [str(MULIN), "tls", "init", *names]
        subprocess.run(command, env=home.environ(), check=True, capture_output=True)

    hosts = ",".join(names)
    with running(before=make, MULIN_TLS_PORT=str(secure), MULIN_ALLOWED_HOSTS=hosts) as town:
        _until_open(secure)
        yield town, int(town.url.rpartition(":")[2]), secure


def _until_open(port: int) -> None:
    """The plain port answers first: it is a thread, the secure one a process."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("HTTPS did not come up")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"mulin serve did not come up:\n{log.read_text(errors='replace')}")
        time.sleep(0.1)


def _answers(port: int) -> bool:
    try:
        urlopen(f"http://127.0.0.1:{port}/health", timeout=PATIENCE).close()
    except HTTPError as answer:
        answer.close()
        return True
    except (URLError, ConnectionError):
        return False
    return True

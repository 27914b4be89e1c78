"""`mulin serve` starts web and worker together, and ends them together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.templatetags.static import static

from mulin.look import assets
from tests.commands.town import Town
from tests.support.template import settle

pytestmark = pytest.mark.real_clock
SOON = 20  # seconds; GRACE and a little


@dataclass
class Served:
    """A town that is open."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def children(self) -> set[int]:
        """Processes that it started, and those that these started."""
        parents = _parents()
        found, new = set[int](), {self.process.pid}
        while new:
            new = {pid for pid, parent in parents.items() if parent in new} - found
            found |= new
        return found

    def get(self, path: str) -> tuple[int, str]:
        """The status, and how long the answer may be kept."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=30)
        with closing(line):
            line.request("GET", path)
            answer = line.getresponse()
            answer.read()
            return answer.status, answer.headers["Cache-Control"] or ""

    def ends(self) -> int:
        return self.process.wait(SOON)


@pytest.fixture
def served(town: Town, tmp_path: Path) -> Iterator[Served]:
    settle()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "log"
    with log.open("wb") as out:
        command = [sys.executable, "-m", "mulin", "serve", "--port", str(port)]
        environ = town.environ() | {"MULIN_WEB_WORKERS": "1"}
        process = subprocess.Popen(command, env=environ, stdout=out, stderr=subprocess.STDOUT)
    running = Served(process, port, log)
    try:
        _until(lambda: _answers(port) or process.poll() is not None, log)
        yield running
    finally:
        for pid in (*running.children(), process.pid):
            if process.poll() is None:
                os.kill(pid, signal.SIGKILL)
        process.wait()


@pytest.mark.only_on("sqlite")  # how processes end has nothing to do with the database
@pytest.mark.parametrize("word", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_all_its_children(served: Served, word: signal.Signals) -> None:
    children = served.children()
    assert len(children) >= 2
    served.process.send_signal(word)
    assert served.ends() == 0
    assert children & set(_parents()) == set()
    assert served.log.read_text(encoding="utf-8") == "", "nothing to say: it did as it was told"


def test_it_serves_pages_and_files_and_notes_no_address(served: Served) -> None:
    assert served.get("/desk/sign-in/")[0] == 200
    assert served.get(static("look/mark.svg"))[0] == 200
    status, kept = served.get(static(f"look/dist/{next(iter(assets.manifest().values()))['file']}"))
    assert status == 200
    assert "immutable" in kept
    assert served.get("/no-such-page/?phone=13800138000")[0] == 404
    assert "13800138000" not in served.log.read_text(encoding="utf-8")


@pytest.mark.only_on("sqlite")
def test_when_one_child_dies_the_other_is_ended_too(served: Served) -> None:
    children = served.children()
    os.kill(max(pid for pid, parent in _parents().items() if parent == served.process.pid), signal.SIGKILL)
    assert served.ends() != 0
    assert children & set(_parents()) == set()


def _until(done: Callable[[], bool], log: Path) -> None:
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end, log.read_text(encoding="utf-8", errors="replace")
        time.sleep(0.05)


def _answers(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def _parents() -> dict[int, int]:
    """Every running process and who started it; dead ones that nobody has buried yet do not count."""
    rows = [line.split() for line in _processes()]
    return {int(pid): int(parent) for pid, parent, state in rows if not state.startswith("Z")}


def _processes() -> Iterator[str]:
    if not Path("/proc/self/stat").exists():
        said = subprocess.check_output(["ps", "-A", "-o", "pid=,ppid=,stat="], text=True)
        yield from said.splitlines()
        return
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            pid, _, rest = file.read_text(encoding="utf-8", errors="replace").partition(" (")
            state, parent = rest.rpartition(")")[2].split()[:2]
            yield f"{pid} {parent} {state}"

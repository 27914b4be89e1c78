"""A served town that may be killed and comes back at the same port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from urllib.error import URLError
from urllib.request import urlopen

from bench.places import BUILT, ROOT, Town
from bench.server import PATIENCE, _below, _free_port

# A load from one address, of residents who sent hundreds of reports just now: no neighbourhood does that.
ALLOWED = {
    "MULIN_PUBLIC_WRITES_PER_ADDRESS": "1000000",
    "MULIN_PUBLIC_WRITES_IN_ALL": "1000000",
    "MULIN_NIGHTS": "0",
}


class Served:
    """`mulin serve`, with two web processes and the worker."""

    def __init__(self, town: Town, **settings: str) -> None:
        self.town, self.port = town, _free_port()
        self.settings = {"MULIN_WEB_WORKERS": "2", **ALLOWED, **settings}
        self.log = BUILT / f"soak-{town.engine}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Served:
        self.log.unlink(missing_ok=True)
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(PATIENCE)

    def start(self) -> float:
        """Start it and wait until it answers; how many seconds that took."""
        begun = time.monotonic()
        command = [sys.executable, "-m", "mulin", "serve", "--port", str(self.port)]
        with self.log.open("ab") as out:
            environ = self.town.environ(**self.settings)
            self.process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=out, stderr=out)
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() - begun > PATIENCE:
                raise SystemExit(
                    f"the server does not answer:\n{self.log.read_text(errors='replace')[-2000:]}"
                )
            time.sleep(0.05)
        return time.monotonic() - begun

    def kill(self) -> None:
        """SIGKILL to web and worker at once, as a power cut ends them."""
        assert self.process
        everybody = [self.process.pid, *_below(self.process.pid)]
        for pid in everybody:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        while self._listens():  # a child of a child is buried by somebody else
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            urlopen(f"http://127.0.0.1:{self.port}/robots.txt", timeout=PATIENCE).close()
        except (URLError, OSError):
            return False
        return True

    def _listens(self) -> bool:
        with socket.socket() as trial:
            return trial.connect_ex(("127.0.0.1", self.port)) == 0

"""Sends reports at a steady rate, whatever the answers take, and again after a lost answer."""

from __future__ import annotations

import http.client
import queue
import threading
import time
from dataclasses import dataclass, field
from typing import Any

Ask = dict[str, Any]
LANES = 32
AGAIN_AFTER = 0.25  # seconds after a lost answer
GIVE_UP = 120.0
COME_AGAIN = (502, 503, 507)
PATIENCE = 30


@dataclass
class Told:
    """What became of the reports. Times are seconds from when a report was due to be sent."""

    times: list[float] = field(default_factory=list)
    acknowledged: dict[str, int] = field(default_factory=dict)  # mark: tries it took
    refused: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)  # never answered
    later: int = 0  # answers that said: come again
    looked: int = 0
    wrong: list[str] = field(default_factory=list)


class Load:
    """Runs beside what happens to the server. `rate` is reports a second."""

    def __init__(
        self, port: int, reports: list[Ask], desk: list[Ask], *, rate: float, looks: float = 0
    ) -> None:
        self.port, self.reports, self.desk, self.rate, self.looks = port, reports, desk, rate, looks
        self.told = Told()
        self._line: queue.Queue[tuple[float, Ask] | None] = queue.Queue()
        self._lock, self._end, self._enough = threading.Lock(), threading.Event(), threading.Event()

    def start(self) -> None:
        self._threads = [threading.Thread(target=self._send_all, daemon=True) for _ in range(LANES)]
        self._threads.append(threading.Thread(target=self._deal, daemon=True))
        self._lookers = [
            threading.Thread(target=self._look, daemon=True) for _ in range(2 if self.looks else 0)
        ]
        for thread in (*self._threads, *self._lookers):
            thread.start()

    def stop_dealing(self) -> None:
        """What is not due yet is not sent any more."""
        self._enough.set()

    def join(self) -> Told:
        for thread in self._threads:
            thread.join()
        self._end.set()
        for thread in self._lookers:
            thread.join()
        return self.told

    def _deal(self) -> None:
        begun = time.monotonic()
        for n, ask in enumerate(self.reports):
            due = begun + n / self.rate
            if self._enough.wait(max(0.0, due - time.monotonic())):
                break
            self._line.put((due, ask))
        for _ in range(LANES):
            self._line.put(None)

    def _send_all(self) -> None:
        line = Line(self.port)
        while (next_one := self._line.get()) is not None:
            self._report(line, *next_one)
        line.close()

    def _report(self, line: Line, due: float, ask: Ask) -> None:
        tries = 0
        while time.monotonic() - due < GIVE_UP:
            tries += 1
            status = line.ask(ask)
            if status == ask["expect"]:
                with self._lock:
                    self.told.times.append(time.monotonic() - due)
                    self.told.acknowledged[ask["mark"]] = tries
                return
            if status is not None and status not in COME_AGAIN:
                self.told.refused.append(f"{status} {ask['door']} {ask['mark']}: {line.said[-300:]!r}")
                return
            self.told.later += status is not None
            time.sleep(AGAIN_AFTER)
        self.told.lost.append(ask["mark"])

    def _look(self) -> None:
        line, n = Line(self.port), 0
        while not self._end.wait(2 / self.looks):
            ask = self.desk[n % len(self.desk)]
            n += 1
            status = line.ask(ask)
            self.told.looked += status == 200
            if status is not None and status not in (200, *COME_AGAIN):
                self.told.wrong.append(f"{status} {ask['path']}")
        line.close()


class Line:
    """One connection, opened anew when it was lost."""

    def __init__(self, port: int) -> None:
        self.port, self.said = port, b""
        self._open: http.client.HTTPConnection | None = None

    def ask(self, ask: Ask) -> int | None:
        """The status, or nothing where no answer came."""
        headers = {"Host": "localhost", **ask["headers"]}
        if ask["method"] == "POST":
            headers.setdefault("Content-Type", "application/json")
        body = ask.get("body")
        try:
            if self._open is None:
                self._open = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            self._open.request(ask["method"], ask["path"], body.encode() if body else None, headers)
            answer = self._open.getresponse()
            self.said = answer.read()
            return answer.status
        except (OSError, http.client.HTTPException):
            self.close()
            return None

    def close(self) -> None:
        if self._open:
            self._open.close()
        self._open = None

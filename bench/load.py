"""The load generator: `python -m bench.load`, a process of its own. Reads jobs as lines of JSON, answers each with one.

One thread over ready sockets, so that it takes little of the two cores. A connection is kept alive and sends its next
request when it has the whole answer to the one before.
"""

from __future__ import annotations

import itertools
import json
import selectors
import socket
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

Ask = dict[str, Any]  # method, path, headers, body, expect
KEY = "@key@"  # in a header: a new one each time


@dataclass
class Line:
    """One connection, and what it is waiting for."""

    asks: itertools.cycle[Ask]
    socket: socket.socket
    sent_at: float = 0.0
    got: bytearray = field(default_factory=bytearray)
    whole: int = 0  # length of the answer, once its head is there
    ask: Ask = field(default_factory=dict)
    sent: int = 0


def main() -> None:
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)


def run(job: dict[str, Any]) -> dict[str, Any]:
    """Drive `job["asks"]`, one list a connection, for so many seconds."""
    lines = [_open(job["port"], asks) for asks in job["asks"]]
    times: list[float] = []
    wrong: Counter[str] = Counter()
    begun = time.perf_counter()
    until = begun + job["seconds"]
    with selectors.DefaultSelector() as ready:
        for line in lines:
            ready.register(line.socket, selectors.EVENT_READ, line)
            _send(line)
        busy = len(lines)
        while busy:
            for key, _ in ready.select(timeout=30) or _stuck():
                line = key.data
                if not _read(line):
                    continue
                now = time.perf_counter()
                times.append(now - line.sent_at)
                status = bytes(line.got[9:12]).decode()
                if int(status) != line.ask["expect"]:
                    wrong[f"{status} {line.ask['path']} {bytes(line.got[-300:])!r}"] += 1
                if now < until or (job.get("in_pairs") and line.sent % 2):  # what went to, goes fro
                    _send(line)
                else:
                    busy -= 1
    took = time.perf_counter() - begun
    for line in lines:
        line.socket.close()
    return {"seconds": took, "times": times, "wrong": wrong.most_common(3), "failed": sum(wrong.values())}


def _stuck() -> list[Any]:
    raise SystemExit("no answer within 30 seconds")


def _open(port: int, asks: list[Ask]) -> Line:
    made = socket.create_connection(("127.0.0.1", port))
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return Line(itertools.cycle(asks), made)


def _send(line: Line) -> None:
    line.ask = next(line.asks)
    line.sent += 1
    line.got.clear()
    line.whole = 0
    packed = line.ask.get("packed") or line.ask.setdefault("packed", _packed(line.ask))
    if KEY in packed:
        packed = packed.replace(KEY, str(uuid4()))
    line.sent_at = time.perf_counter()
    line.socket.sendall(packed.encode())


def _packed(ask: Ask) -> str:
    body = ask.get("body") or ""
    head = [f"{ask['method']} {ask['path']} HTTP/1.1", "Host: localhost"]
    head += [f"{name}: {value}" for name, value in ask["headers"].items()]
    if ask["method"] == "POST":
        head += ["Content-Type: application/json", f"Content-Length: {len(body.encode())}"]
    return "\r\n".join(head) + "\r\n\r\n" + body


def _read(line: Line) -> bool:
    """Take what is there; whether the answer is whole."""
    some = line.socket.recv(262144)
    if not some:
        raise SystemExit(f"the server hung up: {line.ask['path']}")
    line.got += some
    if not line.whole:
        end = line.got.find(b"\r\n\r\n")
        if end < 0:
            return False
        line.whole = end + 4 + _length(bytes(line.got[:end]).lower())
    return len(line.got) >= line.whole


def _length(head: bytes) -> int:
    _, found, rest = head.partition(b"content-length:")
    if not found:
        if head[9:12] in (b"304", b"204"):
            return 0
        raise SystemExit(f"an answer without a length: {head!r}")
    return int(rest.split(b"\r\n", 1)[0])


if __name__ == "__main__":
    main()

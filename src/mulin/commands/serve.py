"""`mulin serve`: the web server and a worker, started together and stopped together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from types import FrameType

from mulin.commands import start

GRACE = 15  # seconds a child gets to finish


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin serve`."""
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), help="address to listen at")
    parser.add_argument(
        "--port", type=int, default=int(os.environ.get("PORT", "8000")), help="port to listen at"
    )
    parser.add_argument("--no-worker", action="store_true", help="web server only")


def run(arguments: Namespace) -> int:
    start.django()
    start.guarded()
    return serve(arguments.host, arguments.port, worker=not arguments.no_worker)


def serve(host: str, port: int, *, worker: bool = True) -> int:
    """Run until one of the children ends or somebody says stop; then stop all."""
    children = [subprocess.Popen(_web(host, port))]  # noqa: S603 - our own command line
    if worker:
        children.append(subprocess.Popen([sys.executable, "-m", "mulin.cli", "work"]))
    stopping = False

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the shape signal wants
        nonlocal stopping
        stopping = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    while not stopping and all(child.poll() is None for child in children):
        time.sleep(0.2)
    return _end(children, asked=stopping)


def _web(host: str, port: int) -> list[str]:
    from django.conf import settings

    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(settings.MULIN_WEB_WORKERS), "--blocking-threads", "4", "--backlog", "1024",
        "--no-ws", "--respawn-failed-workers", "--log-level", "warning", "mulin.config.wsgi:application",
    ]  # fmt: skip


def _end(children: list[subprocess.Popen[bytes]], *, asked: bool) -> int:
    for child in children:
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + GRACE
    for child in children:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
    return 0 if asked else max(abs(child.returncode or 0) for child in children) or 1

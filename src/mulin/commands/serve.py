"""`mulin serve`: the web server and a worker, started together and stopped together."""

from __future__ import annotations

import atexit
import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from contextlib import suppress
from pathlib import Path
from types import FrameType

from mulin.commands import plain, running, start, tls
from mulin.commands.logfile import LogFile

GRACE = 15  # seconds a child gets to finish
Child = subprocess.Popen[bytes]


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin serve`."""
    host, port = os.environ.get("MULIN_HOST", "127.0.0.1"), os.environ.get("PORT") or "8000"
    parser.add_argument("--host", default=host, help="address to listen at (0.0.0.0: all)")
    parser.add_argument("--port", type=_port, default=port, help="port to listen at")
    parser.add_argument("--no-worker", action="store_true", help="web server only")


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ArgumentTypeError(f"{text!r} is no port: say a number from 1 to 65535")
    return int(text)


def run(arguments: Namespace) -> int:
    start.django()
    start.guarded()
    start.checked()
    tls.usable()
    with running.together():
        return serve(arguments.host, arguments.port, worker=not arguments.no_worker)


def serve(host: str, port: int, *, worker: bool = True) -> int:
    """Run until one of the children ends or somebody says stop; then stop all."""
    tls_port = _tls_port()
    for each in (port, *([tls_port] if tls_port else [])):
        look_at(host, each)
    stopping = False

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the shape signal wants
        nonlocal stopping
        stopping = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    if tls_port:
        plain.listen(host, port, tls_port)
    log = _log_file()
    _share_figures()
    children = [_child(_web(host, tls_port or port), log)]
    if worker:
        children.append(_child([sys.executable, "-m", "mulin", "work"], log))
    while not stopping and all(child.poll() is None for child in children):
        time.sleep(0.2)
    return _end(children, asked=stopping)


def look_at(host: str, port: int) -> None:
    """Whether one can listen there: the web server's own words for this are hard to read."""
    try:
        kind, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(kind, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
            trial.listen()
    except OSError as error:
        start.stop(_refused(error, host, port))


def _refused(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use already: stop what runs there, or take another with --port or PORT."
    if error.errno == errno.EACCES:
        return f"This account may not listen at port {port}: take one above 1023 with --port or PORT."
    return f"Nothing can listen at {host}:{port} ({error.strerror})."


def _child(command: list[str], log: LogFile | None) -> Child:
    """In a group of its own: Ctrl-C reaches it through us alone, and its own children can be ended with it."""
    out, err = (subprocess.PIPE, subprocess.STDOUT) if log else (None, None)
    child = subprocess.Popen(command, start_new_session=True, stdout=out, stderr=err)  # noqa: S603 - our own command line
    if log:
        log.follow(child)
    return child


def _log_file() -> LogFile | None:
    from django.conf import settings

    return LogFile(Path(settings.MULIN_LOG_FILE)) if settings.MULIN_LOG_FILE else None


def _share_figures() -> None:
    """Where figures are wanted, the web processes put theirs together in a folder."""
    from django.conf import settings

    if settings.MULIN_METRICS_TOKEN:
        folder = tempfile.mkdtemp(prefix="mulin-figures-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder


def _tls_port() -> int | None:
    from django.conf import settings

    return settings.MULIN_TLS_PORT if settings.MULIN_TLS_CERT else None


def _secured() -> list[str]:
    """With a certificate of its own; phones of 2018 speak TLS 1.2."""
    from django.conf import settings

    if not settings.MULIN_TLS_CERT:
        return []
    files = ["--ssl-certificate", settings.MULIN_TLS_CERT, "--ssl-keyfile", settings.MULIN_TLS_KEY]
    return [*files, "--ssl-protocol-min", "tls1.2"]


def _web(host: str, port: int) -> list[str]:
    from django.conf import settings

    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(settings.MULIN_WEB_WORKERS), "--blocking-threads", "4", "--backlog", "1024",
        "--no-ws", "--respawn-failed-workers", "--workers-kill-timeout", str(GRACE - 5),
        "--log-level", "warning", "--no-access-log", *_secured(), "mulin.config.wsgi:application",
    ]  # fmt: skip


def _end(children: list[Child], *, asked: bool) -> int:
    for child in children:
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + GRACE
    for child in children:
        _wait(child, until)
    return 0 if asked else max(abs(child.returncode or 0) for child in children) or 1


def _wait(child: Child, until: float) -> None:
    with suppress(subprocess.TimeoutExpired):
        child.wait(max(0.1, until - time.monotonic()))
    with suppress(ProcessLookupError):  # whatever it left behind goes too
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()

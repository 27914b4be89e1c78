"""Asks a running ClamAV whether a file is a known virus, by its socket. Not set: nothing is asked."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mulin.kernel.refusals import Invalid, Refusal

CHUNK = 128 * 1024
WAIT = 10.0  # seconds for each word of it
LAST_WAIT = 60.0  # for its verdict: it looks at the whole only then


class Infected(Invalid):
    """It is a known virus."""

    default_code = "virus"
    default_message = _("The virus scanner found something harmful in this file. Nothing was kept of it.")


class NotScanned(Refusal):
    """The scanner does not answer, so nothing can be said of the file."""

    status = 503
    default_code = "not_scanned"
    default_message = _(
        "The virus scanner does not answer. Nothing was lost: please send the file again later."
    )


def is_used() -> bool:
    return bool(settings.MULIN_CLAMAV)


def check(file: BinaryIO) -> bool:
    """Whether it was scanned. Raises Infected or NotScanned; the file is read from its start."""
    if not is_used():
        return False
    file.seek(0)
    try:
        answer = _ask(file)
    except OSError as error:
        raise NotScanned from error
    if answer.endswith("FOUND"):
        raise Infected
    if "size limit exceeded" in answer:
        raise NotScanned(
            _("The virus scanner does not take files of this size. Nothing was lost: send a smaller one."),
            code="too_large_to_scan",
        )
    if not answer.endswith("OK"):
        raise NotScanned
    return True


def answers() -> bool:
    """Whether it is there at all."""
    try:
        with _line() as line:
            line.sendall(b"zPING\0")
            return _said(line).startswith("PONG")
    except OSError:
        return False


def _ask(file: BinaryIO) -> str:
    with _line() as line:
        line.sendall(b"zINSTREAM\0")
        try:
            while chunk := file.read(CHUNK):
                line.sendall(len(chunk).to_bytes(4, "big") + chunk)
            line.sendall(bytes(4))
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has said enough already: its answer tells what was wrong
        line.settimeout(LAST_WAIT)
        return _said(line)


def _said(line: socket.socket) -> str:
    said = b""
    while b"\0" not in said and len(said) < CHUNK:
        chunk = line.recv(4096)
        if not chunk:
            break
        said += chunk
    return said.rstrip(b"\0\n").decode("utf-8", "replace")


def _line() -> socket.socket:
    """`/run/clamav/clamd.ctl`, or `host:port`."""
    place = settings.MULIN_CLAMAV
    if Path(place).is_absolute():
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(WAIT)
        try:
            line.connect(place)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = place.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=WAIT)

"""Who works on the town: `serve` and `work` hold a lock that `upgrade` and `restore` must have alone."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mulin.commands import start

LOCK = ".running"


@contextmanager
def together() -> Iterator[None]:
    """Beside others that run; nobody can upgrade meanwhile."""
    with _locked(fcntl.LOCK_SH, "An upgrade or a restore is going on: wait until it has ended."):
        yield


@contextmanager
def alone() -> Iterator[None]:
    """Without anybody at work: what is being written would be lost where one goes back."""
    with _locked(fcntl.LOCK_EX, "Mulin is running here: stop it first (`systemctl stop mulin`)."):
        yield


@contextmanager
def _locked(how: int, otherwise: str) -> Iterator[None]:
    """The kernel gives the lock back when its process ends, however it ends."""
    from django.conf import settings

    start.folders()
    handle = os.open(Path(settings.MULIN_DATA) / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, how | fcntl.LOCK_NB)
        except BlockingIOError:
            start.stop(otherwise)
        yield
    finally:
        os.close(handle)

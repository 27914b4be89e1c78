"""`mulin work`: loops over what is due. Several may run at once; each thing is done once."""

from __future__ import annotations

import logging
import signal
import threading
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import datetime
from types import FrameType

from mulin.commands import start

PAUSE = 2.0  # seconds between two looks when nothing is due
BUSY_PAUSE = 0.05  # after a full round, so that a web request gets its turn at SQLite's lock

log = logging.getLogger("mulin.work")


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin work`."""
    parser.add_argument("--once", action="store_true", help="do what is due and stop")


def run(arguments: Namespace) -> int:
    start.django()
    start.guarded()
    if arguments.once:
        round_of_work(start.now())
        return 0
    loop()
    return 0


def loop() -> None:
    """Until a signal says stop; what is being done is finished first."""
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the shape signal wants
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    while not stop.is_set():
        stop.wait(BUSY_PAUSE if round_of_work(start.now()) else PAUSE)


def round_of_work(now: datetime) -> int:
    """One look at everything that may be due; returns how much was done. One failing job never stops the others."""
    from django.db import close_old_connections

    done = 0
    for name, job in jobs():
        try:
            done += job(now)
        except Exception:
            log.exception("the job %s failed; it is tried again at the next round", name)
        finally:
            close_old_connections()
    return done


def jobs() -> tuple[tuple[str, Callable[[datetime], int]], ...]:
    from mulin.journal.face import feed_number
    from mulin.matters.face import close_unchecked
    from mulin.posts.face import Who

    return (
        ("feed", lambda now: feed_number()),  # noqa: ARG005 - positions have no time
        ("unchecked", lambda now: close_unchecked(by=Who.system(now), now=now)),
    )

"""`mulin work`: loops over what is due. Several may run at once; each thing is done once."""

from __future__ import annotations

import logging
import signal
import threading
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import FrameType

from mulin.commands import running, start
from mulin.kernel.log import where

PAUSE = 2.0  # seconds between two looks when nothing is due
BUSY_PAUSE = 0.05  # after a full round, so that a web request gets its turn at SQLite's lock
AFTER_FAILURE = timedelta(minutes=1)
AT_ONCE = timedelta()
NOW_AND_THEN = timedelta(minutes=10)  # for sweeping out what has expired
LANE_GRACE = 10.0  # seconds that a long job gets to come to its next step
ONCE_AN_HOUR = timedelta(hours=1)  # for looking through folders

log = logging.getLogger("mulin.work")


@dataclass(frozen=True)
class Job:
    """Something that may be due; `run` says how much of it was done."""

    name: str
    run: Callable[[datetime], int]
    every: timedelta = AT_ONCE


@dataclass
class Rota:
    """When each job is looked at again; kept by one worker, forgotten with it."""

    next_at: dict[str, datetime] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    looked_back: bool = False  # in its first round it takes back what an earlier worker said of a failure

    def is_due(self, job: Job, now: datetime) -> bool:
        return job.name not in self.next_at or self.next_at[job.name] <= now


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin work`."""
    parser.add_argument("--once", action="store_true", help="do what is due and stop; 1 where a job failed")


def run(arguments: Namespace) -> int:
    start.django()
    start.guarded()
    with running.together():
        return once() if arguments.once else loop()


def once() -> int:
    """Rounds until nothing is left. A job that failed is not tried again: its minute has not passed."""
    rota, now = Rota(), start.now()
    while round_of_work(now, rota) + sum(_in_lane(name, threading.Event(), rota) or 0 for name in LANES):
        pass
    return 1 if rota.failed else 0


def loop() -> int:
    """Until a signal says stop; what is being done is finished first."""
    stop, rota = threading.Event(), Rota()

    def end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the shape signal wants
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    lanes = [threading.Thread(target=lane, args=(name, stop), name=name, daemon=True) for name in LANES]
    for each in lanes:
        each.start()
    while not stop.is_set():
        stop.wait(BUSY_PAUSE if round_of_work(start.now(), rota) else PAUSE)
    for each in lanes:
        each.join(LANE_GRACE)
    return 0


def lane(name: str, stop: threading.Event) -> None:
    """One thing after another, beside what must not wait for it; what a lane does survives being cut off."""
    rota = Rota()
    while not stop.is_set():
        done = _in_lane(name, stop, rota)
        stop.wait(AFTER_FAILURE.total_seconds() if done is None else BUSY_PAUSE if done else PAUSE)


def _in_lane(name: str, stop: threading.Event, rota: Rota) -> int | None:
    """The next of a lane, if there is one; nothing where it failed, which is the lane's and not a job's."""
    from django.db import close_old_connections

    close_old_connections()
    try:
        return LANES[name](stop)
    except Exception as error:
        log.error("%s failed; it is tried again in a minute\n%s", name, where(error))
        rota.failed.add(name)
        return None
    finally:
        close_old_connections()


def _long_work(stop: threading.Event) -> int:
    from mulin.kernel import jobs

    return jobs.run_next(start.now, stop)


def _mail(stop: threading.Event) -> int:
    from mulin.channels.face import post

    return post(start.now, stop)


# Exports, imports and the like; and mail, since a mail server may take minutes to say no.
LANES: dict[str, Callable[[threading.Event], int]] = {"long work": _long_work, "mail": _mail}


def round_of_work(now: datetime, rota: Rota) -> int:
    """One look at everything that may be due; returns how much was done. One failing job never stops the others."""
    done = sum(_do(job, now, rota) for job in jobs() if rota.is_due(job, now))
    rota.looked_back = True
    return done


def _do(job: Job, now: datetime, rota: Rota) -> int:
    from django.db import DatabaseError, close_old_connections

    from mulin.kernel import beats

    rota.next_at[job.name] = now + job.every
    try:
        done = job.run(now)
        if job.name in rota.failed or not rota.looked_back:
            beats.mended(job.name, now)
        rota.failed.discard(job.name)
        return done
    except Exception as error:
        rota.next_at[job.name] = now + AFTER_FAILURE
        rota.failed.add(job.name)
        log.error("the job %s failed; it is tried again in a minute\n%s", job.name, where(error))
        with suppress(DatabaseError):  # it may be what is broken
            beats.failed(job.name, now)
        return 0
    finally:
        close_old_connections()


def jobs() -> tuple[Job, ...]:
    from mulin.channels.face import send
    from mulin.commands.nights import NIGHTS
    from mulin.doors.api import idempotency
    from mulin.doors.portal import draft_photos
    from mulin.journal.face import feed_number
    from mulin.kernel import resumable, throttle
    from mulin.places.face import sweep_panoramas
    from mulin.posts.face import sweep_drafts

    return (
        Job("feed", lambda _now: feed_number()),
        *_of_matters(),
        Job("messages", send),
        Job("allowances", throttle.sweep, NOW_AND_THEN),
        Job("first answers", idempotency.sweep, NOW_AND_THEN),
        Job("drafts", draft_photos.sweep, NOW_AND_THEN),
        Job("panoramas", sweep_panoramas, ONCE_AN_HOUR),
        Job("uploads", resumable.sweep, NOW_AND_THEN),
        Job("staff lists", sweep_drafts, ONCE_AN_HOUR),
        *_of_homes(),
        Job("nights", NIGHTS.look, NOW_AND_THEN),
        Job("sessions", _sweep_sessions, NOW_AND_THEN),
        *_signs_of_life(),
    )


def _of_matters() -> tuple[Job, ...]:
    from mulin.matters.face import (
        climb,
        close_expired,
        close_unchecked,
        recompute_due,
        resume_due,
        sweep_imports,
        sweep_stored,
    )

    return (
        _by_system("unchecked", close_unchecked),
        _by_system("paused", resume_due),
        _by_system("due dates", recompute_due),
        _by_system("ladder", climb),
        _by_system("entries for a time", close_expired, NOW_AND_THEN),
        Job("photos and files", sweep_stored, ONCE_AN_HOUR),
        _by_system("former lists", sweep_imports, ONCE_AN_HOUR),
    )


def _of_homes() -> tuple[Job, ...]:
    from mulin.registry.face import remind_of_glass, remind_of_requests, sweep_home_lists
    from mulin.visits.face import expire_lists

    return (
        _by_system("compared lists", expire_lists, ONCE_AN_HOUR),
        _by_system("requests", remind_of_requests, ONCE_AN_HOUR),
        _by_system("openings in emergencies", remind_of_glass, ONCE_AN_HOUR),
        _by_system("lists of homes", sweep_home_lists, ONCE_AN_HOUR),
    )


def _by_system(name: str, act: Callable[..., int], every: timedelta = AT_ONCE) -> Job:
    """A job that is an act of the house itself."""
    from mulin.posts.face import Who

    return Job(name, lambda now: act(by=Who.system(now), now=now), every)


def _signs_of_life() -> tuple[Job, ...]:
    from mulin.kernel import beats
    from mulin.kernel import jobs as long_jobs

    return (
        Job("worker", lambda now: beats.beat(beats.WORKER, now), timedelta(seconds=20)),
        Job("long work alive", long_jobs.beat, timedelta(seconds=20)),
        Job("long work done", long_jobs.sweep, ONCE_AN_HOUR),
    )


def _sweep_sessions(now: datetime) -> int:
    from django.contrib.sessions.models import Session

    return Session.objects.filter(expire_date__lt=now).delete()[0]

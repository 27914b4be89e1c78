"""Long work with a bar, which can be left and come back to: exports, imports, piles of paper.

A room writes `@job("room.name", _("Title"))` over a function in its `tasks.py` and starts it with `start`. The worker
takes one after another, in a lane of its own, so that reminders and messages do not wait. A job that dies with its
worker is taken up again from the cursor it saved last; what it says to its owner lies encrypted: it may name people.
"""

from __future__ import annotations

import json
import logging
import shutil
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q
from django.utils import translation
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _

from mulin.kernel.log import where
from mulin.kernel.models import Job, JobState
from mulin.kernel.refusals import Conflict, Refusal, Words

ALIVE = timedelta(minutes=2)  # without a sign for so long, a job is taken for dead
MOST_TRIES = 5
KEPT = timedelta(days=7)
SAY_EVERY = timedelta(seconds=0.5)
MOST_LINES = 500

log = logging.getLogger("mulin.jobs")
Clock = Callable[[], datetime]


class Work(Protocol):
    """What a job does. `facts` are what it was started with: ids and plain values."""

    def __call__(self, progress: Progress, **facts: Any) -> None: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of long work, as a room declared it. What it made, only who still has the permission `fetch` may fetch."""

    code: str
    title: Words
    work: Work
    fetch: str = ""


_KINDS: dict[str, Kind] = {}


class Ended(BaseException):
    """The job was stopped by its owner, or another worker has it: leave at once, undo what is open."""


class Interrupted(BaseException):
    """The worker is told to end: leave at once; the job goes on later from its cursor."""


def job(code: str, title: Words, *, fetch: str = "") -> Callable[[Work], Work]:
    """Declare a function of a room's `tasks.py` as long work."""

    def declare(work: Work) -> Work:
        _KINDS[code] = Kind(code, title, work, fetch)
        return work

    return declare


def kind(code: str) -> Kind:
    """The kind by its code; KeyError where this version has none such."""
    if code not in _KINDS:
        autodiscover_modules("tasks")
    return _KINDS[code]


def start(code: str, *, user: UUID | None, facts: Mapping[str, Any], now: datetime) -> Job:
    """Put long work in the line. It belongs to `user`, who alone sees it and its result."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    text = json.dumps(facts, default=str, ensure_ascii=False)
    return Job.objects.create(
        code=kind(code).code,
        owner=user,
        facts=text,
        language=language,
        stage=JobState.WAITING,
        created_at=now,
    )


def stop(row: Job, *, now: datetime) -> None:
    """End a job for its owner; what it did in batches before stays done."""
    open_states = (JobState.WAITING, JobState.RUNNING)
    if not Job.objects.filter(pk=row.pk, stage__in=open_states).update(stage=JobState.STOPPED, ended_at=now):
        raise Conflict(_("This work is over already."))


class Progress:
    """How far a job has come; what the function gets. Its steps keep it alive."""

    def __init__(self, row: Job, clock: Clock, end: threading.Event) -> None:
        self._row, self._clock, self._end = row, clock, end
        self._told_at = row.created_at
        self._lines = row.lines

    @property
    def id(self) -> UUID:
        return self._row.pk

    @property
    def owner(self) -> UUID | None:
        return self._row.owner

    @property
    def now(self) -> datetime:
        return self._clock()

    @property
    def done(self) -> int:
        return self._row.done

    @property
    def cursor(self) -> str:
        """Where to go on: what the last `step` with a cursor said, "" at the first time."""
        return self._row.cursor

    @property
    def total(self) -> int:
        return self._row.total

    @total.setter
    def total(self, total: int) -> None:
        self._row.total = total
        self._tell()

    def step(self, n: int = 1, *, cursor: str | None = None) -> None:
        """Count what was done. With a cursor it is written at once, so inside the batch's own transaction."""
        if self._end.is_set():
            raise Interrupted
        self._row.done += n
        if cursor is not None:
            self._row.cursor = cursor
        if cursor is not None or self._clock() - self._told_at >= SAY_EVERY:
            self._tell()

    def say(self, words: Words) -> None:
        """Add a line for the owner; from 500 on no more are kept."""
        if len(self._lines) < MOST_LINES:
            self._lines.append(" ".join(str(words).split()))

    def file(self, name: str) -> Path:
        """Where to write the result that the owner may fetch."""
        folder = folder_of(self._row)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._row.file = name
        return folder / name

    def _tell(self, **ended: Any) -> None:
        self._told_at = self._clock()
        row, mine = (
            self._row,
            Job.objects.filter(pk=self._row.pk, stage=JobState.RUNNING, tries=self._row.tries),
        )
        row.said = "\n".join(self._lines)
        told = mine.update(
            total=row.total, done=row.done, cursor=row.cursor, said=row.said, file=row.file,
            alive_at=self._told_at, **ended,
        )  # fmt: skip
        if not told:
            raise Ended

    def finish(self, stage: JobState) -> None:
        """Write down how it ended."""
        self._tell(stage=stage, ended_at=self._clock())


def folder_of(row: Job) -> Path:
    """Where a job keeps what it made; outside of what a backup copies."""
    return Path(settings.MULIN_DATA) / "jobs" / str(row.pk)


def run_next(clock: Clock, end: threading.Event) -> int:
    """Take the oldest job that waits, or one whose worker died, and do it. Returns 1 if there was one."""
    row = _claim(clock())
    if row is None:
        return 0
    progress = Progress(row, clock, end)
    _alive[row.pk] = row.tries
    try:
        with translation.override(row.language):
            _do(row, progress)
    except Interrupted:
        Job.objects.filter(pk=row.pk, stage=JobState.RUNNING, tries=row.tries).update(
            stage=JobState.WAITING, tries=F("tries") - 1
        )
    except Ended:
        shutil.rmtree(folder_of(row), ignore_errors=True)
    finally:
        _alive.pop(row.pk, None)
    return 1


_alive: dict[UUID, int] = {}  # what runs in this process


def beat(now: datetime) -> int:
    """Say that the jobs of this process are alive, however long one step of theirs takes."""
    for pk, tries in list(_alive.items()):
        Job.objects.filter(pk=pk, stage=JobState.RUNNING, tries=tries).update(alive_at=now)
    return 0


def sweep(now: datetime) -> int:
    """Forget jobs a week after their end, with what they made."""
    old = list(Job.objects.filter(ended_at__lt=now - KEPT)[:100])
    for row in old:
        shutil.rmtree(folder_of(row), ignore_errors=True)
    return Job.objects.filter(pk__in=[row.pk for row in old]).delete()[0]


def _claim(now: datetime) -> Job | None:
    dead = Q(stage=JobState.RUNNING, alive_at__lt=now - ALIVE)
    row = Job.objects.filter(Q(stage=JobState.WAITING) | dead).order_by("created_at").first()
    if row is None:
        return None
    mine = Job.objects.filter(pk=row.pk, stage=row.stage, tries=row.tries)
    if row.tries >= MOST_TRIES:  # it takes its worker with it
        mine.update(stage=JobState.FAILED, ended_at=now)
        return None
    if not mine.update(stage=JobState.RUNNING, tries=row.tries + 1, alive_at=now):
        return None
    row.tries += 1
    return row


def _do(row: Job, progress: Progress) -> None:
    try:
        kind(row.code).work(progress, **json.loads(row.facts))
    except Refusal as refusal:
        progress.say(refusal.message)
        progress.finish(JobState.FAILED)
    except Exception as error:
        log.error("the job %s failed\n%s", row.code, where(error))
        progress.say(_("Something went wrong here. Nothing that was there before is lost; please try again."))
        progress.finish(JobState.FAILED)
    else:
        progress.finish(JobState.DONE)

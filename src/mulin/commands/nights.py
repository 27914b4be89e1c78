"""`mulin nights`: backup, its copy at a second place, the monthly trial of one, retention, a seal. Once a night."""

from __future__ import annotations

import errno
import logging
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mulin.commands import running, safekeeping, start
from mulin.commands.safekeeping import Trouble
from mulin.kernel.log import where

if TYPE_CHECKING:
    from mulin.journal.face import Work

log = logging.getLogger("mulin.nights")
Facts = dict[str, Any]


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin nights`."""
    parser.add_argument("--all", action="store_true", help="also what was done tonight already")


def run(arguments: Namespace) -> int:
    start.django()
    start.guarded()
    from mulin.journal.face import Work, nights

    works = list(Work) if arguments.all else nights.due(start.now())
    if not works:
        print("Nothing is due tonight.")
    with running.together():
        well = [do(work, again=arguments.all) for work in works]
    return 0 if all(well) else 1


def do(work: Work, *, again: bool = False) -> bool:
    """One piece, and a line on how it went; True where it went well or another does it."""
    from mulin.journal.face import nights

    night = nights.begin(work, start.now())
    if night is None and not again:
        return True
    problem, said, facts = _tried(work)
    if night is not None:
        nights.end(night, start.now(), problem=problem, **facts)
    elif not problem:
        nights.note(work, start.now(), **facts)
    print(f"{work}: {said}", file=sys.stderr if problem else sys.stdout, flush=True)
    return not problem


def _tried(work: Work) -> tuple[str, str, Facts]:
    """The problem's word (none: it went well), a line for people, and numbers. One piece never stops the others."""
    try:
        facts = _pieces()[work](start.now())
    except Trouble as trouble:
        return trouble.code, str(trouble), {}
    except SystemExit as end:  # commands end with one plain line
        return "failed", str(end.code), {}
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        return "disk_full" if full else "failed", error.strerror or type(error).__name__, {}
    except Exception as error:
        log.error("%s failed\n%s", work, where(error))
        return "failed", type(error).__name__, {}
    return "", ", ".join(f"{name} {value}" for name, value in facts.items()) or "done", facts


def _pieces() -> dict[Work, Callable[[datetime], Facts]]:
    from mulin.journal.face import Work

    return {Work.BACKUP: _backup, Work.TRIAL: _trial, Work.KEEPING: _keep, Work.SEAL: _seal}


def _backup(now: datetime) -> Facts:
    """First whole at home, then at the second place, and only then old ones go."""
    from django.conf import settings

    from mulin.commands import backup

    home = Path(settings.MULIN_BACKUPS)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    safekeeping.sweep(home)
    archive = home / f"mulin-{now:%Y%m%d-%H%M%S}.tar"
    backup.make(archive)
    facts: Facts = {"file": archive.name, "bytes": archive.stat().st_size}
    place = safekeeping.second_place()
    if place is not None:
        safekeeping.copy_to(place, archive)
        facts["second"] = True
        safekeeping.sweep(place)
        safekeeping.prune(place, settings.MULIN_BACKUPS_KEPT)
    safekeeping.prune(home, settings.MULIN_BACKUPS_KEPT)
    return facts


def _trial(now: datetime) -> Facts:  # noqa: ARG001 - every piece has the same shape
    """Of the newest at the second place, where there is one: that is what one would go back to."""
    from django.conf import settings

    place = safekeeping.second_place()
    folders = [folder for folder in (place, Path(settings.MULIN_BACKUPS)) if folder and folder.is_dir()]
    there = next((found for folder in folders if (found := safekeeping.archives(folder))), [])
    if not there:
        raise Trouble("no_backup", "there is no backup to try")
    said = safekeeping.try_out(there[-1])
    return {"file": there[-1].name, "proved": said[:200]}


def _keep(now: datetime) -> Facts:
    from mulin.commands import retention

    return retention.by_itself(now)


def _seal(now: datetime) -> Facts:
    from mulin.commands import seal

    return seal.nightly(now)


class Nights:
    """Begun by the worker when something is due, as a process of its own: it may take long and much memory."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None

    def look(self, now: datetime) -> int:
        from django.conf import settings

        from mulin.journal.face import nights

        if not settings.MULIN_NIGHTS or (self._child and self._child.poll() is None) or not nights.due(now):
            return 0
        self._child = subprocess.Popen([sys.executable, "-m", "mulin", "nights"], stdout=subprocess.DEVNULL)
        return 0


NIGHTS = Nights()

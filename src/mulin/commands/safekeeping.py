"""Where backups lie: whether there is room, their copy at a second place, how many stay, and a trial of one."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from mulin.commands import start

NAME = re.compile(r"mulin-(\d{6})\d{2}-\d{6}\.tar")
MONTHS = 12
LEFT_BEHIND = 24 * 3600  # seconds after which what nobody finished is swept away
SPARE = 20_000_000  # bytes that stay free beside a backup


class Trouble(Exception):
    """A backup could not be kept or proven. `code` is the stable word that the lights say in words."""

    def __init__(self, code: str, said: str) -> None:
        self.code = code
        super().__init__(said)


def must_have_room(folder: Path, needed: int) -> None:
    """Say so before anything is written."""
    free = shutil.disk_usage(folder).free
    if free < needed + SPARE:
        said = f"the disk of {folder} has {_megabytes(free)} free, {_megabytes(needed + SPARE)} are needed"
        raise Trouble("disk_full", said)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"


def archives(folder: Path) -> list[Path]:
    """Whole backups with the names that we give, oldest first."""
    return sorted(file for file in folder.glob("mulin-*.tar") if NAME.fullmatch(file.name))


def prune(folder: Path, keep: int) -> int:
    """Remove old backups: the newest `keep` stay, and the first of each of the last months. Returns how many went."""
    there = archives(folder)
    firsts: dict[str, Path] = {}
    for archive in there:
        firsts.setdefault(str(_month(archive)), archive)
    stay = {*there[-keep:], *[firsts[month] for month in sorted(firsts)[-MONTHS:]]}
    gone = [archive for archive in there if archive not in stay]
    for archive in gone:
        archive.unlink(missing_ok=True)
    return len(gone)


def _month(archive: Path) -> str | None:
    named = NAME.fullmatch(archive.name)
    return named and named[1]


def sweep(folder: Path) -> None:
    """What a backup left behind that was killed: hidden, and a day old."""
    for left in folder.glob(".mulin-*"):
        if left.lstat().st_mtime < start.now().timestamp() - LEFT_BEHIND:
            shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)


def second_place() -> Path | None:
    from django.conf import settings

    return Path(settings.MULIN_BACKUP_TO).expanduser() if settings.MULIN_BACKUP_TO else None


def copy_to(place: Path, archive: Path) -> Path:
    """A copy that is read back and compared before it takes its name: a broken one never looks finished."""
    if not place.is_dir():
        raise Trouble("place_missing", f"there is no folder {place}")
    must_have_room(place, archive.stat().st_size)
    draft, target = place / f".{archive.name}.part", place / archive.name
    try:
        with archive.open("rb") as source, open(os.open(draft, _NEW, 0o600), "wb") as out:
            shutil.copyfileobj(source, out, 1 << 20)
            out.flush()
            os.fsync(out.fileno())
        if digest(draft) != digest(archive):
            raise Trouble("damaged", f"the copy at {place} is not what was written there")
        os.replace(draft, target)
    except OSError as error:
        raise Trouble("second_place", f"{place}: {error.strerror}") from error
    finally:
        draft.unlink(missing_ok=True)
    return target


_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def try_out(archive: Path) -> str:
    """Restore a backup into an empty place by the very command a town would use; what it proved."""
    must_have_room(archive.parent, 2 * archive.stat().st_size)
    with tempfile.TemporaryDirectory(dir=archive.parent, prefix=".mulin-trial-") as home, _database() as url:
        done = subprocess.run(  # noqa: S603 - our own command line
            [sys.executable, "-m", "mulin", "restore", str(archive)],
            env=_empty_place(home, url), capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode != 0:
        raise Trouble("not_restored", (done.stderr.strip().splitlines() or ["it ended without a word"])[-1])
    return done.stdout.strip()


def _empty_place(home: str, url: str) -> dict[str, str]:
    from django.conf import settings

    # Without the bucket: the files of the trial lie beside it, never over those of the town.
    ours = (
        "DATABASE_URL_FILE",
        "MULIN_BACKUPS",
        "MULIN_BACKUP_TO",
        "MULIN_S3_BUCKET",
        "MULIN_S3_BUCKET_FILE",
    )
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    own = {"MULIN_HOME": home, "MULIN_DATA": f"{home}/data", "MULIN_KEYS": str(settings.MULIN_KEYS)}
    return {**kept, **own, "DATABASE_URL": url, "MULIN_NIGHTS": "0"}


@contextmanager
def _database() -> Iterator[str]:
    """An empty database that is gone afterwards: on SQLite the new place brings its own."""
    from django.db import connection

    if connection.vendor == "sqlite":
        yield ""
        return
    name = f"mulin_trial_{os.getpid()}"
    quoted = connection.ops.quote_name(name)
    with connection.cursor() as cursor:
        if not _may_make_one(cursor):
            raise Trouble("no_right", "this account may not make a database to try the backup in")
        cursor.execute(f"DROP DATABASE IF EXISTS {quoted} (FORCE)")
        cursor.execute(f"CREATE DATABASE {quoted}")
    try:
        yield _beside(name)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {quoted} (FORCE)")


def _may_make_one(cursor: Any) -> bool:
    cursor.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
    return bool(cursor.fetchone()[0])


def _beside(name: str) -> str:
    """The address of another database on the same server."""
    from mulin.config import environment

    return urlunsplit(urlsplit(environment.text("DATABASE_URL"))._replace(path=f"/{name}"))

"""`mulin backup`: the whole town in one file, while it runs. The key ring is not in it."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tarfile
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from mulin import __version__
from mulin.commands import postgresql, start
from mulin.commands.safekeeping import Trouble, must_have_room, second_place
from mulin.kernel import storage
from mulin.kernel.keys import fingerprints, was_printed

MANIFEST, FILES = "manifest.json", "files"
DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin backup`."""
    parser.add_argument(
        "target", nargs="?", help="folder, or a file that ends in .tar (default: the backups folder)"
    )


def run(arguments: Namespace) -> int:
    start.django()
    start.there()
    file = target(arguments.target)
    try:
        make(file)
    except (OSError, sqlite3.Error, Trouble) as error:
        start.stop(f"No backup was made: {getattr(error, 'strerror', None) or error}.")
    _note(file)
    print(f"Backed up to {file} ({file.stat().st_size / 1e6:.1f} MB).")
    if not was_printed():
        print("The key ring was never printed: run `mulin keys sheet` and put the sheet in the safe.")
    return 0


def _note(file: Path) -> None:
    """The desk shows how old the last backup is, whoever made it; but where each also goes to a second place, one that
    did not is none, and the night still has to."""
    from mulin.journal.face import Work, nights

    if second_place() is None:
        nights.note(Work.BACKUP, start.now(), file=file.name, bytes=file.stat().st_size)


def target(given: str | None) -> Path:
    """The file that a backup becomes: as it was said, or with today's name in the backups folder."""
    from django.conf import settings

    name = f"mulin-{start.now():%Y%m%d-%H%M%S}.tar"
    if given is None:
        folder = Path(settings.MULIN_BACKUPS)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder / name
    path = Path(given)
    if path.is_dir():
        return path / name
    if path.suffix != ".tar" or not path.parent.is_dir():
        start.stop(
            f"There is no folder {path if path.suffix != '.tar' else path.parent}. No backup was made."
        )
    return path


def make(target: Path) -> None:
    """Write the archive beside its place and move it there when it is whole: a broken one never looks finished.

    The database is copied first, then the files: a file outlives its row by days, so that no row lacks its file.
    All of it is for this account's eyes only.
    """
    must_have_room(target.parent, 2 * _database_bytes() + _file_bytes())
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".mulin-backup-") as scratch:
        database = copy_database(Path(scratch))
        archive = Path(scratch) / "whole.tar"
        _pack(archive, database)
        os.replace(archive, target)


def _database_bytes() -> int:
    """About how large its copy will be."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return Path(str(connection.settings_dict["NAME"])).stat().st_size
    with connection.cursor() as cursor:  # a dump is packed, and has no indexes
        cursor.execute("SELECT pg_database_size(current_database()) / 3")
        return int(cursor.fetchone()[0])


def _file_bytes() -> int:
    return sum(each.size for each in storage.everything())


def copy_database(folder: Path) -> Path:
    """A copy of one instant, while others write."""
    from django.db import connection

    target = folder / DATABASE[connection.vendor]
    if connection.vendor == "sqlite":
        _copy_sqlite(str(connection.settings_dict["NAME"]), target)
    else:
        postgresql.dump(connection.settings_dict, target)
    return target


def _copy_sqlite(source: str, target: Path) -> None:
    origin, copy = sqlite3.connect(source), sqlite3.connect(target)
    try:
        # All pages in one step: between two steps a writer would make it begin again, and again.
        origin.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()
        origin.close()


def _pack(archive: Path, database: Path) -> None:
    with _private(archive), tarfile.open(archive, "w") as tar:
        tar.add(database, database.name)
        for each in storage.everything():
            _add(tar, each)
        manifest = database.with_name(MANIFEST)
        manifest.write_text(json.dumps(_contents(database), indent=1), encoding="utf-8")
        tar.add(manifest, MANIFEST)


def _private(file: Path) -> Any:
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _add(tar: tarfile.TarFile, each: storage.Thing) -> None:
    member = tarfile.TarInfo(f"{FILES}/{each.name}")
    member.size, member.mtime, member.mode = each.size, int(each.written_at.timestamp()), 0o600
    try:
        with storage.reader(each.name) as content:
            tar.addfile(member, content)
    except FileNotFoundError:  # removed since the folder was read, so no row of the copy needs it
        return


def _contents(database: Path) -> dict[str, Any]:
    """What the archive holds, which versions can read it, and which keys open it."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    from mulin.kernel import keys

    applied = MigrationRecorder(connection).applied_migrations()
    with database.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "version": __version__,
        "made_at": start.now().isoformat(),
        "database": database.name,
        "sha256": digest,
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
        "keys": fingerprints(keys.ring()),
    }

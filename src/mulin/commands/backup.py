"""`mulin backup`: the whole town in one file, while it runs. The key ring is not in it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from mulin import __version__
from mulin.commands import start

MANIFEST, FILES = "manifest.json", "files"
DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin backup`."""
    parser.add_argument("target", nargs="?", help="folder or file (default: the backups folder)")


def run(arguments: Namespace) -> int:
    start.django()
    from mulin.commands.keys import was_printed

    target = _target(arguments.target)
    make(target)
    print(f"Backed up to {target} ({target.stat().st_size / 1e6:.1f} MB).")
    if not was_printed():
        print("The key ring was never printed: run `mulin keys sheet` and put the sheet in the safe.")
    return 0


def _target(given: str | None) -> Path:
    from django.conf import settings

    name = f"mulin-{start.now():%Y%m%d-%H%M%S}.tar"
    if given is None:
        return Path(settings.MULIN_BACKUPS) / name
    path = Path(given)
    return path / name if path.is_dir() else path


def make(target: Path) -> None:
    """Write the archive beside its place and move it there when it is whole: a broken one never looks finished.

    The database is copied first, then the files: a file outlives its row by days, so that no row lacks its file.
    """
    from django.conf import settings

    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".unfinished")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as scratch:
            database = copy_database(Path(scratch))
            _pack(unfinished, database, Path(settings.MULIN_DATA))
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)


def copy_database(folder: Path) -> Path:
    """A copy of one instant, while others write."""
    from django.db import connection

    target = folder / DATABASE[connection.vendor]
    if connection.vendor == "sqlite":
        _copy_sqlite(str(connection.settings_dict["NAME"]), target)
    else:
        _dump_postgresql(connection.settings_dict, target)
    return target


def _copy_sqlite(source: str, target: Path) -> None:
    origin, copy = sqlite3.connect(source), sqlite3.connect(target)
    try:
        origin.backup(copy, pages=2000)
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()
        origin.close()


def _dump_postgresql(database: dict[str, Any], target: Path) -> None:
    command = tool("pg_dump")
    subprocess.run(  # noqa: S603 - our own command line
        [command, "--format=custom", f"--file={target}", *address(database), str(database["NAME"])],
        check=True, env=environment(database),
    )  # fmt: skip


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise SystemExit(
            f"mulin: {name} is missing; install the PostgreSQL client (Debian: postgresql-client)."
        )
    return found


def address(database: dict[str, Any]) -> list[str]:
    options = {"--host": database["HOST"], "--port": database["PORT"], "--username": database["USER"]}
    return [f"{name}={value}" for name, value in options.items() if value]


def environment(database: dict[str, Any]) -> dict[str, str]:
    return {**os.environ, "PGPASSWORD": str(database["PASSWORD"] or "")}


def _pack(archive: Path, database: Path, data: Path) -> None:
    with tarfile.open(archive, "w") as tar:
        tar.add(database, database.name)
        manifest = {"version": __version__, "made_at": start.now().isoformat(), **_contents(database)}
        files = data / "photos"
        if files.exists():
            tar.add(files, f"{FILES}/photos")
        _add_manifest(tar, manifest, database.parent)


def _contents(database: Path) -> dict[str, Any]:
    from django.db.migrations.recorder import MigrationRecorder

    rows = MigrationRecorder.Migration.objects.values_list("app", "name")
    with database.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "database": database.name,
        "sha256": digest,
        "migrations": sorted(f"{app}.{name}" for app, name in rows),
    }


def _add_manifest(tar: tarfile.TarFile, manifest: dict[str, Any], folder: Path) -> None:
    file = folder / MANIFEST
    file.write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    tar.add(file, MANIFEST)

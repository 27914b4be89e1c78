"""`mulin restore FILE`: bring a backup back, and prove that it is whole and that the keys open it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from mulin.commands import backup, start


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin restore`."""
    parser.add_argument("file", type=Path, help="a backup made by `mulin backup`")
    parser.add_argument("--key-sheet", type=Path, help="a typed key sheet, where the key ring is lost")


def run(arguments: Namespace) -> int:
    start.django()
    if not arguments.file.is_file():
        return _say(f"There is no file {arguments.file}.")
    refusal = _occupied()
    if refusal:
        return _say(refusal)
    if arguments.key_sheet:
        _restore_keys(arguments.key_sheet)
    with tempfile.TemporaryDirectory(prefix="mulin-restore-") as scratch:
        problem = _unpack(arguments.file, Path(scratch))
        if problem:
            return _say(problem)
        _put_back(Path(scratch))
    return prove()


def _say(problem: str) -> int:
    print(f"mulin: {problem} Nothing was changed.", file=sys.stderr)
    return 1


def _occupied() -> str:
    """Never over a living town: that would lose what came in since the backup."""
    from django.db import connection

    if connection.introspection.table_names():
        return "There is a town in this database already: restore into an empty one (settings MULIN_HOME, DATABASE_URL)."
    return ""


def _restore_keys(sheet: Path) -> None:
    from mulin.kernel import keyring, keys

    ring = keys.restore_from_sheet(sheet.read_text(encoding="utf-8"))
    keyring.save(ring, keys.path())
    keys.forget()


def _unpack(archive: Path, folder: Path) -> str:
    try:
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
        manifest = json.loads((folder / backup.MANIFEST).read_text(encoding="utf-8"))
    except (tarfile.TarError, OSError, ValueError, KeyError):
        return f"{archive} is not a whole backup."
    return _check(manifest, folder)


def _check(manifest: dict[str, Any], folder: Path) -> str:
    from django.db import connection

    name = manifest.get("database", "")
    if name != backup.DATABASE[connection.vendor]:
        return f"The backup holds {name or 'no database'}; DATABASE_URL names {connection.vendor}."
    with (folder / name).open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != manifest["sha256"]:
            return "The database in the backup is damaged."
    unknown = set(manifest["migrations"]) - _known_migrations()
    if unknown:
        return f"The backup is of a newer Mulin ({manifest['version']}): install that version first."
    return ""


def _known_migrations() -> set[str]:
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None, ignore_no_initial=True)
    return {f"{app}.{name}" for app, name in loader.disk_migrations}


def _put_back(folder: Path) -> None:
    from django.conf import settings
    from django.db import connection

    start.folders()
    data = Path(settings.MULIN_DATA)
    files = folder / backup.FILES
    if files.exists():
        shutil.copytree(files, data, dirs_exist_ok=True)
    database = folder / backup.DATABASE[connection.vendor]
    if connection.vendor == "sqlite":
        connection.close()
        _replace(database, Path(connection.settings_dict["NAME"]))
    else:
        _load_postgresql(connection.settings_dict, database)
    start.migrated()


def _replace(source: Path, target: Path) -> None:
    for rest in ("-wal", "-shm"):
        Path(f"{target}{rest}").unlink(missing_ok=True)
    copy = target.with_suffix(".restoring")
    shutil.copyfile(source, copy)
    os.replace(copy, target)


def _load_postgresql(database: dict[str, Any], dump: Path) -> None:
    command = backup.tool("pg_restore")
    subprocess.run(  # noqa: S603 - our own command line
        [command, "--no-owner", f"--dbname={database['NAME']}", *backup.address(database), str(dump)],
        check=True, env=backup.environment(database),
    )  # fmt: skip


def prove() -> int:
    """The journal is whole, every photo is there, and the keys open one value of each encrypted column."""
    from mulin.journal.face import verify

    report = verify()
    closed = [name for name, opens in try_keys().items() if not opens]
    lost = missing_files()
    print(f"Restored: {report.entries} entries about {report.subjects} things.")
    if report.problems:
        print(f"The journal has {len(report.problems)} problems: run `mulin verify`.", file=sys.stderr)
    if closed:
        print(f"The key ring does not open {', '.join(closed)}: bring the right key sheet.", file=sys.stderr)
    if lost:
        print(f"{lost} photos are missing.", file=sys.stderr)
    return 1 if report.problems or closed or lost else 0


def try_keys() -> dict[str, bool]:
    """For each encrypted column that holds anything: does its newest value open."""
    from django.apps import apps

    from mulin.kernel.fields import EncryptedText

    found: dict[str, bool] = {}
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, EncryptedText):
                _try(model, field.name, found)
    return found


def _try(model: Any, column: str, found: dict[str, bool]) -> None:
    from mulin.kernel.crypto import CannotOpen
    from mulin.kernel.keyring import KeyMissing

    filled = model._base_manager.exclude(**{f"{column}__isnull": True}).order_by("-pk")
    try:
        values = filled.values_list(column, flat=True)[:20]
        if any(values):
            found[f"{model._meta.label}.{column}"] = True
    except (CannotOpen, KeyMissing):
        found[f"{model._meta.label}.{column}"] = False


def missing_files() -> int:
    from mulin.matters.face import Photo, path_of

    names = Photo.objects.values_list("file", "thumb").iterator()
    return sum(not path_of(name).exists() for pair in names for name in pair)

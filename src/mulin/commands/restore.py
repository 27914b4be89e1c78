"""`mulin restore FILE`: bring a backup back, and prove that it is whole and that the keys open it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tarfile
import tempfile
from argparse import ArgumentParser, Namespace
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NoReturn

from mulin.commands import backup, postgresql, running, start
from mulin.kernel import storage
from mulin.kernel.keys import fingerprints

if TYPE_CHECKING:
    from mulin.kernel.keyring import KeyRing

UNCHANGED = "Nothing was changed."
PROVED_BY = 20  # values of a column, of which one must open: some may be damaged


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin restore`."""
    parser.add_argument("file", type=Path, help="a backup made by `mulin backup`")
    parser.add_argument("--key-sheet", type=Path, help="a typed key sheet, where the key ring is lost")


def run(arguments: Namespace) -> int:
    start.django()
    if not arguments.file.is_file():
        _refuse(f"There is no file {arguments.file}.")
    start.folders()
    start.knock()
    with running.alone():
        _bring_back(arguments)
    return prove()


def _bring_back(arguments: Namespace) -> None:
    _must_be_empty()
    ring = _ring(arguments.key_sheet)
    from django.conf import settings

    with tempfile.TemporaryDirectory(dir=settings.MULIN_DATA, prefix=".restoring-") as scratch:
        _unpack(arguments.file, Path(scratch))
        _check(_manifest(arguments.file, Path(scratch)), Path(scratch), ring)
        _keep(ring)
        _put_back(Path(scratch))


def _refuse(why: str) -> NoReturn:
    start.stop(f"{why} {UNCHANGED}")


def _must_be_empty() -> None:
    """Never over a living town: that would lose what came in since the backup."""
    from django.db import connection

    if connection.introspection.table_names():
        _refuse("There is a town here already: restore into an empty place (MULIN_HOME, DATABASE_URL).")


def _ring(sheet: Path | None) -> KeyRing:
    """The ring of the sheet, or the one that is here; never a new one, which would open nothing."""
    from mulin.kernel import keyring, keys

    if sheet:
        return keys.restore_from_sheet(_read(sheet))
    if not keys.path().exists():
        _refuse(
            f"There is no key ring at {keys.path()}: bring back the one of this town, or type its key sheet into "
            "a file and add --key-sheet FILE."
        )
    return keyring.load(keys.path())


def _read(sheet: Path) -> str:
    try:
        return sheet.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        _refuse(f"The key sheet {sheet} cannot be read.")


def _unpack(archive: Path, folder: Path) -> None:
    try:
        with tarfile.open(archive, "r:") as tar:
            for member in tar:
                _take(tar, member, folder)
    except (tarfile.TarError, EOFError):
        _refuse(f"{archive} is not a whole backup.")
    except OSError as error:
        _refuse(f"{archive} could not be unpacked: {error.strerror}.")


def take_database(archive: Path, folder: Path) -> Path:
    """Only the database of a backup that was made here just now."""
    from django.db import connection

    name = backup.DATABASE[connection.vendor]
    with tarfile.open(archive, "r:") as tar:
        for member in tar:
            if member.name in (name, backup.MANIFEST):
                _take(tar, member, folder)
    if _digest(folder / name) != _manifest(archive, folder)["sha256"]:
        _refuse("The database in the backup is damaged.")
    return folder / name


def _take(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Files with the names that `mulin backup` gives, nothing else: an archive may come from anywhere."""
    parts = PurePosixPath(member.name).parts
    own = parts[:1] == (backup.FILES,) and parts[1:2] in [(name,) for name in storage.FOLDERS]
    own = own or parts in [(name,) for name in _names()]
    content = tar.extractfile(member) if member.isfile() else None
    if content is None or not own or ".." in parts:
        raise tarfile.ReadError(member.name)
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    with content, target.open("wb") as out:
        shutil.copyfileobj(content, out, 1 << 20)
    if target.stat().st_size != member.size:
        raise tarfile.ReadError(member.name)


def _names() -> tuple[str, ...]:
    return (backup.MANIFEST, *backup.DATABASE.values())


def _manifest(archive: Path, folder: Path) -> dict[str, Any]:
    """It is written last, so where it is there, all is."""
    try:
        found = json.loads((folder / backup.MANIFEST).read_text(encoding="utf-8"))
        return {name: found[name] for name in ("version", "database", "sha256", "migrations", "keys")}
    except (OSError, ValueError, KeyError, TypeError):
        _refuse(f"{archive} is not a whole backup.")


def _check(manifest: dict[str, Any], folder: Path, ring: KeyRing) -> None:
    from django.db import connection

    if set(manifest["migrations"]) - start.migrations_known():
        _refuse(f"The backup is of a newer Mulin ({manifest['version']}): install that version first.")
    name = backup.DATABASE[connection.vendor]
    if manifest["database"] != name:
        _refuse(f"The backup holds {manifest['database']}, but DATABASE_URL names {connection.vendor}.")
    if not (folder / name).exists() or _digest(folder / name) != manifest["sha256"]:
        _refuse("The database in the backup is damaged.")
    here = fingerprints(ring)
    if any(here.get(number) != known for number, known in manifest["keys"].items()):
        _refuse(
            "These keys do not open this backup: bring the key ring or the sheet of the town that made it."
        )


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _keep(ring: KeyRing) -> None:
    """Put the keys in their place, unless they are there."""
    from mulin.kernel import keyring, keys

    keyring.save(ring, keys.path())
    keys.forget()


def _put_back(folder: Path) -> None:
    from django.db import connection

    files = folder / backup.FILES
    for file in sorted(files.rglob("*")):
        if file.is_file():
            with file.open("rb") as content:
                storage.shelf().lay(file.relative_to(files).as_posix(), content)
    database = folder / backup.DATABASE[connection.vendor]
    if connection.vendor == "sqlite":
        connection.close()
        replace(database, Path(connection.settings_dict["NAME"]))
    else:
        postgresql.load(connection.settings_dict, database)
    start.migrated()


def replace(source: Path, target: Path) -> None:
    """SQLite's file, and away with what belonged to the former one; not before the new one lies there whole."""
    copy = target.with_suffix(".restoring")
    try:
        with source.open("rb") as content, copy.open("wb") as out:
            shutil.copyfileobj(content, out, 1 << 20)
            out.flush()
            os.fsync(out.fileno())
        for rest in ("-wal", "-shm"):
            Path(f"{target}{rest}").unlink(missing_ok=True)
        os.replace(copy, target)
    finally:
        copy.unlink(missing_ok=True)


def prove() -> int:
    """The journal is whole, every photo and file is as it was, and the keys open one value of each encrypted column."""
    from mulin.journal.face import verify

    report = verify()
    problems = []
    if report.problems:
        problems.append(f"The journal has {len(report.problems)} problems: run `mulin verify`.")
    closed = [name for name, opens in try_keys().items() if not opens]
    if closed:
        problems.append(f"The key ring does not open {', '.join(closed)}.")
    lost = lost_files()
    if lost:
        problems.append(f"{lost} photos or files are missing or damaged.")
    print(f"Restored: {report.entries} entries about {report.subjects} things.")
    for problem in problems:
        print(f"mulin: {problem}", file=sys.stderr)
    return 1 if problems else 0


def try_keys() -> dict[str, bool]:
    """For each encrypted column that holds anything: does a value of it open."""
    from django.apps import apps

    from mulin.kernel.fields import EncryptedText

    columns = [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, EncryptedText)
    ]
    found = {f"{model._meta.label}.{name}": _opens(model, name) for model, name in columns}
    return {name: opens for name, opens in found.items() if opens is not None}


def _opens(model: Any, column: str) -> bool | None:
    """None where the column holds nothing."""
    from mulin.kernel.unreadable import Unreadable

    filled = model._base_manager.exclude(**{f"{column}__isnull": True}).order_by("-pk")
    values = filled.values_list(column, flat=True).iterator(chunk_size=100)
    some = list(islice((value for value in values if value), PROVED_BY))
    return any(not isinstance(value, Unreadable) for value in some) if some else None


def lost_files() -> int:
    """Photos and files that are not there, or are not what they were."""
    from mulin.matters.face import Attachment, Photo

    photos = Photo.objects.values_list("file", "thumb", "sha256")
    files = Attachment.objects.filter(removed_at=None).values_list("file", "preview", "sha256")
    return sum(not _is_whole(*row) for rows in (photos, files) for row in rows.iterator())


def _is_whole(file: str, preview: str, sha256: str) -> bool:
    try:
        with storage.reader(file) as content:
            same = hashlib.file_digest(content, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False
    return same and (not preview or storage.exists(preview))

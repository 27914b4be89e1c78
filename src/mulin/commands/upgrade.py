"""`mulin upgrade`: backup, migrate, check; where anything fails, the town is put back as it was."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from mulin import __version__
from mulin.commands import backup, migrate, postgresql, restore, running, start
from mulin.commands.safekeeping import Trouble


class Failed(Exception):
    """The town is not as it should be after the change."""


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin upgrade`."""
    parser.add_argument(
        "--backup", help="folder or .tar file for the backup before (default: the backups folder)"
    )


def run(arguments: Namespace) -> int:
    start.django()
    start.checked()
    applied = start.applied()
    if not applied:
        start.stop("There is no town here yet: run `mulin migrate`. MULIN_HOME says where.")
    start.not_newer(applied)
    missing = start.migrations_known() - applied
    if not missing:
        start.migrated()  # the triggers, too
        print(f"The town is of this version already ({__version__}). Nothing was changed.")
        return 0
    with running.alone():
        _must_be_whole(missing)
        return _upgrade(backup.target(arguments.backup), len(missing))


def _must_be_whole(missing: set[str]) -> None:
    """Else one could not tell afterwards who broke it. Not where its own tables will change: they are not read."""
    from mulin.journal.face import verify

    if not any(name.startswith("journal.") for name in missing) and not verify().whole:
        start.stop("The journal is not whole as it is: see `mulin verify`. Nothing was changed.")


def _upgrade(archive: Path, steps: int) -> int:
    before = _counted()
    try:
        backup.make(archive)
    except (OSError, sqlite3.Error, Trouble) as error:
        said = getattr(error, "strerror", None) or error
        start.stop(f"No backup could be made: {said}. Nothing was changed.")
    print(f"1. Backed up to {archive} ({archive.stat().st_size / 1e6:.1f} MB).", flush=True)
    try:
        migrate.bring_up()
        print(f"2. {steps} steps were made.", flush=True)
        _check(before)
    except BaseException as error:
        _go_back(archive, error)
    print(
        f"3. Checked: the journal is whole, nothing is missing, pages answer. The town is at {__version__}."
    )
    return 0


def _counted() -> dict[str, Any]:
    """How many rows each table has, asked without the models: those are of this version already."""
    from django.db import connection

    with connection.cursor() as cursor:
        return {table: _rows(cursor, table) for table in _tables()}


def _tables() -> list[str]:
    """Ours that hold what a town knows: machinery may be made anew."""
    from django.apps import apps
    from django.db import connection

    there = set(connection.introspection.table_names())
    ours = (
        model
        for model in apps.get_models()
        if model.__module__.startswith("mulin.") and not getattr(model, "MACHINERY", False)
    )
    return sorted({model._meta.db_table for model in ours} & there)


def _rows(cursor: Any, table: str) -> int:
    from django.db import connection

    cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own names
    return int(cursor.fetchone()[0])


def _check(before: dict[str, int]) -> None:
    """What there was is there; the journal is whole and guarded; the keys open; pages answer."""
    from mulin.journal.face import verify

    now = _counted()
    fewer = [table for table, count in before.items() if now.get(table, 0) < count]
    if fewer:
        raise Failed(f"rows are missing in {', '.join(fewer)}")
    start.watched()
    if not verify().whole:
        raise Failed("the journal is not whole any more")
    closed = [name for name, opens in restore.try_keys().items() if not opens]
    if closed:
        raise Failed(f"the keys do not open {', '.join(closed)}")
    _ask_for_pages()


def _ask_for_pages() -> None:
    from django.conf import settings
    from django.test import Client

    host = next((name for name in settings.ALLOWED_HOSTS if "*" not in name), "localhost")
    client = Client(raise_request_exception=False, headers={"host": host})
    for page in ("/", "/desk/", "/api/v1/public/matters"):
        answer = client.get(page, secure=settings.SECURE_SSL_REDIRECT or settings.HTTPS)
        if answer.status_code >= 500:
            raise Failed(f"the page {page} answers {answer.status_code}")


def _go_back(archive: Path, error: BaseException) -> None:
    """The database of the backup takes the place of the half-changed one; then the command ends."""
    print(f"mulin: The upgrade failed: {_plainly(error)}. Going back …", file=sys.stderr, flush=True)
    try:
        put_back(archive)
    except BaseException as again:
        start.stop(
            f"The town could not be put back ({_plainly(again)}). Nothing is lost: restore {archive} into an empty "
            "place with the former version of Mulin."
        )
    start.stop(
        "The town is as it was before. Start the former version of Mulin; this one will not start on it. "
        f"The backup stays at {archive}."
    )


def _plainly(error: BaseException) -> str:
    known = isinstance(error, Failed | Trouble | SystemExit)
    said = str(error) if known else isinstance(error, Exception) and start.plainly(error)
    return said or type(error).__name__


def put_back(archive: Path) -> None:
    """Files were not touched; the database is that of the backup again."""
    from django.conf import settings
    from django.db import connection

    with tempfile.TemporaryDirectory(dir=settings.MULIN_DATA, prefix=".going-back-") as scratch:
        database = restore.take_database(archive, Path(scratch))
        connection.close()
        if connection.vendor == "sqlite":
            restore.replace(database, Path(connection.settings_dict["NAME"]))
        else:
            postgresql.load_instead(connection.settings_dict, database)
            _forget_sessions()


def _forget_sessions() -> None:
    """The pool's sessions remember the tables that went."""
    from django.db import connection

    close: Any = getattr(connection, "close_pool", None)
    if close:
        close()

"""What every command that touches the database does first."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

from mulin.kernel.clock import now

__all__ = [
    "checked",
    "django",
    "folders",
    "guarded",
    "is_current",
    "knock",
    "migrated",
    "now",
    "stop",
    "there",
    "watched",
]


def django() -> None:
    """Load the settings and all rooms."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mulin.config.settings")
    import django as framework

    framework.setup()


def stop(why: str) -> NoReturn:
    """End the command with one plain line."""
    raise SystemExit(f"mulin: {why}")


def folders() -> None:
    """Make the data folder, for this account only."""
    from django.conf import settings

    Path(settings.MULIN_DATA).mkdir(parents=True, exist_ok=True, mode=0o700)


def migrated() -> None:
    """Bring the database to this version, quietly, and guard the journal."""
    from django.core.management import call_command
    from django.db import connection

    from mulin.journal import triggers

    folders()
    _not_newer(_applied())
    call_command("migrate", verbosity=0, interactive=False)
    triggers.install(connection)


def there() -> None:
    """Stop where there is no town yet, or one of another version."""
    applied = _applied() if _exists() else set()
    if not applied:
        stop(
            "There is no town here yet: run `mulin migrate`, or look at `mulin demo`. MULIN_HOME says where."
        )
    _not_newer(applied)
    if migrations_known() - applied:
        stop("The database is of an older version: make a backup, then run `mulin migrate`.")


def is_current() -> bool:
    """Whether the database is of this very version, so that nothing is to be migrated."""
    return _exists() and _applied() == migrations_known()


def guarded() -> None:
    """Stop where there is no town of this version, or where the database does not guard the journal."""
    there()
    watched()


def watched() -> None:
    """Stop where the database does not guard the journal."""
    from django.db import connection

    from mulin.journal import triggers

    triggers.require(connection)


def checked() -> None:
    """Stop where a page or an operation declares no permission, or anything else is set up wrong."""
    from django.core.checks import ERROR, run_checks

    wrong = [found for found in run_checks() if found.level >= ERROR]
    if wrong:
        stop("This installation is not sound:\n" + "\n".join(f"  {found}" for found in wrong))


def migrations_known() -> set[str]:
    """All that this version knows, as app.name."""
    from django.db.migrations.loader import MigrationLoader

    return {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}


def _exists() -> bool:
    """Asking SQLite about a file that is not there would make one."""
    from django.db import connection

    return connection.vendor != "sqlite" or Path(str(connection.settings_dict["NAME"])).exists()


def knock() -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        from mulin.commands import postgresql

        postgresql.knock(connection.settings_dict)


def _applied() -> set[str]:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    knock()
    rows = MigrationRecorder(connection).applied_migrations()
    return {f"{app}.{name}" for app, name in rows}


def _not_newer(applied: set[str]) -> None:
    unknown = applied - migrations_known()
    if unknown:
        stop(f"The database is of a newer Mulin (it has {min(unknown)}): install that version.")

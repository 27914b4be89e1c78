"""What every command that touches the database does first."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

from mulin.kernel.clock import now

__all__ = [
    "applied",
    "checked",
    "django",
    "folders",
    "guarded",
    "is_current",
    "knock",
    "migrated",
    "not_newer",
    "now",
    "plainly",
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
    not_newer(applied())
    call_command("migrate", verbosity=0, interactive=False)
    triggers.install(connection)


def there() -> None:
    """Stop where there is no town yet, or one of another version."""
    found = applied()
    if not found:
        stop(
            "There is no town here yet: run `mulin migrate`, or look at `mulin demo`. MULIN_HOME says where."
        )
    not_newer(found)
    if migrations_known() - found:
        stop("The database is of an older version: run `mulin upgrade`, which makes a backup first.")


def is_current() -> bool:
    """Whether the database is of this very version, so that nothing is to be migrated."""
    return applied() == migrations_known()


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


def applied() -> set[str]:
    """The migrations that this town's database has; none where there is no database yet."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    if not _exists():
        return set()
    knock()
    rows = MigrationRecorder(connection).applied_migrations()
    return {f"{app}.{name}" for app, name in rows}


def not_newer(found: set[str]) -> None:
    """Stop where the database has what this version has never heard of."""
    unknown = found - migrations_known()
    if unknown:
        stop(f"The database is of a newer Mulin (it has {min(unknown)}): install that version.")


def plainly(error: Exception) -> str | None:
    """One line for what is not a mistake of ours: a wrong setting, a refusal, a database that does not answer."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from mulin.kernel.refusals import Refusal

    if isinstance(error, Refusal):
        return str(error.message)
    if isinstance(error, ImproperlyConfigured):
        return str(error)
    if isinstance(error, DatabaseError):  # its further lines may quote rows
        return f"The database says: {str(error).strip().splitlines()[0]}"
    return None

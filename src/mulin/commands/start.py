"""What every command that touches the database does first."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path


def django() -> None:
    """Load the settings and all rooms."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mulin.config.settings")
    import django as framework

    framework.setup()


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
    call_command("migrate", verbosity=0, interactive=False)
    triggers.install(connection)


def guarded() -> None:
    """Refuse to start where the database does not guard the journal."""
    from django.db import connection

    from mulin.journal import triggers

    triggers.require(connection)


def now() -> datetime:
    return datetime.now(UTC)

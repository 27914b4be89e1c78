"""Builds a template: `python -m tests.support.template`, told where by the environment."""

from __future__ import annotations

import django
import time_machine

from tests.support import clock, passwords, tiny


def build() -> None:
    django.setup()
    passwords.use_cheap_passwords()
    migrate()
    with time_machine.travel(clock.NOW, tick=False):
        tiny.build()
    settle()


def migrate() -> None:
    from django.core.management import call_command
    from django.db import connection

    from mulin.journal import triggers

    call_command("migrate", verbosity=0, interactive=False)
    triggers.install(connection)


def settle() -> None:
    """Leave all of SQLite's content in the one file that is copied; keep no connection open."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


if __name__ == "__main__":
    build()

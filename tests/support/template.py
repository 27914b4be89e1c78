"""Builds a template: `python -m tests.support.template`, told where by the environment."""

from __future__ import annotations

import os

import time_machine

from mulin.commands import start
from tests.support import clock, passwords, tiny
from tests.support.environment import LIVE


def build() -> None:
    """At the frozen moment; for a Mulin that will run on its own, at the present one."""
    start.django()
    passwords.use_cheap_passwords()
    start.migrated()
    if os.environ.get("MULIN_TEST_MOMENT") == LIVE:
        tiny.build()
    else:
        with time_machine.travel(clock.NOW, tick=False):
            tiny.build()
    settle()


def settle() -> None:
    """Leave all of SQLite's content in the one file that is copied; keep no connection open."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


if __name__ == "__main__":
    build()

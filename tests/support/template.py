"""Builds a template: `python -m tests.support.template`, told where by the environment."""

from __future__ import annotations

import os

import time_machine

from mulin.commands import start
from tests.support import clock, passwords, tiny
from tests.support.shapes import Shape


def build() -> None:
    shape = Shape(os.environ["MULIN_TEST_SHAPE"])
    start.django()
    passwords.use_cheap_passwords()
    start.migrated()
    fill(shape)
    settle()


def fill(shape: Shape) -> None:
    if shape is Shape.TOWN:
        with time_machine.travel(clock.NOW, tick=False):
            tiny.build()
    elif shape is not Shape.BARE:
        tiny.build(full=shape is Shape.FULL)


def settle() -> None:
    """Leave all of SQLite's content in the one file that is copied; keep no connection open."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


if __name__ == "__main__":
    build()

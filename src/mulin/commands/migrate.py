"""`mulin migrate`: bring the database to this version, and put the journal's triggers back in place."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from mulin.commands import start


def add_arguments(parser: ArgumentParser) -> None:
    """Takes none."""


def run(arguments: Namespace) -> int:  # noqa: ARG001 - every command has the same shape
    start.django()
    start.migrated()
    print("The database is at this version; the journal is guarded.")
    return 0

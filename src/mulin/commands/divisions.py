"""`mulin divisions load FILE…`: official lists of administrative divisions."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from mulin.commands import start


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin divisions`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="load")
    load = verbs.add_parser("load", help="read CSV files of codes and names; again changes nothing")
    from mulin.places import commands

    commands.add_arguments(load)


def run(arguments: Namespace) -> int:
    start.django()
    start.migrated()
    from mulin.places import commands

    return commands.run(arguments)

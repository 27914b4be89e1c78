"""`mulin keys sheet`: the key ring on paper, for the safe."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from mulin.commands import start

HEAD = """Mulin key ring. Keep this sheet in the safe, apart from the backups.
Without it, no backup of this town gives back an identity number or a telephone number.
Type it into a file and say `mulin restore BACKUP --key-sheet FILE`.
"""


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin keys`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="sheet")
    verbs.add_parser("sheet", help="print the key ring for the safe")


def run(arguments: Namespace) -> int:  # noqa: ARG001 - there is one verb
    start.django()
    from mulin.kernel import keys

    print(HEAD)
    print(keys.sheet())
    sys.stdout.flush()  # only what was really written counts as printed
    keys.mark_printed()
    return 0

"""`mulin keys sheet`: the key ring on paper, for the safe."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from mulin.commands import start

if TYPE_CHECKING:
    from mulin.kernel.keyring import KeyRing

HEAD = """Mulin key ring. Keep this sheet in the safe, apart from the backups.
Without it, no backup of this town gives back an identity number or a telephone number.
Type it into a file and say `mulin restore BACKUP --key-sheet FILE`.
"""
MARK = "sheet-printed"


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
    mark_printed()
    return 0


def mark_printed() -> None:
    """`mulin backup` says whether this was ever done, for the keys that are there now."""
    from mulin.kernel import keys

    (keys.path().parent / MARK).write_text(_mark(), encoding="ascii")


def was_printed() -> bool:
    from mulin.kernel import keys

    mark = keys.path().parent / MARK
    return mark.exists() and mark.read_text(encoding="ascii").strip() == _mark()


def _mark() -> str:
    from mulin.kernel import keys

    return " ".join(fingerprints(keys.ring()).values())


def fingerprints(ring: KeyRing) -> dict[str, str]:
    """Names each root key by its number without telling anything of it: a backup says which keys open it."""
    return {str(number): ring.secret("fingerprint", number).hex()[:16] for number in sorted(ring.roots)}

"""`mulin keys sheet`: the key ring on paper, for the safe."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from mulin.commands import start

HEAD = """Mulin key ring. Keep this sheet in the safe, apart from the backups.
Without it, no backup of this town gives back an identity number or a telephone number.
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
    mark_printed()
    return 0


def mark_printed() -> None:
    """`mulin backup` says whether this was ever done, for the keys that are there now."""
    from mulin.kernel import keys

    (keys.path().parent / MARK).write_text(fingerprint(), encoding="ascii")


def was_printed() -> bool:
    from mulin.kernel import keys

    mark = keys.path().parent / MARK
    return mark.exists() and mark.read_text(encoding="ascii").strip() == fingerprint()


def fingerprint() -> str:
    """Names the ring without telling anything of it."""
    import hashlib

    from mulin.kernel import keys

    return hashlib.sha256(b"sheet" + keys.sheet().encode()).hexdigest()[:16]

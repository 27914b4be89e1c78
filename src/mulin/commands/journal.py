"""`mulin journal archive`: old, sealed years into a file of their own; `mulin journal check` proves such a file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from mulin.commands import running, start


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin journal`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="archive|check")
    old = verbs.add_parser("archive", help="move out what ended in this year or before")
    old.add_argument("year", type=int)
    old.add_argument("folder", type=Path)
    proof = verbs.add_parser("check", help="prove that an archive is as it was made")
    proof.add_argument("file", type=Path)


def run(arguments: Namespace) -> int:
    start.django()
    start.guarded()
    return _check(arguments.file) if arguments.verb == "check" else _archive(arguments.year, arguments.folder)


def _archive(year: int, folder: Path) -> int:
    from mulin.journal.face import SYSTEM, archive

    if not folder.is_dir():
        start.stop(f"There is no folder {folder}. Nothing was moved.")
    if not 1900 < year < 9999:
        start.stop(f"{year} is no year. Nothing was moved.")
    with running.alone():
        try:
            made = archive(year, folder, by=SYSTEM, at=start.now())
        except OSError as error:
            start.stop(f"The archive could not be written: {error.strerror or error}. Nothing was moved.")
    if made is None:
        print(f"Nothing ended in {year} or before.")
        return 0
    print(f"{made.entries} entries about {made.chains} things were moved to {folder / made.name}.")
    print(
        "Keep it with the backups: they do not hold it. `mulin verify` still proves the rest, and every seal."
    )
    return 0


def _check(file: Path) -> int:
    from mulin.journal.face import check_archive

    count, found = check_archive(file)
    for problem in found:
        print(problem, file=sys.stderr)
    if not found:
        print(f"The archive is whole: {count} entries.")
    return 1 if found else 0

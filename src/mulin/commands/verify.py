"""`mulin verify`: prove that nobody altered, removed or inserted a line of the journal."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from mulin.commands import start

if TYPE_CHECKING:
    from mulin.journal.face import Given

SHOWN = 50


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin verify`."""
    parser.add_argument(
        "--seal", type=Path, metavar="FILE", help="also against a seal that was given outside"
    )


def run(arguments: Namespace) -> int:
    start.django()
    start.there()
    given = _given(arguments.seal) if arguments.seal else None
    code = _chains()
    return code if given is None else max(code, _against(given))


def _given(file: Path) -> Given:
    from mulin.journal.face import Given

    try:
        return Given(file.read_bytes())
    except OSError as error:
        start.stop(f"The seal {file} cannot be read: {error.strerror}.")


def _against(given: Given) -> int:
    from mulin.journal.face import check_seal

    found = check_seal(given)
    for problem in found:
        print(problem, file=sys.stderr)
    if found:
        print(f"The journal is not the one that seal {given.number} was made of.", file=sys.stderr)
        return 1
    print(f"Everything up to position {given.last} is as it was when seal {given.number} was given.")
    return 0


def _chains() -> int:
    from tqdm import tqdm

    from mulin.journal.face import verify

    with tqdm(unit=" lines", disable=not sys.stderr.isatty()) as bar:

        def tell(read: int) -> None:
            bar.update(read - bar.n)

        report = verify(tell)
    print(f"{report.entries} entries about {report.subjects} things, {report.texts} texts read.")
    for problem in report.problems[:SHOWN]:
        print(f"  {problem}", file=sys.stderr)
    if report.problems:
        print(f"{len(report.problems)} problems: the journal is not whole.", file=sys.stderr)
        return 1
    print("The journal is whole.")
    return 0

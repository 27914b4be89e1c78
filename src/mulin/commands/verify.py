"""`mulin verify`: prove that nobody altered, removed or inserted a line of the journal."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from mulin.commands import start

SHOWN = 50


def add_arguments(parser: ArgumentParser) -> None:
    """Takes none."""


def run(arguments: Namespace) -> int:  # noqa: ARG001 - every command has the same shape
    start.django()
    start.there()
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

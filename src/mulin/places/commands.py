"""`mulin divisions load FILE…`: the official lists of divisions, from the command line.

Django is not set up yet when the arguments are declared, so what needs the database is imported when it runs.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

if TYPE_CHECKING:
    from mulin.places.actions.divisions import LoadReport
    from mulin.places.division_lists import BadRow


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `mulin divisions load` takes."""
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        type=Path,
        help="a CSV file with the columns code and name, one level each, in any order; twice is harmless",
    )


def run(arguments: argparse.Namespace) -> int:
    """Load the files. The exit code is 1 where a line was left out; the others are loaded all the same."""
    from mulin.places.actions.divisions import count_lines
    from mulin.places.tasks import load_lists

    files: list[Path] = arguments.files
    with tqdm(total=count_lines(files), unit=" rows", unit_scale=True, file=sys.stderr, leave=False) as bar:

        def tell(problem: BadRow) -> None:
            bar.write(str(problem), file=sys.stderr)

        report = load_lists(files, progress=bar.update, on_problem=tell)
    sys.stdout.write(summary(report) + "\n")
    return 1 if report.bad else 0


def summary(report: LoadReport) -> str:
    """Say in one line what a load did."""
    from django.utils.translation import gettext as _

    words = _("%(added)d areas opened, %(renamed)d renamed, %(unchanged)d unchanged, %(bad)d lines left out.")
    return words % {
        "added": report.added,
        "renamed": report.renamed,
        "unchanged": report.unchanged,
        "bad": report.bad,
    }

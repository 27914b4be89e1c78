"""Jobs of this room: they ask the clock, and act for the house."""

from collections.abc import Callable, Sequence
from pathlib import Path

from mulin.journal.face import SYSTEM
from mulin.kernel.clock import now
from mulin.places.actions.divisions import LoadReport, load_divisions
from mulin.places.division_lists import BadRow


def load_lists(
    files: Sequence[Path], *, progress: Callable[[int], object], on_problem: Callable[[BadRow], object]
) -> LoadReport:
    """Load official lists as of now."""
    return load_divisions(files, by=SYSTEM, now=now(), progress=progress, on_problem=on_problem)

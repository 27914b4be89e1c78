"""Reads the table."""

from __future__ import annotations

from tests.truth import cast
from tests.truth.table import SECTIONS

# Where everybody is answered alike, the view looks at nobody: these ask in the name of all.
SOME = ("anonymous", "resident", "worker", "auditor")


def rows_of(section: str) -> dict[str, dict[str, int]]:
    """Each row with the answer that each column expects."""
    lines = [line for line in SECTIONS[section].splitlines() if line.strip() and not line.startswith(" ")]
    return dict(map(_read, lines))


def _read(line: str) -> tuple[str, dict[str, int]]:
    words = line.split()
    statuses = [int(word) for word in words if word.isdigit() and len(word) == 3]
    label = " ".join(words[: len(words) - len(statuses)])
    if len(statuses) == 1:
        return label, dict.fromkeys(SOME, statuses[0])
    assert len(statuses) == len(cast.COLUMNS), f"a column is missing: {label}"
    return label, dict(zip(cast.COLUMNS, statuses, strict=True))


TABLE = {label: expected for section in SECTIONS for label, expected in rows_of(section).items()}

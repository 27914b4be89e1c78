"""Files that nothing refers to: they stay for some days, so that a database restored from before still finds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import groupby

from mulin.kernel import storage

KEPT_WITHOUT_ROW = timedelta(days=7)
Known = Callable[[str], Iterable[tuple[str, str]]]
"""By the beginning of a name: the names that rows refer to, of a file and of its small picture."""


def sweep_unknown(folder: str, known: Known, now: datetime) -> int:
    """Remove what never got a row, or lost it; returns how many files went, small pictures not counted."""
    old = (each.name for each in storage.shelf().things(folder) if now - each.written_at > KEPT_WITHOUT_ROW)
    months = groupby(sorted(old), key=lambda name: name.rpartition("/")[0])
    return sum(_sweep(f"{month}/", list(names), known) for month, names in months)


def _sweep(month: str, old: list[str], known: Known) -> int:
    held = {name for names in known(month) for name in names}
    unknown = [name for name in old if name not in held]
    for name in unknown:
        storage.shelf().discard(name)
    return sum(not name.endswith(".thumb.jpg") for name in unknown)

"""Files that nothing refers to: they stay for some days, so that a database restored from before still finds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from mulin.kernel import storage

KEPT_WITHOUT_ROW = timedelta(days=7)
MONTH = timedelta(days=31)
Known = Callable[[str], Iterable[tuple[str, str]]]
"""By the beginning of a name: the names that rows refer to, of a file and of its small picture."""


def sweep_unknown(folder: str, known: Known, now: datetime) -> int:
    """Remove what never got a row, or lost it; returns how many files went, small pictures not counted.

    Looks at this month and the last one: no more need be listed, and a bucket lists slowly.
    """
    months = sorted({f"{folder}/{now:%Y/%m}", f"{folder}/{now - MONTH:%Y/%m}"})
    return sum(_sweep(month, known, now) for month in months)


def _sweep(month: str, known: Known, now: datetime) -> int:
    old = [each.name for each in storage.shelf().things(month) if now - each.written_at > KEPT_WITHOUT_ROW]
    if not old:
        return 0
    held = {name for names in known(f"{month}/") for name in names}
    unknown = [name for name in old if name not in held]
    for name in unknown:
        storage.shelf().discard(name)
    return sum(not name.endswith(".thumb.jpg") for name in unknown)

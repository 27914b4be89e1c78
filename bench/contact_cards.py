"""All contact cards of a town as one job: `MULIN_HOME=… python -m bench.contact_cards [CARDS]`, on a built demo.

Says the seconds of the whole job, and the peak memory of this process and of its largest child.
"""

from __future__ import annotations

import resource
import sys
import threading
import time
from math import ceil


def main(cards: int = 12_800) -> None:
    from mulin.commands import start

    start.django()
    from mulin.doors.publicity.actions import order_paper
    from mulin.doors.publicity.grids import printable
    from mulin.doors.publicity.plan import Order, homes_in
    from mulin.kernel import jobs
    from mulin.places.face import Area, Level
    from mulin.posts.face import User, Who

    town = Area.objects.plain().open().at_level(Level.TOWN).filter(organisations__isnull=False)[0]
    who = Who.of(User.objects.get(username="operator"), start.now())
    grids, homes = printable(who).under(town.path).count(), homes_in(town.path, who)
    each = 0 if homes >= cards else ceil(cards / grids)
    row = order_paper(
        Order("cards", town.path, "zh-hans", "http://localhost:8000/", each), by=who, now=start.now()
    )
    begun = time.perf_counter()
    jobs.run_next(start.now, threading.Event())
    seconds = time.perf_counter() - begun
    row.refresh_from_db()
    mine, child = (
        resource.getrusage(of).ru_maxrss // 1024 for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    size = (jobs.folder_of(row) / row.file).stat().st_size // 1024
    sys.stdout.write(f"{row.stage}: {row.done} cards in {seconds:.1f} s, {size} kB; ")
    sys.stdout.write(f"{mine} MB here, {child} MB in the largest child\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

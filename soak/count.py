"""Counts afterwards: `python -m soak.count FILE`, on a town that nobody serves now. Prints what it found as JSON."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import Any


def main() -> None:
    from mulin.commands import start

    start.django()
    with open(sys.argv[1], encoding="utf-8") as file:
        told = json.load(file)
    print(json.dumps(counted(told["run"], set(told["acknowledged"]))))


def counted(run: str, acknowledged: set[str]) -> dict[str, Any]:
    """How many were kept of what was acknowledged, what is there twice, and whether every message went once."""
    from mulin.commands import work
    from mulin.journal.face import Outbox
    from mulin.kernel.clock import now
    from mulin.matters.face import Matter

    texts = Matter.objects.filter(text__contains=f"soak-{run}-").values_list("text", flat=True)
    found = Counter(text.rpartition(" ")[2] for text in texts)
    failed = work.once()
    return {
        "kept": sum(found.values()),
        "lost": sorted(acknowledged - set(found)),
        "doubled": sorted(mark for mark, times in found.items() if times > 1),
        "numbers_twice": _twice(Matter, "number"),
        "worker_failed": failed,
        "outbox_left": Outbox.objects.filter(done_at=None, due_at__lte=now()).count(),
        "shown_twice": _shown_twice(),
        "unpositioned": _unpositioned(),
    }


def _twice(model: Any, *columns: str) -> int:
    from django.db.models import Count

    rows = model.objects.order_by().values(*columns).annotate(times=Count("pk"))
    return int(rows.filter(times__gt=1).count())


def _shown_twice() -> int:
    from mulin.channels.face import Message

    return _twice(Message, "outbox", "to")


def _unpositioned() -> int:
    from mulin.journal.face import feed_behind

    return feed_behind()


if __name__ == "__main__":
    main()

"""Running numbers: unique, short, not gapless, drawn in blocks so that acts do not queue for one row.

A block is drawn before the act's transaction opens and kept in the process: an act that fails loses its
number, and nobody waits. Inside a transaction with none left, a single number is drawn in that same
transaction and nothing is kept, since a rollback takes the draw back.
"""

from collections import deque
from datetime import datetime
from threading import Lock

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from mulin.kernel.models import Counter
from mulin.kernel.numbers import with_check

BLOCK = 20


class NumberSource:
    """Gives official numbers ("26-000138-5") under a name. One object a process, made at import."""

    def __init__(self, name: str, *, block: int = BLOCK) -> None:
        self.name, self.block = name, block
        self._kept: dict[tuple[str, int], deque[int]] = {}
        self._lock = Lock()

    def prepare(self, now: datetime) -> None:
        """See that there is a number at hand; call it before the act's transaction opens."""
        if connection.in_atomic_block or self._of(now):
            return
        # Never drawn under the lock: whoever holds SQLite's write lock may be waiting for ours.
        drawn = self._draw(now, self.block)
        with self._lock:
            self._of(now).extend(drawn)

    def next(self, now: datetime) -> str:
        """Return a number of the year in which `now` lies, by the town's time zone."""
        self.prepare(now)
        with self._lock:
            kept = self._of(now)
            n = kept.popleft() if kept else None
        return with_check(_year(now), self._draw(now, 1)[0] if n is None else n)

    def many(self, now: datetime, count: int) -> list[str]:
        """Return `count` numbers of one year in one draw, in the present transaction: for imports."""
        return [with_check(_year(now), n) for n in self._draw(now, count)]

    def _of(self, now: datetime) -> deque[int]:
        """What this process keeps for the year and the database that is in use."""
        return self._kept.setdefault((str(connection.settings_dict["NAME"]), _year(now)), deque())

    def _draw(self, now: datetime, count: int) -> range:
        year = _year(now)
        row = Counter.objects.filter(name=self.name, year=year)
        with transaction.atomic():
            if not row.update(last=F("last") + count):
                Counter.objects.bulk_create([Counter(name=self.name, year=year)], ignore_conflicts=True)
                row.update(last=F("last") + count)
            last = row.values_list("last", flat=True).get()
        return range(last - count + 1, last + 1)


def _year(now: datetime) -> int:
    return timezone.localtime(now, timezone.get_default_timezone()).year

"""The one order in which programs read the journal.

Ids and times cannot give it: a transaction that began early may commit late. So an entry's feed row has no
position at first; after commit one worker at a time gives out the next numbers, gaplessly, within a subject
in the order of its chain. A program that has read up to a position has missed nothing before it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from mulin.journal.models import Entry, Feed, FeedCursor

NUMBERED = "numbered"
SLICE = 500


@dataclass(frozen=True, slots=True)
class Fed:
    """An entry at its position in the feed."""

    position: int
    entry: Entry


def feed_number(limit: int = SLICE) -> int:
    """Give positions to about `limit` entries that have none; return how many got one. Call it until 0.

    Two workers may call it at once: the second waits for the first, then takes what is left.
    """
    if not Feed.objects.filter(position=None).exists():
        return 0
    with transaction.atomic():
        cursor = lock_numbering()
        return number(cursor, limit)


def lock_numbering() -> FeedCursor:
    """Take the one lock of numbering; it is held until the transaction ends."""
    cursor = FeedCursor.objects.select_for_update().filter(name=NUMBERED).first()
    if cursor is None:
        FeedCursor.objects.bulk_create([FeedCursor(name=NUMBERED)], ignore_conflicts=True)
        cursor = FeedCursor.objects.select_for_update().get(name=NUMBERED)
    return cursor


def number(cursor: FeedCursor, limit: int | None) -> int:
    """Number what waits, under the lock; `None` takes all."""
    ordered = _in_order(_waiting(limit))
    if ordered:
        set_positions([Feed(entry_id=id, position=cursor.position + n) for n, id in enumerate(ordered, 1)])
        move(cursor, len(ordered))
    return len(ordered)


def move(cursor: FeedCursor, by: int) -> None:
    """Say that `by` more positions were given out."""
    cursor.position += by
    cursor.save(update_fields=["position"])


def set_positions(rows: list[Feed]) -> None:
    """Write positions into feed rows that exist, in one statement."""
    Feed.objects.bulk_create(rows, update_conflicts=True, unique_fields=["entry"], update_fields=["position"])


Waiting = tuple[UUID, UUID, int]  # entry, subject, seq


def _waiting(limit: int | None) -> list[Waiting]:
    """Unnumbered entries, roughly oldest first, and for each subject among them all that come before."""
    columns = ("entry_id", "entry__subject", "entry__seq")
    unnumbered = Feed.objects.filter(position=None).order_by("entry_id").values_list(*columns)
    rows = list(unnumbered if limit is None else unnumbered[:limit])
    if limit is None or len(rows) < limit:
        return rows
    last = _last_seq(rows)
    seen = {entry for entry, _, _ in rows}
    more = unnumbered.filter(entry__subject__in=list(last))
    return rows + [row for row in more if row[0] not in seen and row[2] < last[row[1]]]


def _last_seq(rows: Iterable[Waiting]) -> dict[UUID, int]:
    last: dict[UUID, int] = {}
    for _, subject, seq in rows:
        last[subject] = max(seq, last.get(subject, 0))
    return last


def _in_order(rows: list[Waiting]) -> list[UUID]:
    """Keep the rough order, but hand each subject's places out in the order of its chain."""
    chains: dict[UUID, list[tuple[int, UUID]]] = {}
    for entry, subject, seq in rows:
        chains.setdefault(subject, []).append((seq, entry))
    for chain in chains.values():
        chain.sort(reverse=True)
    return [chains[subject].pop()[1] for _, subject, _ in rows]


def feed_after(cursor: int, limit: int = SLICE) -> list[Fed]:
    """Return the entries behind position `cursor`, in order."""
    rows = Feed.objects.filter(position__gt=cursor).select_related("entry").order_by("position")[:limit]
    return [Fed(row.position, row.entry) for row in rows if row.position is not None]


def feed_last() -> int:
    """Return the last position given out: a stamp of how new the house's news is."""
    return FeedCursor.objects.filter(name=NUMBERED).values_list("position", flat=True).first() or 0


def cursor_of(name: str) -> int:
    """Return how far the program `name` has read."""
    return FeedCursor.objects.filter(name=name).values_list("position", flat=True).first() or 0


def advance(name: str, *, old: int, new: int) -> bool:
    """Move a program's cursor; False where another of its processes moved it first."""
    if name == NUMBERED:
        raise ValueError("that cursor is the worker's own")
    FeedCursor.objects.bulk_create([FeedCursor(name=name)], ignore_conflicts=True)
    return FeedCursor.objects.filter(name=name, position=old).update(position=new) == 1

"""The one documented bulk path: a history computed elsewhere (the demo town, an import) becomes entries.

It uses the same chain function as a live act and leaves the same rows; only it writes them in large batches
and gives out their positions in the feed at once.
"""

from collections.abc import Callable, Iterable
from itertools import islice

from django.db import transaction

from mulin.journal import feed
from mulin.journal.actions import Written, lock_heads, write_heads
from mulin.journal.models import Entry, Feed
from mulin.journal.rules import Draft

BATCH = 2000


def bulk(
    drafts: Iterable[Draft], *, batch: int = BATCH, progress: Callable[[int], None] | None = None
) -> int:
    """Write drafts in the order given, which must be the order of things within each subject; return the
    count.

    All or nothing. Other writers of the feed wait until it is done. `progress` is told how many were written.
    """
    waiting, count = iter(drafts), 0
    with transaction.atomic():
        cursor = None
        while some := list(islice(waiting, batch)):
            written = Written(lock_heads({draft.subject.id: draft.subject.kind for draft in some}))
            if cursor is None:
                # Heads first, then numbering: the order in which nobody can wait for each other.
                cursor = feed.lock_numbering()
                feed.number(cursor, None)
            _write(written, some, cursor.position)
            feed.move(cursor, len(some))
            count += len(some)
            if progress:
                progress(len(some))
    return count


def _write(written: Written, drafts: list[Draft], position: int) -> list[Entry]:
    for draft in drafts:
        written.add(draft)
    written.feed = [
        Feed(entry_id=entry.id, position=position + n) for n, entry in enumerate(written.entries, 1)
    ]
    written.insert()
    write_heads(written.heads)
    return written.entries

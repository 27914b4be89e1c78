"""The one documented bulk path: a history computed elsewhere (the demo town, an import) becomes entries.

It uses the same chain function as a live act and leaves the same rows; only it writes them in large batches,
moves each head once, and gives out positions in the feed at once.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction

from mulin.journal import feed
from mulin.journal.actions import Held, Written, heads_of, lock_heads, write_heads
from mulin.journal.codes import ERASED
from mulin.journal.models import EntryText, FeedCursor, Head
from mulin.journal.rules import Actor, Draft, Link, Subject
from mulin.kernel.db import many
from mulin.kernel.refusals import Conflict

BATCH = 2000


def bulk(
    drafts: Iterable[Draft],
    *,
    batch: int = BATCH,
    progress: Callable[[int], None] | None = None,
    fresh: bool = False,
) -> int:
    """Write drafts in the order given, which must be the order of things within each subject; return the count.

    All or nothing. Other writers of the feed wait until it is done. `progress` is told how many were written.
    `fresh` says that every subject was made in this very transaction: nobody else can have its head, which is simply
    stored; it fails where there is one already.
    """
    waiting, count = iter(drafts), 0
    heads: dict[UUID, Held] = {}
    with transaction.atomic():
        cursor = feed.lock_numbering()
        while some := list(islice(waiting, batch)):
            _lock_more(heads, some, fresh=fresh)
            # Whoever held one of these heads has committed now: what they wrote comes before ours.
            feed.number(cursor, None)
            _write(some, heads, cursor)
            count += len(some)
            if progress:
                progress(len(some))
        if fresh:
            many.insert_values(Head, heads_of(heads))
        else:
            write_heads(heads)
    return count


def _lock_more(heads: dict[UUID, Held], drafts: list[Draft], *, fresh: bool) -> None:
    """Lock the heads that these drafts need and that are not locked yet."""
    new = {draft.subject.id: draft.subject.kind for draft in drafts if draft.subject.id not in heads}
    if fresh:
        heads.update({id: Held(kind, Link()) for id, kind in new.items()})
    elif new:
        heads.update(lock_heads(new))


def _write(drafts: list[Draft], heads: dict[UUID, Held], cursor: FeedCursor) -> None:
    written = Written(heads)
    for draft in drafts:
        written.add(draft)
    written.insert_many(cursor.position)
    feed.move(cursor, len(drafts))


def erase_many(texts: Sequence[EntryText], *, rule: str, by: Actor, at: datetime) -> int:
    """Empty texts by a rule of erasure, each as `erase` does, with their entries read along; return the count."""
    with transaction.atomic():
        mine = [text for text in texts if text.erased_at is None]
        standing = EntryText.objects.filter(pk__in=[text.pk for text in mine], erased_at=None)
        if standing.update(text="", salt="", erased_at=at, erased_rule=rule) != len(mine):
            raise Conflict
        return bulk(_erasure(text, rule, by, at) for text in mine)


def _erasure(text: EntryText, rule: str, by: Actor, at: datetime) -> Draft:
    subject = Subject(text.entry.subject_kind, text.entry.subject)
    return Draft(ERASED.code, subject, by, at, {"entry": text.entry_id, "name": text.name, "rule": rule})

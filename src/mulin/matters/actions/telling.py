"""Word of what happened, put into the outbox in the act's own transaction: one row, ids only.

Who is told, and whether they still may be, is worked out when it is sent: an act costs one statement for it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from mulin.journal.face import Entry, OutboxDraft, Subject, outbox_add_many
from mulin.matters.rules.telling import tells_anybody

if TYPE_CHECKING:
    from mulin.matters.models import Matter
    from mulin.matters.rules.moves import Move
    from mulin.matters.rules.step import Change
    from mulin.posts.face import Who


def tell(
    matter: Matter,  # noqa: ARG001 - the entry names it
    move: Move,  # noqa: ARG001 - the entry's code says which
    change: Change,  # noqa: ARG001 - its facts are the entry's
    entry: Entry,
    *,
    by: Who,  # noqa: ARG001 - the entry says who
    now: datetime,
) -> None:
    """Put word of a move into the outbox: at most one statement."""
    tell_of([entry], now=now)


def tell_of(entries: list[Entry], *, now: datetime) -> None:
    """Put word of these entries into the outbox, in one statement: for what the system does to many at once."""
    outbox_add_many(
        OutboxDraft(entry.code, Subject(entry.subject_kind, entry.subject), entry, now)
        for entry in entries
        if tells_anybody(entry.code)
    )

"""Acts, subjects and codes that only these tests know."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import transaction

from mulin.journal.face import SYSTEM, Entry, Subject, record, register
from mulin.kernel.ids import new_id

NOW = datetime(2026, 3, 18, 2, 0, tzinfo=UTC)
CODE = "test.happened"
HIDDEN = "test.hidden"

register(
    CODE,
    "It happened",
    shown_to_reporter=True,
    words={"note": "internal", "reply": "reporter", "phone": "secret"},
)
register(HIDDEN, "It happened unseen")


def a_subject() -> Subject:
    return Subject("test", new_id())


def act(subject: Subject, /, **words: str) -> Entry:
    """An act of a room: a transaction with its entry."""
    with transaction.atomic():
        return record(CODE, subject, by=SYSTEM, at=NOW, facts={"to": "filed"}, words=words)

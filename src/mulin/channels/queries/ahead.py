"""The dry run: what would be sent now, to how many, and why the others would not be. Nothing is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from mulin.channels.deciding import decide
from mulin.channels.models import Message
from mulin.channels.rules.sending import Later, No, Why
from mulin.journal.face import outbox_waiting

LOOKED_AT = 1000
BATCH = 200


@dataclass
class Ahead:
    """Counts by kind of message; `no` by kind and reason. `more`: there is more in the outbox than was looked at."""

    held: bool
    rows: int = 0
    more: bool = False
    waited: int = 0
    now: Counter[str] = field(default_factory=Counter)
    later: Counter[str] = field(default_factory=Counter)
    no: Counter[tuple[str, Why]] = field(default_factory=Counter)
    people: int = 0


def look_ahead(now: datetime, *, limit: int = LOOKED_AT) -> Ahead:
    """Look at the oldest of the outbox and at what waited for working hours."""
    rows = outbox_waiting(limit + 1)
    ahead = Ahead(held=settings.MULIN_HOLD_MESSAGES, rows=min(len(rows), limit), more=len(rows) > limit)
    receivers: set[object] = set()
    for start in range(0, ahead.rows, BATCH):
        for each in decide(rows[start : min(start + BATCH, limit)], now):
            kind = each.word.kind
            if isinstance(each.answer, No):
                ahead.no[kind, each.answer.why] += 1
            elif isinstance(each.answer, Later):
                ahead.later[kind] += 1
            else:
                ahead.now[kind] += 1
                receivers.add(each.word.user.pk if each.word.user else each.word.reporter)
    ahead.people = len(receivers)
    ahead.waited = Message.objects.filter(sent_at__isnull=True, why="").count()
    return ahead

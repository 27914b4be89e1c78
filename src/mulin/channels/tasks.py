"""The worker's part: makes messages of what lies in the outbox, and shows at the opening hour what waited for it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from mulin.channels.deciding import Decided, decide, decide_again
from mulin.channels.mail.letters import gather, write_letters
from mulin.channels.models import Message
from mulin.channels.plain import plain_messages
from mulin.channels.queries.texts import texts_of
from mulin.channels.render import digest, rendered, town_of
from mulin.channels.rules.sending import Later, No, Yes
from mulin.channels.texts import CHINESE, DIGEST, ENGLISH, Texts
from mulin.journal.face import Outbox, outbox_done_many, outbox_due, outbox_later
from mulin.kernel.ids import new_id
from mulin.kernel.log import where
from mulin.posts.face import User

BATCH = 100
PEOPLE = 50
AGAIN = timedelta(minutes=10)

log = logging.getLogger("mulin.messages")


def send(now: datetime) -> int:
    """One round; returns how much was done. While sending is held everything stays where it is."""
    if settings.MULIN_HOLD_MESSAGES:
        return 0
    return spread(now) + deliver(now) + gather(now)


def spread(now: datetime) -> int:
    """Make messages of what the outbox holds: some to be read now, some at the opening hour."""
    rows = outbox_due(now, limit=BATCH)
    if rows:
        _try(rows, now)
    return len(rows)


def _try(rows: Sequence[Outbox], now: datetime) -> None:
    """One row that cannot be worked out does not hold up the others of its batch."""
    try:
        _spread(rows, now)
    except Exception as error:
        if len(rows) == 1:
            log.error("word of %s cannot be sent; it is tried again later\n%s", rows[0].kind, where(error))
            outbox_later(rows[0], now + AGAIN * rows[0].tries)
            return
        for row in rows:
            _try([row], now)


def _spread(rows: Sequence[Outbox], now: datetime) -> None:
    decided = [each for each in decide(rows, now) if not isinstance(each.answer, No)]
    texts = texts_of({town_of(each.word) for each in decided})
    messages = [_message(each, texts, now) for each in decided] + plain_messages(rows, now)
    with transaction.atomic():
        # A worker that died after this, and whoever comes after it, adds nothing: each receiver has a row once.
        Message.objects.bulk_create(messages, ignore_conflicts=True)
        write_letters(messages, now)
        outbox_done_many(rows, now)


def _message(decided: Decided, texts: Texts, now: datetime) -> Message:
    word, said = decided.word, rendered(decided.word, texts)
    due_at = decided.answer.at if isinstance(decided.answer, Later) else now
    return Message(
        outbox=word.row,
        to=word.user,
        reporter=word.reporter,
        kind=word.kind,
        matter=word.matter,
        entry=word.entry.pk,
        seq=word.entry.seq,
        seat=word.seat.pk if word.seat else None,
        urgent=word.urgent,
        text=said[CHINESE],
        text_en=said[ENGLISH],
        language=language_of(word.user),
        created_at=now,
        due_at=due_at,
        sent_at=now if isinstance(decided.answer, Yes) else None,
    )


def language_of(user: User | None) -> str:
    return user.language if user else settings.LANGUAGE_CODE


def deliver(now: datetime) -> int:
    """Show what waited and may still be told: to each person as one message. Returns how many had waited."""
    waiting = Message.objects.waiting(now)
    if not waiting.exists():
        return 0
    with transaction.atomic():
        people = list(waiting.order_by("to").values_list("to", flat=True).distinct()[:PEOPLE])
        rows = list(
            waiting.filter(to__in=people)
            .select_related("to")
            .order_by("to", "due_at", "id")
            .select_for_update(of=("self",), skip_locked=True)
        )
        _show(rows, now)
    return len(rows)


def _show(rows: list[Message], now: datetime) -> None:
    """Decide anew, then gather."""
    answers = decide_again(rows, now)
    kept = [row for row, answer in zip(rows, answers, strict=True) if not isinstance(answer, No)]
    for row, answer in zip(rows, answers, strict=True):
        if isinstance(answer, No):
            row.why = str(answer.why)
    digests = _digests(kept, now)
    Message.objects.bulk_create(digests)
    Message.objects.bulk_update(rows, ["why", "sent_at", "within"], batch_size=BATCH)
    write_letters(kept, now)


def _digests(rows: list[Message], now: datetime) -> list[Message]:
    """Mark these as shown; where several go to one person, within one that says how many."""
    made: list[Message] = []
    of: dict[UUID | None, list[Message]] = {}
    for row in rows:
        row.sent_at = now
        of.setdefault(row.to_id, []).append(row)
    for together in of.values():
        if len(together) > 1:
            head = _digest(together, now)
            made.append(head)
            for row in together:
                row.within = head
    return made


def _digest(together: list[Message], now: datetime) -> Message:
    said, first = digest(len(together)), together[0]
    return Message(
        outbox=new_id(),
        to=first.to,
        kind=DIGEST,
        text=said[CHINESE],
        text_en=said[ENGLISH],
        language=first.language,
        created_at=now,
        due_at=now,
        sent_at=now,
    )

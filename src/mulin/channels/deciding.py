"""Who of those that an act concerns is told, when, and why the others are not: for the worker and for the dry run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mulin.channels.hours import calendar_of
from mulin.channels.models import Message, Muted
from mulin.channels.rules.sending import Answer, Asked, Yes, may_send
from mulin.journal.face import Outbox
from mulin.matters.face import Waited, Word, still_told, words_of
from mulin.places.face import Calendars, calendars


@dataclass(frozen=True, slots=True)
class Decided:
    """A word, and whether it may be sent."""

    word: Word
    answer: Answer


def decide(rows: Sequence[Outbox], now: datetime) -> list[Decided]:
    """Work out a batch; nothing is written."""
    words = words_of(rows, now)
    if not words:
        return []
    muted, book = muted_by(word.user.pk for word in words if word.user), calendars()
    return [Decided(word, may_send(_asked(word, muted, book), now)) for word in words]


def muted_by(people: Iterable[UUID]) -> set[tuple[UUID, str]]:
    """(person, kind) that they do not want."""
    return set(Muted.objects.filter(user__in=set(people)).values_list("user", "kind"))


def _asked(word: Word, muted: set[tuple[UUID, str]], book: Calendars) -> Asked:
    return Asked(
        sees=word.sees,
        knows=word.knows,
        overtaken=word.overtaken,
        muted=word.user is not None and (word.user.pk, word.kind) in muted,
        urgent=word.urgent,
        calendar=calendar_of(word.seat, book),
    )


def decide_again(rows: Sequence[Message], now: datetime) -> list[Answer]:
    """Whether what waited may still be told, one answer for each. Who reported it on no seat is told as before."""
    seated = {row.pk: waited for row in rows if (waited := _waited(row))}
    muted = muted_by(each.user for each in seated.values())
    still = zip(seated, still_told(list(seated.values()), now), strict=True) if seated else ()
    answers = {
        pk: may_send(
            Asked(
                sees=each.sees, knows=each.knows, overtaken=each.overtaken,
                muted=(seated[pk].user, seated[pk].kind) in muted,
            ),
            now,
        )
        for pk, each in still
    }  # fmt: skip
    return [answers.get(row.pk, Yes()) for row in rows]


def _waited(row: Message) -> Waited | None:
    if row.matter_id is None or row.to_id is None or row.seat is None:
        return None
    return Waited(row.kind, row.matter_id, row.to_id, row.seat, row.seq)

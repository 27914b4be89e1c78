"""What somebody was told: a page of their inbox, how much of it is unread, and what a reporter was told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from mulin.channels.models import Message
from mulin.channels.rules.texts import TITLE, fill
from mulin.channels.texts import DIGEST
from mulin.kernel.refusals import Invalid
from mulin.matters.face import Matter
from mulin.posts.face import Who

PAGE = 50
MOST = 100
COUNTED = 100  # the figure in the header counts no further
TOLD = 20  # so many a reporter reads on the page of their matter


@dataclass(frozen=True)
class Told:
    """A message as it is read: with the title filled in for whoever still may see the matter."""

    message: Message
    text: str
    number: str
    parts: Sequence[Told] = ()

    @property
    def is_unread(self) -> bool:
        return self.message.read_at is None


@dataclass(frozen=True)
class InboxPage:
    """`next` is the key of the following page; empty on the last."""

    rows: list[Told]
    next: str


def unread_count(who: Who) -> int:
    """One statement by a partial index, up to a hundred."""
    return len(Message.objects.visible_to(who).unread().values_list("pk", flat=True)[:COUNTED])


def inbox(who: Who, *, after: str = "", limit: int = PAGE, unread: bool = False) -> InboxPage:
    """The newest first, by key. Three statements: the messages, those within them, what may be seen."""
    rows = (
        Message.objects.visible_to(who).select_related("matter__type", "reporter").order_by("-sent_at", "-id")
    )
    if unread:
        rows = rows.unread()
    if after:
        sent_at, id = _read_key(after)
        rows = rows.filter(Q(sent_at__lt=sent_at) | Q(sent_at=sent_at, id__lt=id))
    found = list(rows[: limit + 1])
    shown = found[:limit]
    return InboxPage(read(shown, who), _key(shown[-1]) if len(found) > limit else "")


def _key(row: Message) -> str:
    return f"{row.sent_at.isoformat()}~{row.pk}" if row.sent_at else ""


def _read_key(after: str) -> tuple[datetime, UUID]:
    at, _mark, id = after.partition("~")
    try:
        sent_at = datetime.fromisoformat(at)
        if sent_at.tzinfo is None:
            raise ValueError
        return sent_at.astimezone(UTC), UUID(id)
    except (ValueError, OverflowError):
        raise Invalid(_("This page does not exist any more. Begin at the top."), code="after") from None


def read(rows: Sequence[Message], who: Who) -> list[Told]:
    """With what lies within them, and for each matter asked anew whether they may see it."""
    parts = _within(rows)
    matters = {row.matter_id for row in (*rows, *(part for each in parts.values() for part in each))}
    ids = [id for id in matters if id]
    seen = (
        set(Matter.objects.visible_to(who).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    )
    return [_told(row, seen, [_told(part, seen) for part in parts.get(row.pk, ())]) for row in rows]


def _within(rows: Iterable[Message]) -> dict[UUID, list[Message]]:
    heads = [row.pk for row in rows if row.kind == DIGEST]
    found: dict[UUID, list[Message]] = {}
    if heads:
        for part in (
            Message.objects.filter(within__in=heads)
            .select_related("matter__type", "reporter")
            .order_by("due_at", "id")
        ):
            if part.within_id:
                found.setdefault(part.within_id, []).append(part)
    return found


def _told(row: Message, seen: set[UUID], parts: Sequence[Told] = ()) -> Told:
    if row.matter is None:
        return Told(row, row.words, "", parts)
    if row.reporter and not row.reporter.first:
        # They added their voice: they are told each step, but the title is made of the first one's words.
        return Told(row, fill(row.words, {TITLE: row.matter.type.label}), row.matter.number, parts)
    if row.matter_id not in seen:
        return Told(row, _("This was about a matter that you can no longer see."), "", parts)
    return Told(row, fill(row.words, {TITLE: row.matter.title}), row.matter.number, parts)


def told_to_reporters(matter: Matter) -> list[Told]:
    """What was said to whoever raised this matter, the newest first, each thing once; one statement.

    To somebody who added their voice the door gives the matter with another title.
    """
    rows = Message.objects.filter(reporter__matter=matter, sent_at__isnull=False).order_by("-sent_at", "-id")
    once: dict[UUID, Message] = {}
    for row in rows[: TOLD * 3]:
        once.setdefault(row.outbox, row)
    told = [Told(row, fill(row.words, {TITLE: matter.title}), matter.number) for row in once.values()]
    return told[:TOLD]

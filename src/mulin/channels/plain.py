"""Word that is about no matter: somebody stands in, is away, opened a record. One receiver a row; shown at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from mulin.channels.models import Message
from mulin.channels.texts import CHINESE, ENGLISH
from mulin.journal.face import Entry, Outbox, facts_of
from mulin.posts.face import Seat, User, seat_at, seats_by_id

# What is said of each kind of row. No name stands in it: seats and days only.
WORDS: Mapping[str, str | Promise] = {
    "leave.stand_in": _("You stand in at “%(seat)s” from %(from)s to %(last)s: its turns come to you."),
    "leave.uncovered": _(
        "Nobody is at “%(seat)s” from %(from)s to %(last)s: its turns come to you meanwhile."
    ),
    "leave.entered": _("Leave was entered for you, from %(from)s to %(last)s."),
    "leave.ended": _("The leave that began on %(from)s is over. Nobody stands in any more."),
    "glass.broken": _(
        "“%(seat)s” opened a record in your area in an emergency, for three hours. Ask them why; it is reviewed."
    ),
    "glass.week": _(
        "Openings in emergencies that wait for their review: %(count)s. They stand under Settings."
    ),
    "link.made": _(
        "Your account is linked to your record now. See under “Mine” what is kept of you, and who looked."
    ),
    "request.asked": _("A resident asks something about their own data. Answer until %(due)s."),
    "request.reminded": _("A resident still waits for an answer about their own data, until %(due)s."),
    "request.extended": _(
        "Your request about your data needs more time, until %(due)s. Why stands under “Mine”."
    ),
    "request.granted": _("Your request about your data was granted. The answer stands under “Mine”."),
    "request.refused": _("Your request about your data was refused. Why stands under “Mine”."),
    "campaign.set": _("A campaign asks something of your grid, until %(last)s. It stands under Visits."),
    "proposal.accepted": _("What you proposed to change in the registry was accepted."),
    "proposal.refused": _(
        "What you proposed to change in the registry was not accepted. Why stands beside it."
    ),
}


def plain_messages(rows: Sequence[Outbox], now: datetime) -> list[Message]:
    """A message for each row of these kinds, to whoever it names and may still sign in: three statements."""
    rows = [row for row in rows if row.kind in WORDS and row.to and row.entry_id]
    if not rows:
        return []
    people = User.objects.active().in_bulk([row.to for row in rows])
    entries = Entry.objects.in_bulk([row.entry_id for row in rows])
    return [
        _message(row, people[row.to], entries[row.entry_id], now)
        for row in rows
        if row.to in people and row.entry_id in entries
    ]


def _message(row: Outbox, user: User, entry: Entry, now: datetime) -> Message:
    facts = facts_of(entry)
    return Message(
        outbox=row.pk,
        to=user,
        kind=row.kind,
        entry=entry.pk,
        seq=entry.seq,
        text=_said(row.kind, facts, CHINESE),
        text_en=_said(row.kind, facts, ENGLISH),
        language=user.language,
        created_at=now,
        due_at=now,
        sent_at=now,
    )


def _said(kind: str, facts: Mapping[str, Any], language: str) -> str:
    with override(language):
        seat = _seat(facts)
        last = _moment(facts.get("to"), before=timedelta(seconds=1))
        words = {"seat": seat.label if seat else "–", "from": _moment(facts.get("from")), "last": last}
        words["count"] = str(facts.get("count", ""))
        words["due"] = _moment(facts.get("due_at"), before=timedelta(seconds=1))
        return str(WORDS[kind]) % words


def _seat(facts: Mapping[str, Any]) -> Seat | None:
    place = facts.get("area") or facts.get("organisation")
    found = seat_at(str(facts.get("role")), UUID(str(place))) if place else None
    return seats_by_id([found.pk])[found.pk] if found else None


def _moment(value: object, before: timedelta = timedelta()) -> str:
    if not value:
        return "–"
    at = datetime.fromisoformat(str(value)) - before
    return date_format(timezone.localtime(at), "MONTH_DAY_FORMAT")

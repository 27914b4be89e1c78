"""Draws closed matters for a second, blind look: by a keyed share, to a seat that had no part in it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings

from mulin.journal.face import SYSTEM, Entry, Subject, record
from mulin.kernel import crypto
from mulin.kernel.worktime import add
from mulin.matters.actions import calendars
from mulin.matters.actions.apply import Seats
from mulin.matters.actions.cases import Loaded, sitting
from mulin.matters.models import Matter, Recheck
from mulin.matters.rules.case import Case, Change
from mulin.matters.rules.limits import RECHECK_LIMIT
from mulin.matters.rules.move import Outcome
from mulin.matters.rules.who import SeatKey, seats_of
from mulin.posts.face import Directory

LOOKS_AGAIN = ("checker", "committee_member", "grid_head", "centre_operator")
SAID_TO_BE_SOLVED = (Outcome.SOLVED, Outcome.SETTLED_BY_ITSELF)


def draw_recheck(loaded: Loaded, change: Change, now: datetime) -> Recheck | None:
    """At closing: most are not drawn, and cost nothing. Where nobody is left who had no part in it, none is made."""
    matter, after = loaded.matter, change.after
    closes = loaded.case.closed_at is None and after.closed_at is not None
    if not closes or after.outcome not in SAID_TO_BE_SOLVED or not _drawn(matter):
        return None
    seat = Seats().get(_seat(after, change, now))
    if seat is None:
        return None
    row = Recheck.objects.create(
        matter=matter, seat=seat, place=matter.filed_place,
        in_time=now <= matter.first_promise_at, drawn_at=now,
        due_at=add(now, RECHECK_LIMIT, calendars.of_place(matter.place)),
    )  # fmt: skip
    record("recheck.drawn", Subject("recheck", row.pk), by=SYSTEM, at=now, facts={"matter": str(matter.pk)})
    return row


def _drawn(matter: Matter) -> bool:
    """Nobody without the key can know it beforehand, and it can be proved afterwards."""
    word = f"{matter.pk}:{matter.version}"
    return crypto.keyed_share(word, context="matter.recheck") < settings.MULIN_RECHECK_SHARE


def _seat(after: Case, change: Change, now: datetime) -> SeatKey | None:
    """The first seat of those that look again, where somebody sits who neither handled nor checked it."""
    leads = after.past_leads | ({after.lead} if after.lead else set())
    holders = sitting(after.ground, Directory(now))
    barred = after.handlers | after.concerned | {change.person, after.reporter}
    for role in LOOKS_AGAIN:
        for key in seats_of(role, after.ground, after.ground.held_at):
            if key != change.seat and key not in leads and set(holders.holders(key)) - barred:
                return key
    return None


def took_part(matter: Matter, person: UUID) -> bool:
    """Whether they handled it, or decided that it was closed or sent back."""
    if matter.parts.filter(person=person).exists():
        return True
    codes = ("matter.confirmed", "matter.sent_back", "matter.handed_in", "matter.settled")
    return Entry.objects.filter(subject=matter.pk, code__in=codes, by=person).exists()

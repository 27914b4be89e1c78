"""Rows become matters: closed, with their reporter and whoever handled them, in batches that are whole or not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from mulin.journal.face import Actor, Draft, Json, bulk
from mulin.kernel import search
from mulin.kernel.ids import new_id
from mulin.kernel.retention import RULES
from mulin.matters.actions import calendars
from mulin.matters.actions.apply import subject
from mulin.matters.actions.cases import type_facts
from mulin.matters.actions.imports.checking import Ready
from mulin.matters.actions.numbers import numbers_for
from mulin.matters.actions.report import matter_row, start_area
from mulin.matters.actions.reporters import ReporterGiven, reporter_row
from mulin.matters.actions.searching import TABLE, search_row
from mulin.matters.models import Contact, Import, Imported, Matter, Part, PartKind, Reporter
from mulin.matters.rules.clocks import Running
from mulin.matters.rules.limits import Clock
from mulin.matters.rules.states import State

BATCH = 100  # so that others do not wait long for SQLite's lock
_KEPT = timedelta(days=365 * (RULES["contact"].years or 0))


@dataclass
class _Rows:
    """What one row of a list becomes."""

    matter: Matter
    reporter: Reporter
    part: Part | None
    imported: Imported
    draft: Draft


def write(source: Import, batch: Sequence[Ready], *, by: Actor, at: datetime) -> int:
    """Store a batch with its entries; in the caller's transaction. Returns how many contacts were too old to keep."""
    numbers = numbers_for(sorted(ready.reported for ready in batch))
    made = [
        _made(source, ready, number, by, at)
        for ready, number in zip(sorted(batch, key=lambda each: each.reported), numbers, strict=True)
    ]
    with transaction.atomic():
        Matter.objects.bulk_create(rows.matter for rows in made)
        Contact.objects.bulk_create(rows.reporter.contact for rows in made if rows.reporter.contact)
        Reporter.objects.bulk_create(rows.reporter for rows in made)
        Part.objects.bulk_create(rows.part for rows in made if rows.part)
        Imported.objects.bulk_create(rows.imported for rows in made)
        search.write_many(TABLE, (_found(rows) for rows in made))
        bulk(rows.draft for rows in made)
    return sum(1 for ready in batch if ready.phone and not keeps_contact(ready, at))


def _made(source: Import, ready: Ready, number: str, by: Actor, at: datetime) -> _Rows:
    matter = _matter(ready, number)
    part = _part(matter, ready)
    imported = Imported(source=source, matter=matter.pk, row=ready.row, former=ready.former)
    said = {"reason": ready.done} if ready.done else {}
    draft = Draft("matter.imported", subject(matter), by, at, _facts(source, matter, part, ready), said)
    return _Rows(matter, _reporter(matter, ready, at), part, imported, draft)


def _matter(ready: Ready, number: str) -> Matter:
    held_at = start_area(ready.kind, ready.where.taken_by)
    matter = matter_row(
        ready.kind, text=ready.text, title=ready.title, where=ready.where, held_at=held_at, channel=ready.channel,
        now=ready.reported, secret=False, id=new_id(),
    )  # fmt: skip
    matter.number, matter.held_level = number, held_at.level
    matter.promise_at = matter.first_promise_at = ready.promised or _promise(matter)
    matter.state = State.CLOSED if ready.rating is None else State.ASSESSED
    matter.state_at = matter.closed_at = ready.closed
    matter.outcome, matter.rating = ready.outcome, ready.rating
    return matter


def _promise(matter: Matter) -> datetime:
    """As it would be promised today: the list does not say what was promised then."""
    limit, calendar = type_facts(matter.type).limit(Clock.PROMISE), calendars.of_place(matter.place)
    return Running(Clock.PROMISE, matter.reported_at).due(limit, calendar) or matter.reported_at


def _part(matter: Matter, ready: Ready) -> Part | None:
    if ready.handler is None:
        return None
    return Part(
        matter=matter, kind=PartKind.LEAD, seat=ready.handler, from_at=ready.reported, to_at=ready.closed
    )  # fmt: skip


def _reporter(matter: Matter, ready: Ready, at: datetime) -> Reporter:
    """Without a code: whoever raised it then follows it nowhere. A contact only while it may be kept."""
    given = ReporterGiven()
    if ready.phone and keeps_contact(ready, at):
        given = ReporterGiven.with_contact(ready.name, ready.phone)
    row = reporter_row(matter, given, "", ready.reported)
    row.code_hash = ""
    return row


def keeps_contact(ready: Ready, at: datetime) -> bool:
    return ready.closed + _KEPT > at


def _facts(source: Import, matter: Matter, part: Part | None, ready: Ready) -> dict[str, Json]:
    kept: dict[str, Json] = {
        "to": matter.state, "held": matter.held_at.path, "number": matter.number, "type": matter.type.code,
        "place": matter.filed_place, "channel": matter.channel, "promise": matter.promise_at.isoformat(),
        "reported": ready.reported.isoformat(), "closed": ready.closed.isoformat(), "outcome": str(ready.outcome),
        "import": str(source.pk), "row": ready.row,
    }  # fmt: skip
    return (
        kept
        | ({"lead": str(part.seat_id)} if part else {})
        | ({"rating": ready.rating} if ready.rating else {})
    )


def _found(rows: _Rows) -> search.Row:
    body = rows.part.seat.organisation_id if rows.part else None
    return search_row(rows.matter, [body] if body else [], [])

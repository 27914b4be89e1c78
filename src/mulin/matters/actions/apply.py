"""Stores a change that the rules have computed: the row by conditional update, the parts, the journal, the search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from mulin.journal.face import Entry, Subject, record
from mulin.matters.actions.cases import Loaded
from mulin.matters.actions.happened import overtaken
from mulin.matters.models import Matter, Part, PartKind
from mulin.matters.rules.moves import Move
from mulin.matters.rules.step import Change, Given
from mulin.matters.rules.who import SeatKey
from mulin.places.face import Area
from mulin.posts.face import Organisation, Seat, Who, seat_for

SUBJECT = "matter"


def subject(matter: Matter) -> Subject:
    return Subject(SUBJECT, matter.pk)


class Seats:
    """Seats by key, made where a turn needs one that nobody made yet; each is read once an act."""

    def __init__(self, known: Mapping[SeatKey, Seat] | None = None) -> None:
        self._known = dict(known or {})

    def get(self, key: SeatKey | None) -> Seat | None:
        if key is None:
            return None
        if key not in self._known:
            self._known[key] = _found(key) or _opened(key)
        return self._known[key]


def _found(key: SeatKey) -> Seat | None:
    return Seat.objects.filter(role=key.role, area=key.area, organisation=key.organisation).first()


def _opened(key: SeatKey) -> Seat:
    area = Area.objects.plain().get(pk=key.area) if key.area else None
    body = Organisation.objects.get(pk=key.organisation) if key.organisation else None
    return seat_for(key.role, area=area, organisation=body)


def columns(change: Change, given: Given, seats: Seats, now: datetime) -> dict[str, Any]:
    """The matter's columns after the change."""
    after = change.after
    values: dict[str, Any] = {
        "state": str(after.state),
        "state_at": now,
        "held_at_id": after.ground.held_at.id,
        "held_level": after.ground.held_at.level,
        "turn": seats.get(after.turn),
        "due_at": after.due_at,
        "promise_at": after.promise_at,
        "closed_at": after.closed_at,
        "outcome": after.outcome,
    }
    if after.closed_at is None:  # reopened, it is judged anew
        values |= {"rating": None, "solved": None}
    if given.rating:
        values["rating"] = given.rating
    if given.solved is not None:
        values["solved"] = given.solved
    return values


def counters(move: Move) -> tuple[str, ...]:
    """The columns to which the move adds one."""
    return ("version", move.counts) if move.counts else ("version",)


def store(
    loaded: Loaded, change: Change, move: Move, given: Given, *, by: Who, seat: Seat | None, now: datetime
) -> Entry:
    """Write everything of one move. Raises Conflict where somebody else was faster: then nothing was written."""
    matter, seats = loaded.matter, Seats(_seats_of(loaded))
    values = columns(change, given, seats, now) | {name: F(name) + 1 for name in counters(move)}
    won = Matter.objects.filter(pk=matter.pk, state=matter.state, version=matter.version).update(**values)
    if won != 1:
        raise overtaken(matter, told=by)
    store_parts(loaded, change, seats, now)
    entry = record(
        move.entry,
        subject(matter),
        by=by.actor(seat),
        at=now,
        facts=facts(change, seats),
        words=words(move, given),
    )
    matter.refresh_from_db()
    return entry


def _seats_of(loaded: Loaded) -> dict[SeatKey, Seat]:
    from mulin.matters.actions.cases import seat_key

    rows = [part.seat for part in loaded.parts] + ([loaded.matter.turn] if loaded.matter.turn else [])
    return {seat_key(seat): seat for seat in rows}


@dataclass(frozen=True)
class PartChange:
    """What a change does to the lead part: one may end, get its person, or begin."""

    ended: Part | None = None
    named: Part | None = None
    begun: Part | None = None


def part_change(matter: Matter, lead: Part | None, change: Change, seats: Seats, now: datetime) -> PartChange:
    """Work out what becomes of the lead part; nothing is written here."""
    if change.lead_started:
        seat = seats.get(change.after.lead)
        person = change.person if change.lead_taken else None
        due_at = change.after.lead_due_at
        return PartChange(lead, None, _lead(matter, seat, person, seats.get(change.seat), due_at, now))
    if change.lead_ended:
        return PartChange(ended=lead)
    if not change.lead_taken or lead is None or lead.person_id == change.person:
        return PartChange()
    if lead.person_id is None:
        return PartChange(named=lead)
    # Another person on the same seat gets a part of their own.
    return PartChange(lead, None, _lead(matter, lead.seat, change.person, lead.given_by, lead.due_at, now))


def _lead(
    matter: Matter, seat: Seat | None, person: UUID | None, given_by: Seat | None, due_at: datetime | None,
    now: datetime,
) -> Part:  # fmt: skip
    return Part(
        matter=matter,
        kind=PartKind.LEAD,
        seat=seat,
        person_id=person,
        given_by=given_by,
        due_at=due_at,
        from_at=now,
    )


def store_parts(loaded: Loaded, change: Change, seats: Seats, now: datetime) -> None:
    """End, name or begin the lead part, as the change says."""
    done = part_change(loaded.matter, loaded.lead, change, seats, now)
    if done.ended:
        Part.objects.filter(pk=done.ended.pk, to_at=None).update(to_at=now)
        loaded.lead = None
    if done.named:
        Part.objects.filter(pk=done.named.pk, person=None).update(person=change.person)
    if done.begun:
        done.begun.save(force_insert=True)
        loaded.lead = done.begun


def facts(change: Change, seats: Seats) -> dict[str, Any]:
    """What the entry keeps: the rules' facts, with seats as ids."""
    kept = dict(change.facts)
    turn, lead = seats.get(change.after.turn), seats.get(change.after.lead) if change.lead_started else None
    if turn:
        kept["turn"] = str(turn.pk)
    if lead:
        kept["lead"] = str(lead.pk)
    return kept


def words(move: Move, given: Given) -> dict[str, str]:
    texts = {"note": given.note.strip(), "reason": given.reason.strip()}
    return {name: text for name, text in texts.items() if text and name in {str(ask) for ask in move.asks}}

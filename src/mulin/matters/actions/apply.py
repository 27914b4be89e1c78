"""Stores a change that the rules have computed: the row by conditional update, the parts, the journal, the search."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from mulin.journal.face import Actor, Entry, Subject, record
from mulin.matters.actions.cases import Loaded
from mulin.matters.actions.happened import overtaken
from mulin.matters.models import Matter, Part, PartKind
from mulin.matters.rules.moves import Move
from mulin.matters.rules.step import Change, Given
from mulin.matters.rules.who import SeatKey
from mulin.places.face import Area
from mulin.posts.face import Organisation, Seat, seat_for

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
            self._known[key] = _made(key) or _make(key)
        return self._known[key]


def _made(key: SeatKey) -> Seat | None:
    return Seat.objects.filter(role=key.role, area=key.area, organisation=key.organisation).first()


def _make(key: SeatKey) -> Seat:
    area = Area.objects.plain().get(pk=key.area) if key.area else None
    body = Organisation.objects.get(pk=key.organisation) if key.organisation else None
    return seat_for(key.role, area=area, organisation=body)


def columns(change: Change, move: Move, given: Given, seats: Seats, now: datetime) -> dict[str, Any]:
    """The matter's columns after the change."""
    after = change.after
    values: dict[str, Any] = {
        "state": str(after.state),
        "state_at": now,
        "held_at": after.ground.held_at.id,
        "held_level": after.ground.held_at.level,
        "turn": seats.get(after.turn),
        "due_at": after.due_at,
        "closed_at": after.closed_at,
        "outcome": after.outcome,
        "version": F("version") + 1,
    }
    if move.counts:
        values[move.counts] = F(move.counts) + 1
    if given.rating:
        values["rating"] = given.rating
    if given.solved is not None:
        values["solved"] = given.solved
    return values


def store(loaded: Loaded, change: Change, move: Move, given: Given, *, by: Actor, now: datetime) -> Entry:
    """Write everything of one move. Raises Conflict where somebody else was faster: then nothing was written."""
    matter, seats = loaded.matter, Seats(_seats_of(loaded))
    values = columns(change, move, given, seats, now)
    won = Matter.objects.filter(pk=matter.pk, state=matter.state, version=matter.version).update(**values)
    if won != 1:
        raise overtaken(matter)
    store_parts(loaded, change, seats, now)
    entry = record(
        move.entry,
        subject(matter),
        by=by,
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


def store_parts(loaded: Loaded, change: Change, seats: Seats, now: datetime) -> None:
    """End, start or take the lead part, as the change says."""
    if loaded.lead and (change.lead_ended or change.lead_started):
        Part.objects.filter(pk=loaded.lead.pk, to_at=None).update(to_at=now)
        loaded.lead = None
    if change.lead_started:
        loaded.lead = Part.objects.create(
            matter=loaded.matter,
            kind=PartKind.LEAD,
            seat=seats.get(change.after.lead),
            person_id=change.person if change.lead_taken else None,
            given_by=seats.get(change.seat),
            due_at=change.after.lead_due_at,
            from_at=now,
        )
    elif change.lead_taken and loaded.lead and loaded.lead.person_id != change.person:
        _take(loaded.lead, change.person, now)


def _take(lead: Part, person: UUID | None, now: datetime) -> None:
    """The person at work is in the part; another person on the same seat gets a part of their own."""
    if lead.person_id is None:
        Part.objects.filter(pk=lead.pk, person=None).update(person=person)
        return
    Part.objects.filter(pk=lead.pk, to_at=None).update(to_at=now)
    Part.objects.create(
        matter_id=lead.matter_id, kind=lead.kind, seat=lead.seat, person_id=person,
        given_by_id=lead.given_by_id, due_at=lead.due_at, from_at=now,
    )  # fmt: skip


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

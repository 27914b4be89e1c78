"""Stores a change that the rules have computed: the row by conditional update, the parts, the journal, the search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from mulin.journal.face import Entry, Subject, record
from mulin.kernel.db import rows
from mulin.matters.actions.cases import MEETING, Loaded, seat_key
from mulin.matters.actions.happened import overtaken
from mulin.matters.actions.telling import tell
from mulin.matters.models import Matter, Part, PartKind
from mulin.matters.queries.dressing import dressed
from mulin.matters.rules.case import Case, Change, Given, Share
from mulin.matters.rules.clocks import Running
from mulin.matters.rules.limits import Clock
from mulin.matters.rules.move import Move
from mulin.matters.rules.states import State
from mulin.matters.rules.who import SeatKey
from mulin.places.face import Area
from mulin.posts.face import Organisation, Seat, Who, seat_at, seat_for

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
    place = key.area or key.organisation
    return seat_at(key.role, place) if place else None


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
        "resume_to": str(after.resume_to or ""),
        "resume_turn": seats.get(after.resume_turn),
        "rung": after.rung,
        "next_rung_at": after.next_rung_at,
        "meeting": after.meeting,
        **clock_columns("due", after.turn_clock),
        **clock_columns("promise", after.promise_clock),
    }
    values |= follow_up(after, now)
    if after.closed_at is None:  # reopened, it is judged anew
        values |= {"rating": None, "solved": None}
    if given.rating:
        values["rating"] = given.rating
    if given.solved is not None:
        values["solved"] = given.solved
    return values


def follow_up(after: Case, now: datetime) -> dict[str, Any]:
    """When to ask how it went: some days after closing, where the reporter can be reached and has not said."""
    if after.state is not State.CLOSED:
        return {"follow_up_at": None}
    if after.closed_at != now or not after.reachable:
        return {}
    return {"follow_up_at": now + timedelta(days=settings.MULIN_FOLLOW_UP_DAYS), "follow_tries": 0}


def clock_columns(name: str, clock: Running | None) -> dict[str, Any]:
    """The columns of the turn's clock or of the promise's."""
    running = clock or Running(Clock.PROMISE, None)
    values = {f"{name}_from": running.since, f"{name}_used": running.used, f"{name}_extra": running.extra}
    return values | ({"due_clock": str(clock.clock) if clock else ""} if name == "due" else {})


def counters(move: Move) -> tuple[str, ...]:
    """The columns to which the move adds one."""
    return ("version", move.counts) if move.counts else ("version",)


def store(
    loaded: Loaded, change: Change, move: Move, given: Given, *, by: Who, seat: Seat | None, now: datetime
) -> Entry:
    """Write everything of one move. Raises Conflict where somebody else was faster: then nothing was written."""
    matter, seats = loaded.matter, Seats(_seats_of(loaded))
    values = columns(change, given, seats, now)
    as_it_was = {"id": matter.pk, "state": matter.state, "version": matter.version}
    if rows.change(Matter, as_it_was, _plain(values), plus_one=counters(move)) != 1:
        raise overtaken(matter, told=by)
    store_parts(loaded, change, seats, now)
    store_shares(loaded, change, seats, now)
    entry = record(
        move.entry,
        subject(matter),
        by=by.actor(seat),
        at=now,
        facts=facts(change, seats),
        words=words(move, given),
    )
    tell(matter, move, change, entry, by=by, now=now)
    _take(matter, values, move)
    return entry


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.pk if isinstance(value, Seat) else value for name, value in values.items()}


def _take(matter: Matter, values: Mapping[str, Any], move: Move) -> None:
    """What was just written, in the row at hand."""
    for name, value in values.items():
        setattr(matter, name, value)
    for name in counters(move):
        setattr(matter, name, getattr(matter, name) + 1)
    dressed([matter])


def is_seen_by_others(loaded: Loaded, change: Change) -> bool:
    """Whether somebody may find it now who could not before: it went to another level, or somebody got a part."""
    moved = change.after.ground.held_at != loaded.case.ground.held_at
    return moved or change.lead_started or any(share.id is None for share in change.after.shares)


def bodies_with_part(loaded: Loaded, change: Change) -> set[UUID]:
    """The organisations that have a part in it, or had one."""
    after = change.after
    keys = [share.seat for share in after.shares] + ([after.lead] if after.lead else [])
    found = {part.seat.organisation_id for part in loaded.parts} | {key.organisation for key in keys}
    return {body for body in found if body}


def _seats_of(loaded: Loaded) -> dict[SeatKey, Seat]:
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
        giver = lead.given_by if lead and change.same_giver else seats.get(change.seat)
        return PartChange(lead, None, _lead(matter, seats.get(change.after.lead), giver, change, now))
    if change.lead_ended:
        return PartChange(ended=lead)
    if not change.lead_taken or lead is None or lead.person_id == change.person:
        return PartChange()
    if lead.person_id is None:
        return PartChange(named=lead)
    # Another person on the same seat gets a part of their own.
    return PartChange(lead, None, _lead(matter, lead.seat, lead.given_by, change, now))


def _lead(matter: Matter, seat: Seat | None, given_by: Seat | None, change: Change, now: datetime) -> Part:
    after = change.after
    clock = after.lead_clock or Running(Clock.HANDLE, None)
    return Part(
        matter=matter,
        kind=PartKind.LEAD,
        seat=seat,
        person_id=change.person if change.lead_taken else None,
        given_by=given_by,
        due_at=after.lead_due_at,
        ask=MEETING if after.lead_bound else "",
        clock_from=clock.since,
        used=clock.used,
        extra=clock.extra,
        from_at=now,
    )


def store_parts(loaded: Loaded, change: Change, seats: Seats, now: datetime) -> None:
    """End, name, begin or re-date the lead part, as the change says."""
    lead, done = loaded.lead, part_change(loaded.matter, loaded.lead, change, seats, now)
    if done.ended:
        Part.objects.filter(pk=done.ended.pk, to_at=None).update(to_at=now)
        loaded.lead = None
    if done.named:
        Part.objects.filter(pk=done.named.pk, person=None).update(person=change.person)
    if done.begun:
        rows.insert(done.begun)
        loaded.lead = done.begun
    elif lead and loaded.lead and change.after.lead_clock != loaded.case.lead_clock:
        Part.objects.filter(pk=lead.pk, to_at=None).update(**lead_dates(change.after))


def lead_dates(after: Case) -> dict[str, Any]:
    """The columns of the lead part after a pause, or after time was granted."""
    clock = after.lead_clock or Running(Clock.HANDLE, None)
    return {
        "due_at": after.lead_due_at,
        "clock_from": clock.since,
        "used": clock.used,
        "extra": clock.extra,
    }


def store_shares(loaded: Loaded, change: Change, seats: Seats, now: datetime) -> None:
    """Begin, end and re-date the parts that assist and decide."""
    before = {share.id: share for share in loaded.case.shares}
    for pk, answer in change.answers.items():
        ended = {"to_at": now, "answer": answer} | answered_by(change, before[pk])
        Part.objects.filter(pk=pk, to_at=None).update(**ended)
    for share in change.after.shares:
        if share.id is None:
            share_row(loaded.matter, share, change, seats, now).save(force_insert=True)
        elif share != before[share.id]:
            Part.objects.filter(pk=share.id, to_at=None).update(**share_dates(share))


def answered_by(change: Change, share: Share) -> dict[str, Any]:
    """Whoever did or decided it has the part in person."""
    return {"person_id": change.person} if change.person and share.seat == change.seat else {}


def share_row(matter: Matter, share: Share, change: Change, seats: Seats, now: datetime) -> Part:
    """The row of a part that assists or decides; not stored yet."""
    kind = PartKind.ASSIST if share.assists else PartKind.DECIDE
    return Part(
        matter=matter, kind=kind, seat=seats.get(share.seat), given_by=seats.get(change.seat),
        ask="" if share.assists else str(share.ask), amount=share.amount, until=share.until, from_at=now,
        **share_dates(share),
    )  # fmt: skip


def share_dates(share: Share) -> dict[str, Any]:
    clock = share.clock or Running(Clock.ASSIST, None)
    return {"due_at": share.due_at, "clock_from": clock.since, "used": clock.used, "extra": clock.extra}


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

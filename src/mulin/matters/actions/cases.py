"""Reads a matter into a case of the rules, and writes a change of it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.conf import settings

from mulin.kernel import crypto
from mulin.kernel.stamps import KINDS, Kept
from mulin.kernel.worktime import ZERO
from mulin.matters.actions import calendars
from mulin.matters.actions.concerned import concerned_people, of_matter
from mulin.matters.models import Matter, MatterType, Part, PartKind, Reporter
from mulin.matters.queries.ladders import House, facts_of
from mulin.matters.queries.seeing import Seen, around
from mulin.matters.queries.waiting import waiting_seat_ids
from mulin.matters.queries.who_tables import table_at
from mulin.matters.rules.case import Case, Share, TypeFacts, World
from mulin.matters.rules.clocks import Running
from mulin.matters.rules.limits import Clock
from mulin.matters.rules.move import Opens
from mulin.matters.rules.states import LIVE, State
from mulin.matters.rules.who import Ground, SeatKey, Spot
from mulin.places.face import Area, Level, areas_at, parents
from mulin.posts.face import Directory, Scope, Seat, Who

_facts: Kept[dict[UUID, TypeFacts]] = Kept(dict, KINDS)


def type_facts(kind: MatterType) -> TypeFacts:
    """The running limits and the ladder of a type, from memory while no type has changed."""
    known = _facts.now()
    if kind.pk not in known:
        known[kind.pk] = read_type_facts(kind)
    return known[kind.pk]


def read_type_facts(kind: MatterType, house: House | None = None) -> TypeFacts:
    """The same from the database; no query where they are prefetched and `house` was read."""
    return facts_of(kind, house)


def spots(paths: Iterable[str]) -> dict[str, Spot]:
    return {path: Spot(area.pk, path) for path, area in areas_at(paths).items()}


def ground(place: str, taken_by: Area, held_at: UUID, at: datetime) -> Ground:
    """The ways up from the place and from the taking grid, with who does what there at that time."""
    known = spots({place, *parents(place), taken_by.path, *parents(taken_by.path)})
    return lay_ground(place, taken_by.path, held_at, known, at)


def lay_ground(place: str, taken_by: str, held_at: UUID, known: Mapping[str, Spot], at: datetime) -> Ground:
    """The same from areas that were read before."""
    top = min(Level.COUNTY, len(taken_by))  # what was referred to a city stays there
    taken = _way_up((taken_by, *parents(taken_by)), known, top)
    held = next(spot for spot in taken if spot.id == held_at)
    return Ground(_way_up((place, *parents(place)), known, top), taken, held, table_at(place, at))


def _way_up(paths: Iterable[str], known: Mapping[str, Spot], top: int) -> tuple[Spot, ...]:
    found = [known[path] for path in paths if path in known and len(path) >= top]
    return tuple(sorted(found, key=lambda spot: -spot.level))


def seat_key(seat: Seat) -> SeatKey:
    return SeatKey(seat.role, area=seat.area_id, organisation=seat.organisation_id)


@dataclass
class Loaded:
    """A matter with its case and the rows around it, read in one go inside the transaction."""

    matter: Matter
    case: Case
    lead: Part | None
    parts: list[Part] = field(default_factory=list)
    first: Reporter | None = None  # whoever raised it
    _waits: dict[Who, bool] = field(default_factory=dict)

    @cached_property
    def scope(self) -> Scope:
        """Where the matter belongs, read once for all the moves that a page asks about."""
        own = self.first.user_id if self.first else None
        return self.matter.scope_of(self.parts, (own,) if own else ())

    def share_for(self, who: Who, ask: Opens) -> Part | None:
        """The open part of this kind that waits for this person."""
        asked = [
            p for p in self.parts if p.kind != PartKind.LEAD and p.to_at is None and share_of(p).ask is ask
        ]
        if not asked:
            return None
        mine = {seat.pk for seat in who.seats}
        found = next((part for part in asked if part.seat_id in mine), None)
        if found:
            return found
        waiting = waiting_seat_ids(who)
        return next((part for part in asked if part.seat_id in waiting), None)

    def waits_for(self, who: Who) -> bool:
        """Whether the turn is this person's: on a seat of theirs, or a vacant one that has come to them."""
        if who not in self._waits:
            turn = self.matter.turn_id
            mine = turn in {seat.pk for seat in who.seats}
            self._waits[who] = turn is not None and (mine or turn in waiting_seat_ids(who))
        return self._waits[who]


def load(matter: Matter, now: datetime) -> Loaded:
    """Read what the rules need. Costs a fixed handful of statements."""
    return loaded_from(around(matter), now)


def loaded_from(seen: Seen, now: datetime) -> Loaded:
    """The same of what was read already."""
    matter, parts, first = seen.matter, seen.parts, seen.first
    lead = next((part for part in parts if part.kind == PartKind.LEAD and part.to_at is None), None)
    return Loaded(matter, _case(matter, parts, lead, first, now), lead, parts, first)


def _case(
    matter: Matter, parts: list[Part], lead: Part | None, first: Reporter | None, now: datetime
) -> Case:
    return Case(
        id=matter.pk,
        type=type_facts(matter.type),
        ground=ground(matter.place, matter.taken_by, matter.held_at_id, now),
        state=State(matter.state),
        turn=seat_key(matter.turn) if matter.turn else None,
        due_at=matter.due_at,
        promise_at=matter.promise_at,
        turn_clock=turn_clock(matter),
        promise_clock=promise_clock(matter),
        lead=seat_key(lead.seat) if lead else None,
        lead_due_at=lead.due_at if lead else None,
        lead_clock=part_clock(lead, Clock.HANDLE) if lead else None,
        lead_bound=bool(lead and lead.ask == MEETING),
        past_leads=frozenset(seat_key(p.seat) for p in parts if p.kind == PartKind.LEAD and p.to_at),
        shares=tuple(share_of(part) for part in parts if part.kind != PartKind.LEAD and part.to_at is None),
        resume_to=State(matter.resume_to) if matter.resume_to else None,
        resume_turn=seat_key(matter.resume_turn) if matter.resume_turn else None,
        rung=matter.rung,
        next_rung_at=matter.next_rung_at,
        return_count=matter.return_count,
        extension_count=matter.extension_count,
        voices=matter.voices,
        meeting=matter.meeting,
        children_open=bool(matter.split_count) and matter.split.filter(state__in=LIVE).exists(),
        handlers=frozenset(p.person_id for p in parts if p.person_id and p.kind == PartKind.LEAD),
        reporter=first.user_id if first and first.kind == "staff" else None,
        reachable=bool(first and first.contact_id),
        concerned=concerned_people(matter, now),
        deepest=of_matter(matter),
        closed_at=matter.closed_at,
        outcome=matter.outcome,
    )


MEETING = "meeting"  # on a lead part: decided there


def turn_clock(matter: Matter) -> Running | None:
    """The clock of the turn, running or standing still."""
    if not matter.due_clock:
        return None
    return Running(Clock(matter.due_clock), matter.due_from, matter.due_used, matter.due_extra)


def promise_clock(matter: Matter) -> Running:
    return Running(Clock.PROMISE, matter.promise_from, matter.promise_used, matter.promise_extra)


def part_clock(part: Part, clock: Clock) -> Running | None:
    """The clock of a part; None where it has none of its own."""
    if part.clock_from is None and part.used == ZERO:
        return None
    return Running(clock, part.clock_from, part.used, part.extra)


def share_of(part: Part) -> Share:
    """A part that assists or decides, as the rules see it."""
    ask = Opens.ASSIST if part.kind == PartKind.ASSIST else Opens(part.ask)
    clock = part_clock(part, Clock.ASSIST) if ask is Opens.ASSIST else None
    return Share(
        seat_key(part.seat), ask, part.pk, part.person_id, part.amount, part.until, clock, part.due_at
    )


class Sitting:
    """Answers the rules' question who sits on a seat, from the directory of posts."""

    def __init__(self, directory: Directory, paths: Mapping[UUID, str]) -> None:
        self.directory = directory
        self.paths = paths

    def holders(self, key: SeatKey) -> tuple[UUID, ...]:
        if key.area is None:
            return self.directory.seat(key.role, organisation=key.organisation).holders
        # the directory needs no more of an area than where it is
        area = Area(id=key.area, path=self.paths[key.area])
        return self.directory.seat(key.role, area=area).holders


def sitting(around: Ground, directory: Directory) -> Sitting:
    every = (*around.lineage, *around.taken_by)
    return Sitting(directory, {spot.id: spot.path for spot in every})


def world(
    case: Case, now: datetime, directory: Directory | None = None, checked_share: float | None = None
) -> World:
    """Who sits on the seats this matter may need, the calendar, and this matter's draw.

    `checked_share` is the town's, weighted by what there is to doubt about this one.
    """
    return World(
        holders=sitting(case.ground, directory or Directory(now)),
        calendar=calendars.of_place(case.ground.lineage[0].path),
        now=now,
        checked_share=settings.MULIN_MICRO_CHECK_SHARE if checked_share is None else checked_share,
        draw=draw(case.id),
        seat_calendar=calendars.of_seats(case.ground, case.ground.lineage[0].path),
    )


def draw(matter: UUID) -> float:
    """This matter's number in [0, 1): nobody without the key can know it beforehand."""
    return crypto.keyed_share(str(matter), context="matter.check")

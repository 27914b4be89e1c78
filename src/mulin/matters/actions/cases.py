"""Reads a matter into a case of the rules, and writes a change of it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.conf import settings

from mulin.kernel import crypto
from mulin.kernel.worktime import MONDAY_TO_FRIDAY
from mulin.matters.actions.concerned import concerned_people, of_matter
from mulin.matters.models import Matter, MatterType, Part, PartKind, Reporter
from mulin.matters.queries.waiting import waiting_seat_ids
from mulin.matters.rules.limits import Clock
from mulin.matters.rules.states import State
from mulin.matters.rules.step import Case, TypeFacts, World
from mulin.matters.rules.who import Ground, SeatKey, Spot
from mulin.places.face import Area, Level, parents
from mulin.posts.face import Directory, Scope, Seat, Who


def type_facts(kind: MatterType) -> TypeFacts:
    """The running limits of a type; one query unless they are prefetched."""
    limits = {Clock(row.clock): row.limit for row in kind.limits.all() if row.to_at is None}
    return TypeFacts(kind.code, kind.urgent, kind.to_grids, limits)


def spots(paths: Iterable[str]) -> dict[str, Spot]:
    rows = Area.objects.filter(path__in=list(paths)).values_list("id", "path")
    return {path: Spot(id, path) for id, path in rows}


def ground(place: str, taken_by: Area, held_at: UUID) -> Ground:
    """The ways up from the place and from the taking grid, to the county; one query."""
    known = spots({place, *parents(place), taken_by.path, *parents(taken_by.path)})
    return lay_ground(place, taken_by.path, held_at, known)


def lay_ground(place: str, taken_by: str, held_at: UUID, known: Mapping[str, Spot]) -> Ground:
    """The same from areas that were read before."""
    taken = _way_up((taken_by, *parents(taken_by)), known)
    held = next(spot for spot in taken if spot.id == held_at)
    return Ground(_way_up((place, *parents(place)), known), taken, held)


def _way_up(paths: Iterable[str], known: Mapping[str, Spot]) -> tuple[Spot, ...]:
    found = [known[path] for path in paths if path in known and len(path) >= Level.COUNTY]
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
    _waits: dict[Who, bool] = field(default_factory=dict)

    @cached_property
    def scope(self) -> Scope:
        """Where the matter belongs, read once for all the moves that a page asks about."""
        return self.matter.scope()

    def waits_for(self, who: Who) -> bool:
        """Whether the turn is this person's: on a seat of theirs, or a vacant one that has come to them."""
        if who not in self._waits:
            turn = self.matter.turn_id
            mine = turn in {seat.pk for seat in who.seats}
            self._waits[who] = turn is not None and (mine or turn in waiting_seat_ids(who))
        return self._waits[who]


def load(matter: Matter, now: datetime) -> Loaded:
    """Read what the rules need. Costs a fixed handful of statements."""
    parts = list(Part.objects.filter(matter=matter).select_related("seat").order_by("from_at", "id"))
    lead = next((part for part in parts if part.kind == PartKind.LEAD and part.to_at is None), None)
    first = Reporter.objects.filter(matter=matter, first=True).first()
    case = Case(
        id=matter.pk,
        type=type_facts(matter.type),
        ground=ground(matter.place, matter.taken_by, matter.held_at_id),
        state=State(matter.state),
        turn=seat_key(matter.turn) if matter.turn else None,
        due_at=matter.due_at,
        promise_at=matter.promise_at,
        lead=seat_key(lead.seat) if lead else None,
        lead_due_at=lead.due_at if lead else None,
        handlers=frozenset(p.person_id for p in parts if p.person_id and p.kind == PartKind.LEAD),
        reporter=first.user_id if first and first.kind == "staff" else None,
        concerned=concerned_people(matter, now),
        deepest=of_matter(matter),
        closed_at=matter.closed_at,
        outcome=matter.outcome,
    )
    return Loaded(matter, case, lead, parts)


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
    """With the seats of both ways up read in one go."""
    ends = {way[0].id: way[0].path for way in (around.lineage, around.taken_by) if way}
    directory.prefetch(areas=[Area(id=id, path=path) for id, path in ends.items()])
    every = (*around.lineage, *around.taken_by)
    return Sitting(directory, {spot.id: spot.path for spot in every})


def world(case: Case, now: datetime, directory: Directory | None = None) -> World:
    """Who sits on the seats this matter may need, the calendar, and this matter's draw."""
    return World(
        holders=sitting(case.ground, directory or Directory(now)),
        calendar=MONDAY_TO_FRIDAY,
        now=now,
        checked_share=settings.MULIN_MICRO_CHECK_SHARE,
        draw=draw(case.id),
    )


def draw(matter: UUID) -> float:
    """This matter's number in [0, 1): nobody without the key can know it beforehand."""
    return crypto.keyed_share(str(matter), context="matter.check")

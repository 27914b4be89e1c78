"""Matters of the past: a history computed elsewhere (the demo town, an import), by the rules of live acts.

Each act is computed by the same functions as a live one and kept in memory; all is stored in one go. Nobody may
here what they might not have done then: the seat must have been theirs, or vacant below theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from mulin.journal.face import SYSTEM, Actor, Draft, bulk
from mulin.kernel import search
from mulin.matters.actions import calendars
from mulin.matters.actions.apply import (
    answered_by,
    columns,
    counters,
    facts,
    lead_dates,
    part_change,
    share_dates,
    share_row,
    subject,
    words,
)
from mulin.matters.actions.cases import draw, lay_ground, type_facts
from mulin.matters.actions.numbers import numbers_for
from mulin.matters.actions.past import Past, PastSeats, Told
from mulin.matters.actions.past_choices import Bodies, PastChoice
from mulin.matters.actions.recurrence import follow
from mulin.matters.actions.report import Whereabouts, birth_facts, fill, first_case, matter_row, start_area
from mulin.matters.actions.reporters import ReporterGiven, reporter_row
from mulin.matters.actions.risk import share_of_risk
from mulin.matters.actions.searching import TABLE, search_row
from mulin.matters.models import Contact, Matter, MatterType, Part, Reporter
from mulin.matters.rules.guards import is_of_grid, why_not
from mulin.matters.rules.moves import BIRTHS, Move, Opens, find
from mulin.matters.rules.moves import Actor as By
from mulin.matters.rules.states import Circulation, circulation
from mulin.matters.rules.step import (
    FUNCTION_OF,
    Case,
    Change,
    Given,
    Share,
    TypeFacts,
    World,
    birth,
    excluded,
    rates_own_work,
    step,
)
from mulin.matters.rules.who import Function, SeatKey, Spot, handler_seats, seats_of
from mulin.places.face import Area, Level
from mulin.posts.face import ROLES, Directory, Seat, SeatState

BATCH = 500

Progress = Callable[[int], None]


class OutOfOrder(ValueError):
    """This act could not have been: not by this person, not from this state, not before the one before it."""


class Annals:
    """Tells matters one act after the other, each as the rules would have it at that time, then stores them."""

    def __init__(self, now: datetime) -> None:
        self.areas = {area.path: area for area in Area.objects.plain().select_related("family")}
        self.by_id = {area.id: area for area in self.areas.values()}
        self.directory = Directory.of_everything(now)
        self.kinds = {
            kind.code: kind for kind in MatterType.objects.listed().prefetch_related("limits")
        }  # fmt: skip
        self.seats = PastSeats(Seat.objects.all(), self.by_id)
        self._past = Past()
        self._bodies = Bodies(self.seats.at_bodies())
        self._spots = {path: Spot(area.id, path) for path, area in self.areas.items()}
        self._types: dict[str, TypeFacts] = {}

    def start_area(self, kind: MatterType, taken_by: Area) -> Area:
        return start_area(kind, taken_by, self._above)

    def _above(self, area: Area, level: Level) -> Area | None:
        return self.areas.get(area.path[:level])

    def report(
        self,
        kind: MatterType,
        *,
        id: UUID,
        code: str,
        text: str,
        where: Whereabouts,
        channel: str,
        by: Actor,
        reporter: ReporterGiven,
        at: datetime,
        secret: bool = False,
    ) -> Told:
        """Somebody raised it; `by` is who entered it, which for a resident's call is a member of staff."""
        matter = matter_row(
            kind, text=text, title="", where=where, held_at=self.start_area(kind, where.taken_by),
            channel=channel, now=at, secret=secret, id=id,
        )  # fmt: skip
        return self._begin(matter, BIRTHS["report"], Given(), code, by, reporter, None, at)

    def settle(
        self,
        kind: MatterType,
        *,
        id: UUID,
        code: str,
        text: str,
        done: str,
        where: Whereabouts,
        by: Actor,
        reporter: ReporterGiven,
        at: datetime,
    ) -> Told:
        """A worker or head of the grid settled it on the spot, from the nearest seat of theirs."""
        held_at = self.start_area(kind, where.taken_by)
        matter = matter_row(
            kind,
            text=text,
            title="",
            where=where,
            held_at=held_at,
            channel="patrol",
            now=at,
            secret=False,
            id=id,
        )
        around = lay_ground(matter.place, where.taken_by.path, held_at.id, self._spots, at)
        own = (key for key in handler_seats(around) if by.person in self.holders(key, at))
        seat = next(own, None)
        if seat is None or held_at.level < Level.GRID:
            raise OutOfOrder("settled by somebody who has no seat here")
        return self._begin(matter, BIRTHS["settle"], Given(reason=done), code, by, reporter, seat, at)

    def _begin(
        self, matter: Matter, move: Move, given: Given, code: str, by: Actor, reporter: ReporterGiven,
        seat: SeatKey | None, at: datetime,
    ) -> Told:  # fmt: skip
        """The first act. Its number comes when all is stored: numbers go by the time of the report."""
        kind = self._type(matter.type)
        around = lay_ground(matter.place, matter.taken_by.path, matter.held_at.id, self._spots, at)
        around = follow(matter, around, self._past.before(matter, at), climbs=seat is None)
        matter.held_at = self.by_id[around.held_at.id]
        case = first_case(matter, kind, around, reporter.staff, reachable=bool(reporter.phone))
        share = draw(matter.pk)
        own = reporter.staff is not None and reporter.staff == by.person
        then = self._world(share, at, matter, own=own)
        change = birth(case, move, given, then, person=by.person, seat=seat)
        fill(matter, change, self.seats, number="")
        told = Told(matter, case, reporter_row(matter, reporter, code, at), share)
        acting = self.seats.get(seat)
        by = replace(by, seat=acting.pk if acting else None)
        self._take(told, change, at)
        self._write(told, move, given, by, at, birth_facts(matter, change, self.seats))
        self._past.add(told)
        return told

    def act(
        self, told: Told, code: str, *, given: Given, by: Actor, at: datetime, as_reporter: bool = False
    ) -> None:
        """Make the move `code`, as `matters.actions.act` does live. Raises OutOfOrder, or Impossible."""
        move = self.move(told, code)
        if at <= told.at or given.missing(move) or not self._may_be_given(told, given):
            raise OutOfOrder(f"{code} from {told.case.state}")
        seat = self._seat(told, move, by, at, as_reporter=as_reporter)
        own = told.case.reporter is not None and told.case.reporter == by.person
        around = self._world(told.draw, at, told.matter, own=own)
        change = step(told.case, move, given, around, person=by.person, seat=seat)
        for name, value in columns(change, given, self.seats, at).items():
            setattr(told.matter, name, value)
        told.matter.held_at = self.by_id[change.after.ground.held_at.id]
        for name in counters(move):
            setattr(told.matter, name, getattr(told.matter, name) + 1)
        self._take(told, change, at)
        acting = self.seats.get(seat)
        by = replace(by, seat=acting.pk if acting else None)
        self._write(told, move, given, by, at, facts(change, self.seats))

    def move(self, told: Told, code: str) -> Move:
        """The row of the table, as the matter now stands."""
        found = find(code, told.case.state, told.case.held_level)
        if found is None:
            raise OutOfOrder(f"{code} from {told.case.state}")
        return found

    def is_possible(self, told: Told, code: str, at: datetime) -> bool:
        """Whether the rules would have it then, whoever does it."""
        return not why_not(told.case, self.move(told, code), at)

    def _seat(self, told: Told, move: Move, by: Actor, at: datetime, *, as_reporter: bool) -> SeatKey | None:
        if move.actor is By.SYSTEM and by == SYSTEM:
            return None
        if move.actor is By.STAFF:
            if by.person not in self.in_charge(told, move, at):
                raise OutOfOrder(f"{move.code} by somebody who is not in charge")
            return None
        if move.actor in (By.DECIDER, By.ASSISTANT):
            return self._share_seat(told, move, by, at)
        if move.actor is By.TURN:
            if by.person not in self.may_act(told, move, at):
                raise OutOfOrder(f"{move.code} by somebody whose turn it was not")
            return told.case.turn
        if rates_own_work(move.code, told.case, by.person):
            raise OutOfOrder(f"{move.code} by somebody who handled it")
        if not as_reporter:
            raise OutOfOrder(f"{move.code} by somebody else than who raised it")
        return None

    def in_charge(self, told: Told, move: Move, at: datetime) -> list[UUID]:
        """Whoever may make a move for those in charge of the place: the roles over it that have the permission."""
        held = told.case.ground.held_at
        over = [code for code, line in ROLES.items() if move.permission in line.permissions]
        seats = (key for code in over for key in seats_of(code, told.case.ground, held))
        return list(dict.fromkeys(person for key in seats for person in self.holders(key, at)))

    def may_decide(self, told: Told, asked: Share, at: datetime) -> list[UUID]:
        """Whoever is asked to decide and did not handle it."""
        barred = excluded(Function.DECIDES, told.case)
        return [person for person in self._sitting(asked.seat, at) if person not in barred]

    def _share_seat(self, told: Told, move: Move, by: Actor, at: datetime) -> SeatKey:
        asked = told.case.asked(move.decides or Opens.ASSIST)
        found = next((share.seat for share in asked if by.person in self._sitting(share.seat, at)), None)
        if found is None or by.person in excluded(FUNCTION_OF.get(move.code, Function.HANDLES), told.case):
            raise OutOfOrder(f"{move.code} by somebody whom nobody asked")
        return found

    def _take(self, told: Told, change: Change, at: datetime) -> None:
        done = part_change(told.matter, told.lead, change, self.seats, at)
        if done.ended:
            done.ended.to_at, told.lead = at, None
        if done.named:
            done.named.person_id = change.person
        if done.begun:
            told.lead = done.begun
            told.parts.append(done.begun)
        if told.lead:
            _set(told.lead, lead_dates(change.after))
        told.case = self._take_shares(told, change, at)

    def _take_shares(self, told: Told, change: Change, at: datetime) -> Case:
        """End, begin and re-date the parts that assist and decide; returns the case with their ids."""
        before = {share.id: share for share in told.case.shares}
        for pk, answer in change.answers.items():
            ended = {"to_at": at, "answer": answer} | answered_by(change, before[pk])
            _set(told.shares.pop(pk), ended)
        shares: list[Share] = []
        for share in change.after.shares:
            if share.id:
                _set(told.shares[share.id], share_dates(share))
                shares.append(share)
                continue
            part = share_row(told.matter, share, change, self.seats, at)
            told.parts.append(part)
            told.shares[part.pk] = part
            shares.append(replace(share, id=part.pk))
        return replace(change.after, shares=tuple(shares))

    def _write(
        self, told: Told, move: Move, given: Given, by: Actor, at: datetime, kept: Mapping[str, Any]
    ) -> None:
        told.drafts.append(Draft(move.entry, subject(told.matter), by, at, kept, words(move, given)))

    def may_act(self, told: Told, move: Move, at: datetime) -> list[UUID]:
        """Whoever had this turn at that time and was not excluded from it."""
        turn = told.case.turn
        barred = excluded(FUNCTION_OF[move.code], told.case) if move.code in FUNCTION_OF else frozenset()
        return [person for person in self._sitting(turn, at) if person not in barred] if turn else []

    def _sitting(self, key: SeatKey, at: datetime) -> tuple[UUID, ...]:
        """Who sits there at that time; where nobody does, whoever it comes to."""
        state = self.seat(key, at)
        there = state if state.holders else self.directory.at(at).superior(state)
        return there.holders if there else ()

    def holders(self, key: SeatKey, at: datetime) -> tuple[UUID, ...]:
        return self.seat(key, at).holders

    def seat(self, key: SeatKey, at: datetime) -> SeatState:
        directory = self.directory.at(at)
        if key.area is None:
            return directory.seat(key.role, organisation=key.organisation)
        return directory.seat(key.role, area=self.by_id[key.area])

    def choices(self, told: Told) -> list[PastChoice]:
        """To whom it may be given, as `matters.actions.options` says live."""
        may_go = [
            key for key in handler_seats(told.case.ground) if told.case.type.to_grids or not is_of_grid(key)
        ]
        own = [PastChoice(key, fits=True) for key in may_go if self.seats.has(key)]
        if circulation(told.case.held_level) is Circulation.MICRO:
            return own
        return own + self._bodies.choices(told.matter.place, told.matter.type.handlers)

    def _may_be_given(self, told: Told, given: Given) -> bool:
        own = given.seat is None or given.seat == told.case.turn
        return own or any(choice.key == given.seat for choice in self.choices(told))

    def _world(self, draw: float, at: datetime, matter: Matter, *, own: bool) -> World:
        """As live, but that a history has no photos, and nobody settles very many in a day."""
        share = share_of_risk(matter, own=own, photo=False)
        return World(Then(self, at), calendars.of_place(matter.place), at, share, draw)

    def _type(self, kind: MatterType) -> TypeFacts:
        if kind.code not in self._types:
            self._types[kind.code] = type_facts(kind)
        return self._types[kind.code]

    def store_matters(self, all_told: Sequence[Told], progress: Progress | None = None) -> None:
        """Give numbers and write the rows with their search; in the transaction of `store_entries`."""
        in_order = sorted(all_told, key=lambda told: told.matter.reported_at)
        _number(in_order)
        Seat.objects.bulk_create(self.seats.made, batch_size=BATCH)
        self.seats.made.clear()
        for some in _batches(in_order):
            _store_rows(some)
            if progress:
                progress(len(some))

    def store_entries(self, all_told: Sequence[Told], progress: Progress | None = None) -> int:
        """Write the journal, by the time of the acts; returns the count of entries."""
        drafts = (draft for told in all_told for draft in told.drafts)
        return bulk(sorted(drafts, key=lambda draft: draft.at), progress=progress)


@dataclass(frozen=True)
class Then:
    """Answers the rules' question who sits on a seat, at that time."""

    annals: Annals
    at: datetime

    def holders(self, key: SeatKey) -> tuple[UUID, ...]:
        return self.annals.holders(key, self.at)


def _set(row: Part, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _number(in_order: Sequence[Told]) -> None:
    numbers = numbers_for([told.matter.reported_at for told in in_order])
    for told, number in zip(in_order, numbers, strict=True):
        told.matter.number = number
        first = told.drafts[0]
        told.drafts[0] = replace(first, facts={**first.facts, "number": number})


def _batches(all_told: Sequence[Told]) -> Iterator[list[Told]]:
    waiting = iter(all_told)
    while some := list(islice(waiting, BATCH)):
        yield some


def _store_rows(some: list[Told]) -> None:
    Matter.objects.bulk_create(told.matter for told in some)
    Contact.objects.bulk_create(told.reporter.contact for told in some if told.reporter.contact)
    Reporter.objects.bulk_create(told.reporter for told in some)
    Part.objects.bulk_create(part for told in some for part in told.parts)
    search.write_many(TABLE, (_search_row(told) for told in some))


def _search_row(told: Told) -> search.Row:
    bodies = [part.seat.organisation_id for part in told.parts]
    own = [told.reporter.user_id]
    return search_row(told.matter, filter(None, bodies), filter(None, own))

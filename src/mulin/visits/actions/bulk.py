"""The one bulk path of visits: a history told elsewhere (the demo town) becomes what live acts would have left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.db import transaction

from mulin.journal.face import Actor, ByKind, Draft, bulk
from mulin.kernel.db import many
from mulin.kernel.ids import new_id
from mulin.visits.codes import Stage, Way, Why
from mulin.visits.entries import plan_facts, subject_of, told_facts
from mulin.visits.models import Visit

BATCH = 2000


@dataclass(frozen=True, slots=True)
class PastVisit:
    """A call at a household or a merchant. With `at` it took place, without it is still planned for `planned_on`.

    `planned_at` is when it was planned (with `planned_on`), `recorded_at` when it was written down; else at once.
    """

    place: str
    person: UUID | None
    seat: UUID | None
    household: UUID | None = None
    merchant: UUID | None = None
    overlay_place: str = ""
    at: datetime | None = None
    met: bool = True
    why: str = Why.ROUND
    way: str = Way.DOOR
    planned_on: date | None = None
    planned_at: datetime | None = None
    recorded_at: datetime | None = None
    said: str = ""
    agreed: str = ""
    confirmed: Sequence[str] = ()


def store_visits(
    visits: Iterable[PastVisit],
    *,
    by: Actor,
    progress: Callable[[int], None] | None = None,
    batch: int = BATCH,
) -> int:
    """Store visits with their entries, all or nothing, by whoever made each, else `by`; return the count.

    `progress` is told how many more.
    """
    waiting, count = iter(visits), 0
    with transaction.atomic():
        while some := list(islice(waiting, batch)):
            rows = [_row(each) for each in some]
            many.insert(rows)
            drafts = (draft for told, row in zip(some, rows, strict=True) for draft in _drafts(told, row, by))
            bulk(drafts, fresh=True)
            count += len(some)
            if progress:
                progress(len(some))
    return count


def _row(told: PastVisit) -> Visit:
    stage = (Stage.DONE if told.met else Stage.MISSED) if told.at else Stage.PLANNED
    recorded = told.recorded_at or told.at or told.planned_at
    if recorded is None:
        raise ValueError("say when it was planned or when it took place")
    return Visit(
        id=new_id(), household_id=told.household, merchant_id=told.merchant, place=told.place,
        overlay_place=told.overlay_place, person_id=told.person, seat_id=told.seat, stage=stage, why=told.why,
        way=told.way, planned_on=told.planned_on, visited_at=told.at, said=told.said, agreed=told.agreed,
        confirmed=list(told.confirmed), recorded_at=recorded, recorded_by=told.person,
    )  # fmt: skip


def _drafts(told: PastVisit, row: Visit, otherwise: Actor) -> Iterator[Draft]:
    """The entries of a live act: planned, then done or missed."""
    by = Actor(ByKind.PERSON, told.person, told.seat) if told.person else otherwise
    if told.planned_on:
        yield Draft("visit.planned", subject_of(row), by, told.planned_at or row.recorded_at, plan_facts(row))
    if told.at:
        code = "visit.done" if told.met else "visit.missed"
        yield Draft(code, subject_of(row), by, row.recorded_at, told_facts(row))

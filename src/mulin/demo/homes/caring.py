"""Care needs that people applied for, with the worker of their grid as the named reader, and who answers for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from mulin.demo.history.hours import ZONE
from mulin.demo.homes.specs import Population
from mulin.demo.homes.storing import Housed
from mulin.demo.homes.visiting import Caller, Visitors
from mulin.demo.words import both, table
from mulin.journal.face import Actor, ByKind, Draft, Subject, bulk
from mulin.posts.face import Duty, Seat
from mulin.registry.face import CareNeed, CareReader, care_facts

GRANTED_WITHIN, LASTS = 300, 360  # days
GUIDED = 0.12  # share of those households for which a cadre answers (包户)
LOT = 500


@dataclass(frozen=True)
class Need:
    """A need with who granted it and who may read it."""

    row: CareNeed
    by: Caller
    reader: Caller


def store_cares(
    population: Population,
    homes: Mapping[int, Housed],
    *,
    visitors: Visitors,
    now: datetime,
    dice: Random,
    language: str,
) -> int:
    """Store every need with its entry, and the duties by household; returns how many needs."""
    needs = list(_needs(population, homes, visitors, now, dice, language))
    CareNeed.objects.bulk_create([need.row for need in needs], batch_size=LOT)
    readers = [CareReader(need=need.row, seat_id=need.reader.seat) for need in needs]
    CareReader.objects.bulk_create(readers, batch_size=LOT)
    bulk(sorted((_entry(need) for need in needs), key=lambda draft: draft.at))
    _store_duties(population, homes, visitors, now, dice)
    return len(needs)


def _needs(
    population: Population,
    homes: Mapping[int, Housed],
    visitors: Visitors,
    now: datetime,
    dice: Random,
    language: str,
) -> Iterator[Need]:
    for place, home in homes.items():
        for person, id in zip(population.homes[place].people, home.people, strict=True):
            if person.care:
                granted = now - timedelta(days=dice.randrange(1, GRANTED_WITHIN))
                by = visitors.head(home.place)
                row = _row(id, person.care, by, granted, language)
                yield Need(row, by, visitors.worker(home.place))


def _row(resident: UUID, kind: str, by: Caller, granted: datetime, language: str) -> CareNeed:
    words = table("homes.toml")["care"][kind]
    since = granted.astimezone(ZONE).date()
    return CareNeed(
        resident_id=resident, kind=kind, purpose=_said(words["purpose"], language),
        note=_said(words["note"], language), basis="application",
        basis_text=_said(table("homes.toml")["basis"], language), from_on=since,
        until_on=since + timedelta(days=LASTS), granted_by=by.person, granted_at=granted,
    )  # fmt: skip


def _entry(need: Need) -> Draft:
    by = Actor(ByKind.PERSON, need.by.person, need.by.seat)
    facts = care_facts(need.row, [Seat(pk=need.reader.seat)])
    return Draft(
        "care.granted", Subject("resident", need.row.resident_id), by, need.row.granted_at, facts, {}
    )


def _store_duties(
    population: Population, homes: Mapping[int, Housed], visitors: Visitors, now: datetime, dice: Random
) -> None:
    """A cadre answers for some of the households with a need."""
    since = now - timedelta(days=GRANTED_WITHIN)
    duties = [
        Duty(user_id=guide.person, household=home.household, from_at=since)
        for place, home in homes.items()
        if any(person.care for person in population.homes[place].people)
        and dice.random() < GUIDED
        and (guide := visitors.guide(home.place))
    ]
    Duty.objects.bulk_create(duties, batch_size=LOT)


def _said(entry: str, language: str) -> str:
    words = both(entry)
    return words.zh if language.startswith("zh") else words.en

"""The one bulk path of the registry: imports and the demo store dwellings, households, people and merchants by it.

It leaves the rows, search rows and entries that the live acts leave, thousands at a time. What comes in was read by
`registry.values` (the same rules as everywhere); whether somebody is there already, the caller has asked. The database
still refuses a door, a document or a householder twice: then nothing of this lot is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from mulin.journal.face import Actor, Draft, Json, Subject, bulk
from mulin.kernel import search
from mulin.kernel.crypto import blinder
from mulin.kernel.db import many
from mulin.kernel.ids import new_id
from mulin.places.face import Area
from mulin.registry import telling
from mulin.registry.actions import keeping, merchants, searching, staying
from mulin.registry.codes import Source
from mulin.registry.entries import subject_of
from mulin.registry.models import Dwelling, Household, Merchant, Residence, Resident
from mulin.registry.models.kept import Kept
from mulin.registry.rules.facts import Seen, mark_of
from mulin.registry.search import MERCHANTS, RESIDENTS

Values = Mapping[str, Any]
K = TypeVar("K", Dwelling, Household, Resident, Merchant)
MICROSECOND = timedelta(microseconds=1)


@dataclass(slots=True, kw_only=True)
class _New:
    """What each has. `columns` are as `registry.values` returned them.

    Left out, it was entered now, by whoever stores the lot, and `seen` then: a list that was taken in confirms nothing
    better than that it stood there. `told` goes into its first entry besides.
    """

    columns: Values = field(default_factory=dict)
    id: UUID = field(default_factory=new_id)
    entered_at: datetime | None = None
    by: Actor | None = None
    seen: Seen | None = None
    facts_confirmed: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class NewDwelling(_New):
    """A door. `area` is the unit, or the building where it has none; `place` its path."""

    area: UUID
    place: str


@dataclass(slots=True, kw_only=True)
class NewHousehold(_New):
    """People who live together: who name it in their stays."""

    dwelling: UUID
    place: str


@dataclass(slots=True, kw_only=True)
class NewStay:
    """Somebody lives in a dwelling, from `columns["from_on"]` until `to_on` (None: still). One open one is `main`."""

    dwelling: UUID
    place: str
    household: UUID | None = None
    columns: Values = field(default_factory=dict)
    main: bool = True
    to_on: date | None = None
    begun_at: datetime | None = None  # when that was written down; else as the person
    ended_at: datetime | None = None
    id: UUID = field(default_factory=new_id)


@dataclass(slots=True, kw_only=True)
class NewPerson(_New):
    """Somebody with where they live and lived, in the order of time. The dead have no open stay."""

    stays: Sequence[NewStay]
    died_on: date | None = None
    died_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class NewMerchant(_New):
    """Who trades or works there. `area` comes with its parent."""

    area: Area
    dwelling: UUID | None = None
    closed_on: date | None = None
    closed_at: datetime | None = None


@dataclass(slots=True)
class Homes:
    """A lot: everything in it is stored in one transaction."""

    dwellings: list[NewDwelling] = field(default_factory=list)
    households: list[NewHousehold] = field(default_factory=list)
    people: list[NewPerson] = field(default_factory=list)
    merchants: list[NewMerchant] = field(default_factory=list)


def store(
    homes: Homes,
    *,
    by: Actor,
    now: datetime,
    source: str = Source.LIST,
    told: Mapping[str, Json] | None = None,
) -> int:
    """Store a lot, whole or not at all; returns how many records. `told` goes into the first entry of each."""
    lot = _Lot(by, now, Source(source), dict(told or {}))
    with transaction.atomic():
        lot.dwellings(homes.dwellings)
        lot.households(homes.households, _members(homes.people))
        joined = _members(homes.people).keys() - {each.id for each in homes.households}
        held = staying.lock_households(joined)
        lot.people(homes.people)
        lot.count_again(held.values())
        lot.merchants(homes.merchants)
        return bulk(sorted(lot.drafts, key=lambda draft: draft.at), fresh=True) and lot.count


def _members(people: Iterable[NewPerson]) -> dict[UUID, int]:
    """How many open stays name each household."""
    count: dict[UUID, int] = {}
    for person in people:
        for stay in person.stays:
            if stay.household and stay.to_on is None:
                count[stay.household] = count.get(stay.household, 0) + 1
    return count


class _Lot:
    """What is stored together, and what is told of it."""

    def __init__(self, by: Actor, now: datetime, source: Source, told: dict[str, Json]) -> None:
        self._by, self._source, self._told = by, source, told
        self._now = now
        contexts = {context for indexes in keeping.INDEXES.values() for _index, context in indexes.values()}
        self._blind = {context: blinder(context) for context in contexts}
        self.drafts: list[Draft] = []
        self.count = 0

    def dwellings(self, new: Sequence[NewDwelling]) -> None:
        made = [self._kept(Dwelling, each, each.place, area_id=each.area) for each in new]
        many.insert(made)
        for one, row in zip(new, made, strict=True):
            self._tell("dwelling.entered", row, telling.dwelling_entered(row), one)

    def households(self, new: Sequence[NewHousehold], members: Mapping[UUID, int]) -> None:
        made = [
            self._kept(
                Household, each, each.place, dwelling_id=each.dwelling, members=members.get(each.id, 0)
            )
            for each in new
        ]
        many.insert(made)
        for one, row in zip(new, made, strict=True):
            self._tell("household.opened", row, telling.household_opened(row), one)

    def people(self, new: Sequence[NewPerson]) -> None:
        made = [self._person(each) for each in new]
        stays = [[_residence(person.id, stay) for stay in person.stays] for person in new]
        many.insert(made)
        many.insert([stay for some in stays for stay in some])
        search.write_new(RESIDENTS, (searching.resident_row(row) for row in made))
        for one, row, theirs in zip(new, made, stays, strict=True):
            self._tell("resident.registered", row, telling.resident_registered(row), one)
            self.drafts += _life(one, row, theirs, one.by or self._by)

    def _person(self, new: NewPerson) -> Resident:
        home = next((stay for stay in new.stays if stay.main and stay.to_on is None), new.stays[-1])
        left = home.to_on if all(stay.to_on for stay in new.stays) else None
        return self._kept(Resident, new, home.place, left_on=left, died_on=new.died_on)

    def count_again(self, households: Iterable[Household]) -> None:
        """Of households that were there before, locked, to which somebody came."""
        seen = Seen(self._now, self._by.person, self._source.value)
        some = list(households)
        living = Residence.objects.there().filter(household__in=some).values_list("household")
        count = dict(living.annotate(Count("id")).order_by())
        for each in some:
            each.members, each.version = count[each.id], each.version + 1
            each.facts_confirmed = each.facts_confirmed | {"members": mark_of(seen)}
        Household.objects.bulk_update(some, ["members", "version", "facts_confirmed"])

    def merchants(self, new: Sequence[NewMerchant]) -> None:
        overlays = merchants.overlays() if new else []
        made = []
        for each in new:
            row = self._kept(
                Merchant, each, each.area.path, dwelling_id=each.dwelling, closed_on=each.closed_on
            )
            row.area = each.area
            merchants.put_on_the_map(row, overlays)
            made.append(row)
        many.insert(made)
        search.write_new(MERCHANTS, (searching.merchant_row(row) for row in made))
        for one, row in zip(new, made, strict=True):
            self._tell("merchant.entered", row, telling.merchant_entered(row), one)
            if row.closed_on:
                at = max(one.closed_at or row.entered_at, row.entered_at)
                closed = Draft(
                    "merchant.closed", subject_of(row), one.by or self._by, at, {"on": row.closed_on}
                )
                self.drafts.append(closed)

    def _kept(self, kind: type[K], new: _New, place: str, **more: Any) -> K:
        """A row with its blind indexes. Each has a moment of its own: search keeps its rows in that order."""
        self.count += 1
        at = new.entered_at or self._now + self.count * MICROSECOND
        seen = new.seen or Seen(at, (new.by or self._by).person, self._source.value)
        row = many.made(
            kind, id=new.id, place=place, entered_at=at, confirmed_at=seen.at, confirmed_by=seen.by, source=seen.source,
            facts_confirmed=dict(new.facts_confirmed), **new.columns, **more,
        )  # fmt: skip
        for name, (index, context) in keeping.INDEXES[kind].items():
            value = new.columns.get(name)
            if value:
                setattr(row, index, self._blind[context](value))
        return row

    def _tell(self, code: str, row: Kept, facts: Mapping[str, Json], new: _New) -> None:
        draft = Draft(code, subject_of(row), new.by or self._by, row.entered_at, {**facts, **self._told})  # type: ignore[arg-type]  # each caller's row is one of the four kinds
        self.drafts.append(draft)


def _residence(person: UUID, stay: NewStay) -> Residence:
    open_main = stay.main and stay.to_on is None
    return many.made(
        Residence, id=stay.id, resident_id=person, dwelling_id=stay.dwelling, household_id=stay.household,
        place=stay.place, main=open_main, to_on=stay.to_on, **stay.columns,
    )  # fmt: skip


def _life(new: NewPerson, row: Resident, stays: Sequence[Residence], by: Actor) -> Iterator[Draft]:
    """What followed on being registered, in the order in which it was written down."""
    subject, at = Subject("resident", row.id), row.entered_at
    for stay, residence in zip(new.stays, stays, strict=True):
        at = max(at, stay.begun_at or at)
        yield Draft("residence.begun", subject, by, at, telling.residence_begun(residence))
        if new.died_on and stay is new.stays[-1]:
            at = max(at, new.died_at or at)
            yield Draft("resident.died", subject, by, at)
        if residence.to_on:
            at = max(at, stay.ended_at or new.died_at or at)
            yield Draft("residence.ended", subject, by, at, telling.residence_ended(residence))

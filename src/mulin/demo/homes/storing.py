"""Stores the invented people and shops through the registry's own bulk path, confirmed by who called at the door."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from mulin.demo.homes.specs import HomeSpec, PersonSpec, Population, ShopSpec
from mulin.demo.homes.visiting import Caller, Visitors
from mulin.demo.settling import OPENED, Settled
from mulin.journal.face import SYSTEM
from mulin.registry.face import (
    Homes,
    NewDwelling,
    NewHousehold,
    NewMerchant,
    NewPerson,
    NewStay,
    Seen,
    Source,
    store_homes,
)

LOT = 1500
ENTERED = OPENED - timedelta(days=3)  # before now: when the first list was taken in
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Housed:
    """What a home became. `calls` are the visits of the year, the latest first."""

    place: str
    household: UUID
    dwelling: UUID
    people: tuple[UUID, ...]
    calls: tuple[tuple[datetime, Caller], ...]


@dataclass
class Housing:
    """Stores a population, and remembers what became of whom by their place in it."""

    settled: Settled
    visitors: Visitors
    now: datetime
    homes: dict[int, Housed] = field(default_factory=dict)

    def store(self, population: Population, step: Callable[[int], None]) -> None:
        """Everything, in the order of the doors."""
        for lot in _lots(list(enumerate(population.homes))):
            homes = Homes()
            for place, spec in lot:
                self._add(homes, place, spec)
            self._store(homes)
            step(len(lot))
        for shops in _lots(population.shops):
            self._store(Homes(merchants=[self._merchant(spec) for spec in shops]))
            step(len(shops))

    def _store(self, homes: Homes) -> None:
        store_homes(homes, by=SYSTEM, now=self.now - ENTERED, source=Source.LIST)

    def _add(self, homes: Homes, place: int, spec: HomeSpec) -> None:
        area = self.settled.areas[spec.unit]
        calls = tuple(self._call(spec, days) for days in spec.visits)
        seen = self._seen(calls, spec)
        door = NewDwelling(area=area.pk, place=spec.unit, columns=_door(spec), seen=seen)
        homes.dwellings.append(door)
        if not spec.people:
            return
        columns = {"kind": spec.kind, "number": spec.household_number, "from_on": spec.since}
        household = NewHousehold(dwelling=door.id, place=spec.unit, columns=columns, seen=seen)
        people = [
            NewPerson(columns=_person(each), stays=[_stay(each, spec, door, household)], seen=seen)
            for each in spec.people
        ]
        homes.households.append(household)
        homes.people += people
        members = tuple(each.id for each in people)
        self.homes[place] = Housed(spec.unit, household.id, door.id, members, calls)

    def _call(self, spec: HomeSpec, days: int) -> tuple[datetime, Caller]:
        return self.visitors.moment(days), self.visitors.caller(spec.unit, days)

    def _seen(self, calls: Sequence[tuple[datetime, Caller]], spec: HomeSpec) -> Seen:
        """Confirmed at the last call; without one, by the list that was taken in."""
        if calls:
            return Seen(calls[0][0], calls[0][1].person, Source.DOOR)
        return Seen(self.now - timedelta(days=spec.days), None, Source.LIST)

    def _merchant(self, spec: ShopSpec) -> NewMerchant:
        caller = self.visitors.worker(spec.building)
        columns = {
            name: getattr(spec, name)
            for name in (
                "name", "kind", "trade", "credit_code", "operator_name", "operator_phone", "staff_count",
                "hazard", "lives_in", "extinguishers", "lon", "lat", "opened_on",
            )
        }  # fmt: skip
        seen = Seen(self.visitors.moment(spec.days), caller.person, Source.DOOR)
        return NewMerchant(area=self.settled.areas[spec.building], columns=columns, seen=seen)


def _door(spec: HomeSpec) -> dict[str, object]:
    names = ("floor", "number", "use", "square_metres", "owner_name", "owner_phone")
    return {name: getattr(spec, name) for name in names}


def _person(spec: PersonSpec) -> dict[str, object]:
    names = (
        "name", "latin_name", "sex", "born_on", "nationality", "document_kind", "document", "phone",
        "registered_division", "marital", "education", "occupation", "workplace",
    )  # fmt: skip
    return {name: getattr(spec, name) for name in names}


def _stay(person: PersonSpec, home: HomeSpec, door: NewDwelling, household: NewHousehold) -> NewStay:
    since = max(home.since, person.born_on)
    columns = {"kind": home.residence, "relation": person.relation, "reason": home.reason, "from_on": since}
    return NewStay(dwelling=door.id, place=home.unit, household=household.id, columns=columns)


def _lots(things: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(things), LOT):
        yield things[start : start + LOT]

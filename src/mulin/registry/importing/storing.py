"""A batch of checked rows becomes records: new ones by the bulk path, those known already by the acts of every day."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from mulin.kernel.refusals import Refusal
from mulin.places.face import Area
from mulin.posts.face import Permission, Scope, Who, may
from mulin.registry.actions import bulk
from mulin.registry.actions.households import open_household
from mulin.registry.actions.merchants import change_merchant
from mulin.registry.actions.residences import move, move_in
from mulin.registry.actions.residents import change_resident
from mulin.registry.actions.staying import Stay
from mulin.registry.codes import Source
from mulin.registry.importing import before
from mulin.registry.importing.checking import (
    Door,
    Namesake,
    around_homes,
    around_merchants,
    merchant_names,
    namesake_of,
)
from mulin.registry.importing.reading import Read, is_head
from mulin.registry.models import Dwelling, HomeImport, Household, Merchant, Resident
from mulin.registry.models.importing import Choice, ListKind

K = TypeVar("K", Resident, Merchant)
Choices = Mapping[tuple[str, int], str]  # by sheet and row


@dataclass
class Stored:
    """What became of a batch: ids of what is new, and which rows stayed out or brought a record up to date."""

    made: dict[str, list[UUID]] = field(default_factory=dict)
    changed: list[int] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    taken: int = 0

    def note(self, homes: bulk.Homes) -> None:
        for kind in ("dwellings", "households", "people", "merchants"):
            ids = [each.id for each in getattr(homes, kind)]
            if ids:
                self.made[kind] = ids

    def kept(self) -> dict[str, object]:
        """As the part keeps it."""
        made = {kind: [str(id) for id in ids] for kind, ids in self.made.items()}
        return {
            **made,
            "changed": self.changed,
            "skipped": self.skipped,
            "refused": [row for row, _ in self.refused],
        }


def store(source: HomeImport, rows: Sequence[Read], choices: Choices, *, by: Who, now: datetime) -> Stored:
    """Store a batch, in the caller's transaction. Whoever came in meanwhile is left as they are."""
    kind = _Merchants if source.kind == ListKind.MERCHANTS else _Homes
    batch = kind(source, choices, by, now)
    return batch.store(batch.where_they_are_now([row for row in rows if not row.wrong]))


class _Batch(ABC):
    def __init__(self, source: HomeImport, choices: Choices, by: Who, now: datetime) -> None:
        self.source, self.by, self.now = source, by, now
        self._choices = choices
        self.stored = Stored()
        self.homes = bulk.Homes()

    def choice(self, row: Read) -> str:
        return self._choices.get((row.sheet, row.number)) or self.source.repeats

    @abstractmethod
    def store(self, rows: Sequence[Read]) -> Stored:
        """Store these, and say what became of them."""

    def where_they_are_now(self, rows: Sequence[Read]) -> list[Read]:
        """A place may have been redrawn, or given to somebody else, since the dry run: what has none stays out."""
        found = Area.objects.open().filter(pk__in={row.area for row in rows})
        paths = dict(found.values_list("pk", "path"))
        mine = {
            path for path in paths.values()
            if may(self.by, Permission.REGISTRY_IMPORT, Scope(paths=(path,)))
        }  # fmt: skip
        there = []
        for row in rows:
            path = paths.get(row.area) if row.area else None
            if path in mine:
                row.path = str(path)
                there.append(row)
            else:
                self.stored.skipped.append(row.number)
        return there

    def save(self) -> None:
        """All that is new, at once."""
        told = {"import": str(self.source.pk)}
        bulk.store(self.homes, by=self.by.actor(), now=self.now, source=Source.LIST, told=told)
        self.stored.note(self.homes)

    @contextmanager
    def bringing_up_to_date(self, row: Read, id: UUID, keeper: before.Keeper[K]) -> Iterator[K | None]:
        """One row by itself, whole or not at all; None where the record has gone since it was looked for."""
        record = keeper.records.get(id)
        try:
            with transaction.atomic():
                yield record
        except Refusal as refusal:
            self.stored.refused.append((row.number, str(refusal.message)))
            return
        if record is None:
            self.stored.skipped.append(row.number)
        else:
            self.stored.changed.append(row.number)
            keeper.note(row.number, id)


class _Homes(_Batch):
    """Rows of people, and of doors with nobody behind them."""

    def store(self, rows: Sequence[Read]) -> Stored:
        around = around_homes(rows)
        self._doors: dict[Door, tuple[UUID, str]] = {
            (row.area, row.door): (around.doors[row.area, row.door], row.path)
            for row in rows if row.area and (row.area, row.door) in around.doors
        }  # fmt: skip
        self._around = around
        self._households: dict[tuple[UUID, str], UUID] = {}
        self._numbers = dict(around.numbers)
        self._headed = set(around.headed)
        known: list[tuple[Read, UUID]] = []
        for row in rows:
            if row.area is None:
                continue
            person = self._known(row, around.documents, around.namesakes)
            if person is None:
                self._enter(row, self._door(row))
            elif self.choice(row) == Choice.UPDATE:
                self._door(row)
                known.append((row, person))
            else:
                self.stored.skipped.append(row.number)
        keeper = self._hold(known)
        self.save()
        self._update(known, keeper)
        return self.stored

    def _hold(self, known: Sequence[tuple[Read, UUID]]) -> before.Keeper[Resident]:
        """All that is locked, at once: after what is new is told, nothing more may be."""
        new = {each.id for each in self.homes.households}
        joined = {id for id in self._households.values() if id not in new} if known else set()
        doors = {self._doors[row.area, row.door][0] for row, _ in known if row.area}
        return before.people_before(self.source, {person for _, person in known}, doors, joined, new)

    def _door(self, row: Read) -> tuple[UUID, str]:
        assert row.area is not None  # noqa: S101 - rows without a place are wrong
        found = self._doors.get((row.area, row.door))
        if found is None:
            new = bulk.NewDwelling(area=row.area, place=row.path, columns=row.dwelling)
            self.homes.dwellings.append(new)
            found = self._doors[row.area, row.door] = (new.id, row.path)
            if not row.person:
                self.stored.taken += 1
        return found

    def _known(
        self, row: Read, documents: Mapping[str, tuple[UUID, str]], namesakes: Mapping[Namesake, UUID]
    ) -> UUID | None:
        document = row.person.get("document", "")
        if document in documents:
            return documents[document][0]
        key = namesake_of(row)
        same = namesakes.get(key) if key else None
        return None if self.choice(row) == Choice.NEW else same

    def _enter(self, row: Read, door: tuple[UUID, str]) -> None:
        if not row.person:
            return
        dwelling, place = door
        household = self._household(row, dwelling, place)
        if household is None:
            self.stored.skipped.append(row.number)
            return
        if is_head(row) and household in self._headed:
            row.stay["relation"] = ""  # somebody else, beside the householder there is
        elif is_head(row):
            self._headed.add(household)
        stay = bulk.NewStay(dwelling=dwelling, place=place, household=household, columns=row.stay)
        at = self.now + row.number * bulk.MICROSECOND
        self.homes.people.append(bulk.NewPerson(columns=row.person, stays=[stay], entered_at=at))
        self.stored.taken += 1

    def _household(self, row: Read, dwelling: UUID, place: str) -> UUID | None:
        """The one it means behind the door, or a new one; None where one elsewhere has its number by now."""
        number = row.household.get("number", "")
        found = self._households.get((dwelling, number))
        if found is None:
            there = self._around.household_of(row, dwelling)
            if there is None and number and self._numbers.setdefault(number, dwelling) != dwelling:
                return None
            found = there.pk if there else self._new_household(row, dwelling, place)
            self._households[dwelling, number] = found
        return found

    def _new_household(self, row: Read, dwelling: UUID, place: str) -> UUID:
        new = bulk.NewHousehold(dwelling=dwelling, place=place, columns=row.household)
        self.homes.households.append(new)
        return new.id

    def _update(self, known: Sequence[tuple[Read, UUID]], keeper: before.Keeper[Resident]) -> None:
        for row, person in known:
            with self.bringing_up_to_date(row, person, keeper) as record:
                if record:
                    self._bring_up_to_date(row, record)
        self.stored.made.setdefault("households", []).extend(keeper.keep(now=self.now))

    def _bring_up_to_date(self, row: Read, person: Resident) -> None:
        """By the acts of every day: each asks again whether `by` may, and is told on the person's own chain."""
        given = {name: value for name, value in row.person.items() if value not in ("", None)}
        change_resident(person, given, by=self.by, now=self.now, source=Source.LIST)
        assert row.area is not None  # noqa: S101 - rows without a place are wrong
        dwelling = self._doors[row.area, row.door][0]
        theirs = person.residences.there().select_related("household")
        main = theirs.filter(main=True).first()
        if theirs.filter(dwelling=dwelling).exists():
            return
        since, home = row.stay.get("from_on"), Dwelling.objects.get(pk=dwelling)
        if main is None:  # they had left, and are back
            stay = self._stay(row, home)
            move_in(person, home, stay, by=self.by, now=self.now, source=Source.LIST)
        elif not (since and main.from_on and since < main.from_on):  # else they have moved on since
            stay = self._stay(row, home)
            move(main, home, stay, by=self.by, now=self.now, on=since, source=Source.LIST)

    def _stay(self, row: Read, home: Dwelling) -> Stay:
        """With the household that the row means, by its number; or the first behind that door; or one of their own."""
        there = Household.objects.there().filter(dwelling=home).order_by("id")
        number = row.household.get("number", "")
        household = (there.filter(number=number).first() if number else None) or there.first()
        if household is None:
            household = open_household(home, by=self.by, now=self.now, source=Source.LIST, **row.household)
        relation = row.stay.get("relation", "")
        if is_head(row) and household.residences.there().filter(relation=relation).exists():
            relation = ""
        return Stay(household=household, **{**row.stay, "relation": relation})


class _Merchants(_Batch):
    def store(self, rows: Sequence[Read]) -> Stored:
        there, doors = around_merchants(rows)
        ids = {row.area for row in rows if row.area}
        areas = {area.pk: area for area in Area.objects.select_related("parent").filter(pk__in=ids)}
        known: list[tuple[Read, UUID]] = []
        for row in rows:
            if row.area is None:
                continue
            names = merchant_names(row)
            found = next((there[row.area, name] for name in names if (row.area, name) in there), None)
            if found is None or (self.choice(row) == Choice.NEW and (row.area, names[0]) not in there):
                self._enter(row, areas[row.area], doors.get((row.area, row.door)))
            elif self.choice(row) == Choice.UPDATE:
                known.append((row, found))
            else:
                self.stored.skipped.append(row.number)
        keeper = before.merchants_before(self.source, {merchant for _, merchant in known})
        self.save()
        for row, merchant in known:
            with self.bringing_up_to_date(row, merchant, keeper) as record:
                if record:
                    given = {name: value for name, value in row.merchant.items() if value not in ("", None)}
                    change_merchant(record, given, by=self.by, now=self.now, source=Source.LIST)
        keeper.keep(now=self.now)
        return self.stored

    def _enter(self, row: Read, area: Area, dwelling: UUID | None) -> None:
        at = self.now + row.number * bulk.MICROSECOND
        new = bulk.NewMerchant(area=area, dwelling=dwelling, columns=row.merchant, entered_at=at)
        self.homes.merchants.append(new)
        self.stored.taken += 1

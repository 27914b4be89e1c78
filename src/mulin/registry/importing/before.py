"""What records were before a list brought them up to date, kept so that undoing the list can restore them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import orjson

from mulin.journal.face import chain_lengths
from mulin.kernel.unreadable import Unreadable
from mulin.registry import values
from mulin.registry.actions.staying import lock_households
from mulin.registry.models import (
    Dwelling,
    HomeImport,
    HomeImportBefore,
    Household,
    Merchant,
    Residence,
    Resident,
)
from mulin.registry.models.kept import Kept

K = TypeVar("K", Resident, Merchant)


def people_before(
    source: HomeImport,
    people: Collection[UUID],
    doors: Collection[UUID],
    joined: Collection[UUID] = (),
    new: Collection[UUID] = (),
) -> Keeper[Resident]:
    """Lock, in the one order of everybody, these people with the doors and households that they leave or come to.

    With them the households that others join (`joined`); `new` are those that the list itself brings.
    """
    if not people:
        return Keeper(source, {})
    left = Residence.objects.there().filter(resident__in=people).exclude(household=None)
    there = set(Household.objects.there().filter(dwelling__in=doors).values_list("pk", flat=True))
    theirs = {id for id in left.values_list("household", flat=True) if id}
    households = lock_households({*there, *theirs, *joined})
    list(Dwelling.objects.select_for_update().filter(pk__in=doors).order_by("pk"))
    found = Resident.objects.select_for_update().filter(pk__in=people).order_by("pk")
    return Keeper(source, {person.pk: person for person in found}, households, new)


def merchants_before(source: HomeImport, merchants: Collection[UUID]) -> Keeper[Merchant]:
    """Lock these merchants."""
    if not merchants:
        return Keeper(source, {})
    found = Merchant.objects.select_for_update().filter(pk__in=merchants).order_by("pk")
    return Keeper(source, {merchant.pk: merchant for merchant in found})


class Keeper(Generic[K]):
    """The records of a batch as they were; `keep` compares, and keeps what was of those that are others now."""

    def __init__(
        self,
        source: HomeImport,
        records: Mapping[UUID, K],
        households: Mapping[UUID, Household] | None = None,
        new: Collection[UUID] = (),
    ) -> None:
        self.records: Mapping[UUID, K] = records
        self._source = source
        self._households, self._new = dict(households or {}), set(new)
        self._lived = _lived(records) if records else {}
        self._lengths = chain_lengths(records) if records else {}
        self._rows: dict[UUID, int] = {}

    def note(self, row: int, record: UUID) -> None:
        """This row of the list was about that record, and was not refused."""
        self._rows.setdefault(record, row)

    def keep(self, *, now: datetime) -> list[UUID]:
        """Keep what was: a handful of statements, however many there are. Returns the households that are new."""
        if not self._rows:
            return []
        model: Any = type(next(iter(self.records.values())))
        records: Mapping[UUID, Any] = model._default_manager.in_bulk(list(self._rows))
        lives, lengths, confirmed = _lived(self._rows), chain_lengths(self._rows), self._confirmed()
        kept = []
        for id, row in self._rows.items():
            was, lived = self.records[id], self._lived.get(id, ())
            content = _content(was, records[id], lived, lives.get(id, ()))
            if content:
                theirs = _households_of(lived, lives.get(id, ()))
                content["households"] = {str(one): confirmed[one] for one in theirs if one in confirmed}
                content["entries"] = self._lengths.get(id, 0)
                text = orjson.dumps(content).decode()
                kept.append(
                    HomeImportBefore(
                        source=self._source, row=row, record=id, place=was.place, entries=lengths[id],
                        content=text, kept_at=now,
                    )
                )  # fmt: skip
        HomeImportBefore.objects.bulk_create(kept)
        joined = {each.household_id for some in lives.values() for each in some if each.is_open}
        known = {each.household_id for some in self._lived.values() for each in some}
        return sorted(id for id in joined - known - self._new - self._households.keys() if id)

    def _confirmed(self) -> dict[UUID, dict[str, Any]]:
        """How the households that somebody left or came to were confirmed, and how they are now."""
        now = Household.objects.in_bulk(list(self._households))
        return {
            id: {"was": _seen(was), "is": _seen(now[id])}
            for id, was in self._households.items() if id in now and _seen(was) != _seen(now[id])
        }  # fmt: skip


def _households_of(*stays: Iterable[Residence]) -> set[UUID]:
    return {each.household_id for some in stays for each in some if each.household_id}


def _lived(people: Iterable[UUID]) -> dict[UUID, list[Residence]]:
    found: dict[UUID, list[Residence]] = {}
    theirs = Residence.objects.select_for_update().filter(resident__in=list(people))
    for each in theirs.defer("permit").order_by("id"):
        found.setdefault(each.resident_id, []).append(each)
    return found


def _content(
    was: Resident | Merchant, now: Resident | Merchant, lived: Sequence[Residence], lives: Sequence[Residence]
) -> dict[str, Any] | None:
    """As it is stored; nothing where nothing is different. What does not open any more is nothing to restore."""
    columns = values.RESIDENT if isinstance(was, Resident) else values.MERCHANT
    changed = {name: getattr(was, name) for name in columns if getattr(was, name) != getattr(now, name)}
    changed = {name: value for name, value in changed.items() if not isinstance(value, Unreadable)}
    homes = _homes(lived, lives)
    if not changed and not homes:
        return None
    if homes and isinstance(was, Resident):
        homes["left_on"] = was.left_on
    return {"values": changed, "seen": _seen(was), "homes": homes}


def _seen(thing: Kept) -> dict[str, Any]:
    return {
        "at": thing.confirmed_at,
        "by": thing.confirmed_by,
        "source": thing.source,
        "facts": thing.facts_confirmed,
    }


def _homes(lived: Sequence[Residence], lives: Sequence[Residence]) -> dict[str, Any] | None:
    """Which residences came, in which relation, and which ended; nothing where they live as they lived."""
    known, still = {each.pk for each in lived}, {each.pk for each in lives if each.is_open}
    made = {str(each.pk): each.relation for each in lives if each.pk not in known}
    ended = [each.pk for each in lived if each.is_open and each.pk not in still]
    main = next((each.pk for each in lived if each.is_open and each.main), None)
    return {"made": made, "ended": ended, "main": main} if made or ended else None

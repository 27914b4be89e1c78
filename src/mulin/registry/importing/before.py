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

K = TypeVar("K", Resident, Merchant)


def people_before(source: HomeImport, people: Collection[UUID], doors: Collection[UUID]) -> Keeper[Resident]:
    """Lock, in the one order of everybody, these people with the doors and households that they leave or come to."""
    left = Residence.objects.there().filter(resident__in=people).exclude(household=None)
    there = set(Household.objects.there().filter(dwelling__in=doors).values_list("pk", flat=True))
    lock_households(there | {id for id in left.values_list("household", flat=True) if id})
    list(Dwelling.objects.select_for_update().filter(pk__in=doors).order_by("pk"))
    found = Resident.objects.select_for_update().filter(pk__in=people).order_by("pk")
    return Keeper(source, {person.pk: person for person in found}, there)


def merchants_before(source: HomeImport, merchants: Collection[UUID]) -> Keeper[Merchant]:
    """Lock these merchants."""
    found = Merchant.objects.select_for_update().filter(pk__in=merchants).order_by("pk")
    return Keeper(source, {merchant.pk: merchant for merchant in found})


class Keeper(Generic[K]):
    """The records of a batch as they were; `keep` compares, and keeps what was of those that are others now."""

    def __init__(
        self, source: HomeImport, records: Mapping[UUID, K], households: Collection[UUID] = ()
    ) -> None:
        self.records: Mapping[UUID, K] = records
        self._source, self._households = source, set(households)
        self._lived = _lived(records)
        self._rows: dict[UUID, int] = {}

    def note(self, row: int, record: UUID) -> None:
        """This row of the list was about that record, and was not refused."""
        self._rows.setdefault(record, row)

    def keep(self, *, now: datetime) -> list[UUID]:
        """Keep what was: a handful of statements, however many there are. Returns the households that are new."""
        model: Any = type(next(iter(self.records.values())))
        records: Mapping[UUID, Any] = model._default_manager.in_bulk(list(self._rows))
        lives, lengths = _lived(self._rows), chain_lengths(self._rows)
        kept = []
        for id, row in self._rows.items():
            was = self.records[id]
            content = _content(was, records[id], self._lived.get(id, ()), lives.get(id, ()))
            if content:
                text = orjson.dumps(content).decode()
                kept.append(
                    HomeImportBefore(
                        source=self._source, row=row, record=id, place=was.place, entries=lengths[id],
                        content=text, kept_at=now,
                    )
                )  # fmt: skip
        HomeImportBefore.objects.bulk_create(kept)
        joined = {each.household_id for some in lives.values() for each in some if each.is_open}
        known = {each.household_id for some in self._lived.values() for each in some} | self._households
        return sorted(id for id in joined - known if id)


def _lived(people: Iterable[UUID]) -> dict[UUID, list[Residence]]:
    found: dict[UUID, list[Residence]] = {}
    for each in Residence.objects.filter(resident__in=list(people)).defer("permit").order_by("id"):
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
    seen = {
        "at": was.confirmed_at,
        "by": was.confirmed_by,
        "source": was.source,
        "facts": was.facts_confirmed,
    }
    return {"values": changed, "seen": seen, "homes": homes}


def _homes(lived: Sequence[Residence], lives: Sequence[Residence]) -> dict[str, Any] | None:
    """Which residences came, in which relation, and which ended; nothing where they live as they lived."""
    known, still = {each.pk for each in lived}, {each.pk for each in lives if each.is_open}
    made = {str(each.pk): each.relation for each in lives if each.pk not in known}
    ended = [each.pk for each in lived if each.is_open and each.pk not in still]
    main = next((each.pk for each in lived if each.is_open and each.main), None)
    return {"made": made, "ended": ended, "main": main} if made or ended else None

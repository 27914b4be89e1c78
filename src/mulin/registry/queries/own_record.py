"""What a resident may read of their own record, and who looked. Nothing in it says anything about anybody else.

Left out on purpose: the relation to the householder, the household and who else is in it, the owner of the dwelling,
and free texts in which somebody else may be named. They are given out on request, after a person has read them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.db import models
from django.utils.functional import Promise

from mulin.kernel.masking import mask_identity
from mulin.places.face import Level, areas_at, areas_with_those_above
from mulin.posts.face import ResidentAccount, seats_by_id
from mulin.registry.codes import Source
from mulin.registry.models import CareNeed, Dwelling, RecordLink, Residence, Resident
from mulin.registry.rules.facts import FACTS, Fact

MOST_MERGED = 10
SECRETS = ("document",)  # masked on the page, whole in the copy
PLACES = ("native_division", "registered_division")
SHOWN_OF_HOME = (Level.VILLAGE, Level.BUILDING, Level.UNIT)


def account_numbered(number: str) -> ResidentAccount | None:
    """The open account with the number that its owner has on a paper or on their page."""
    plain = "".join(sign for sign in number.upper() if sign.isalnum())[:12]
    found = ResidentAccount.objects.filter(number=plain, closed_at=None) if plain else None
    return found.select_related("user").first() if found is not None else None


def link_of(account: ResidentAccount) -> RecordLink | None:
    """The link in force of an account."""
    rows = RecordLink.objects.filter(account=account, ended_at=None, account__closed_at=None)
    return rows.select_related("resident", "account").first()


def link_to(resident: Resident) -> RecordLink | None:
    """The link in force to a record."""
    rows = RecordLink.objects.filter(resident=resident, ended_at=None, account__closed_at=None)
    return rows.select_related("resident", "account").first()


def own_record(account: ResidentAccount) -> Resident | None:
    """The record that an account may read. None also where its person has died: what an heir opens shows nothing."""
    link = link_of(account)
    found = link.resident if link else None
    for _each in range(MOST_MERGED):
        if found is None or found.merged_into_id is None:
            break
        found = Resident.objects.filter(pk=found.merged_into_id).first()
    return found if found and not found.is_gone and found.died_on is None else None


def all_ids(resident: Resident) -> list[UUID]:
    """The record, and those that were made one with it."""
    return [resident.pk, *Resident.objects.filter(merged_into=resident).values_list("pk", flat=True)]


@dataclass(frozen=True, slots=True)
class OwnFact:
    """What is confirmed together, with when and from where."""

    code: str
    label: str | Promise
    rows: list[tuple[str, str]]
    seen_at: datetime
    source: str


def own_facts(resident: Resident, *, whole: bool = False) -> list[OwnFact]:
    """The facts of a person in words; what is empty is left out. `whole`: nothing masked, for the copy."""
    areas = areas_at({each for name in PLACES if (each := getattr(resident, name))})
    names = {path: area.label for path, area in areas.items()}
    return [_own_fact(resident, fact, names, whole) for fact in FACTS["resident"] if fact.columns]


def _own_fact(resident: Resident, fact: Fact, places: Mapping[str, str], whole: bool) -> OwnFact:
    rows = [
        (str(_field(name).verbose_name), shown)
        for name in fact.columns
        if (shown := shown_value(resident, name, places, whole=whole))
    ]
    seen = resident.seen(fact.code)
    return OwnFact(fact.code, fact.label, rows, seen.at, str(Source(seen.source).label))


def shown_value(
    resident: Resident, name: str, places: Mapping[str, str] | None = None, *, whole: bool
) -> str:
    """One column as a person reads it."""
    value = getattr(resident, name)
    if value in (None, ""):
        return ""
    if name in SECRETS and not whole:
        return mask_identity(str(value))
    if name in PLACES:
        return (places or {}).get(value, value)
    if _field(name).choices:
        return str(getattr(resident, f"get_{name}_display")())
    return value.isoformat() if isinstance(value, date) else str(value)


def _field(name: str) -> models.Field[Any, Any]:
    return cast("models.Field[Any, Any]", Resident._meta.get_field(name))


@dataclass(frozen=True, slots=True)
class OwnHome:
    """Where they live or lived, in their own words: which door, by which right, from when to when."""

    id: UUID
    address: str
    right: str
    reason: str
    main: bool
    from_on: date | None
    to_on: date | None
    permit_until: date | None


def own_homes(ids: Iterable[UUID]) -> list[OwnHome]:
    """All homes, those of today first. With whom they live there is not in it."""
    rows = Residence.objects.filter(resident__in=list(ids)).select_related("dwelling")
    found = sorted(rows, key=lambda row: (row.is_open, row.main, row.from_on or date.min), reverse=True)
    addresses = addresses_of([row.dwelling for row in found])
    return [
        OwnHome(
            row.pk, addresses[row.dwelling_id], row.get_kind_display(),
            row.get_reason_display() if row.reason else "", row.main and row.is_open, row.from_on, row.to_on,
            row.permit_until,
        )
        for row in found
    ]  # fmt: skip


def addresses_of(dwellings: Iterable[Dwelling]) -> dict[UUID, str]:
    """Where each of these doors is, in words."""
    dwellings = list(dwellings)
    above = areas_with_those_above({each.place for each in dwellings})
    return {each.pk: _address(each, above) for each in dwellings}


def _address(dwelling: Dwelling, above: Mapping[str, Any]) -> str:
    way = [
        above.get(dwelling.place[: int(level)])
        for level in SHOWN_OF_HOME
        if int(level) <= len(dwelling.place)
    ]
    return " ".join([*(area.label for area in way if area), dwelling.number])


@dataclass(frozen=True, slots=True)
class OwnCare:
    """A care need as the one it is about reads it: which, by what right, how long, and in which roles it is read."""

    kind: str
    basis: str
    from_on: date
    until_on: date
    readers: list[str]


def own_cares(ids: Iterable[UUID], today: date) -> list[OwnCare]:
    """Those in force."""
    found = list(CareNeed.objects.in_force(today).filter(resident__in=list(ids)).prefetch_related("readers"))
    seats = seats_by_id({reader.seat_id for need in found for reader in need.readers.all()})
    return [
        OwnCare(
            need.get_kind_display(), need.get_basis_display(), need.from_on, need.until_on,
            sorted(seats[reader.seat_id].label for reader in need.readers.all() if reader.seat_id in seats),
        )
        for need in found
    ]  # fmt: skip

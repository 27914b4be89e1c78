"""Many people at once by exact numbers, or by name and birth: for comparing a list with the registry of an area.

By the blind index under every key of the ring, so also while keys are rotated. What is read is for `disclose`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from mulin.kernel.crypto import blind_all
from mulin.registry.models import Residence, Resident
from mulin.registry.models.resident import DOCUMENT, PHONE

T = TypeVar("T")
AT_ONCE = 400  # values in one statement
_COLUMNS = ("id", "name", "place", "left_on", "died_on")


@dataclass(frozen=True, slots=True)
class Someone:
    """Somebody of the registry, as a comparison needs them."""

    id: UUID
    name: str
    place: str
    is_here: bool


def match_documents(place: str, numbers: Collection[str]) -> Mapping[str, list[Someone]]:
    """Who within this area has which of these document numbers (in the form of `document_form`)."""
    return _match(place, numbers, "document_index", DOCUMENT)


def match_phones(place: str, numbers: Collection[str]) -> Mapping[str, list[Someone]]:
    """Who within this area has which of these phones (in the form of `phone_form`)."""
    return _match(place, numbers, "phone_index", PHONE)


def match_names(place: str, wanted: Collection[tuple[str, date]]) -> Mapping[tuple[str, date], list[Someone]]:
    """Who within this area has this name and birth date."""
    found: dict[tuple[str, date], list[Someone]] = {}
    pairs = set(wanted)
    for names in _slices({name for name, _born in pairs}):
        rows = Resident.objects.standing().within(place).filter(name__in=names)
        for born, *row in rows.values_list("born_on", *_COLUMNS):
            if born and (row[1], born) in pairs:
                found.setdefault((row[1], born), []).append(_someone(row))
    return found


def homes_of(people: Collection[UUID]) -> dict[UUID, UUID]:
    """In which household each lives first of all."""
    found: dict[UUID, UUID] = {}
    for ids in _slices(people):
        rows = Residence.objects.there().filter(resident__in=ids, main=True, household__isnull=False)
        found |= {person: home for person, home in rows.values_list("resident_id", "household_id") if home}
    return found


def people_here(
    place: str,
    *,
    born_from: date | None = None,
    born_to: date | None = None,
    after: UUID | None = None,
    most: int,
) -> list[Someone]:
    """Who lives within this area, by id, from after the last one; of a range of birth dates where one is given."""
    rows = Resident.objects.here().within(place)
    if born_from:
        rows = rows.filter(born_on__gte=born_from)
    if born_to:
        rows = rows.filter(born_on__lte=born_to)
    if after:
        rows = rows.filter(pk__gt=after)
    return [_someone(row) for row in rows.order_by("id").values_list(*_COLUMNS)[:most]]


def _match(place: str, numbers: Collection[str], column: str, context: str) -> dict[str, list[Someone]]:
    found: dict[str, list[Someone]] = {}
    blind = {
        index: number for number in set(numbers) if number for index in blind_all(number, context=context)
    }
    for indexes in _slices(blind):
        rows = Resident.objects.standing().within(place).filter(**{f"{column}__in": indexes})
        for index, *row in rows.values_list(column, *_COLUMNS):
            found.setdefault(blind[index], []).append(_someone(row))
    return found


def _someone(row: Iterable[object]) -> Someone:
    id, name, place, left_on, died_on = row
    assert isinstance(id, UUID)  # noqa: S101 - the columns in their order
    return Someone(id, str(name), str(place), left_on is None and died_on is None)


def _slices(values: Iterable[T]) -> Iterator[list[T]]:
    whole = list(values)
    for start in range(0, len(whole), AT_ONCE):
        yield whole[start : start + AT_ONCE]

"""The dry run: rows among each other and beside the registry. Nothing is written but what was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.kernel.crypto import blinders
from mulin.kernel.db.rows import pick
from mulin.registry.codes import Relation
from mulin.registry.importing.places import Places
from mulin.registry.importing.reading import Read, is_head
from mulin.registry.models import Dwelling, Household, Merchant, Residence, Resident
from mulin.registry.models.importing import ListKind
from mulin.registry.models.resident import DOCUMENT

SLICE = 500
AT_ONCE = 2000  # places and numbers looked for by one statement
DOCUMENT_KNOWN, NAMESAKE, MERCHANT_KNOWN = "document_known", "namesake", "merchant_known"
Door = tuple[UUID, str]
At = tuple[str, int]  # sheet and row
Namesake = tuple[str, date, UUID, str]


@dataclass(frozen=True, slots=True)
class Found:
    """What is wrong, or who is known already."""

    row: Read
    key: str
    code: str
    words: str
    record: UUID | None = None

    @property
    def is_wrong(self) -> bool:
        return self.record is None


@dataclass
class Around:
    """What the registry holds at the doors and of the documents of some rows."""

    doors: dict[Door, UUID] = field(default_factory=dict)
    documents: dict[str, tuple[UUID, str]] = field(
        default_factory=dict
    )  # by the number: who, and where they live
    namesakes: dict[Namesake, UUID] = field(default_factory=dict)
    households: dict[UUID, list[Household]] = field(default_factory=dict)  # by the dwelling
    headed: set[UUID] = field(default_factory=set)  # households with a householder
    numbers: dict[str, UUID] = field(default_factory=dict)  # of households: behind which door

    def household_of(self, row: Read, dwelling: UUID | None) -> Household | None:
        """The one of this number behind the door; without a number, the only one there is."""
        there = self.households.get(dwelling, []) if dwelling else []
        number = row.household.get("number", "")
        fitting = [each for each in there if each.number == number] or (there if not number else [])
        return fitting[0] if len(fitting) == 1 else None


class Checker:
    """Checks rows slice by slice; remembers what stood in the rows before."""

    def __init__(self, kind: str, places: Places, *, make_doors: bool) -> None:
        self._kind, self._places, self._make_doors = kind, places, make_doors
        self._documents: dict[str, At] = {}
        self._namesakes: dict[Namesake, At] = {}
        self._heads: dict[tuple[UUID, str, str], At] = {}
        self._numbers: dict[str, Door] = {}
        self._merchants: dict[tuple[UUID | None, str], At] = {}
        self.people: set[UUID] = set()  # whose numbers were found: a reading

    def check(self, rows: Sequence[Read]) -> list[Found]:
        """What is wrong with these, and who is known; a row that is wrong is marked so."""
        found = [
            Found(row, fault.field or "", str(fault.code), str(fault.message))
            for row in rows
            for fault in row.faults
        ]
        if self._kind == ListKind.MERCHANTS:
            found += self._merchants_of(rows)
        else:
            found += self._homes_of(rows)
        for each in found:
            each.row.wrong |= each.is_wrong
        return found

    # -- homes

    def _homes_of(self, rows: Sequence[Read]) -> list[Found]:
        around = around_homes(rows)
        return [each for row in rows for each in self._home(row, around)]

    def _home(self, row: Read, around: Around) -> Iterable[Found]:
        if row.area is None or not row.door:
            return
        if (row.area, row.door) not in around.doors:
            yield from self._new_door(row)
        if row.person:
            yield from self._head(row, around)
            yield from self._number(row, around)
            yield from self._document(row, around)
            yield from self._namesake(row, around)

    def _new_door(self, row: Read) -> Iterable[Found]:
        if not self._make_doors:
            message = _(
                "There is no such door. Enter it first, or choose that doors are entered with the list."
            )
            yield Found(row, "number", "no_such_door", message)
        elif "floor" not in row.dwelling and not row.faults:
            yield Found(row, "floor", "missing", _("This door is new: say on which floor it is."))

    def _head(self, row: Read, around: Around) -> Iterable[Found]:
        if not is_head(row) or row.area is None:
            return
        number = row.household.get("number", "")
        first = self._heads.setdefault((row.area, row.door, number), _at(row))
        household = around.household_of(row, around.doors.get((row.area, row.door)))
        if first != _at(row):
            message = _("This household has a householder already, in row %(row)d.")
            yield Found(row, "relation", "two_householders", _also(message, first, row))
        elif household and household.pk in around.headed and not self._is_there(row, around):
            message = _("This household has a householder already.")
            yield Found(row, "relation", "two_householders", message)

    def _number(self, row: Read, around: Around) -> Iterable[Found]:
        """A number names one household of all: at two doors it would name two."""
        number = row.household.get("number", "")
        if not number or row.area is None or self._is_known(row, around):
            return
        door = (row.area, row.door)
        if number in around.numbers:
            elsewhere = around.numbers[number] != around.doors.get(door)
        else:
            elsewhere = self._numbers.setdefault(number, door) != door
        if elsewhere:
            yield Found(row, "household_number", "number_taken", _("Another household has this number."))

    def _is_known(self, row: Read, around: Around) -> bool:
        return row.person.get("document", "") in around.documents

    def _is_there(self, row: Read, around: Around) -> bool:
        """Perhaps the very householder who is in the registry."""
        return self._is_known(row, around) or namesake_of(row) in around.namesakes

    def _document(self, row: Read, around: Around) -> Iterable[Found]:
        number = row.person.get("document", "")
        if not number:
            return
        first = self._documents.setdefault(number, _at(row))
        if first != _at(row):
            message = _("This document number stands in row %(row)d, too.")
            yield Found(row, "document", "twice", _also(message, first, row))
        elif number in around.documents:
            yield self._known(row, *around.documents[number])

    def _known(self, row: Read, person: UUID, place: str) -> Found:
        self.people.add(person)
        if self._places.may_at(place):
            return Found(
                row, "document", DOCUMENT_KNOWN, _("This person is in the registry already."), person
            )
        message = _("This document number is in the registry already, in another area.")
        return Found(row, "document", "known_elsewhere", message)

    def _namesake(self, row: Read, around: Around) -> Iterable[Found]:
        if self._is_known(row, around):
            return
        key = namesake_of(row)
        if key is None:
            return
        first = self._namesakes.setdefault(key, _at(row))
        if first != _at(row):
            if not row.person.get("document"):
                message = _("The same name, birth date and door stand in row %(row)d, too.")
                yield Found(row, "name", "twice", _also(message, first, row))
        elif key in around.namesakes:
            message = _("Somebody of this name and birth date lives at this door already.")
            yield Found(row, "name", NAMESAKE, message, around.namesakes[key])

    # -- merchants

    def _merchants_of(self, rows: Sequence[Read]) -> list[Found]:
        known, doors = around_merchants(rows)
        return [each for row in rows for each in self._merchant(row, known, doors)]

    def _merchant(
        self, row: Read, known: dict[tuple[UUID, str], UUID], doors: dict[Door, UUID]
    ) -> Iterable[Found]:
        if row.area is None:
            return
        if row.door and (row.area, row.door) not in doors:
            yield Found(
                row,
                "number",
                "no_such_door",
                _("There is no such door. Enter it first, or leave this empty."),
            )
        names = [name for name in merchant_names(row) if name]
        stood = [self._merchants.setdefault((row.area, name), _at(row)) for name in names]
        first = next((at for at in stood if at != _at(row)), _at(row))
        there = next((known[row.area, name] for name in names if (row.area, name) in known), None)
        if first != _at(row):
            message = _("The same merchant stands in row %(row)d, too.")
            yield Found(row, "name", "twice", _also(message, first, row))
        elif there:
            message = _("This merchant is in the registry already.")
            yield Found(row, "name", MERCHANT_KNOWN, message, there)


def _at(row: Read) -> At:
    return row.sheet, row.number


def _also(message: str, first: At, row: Read) -> str:
    """Where the same stood before; a sheet is named only where it is another one."""
    sheet, number = first
    return message % {"row": number} + (f" ({sheet})" if sheet != row.sheet else "")


def namesake_of(row: Read) -> Namesake | None:
    born = row.person.get("born_on")
    return (
        (row.person["name"], born, row.area, row.door) if born and row.area and "name" in row.person else None
    )


def merchant_names(row: Read) -> tuple[str, str]:
    """By which a merchant of a place is known again: the code, and the name."""
    return str(row.merchant.get("credit_code", "")), str(row.merchant.get("name", ""))


def around_homes(rows: Sequence[Read]) -> Around:
    """In a handful of statements, however many rows."""
    around = Around(doors=doors_of(rows))
    around.documents = known_documents([row.person.get("document", "") for row in rows])
    by_id = {id: door for door, id in around.doors.items()}
    living = Residence.objects.there().filter(dwelling__in=list(by_id), resident__merged_into=None)
    columns = (
        "dwelling_id",
        "relation",
        "household_id",
        "resident_id",
        "resident__name",
        "resident__born_on",
    )
    for dwelling, relation, household, person, name, born in living.values_list(*columns):
        if relation == Relation.SELF and household:
            around.headed.add(household)
        if born:
            around.namesakes[name, born, *by_id[dwelling]] = person
    around.households = open_households(by_id)
    numbers = {number for row in rows if (number := row.household.get("number", ""))}
    named = Household.objects.there().filter(number__in=numbers) if numbers else Household.objects.none()
    around.numbers = dict(named.values_list("number", "dwelling_id"))
    return around


def around_merchants(rows: Sequence[Read]) -> tuple[dict[tuple[UUID, str], UUID], dict[Door, UUID]]:
    areas = {row.area for row in rows if row.area}
    known: dict[tuple[UUID, str], UUID] = {}
    there = Merchant.objects.there().filter(area__in=areas)
    for id, area, code, name in there.values_list("id", "area_id", "credit_code", "name"):
        known |= {(area, each): id for each in (code, name) if each}
    return known, doors_of(rows)


def doors_of(rows: Iterable[Read]) -> dict[Door, UUID]:
    """The doors of these rows that there are."""
    wanted = list({(row.area, row.door) for row in rows if row.area and row.door})
    found: dict[Door, UUID] = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        # In pairs: asked for both by themselves, a database looks for each number in each place.
        pairs = ", ".join(["(%s, %s)"] * len(some))
        there = pick(
            Dwelling, ("area_id", "number", "id"), f"closed_at IS NULL AND (area_id, number) IN (VALUES {pairs})",
            [value for pair in some for value in pair],
        )  # fmt: skip
        found |= {(area, number): id for area, number, id in there}
    return found


def known_documents(numbers: Iterable[str]) -> dict[str, tuple[UUID, str]]:
    """Who bears these, and where they live; by whichever key each was indexed."""
    wanted = [number for number in dict.fromkeys(numbers) if number]
    by_index = {blind(number): number for blind in blinders(DOCUMENT) for number in wanted}
    indexes, found = list(by_index), {}
    for start in range(0, len(indexes), AT_ONCE):
        some = indexes[start : start + AT_ONCE]
        marks = ", ".join(["%s"] * len(some))
        where = f"document_index IN ({marks}) AND merged_into_id IS NULL"
        for id, place, index in pick(Resident, ("id", "place", "document_index"), where, some):
            found[by_index[index]] = (id, place)
    return found


def open_households(dwellings: Iterable[UUID]) -> dict[UUID, list[Household]]:
    """Those behind each door."""
    found: dict[UUID, list[Household]] = defaultdict(list)
    for household in Household.objects.there().filter(dwelling__in=list(dwellings)).order_by("id"):
        found[household.dwelling_id].append(household)
    return found

"""A building floor by floor: its entrances, their floors, the doors, each with what a glance may tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.places.face import Area, Level, units
from mulin.posts.face import Who
from mulin.registry.codes import Use
from mulin.registry.models import Dwelling, Household, Merchant, Residence
from mulin.registry.rules.staleness import Age, age_of

MOST = 3000  # doors of one building


class Colour(StrEnum):
    """What the doors are coloured by."""

    USE = "use"
    STALE = "stale"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Tone:
    """How a door of this kind looks: one of look's kinds, an icon, and a word. Never colour alone."""

    kind: str
    icon: str
    label: str | Promise


USES: dict[str, Tone] = {
    Use.OWNER: Tone("done", "home", Use.OWNER.label),
    Use.RENTED: Tone("near", "key", Use.RENTED.label),
    Use.SHARED: Tone("late", "users", Use.SHARED.label),
    Use.EMPTY: Tone("void", "door", Use.EMPTY.label),
    Use.SHOP: Tone("open", "building-store", Use.SHOP.label),
    Use.OFFICE: Tone("open", "briefcase", Use.OFFICE.label),
    Use.STORE: Tone("open", "package", Use.STORE.label),
    Use.OTHER: Tone("waiting", "dots", Use.OTHER.label),
    Use.UNKNOWN: Tone("waiting", "question-mark", Use.UNKNOWN.label),
}
AGES: dict[Age, Tone] = {
    Age.FRESH: Tone("done", "circle-check", _("confirmed lately")),
    Age.STALE: Tone("near", "clock", _("to be confirmed")),
    Age.OLD: Tone("late", "alert-triangle", _("long not confirmed")),
}
NOBODY = Tone("void", "door", _("nobody known"))
LIVED = Tone("done", "home", _("one household"))
CROWDED = Tone("near", "users", _("several households"))
TRADED = Tone("open", "building-store", pgettext_lazy("door", "a merchant"))


@dataclass(frozen=True, slots=True)
class Door:
    """A dwelling as one may see it in a list: no names. `household` is the only one that lives there."""

    id: UUID
    number: str
    use: str
    hazard: str
    households: int
    household: UUID | None
    people: int
    merchants: int
    age: Age
    tone: Tone


@dataclass(frozen=True, slots=True)
class FloorRow:
    number: int
    doors: list[Door]


@dataclass(frozen=True, slots=True)
class Entrance:
    """A unit of the building, or the building itself where it has none; the top floor first."""

    area: Area
    floors: list[FloorRow]


@dataclass(frozen=True, slots=True)
class FloorPlan:
    """A building, and what its colours mean; `left_out` says that it has more doors than are shown."""

    building: Area
    colour: Colour
    entrances: list[Entrance]
    legend: list[tuple[Tone, int]]
    left_out: bool = False

    @property
    def doors(self) -> int:
        return sum(count for _tone, count in self.legend)


@dataclass(slots=True)
class _Lived:
    """What is known of a dwelling from the tables beside it."""

    households: list[UUID] = field(default_factory=list)
    people: int = 0
    merchants: int = 0
    confirmed: list[datetime] = field(default_factory=list)


def floor_plan(building: Area, who: Who, *, colour: Colour = Colour.USE) -> FloorPlan:
    """The doors of a building (or of one unit) that `who` may see, in five statements."""
    dwellings = Dwelling.objects.visible_to(who).within(building.path).there()
    columns = ("id", "area_id", "floor", "number", "use", "hazard", "confirmed_at")
    rows = list(dwellings.only(*columns).order_by("place", "floor", "number")[: MOST + 1])
    lived = _lived(building.path, who)
    doors: dict[UUID, dict[int, list[Door]]] = {}
    for row in rows[:MOST]:
        door = _door(row, lived.get(row.pk) or _Lived(), colour, who.now)
        doors.setdefault(row.area_id, {}).setdefault(row.floor, []).append(door)
    areas = _entrances(building, doors)
    return FloorPlan(
        building,
        colour,
        [_entrance(area, doors[area.pk]) for area in areas],
        _legend(doors),
        len(rows) > MOST,
    )


def _lived(path: str, who: Who) -> dict[UUID, _Lived]:
    """Households, people and merchants by dwelling: counts and dates, no names."""
    found: dict[UUID, _Lived] = {}
    homes = Household.objects.visible_to(who).within(path).there()
    for id, dwelling, confirmed in homes.values_list("id", "dwelling_id", "confirmed_at"):
        known = found.setdefault(dwelling, _Lived())
        known.households.append(id)
        known.confirmed.append(confirmed)
    for dwelling in (
        Residence.objects.visible_to(who).within(path).there().values_list("dwelling_id", flat=True)
    ):
        found.setdefault(dwelling, _Lived()).people += 1
    trading = Merchant.objects.visible_to(who).within(path).there().exclude(dwelling=None)
    for behind in trading.values_list("dwelling_id", flat=True):
        if behind:
            found.setdefault(behind, _Lived()).merchants += 1
    return found


def _door(row: Dwelling, lived: _Lived, colour: Colour, now: datetime) -> Door:
    age = age_of(min(lived.confirmed, default=row.confirmed_at), now)
    only = lived.households[0] if len(lived.households) == 1 else None
    tone = _TONES[colour](row, lived, age)
    return Door(
        row.pk,
        row.number,
        row.use,
        row.hazard,
        len(lived.households),
        only,
        lived.people,
        lived.merchants,
        age,
        tone,
    )


def _by_people(_row: Dwelling, lived: _Lived, _age: Age) -> Tone:
    if len(lived.households) > 1:
        return CROWDED
    if lived.households or lived.people:
        return LIVED
    return TRADED if lived.merchants else NOBODY


_TONES: dict[Colour, Callable[[Dwelling, _Lived, Age], Tone]] = {
    Colour.USE: lambda row, _lived, _age: USES.get(row.use, USES[Use.UNKNOWN]),
    Colour.STALE: lambda _row, _lived, age: AGES[age],
    Colour.PEOPLE: _by_people,
}


def _entrances(building: Area, doors: dict[UUID, dict[int, list[Door]]]) -> list[Area]:
    """The units that have doors, in their order; first the building, for doors that belong to no unit."""
    inside = [] if building.level >= Level.UNIT else list(units(building))
    known = [area for area in [building, *inside] if area.pk in doors]
    missing = doors.keys() - {area.pk for area in known}
    return known + (list(Area.objects.plain().filter(pk__in=missing).order_by("path")) if missing else [])


def _entrance(area: Area, floors: dict[int, list[Door]]) -> Entrance:
    return Entrance(area, [FloorRow(number, floors[number]) for number in sorted(floors, reverse=True)])


def _legend(doors: dict[UUID, dict[int, list[Door]]]) -> list[tuple[Tone, int]]:
    counted = Counter(door.tone for door in _all(doors))
    return sorted(counted.items(), key=lambda each: -each[1])


def _all(doors: dict[UUID, dict[int, list[Door]]]) -> Iterable[Door]:
    for floors in doors.values():
        for row in floors.values():
            yield from row

"""The organisation chart: who sits at an area, what hangs under it, and who leads there. Seats come from memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from mulin.places.face import Area, Level, children, contains, lineage
from mulin.posts.book import Book, Line, book
from mulin.posts.models import Organisation, User
from mulin.posts.permits import may
from mulin.posts.rules import ROLES, Permission, upwards
from mulin.posts.who import Who

# Who speaks for an area of each level: the seat that stands on its box, made or not.
LEADS: dict[int, tuple[str, ...]] = {
    Level.PROVINCE: ("centre_director", "centre_operator"),
    Level.CITY: ("centre_director", "centre_operator"),
    Level.COUNTY: ("centre_director", "centre_operator"),
    Level.TOWN: ("centre_director", "centre_operator"),
    Level.VILLAGE: ("grid_head",),
    Level.GRID: ("grid_worker",),
    Level.BUILDING: ("building_head",),
    Level.UNIT: ("unit_head",),
}
MOST_BOXES = 600
MOST_BODIES = 60


@dataclass(frozen=True)
class Chair:
    """A seat on the chart, with who holds it; empty, it is vacant."""

    role: str
    label: str | Promise
    holders: tuple[User, ...]


@dataclass(frozen=True)
class Box:
    """An area on the chart. `vacant` counts seats in it that nobody holds, `people` those who sit in it."""

    area: Area
    lead: Chair | None
    people: int
    vacant: int
    below: list[Box] = field(default_factory=list)


@dataclass(frozen=True)
class BodyBox:
    """An organisation that has its home at the area."""

    body: Organisation
    chairs: list[Chair]


@dataclass(frozen=True)
class Chart:
    """An area, who sits there, its organisations, and the areas below: two levels of them."""

    area: Area
    above: list[Area]
    chairs: list[Chair]
    bodies: list[BodyBox]
    below: list[Box]
    people: int
    vacant: int


def chart(area: Area, who: Who) -> Chart:
    """As it is now; at most seven statements, whatever the size of the street."""
    found = _Found(who.now, book(), area.path)
    below = list(children(area).open().plain()[:MOST_BOXES])
    further = _further(below)
    bodies = list(
        Organisation.objects.visible_to(who)
        .open()
        .filter(home=area)
        .order_by("kind", "name", "id")[:MOST_BODIES]
    )
    found.name([area, *below, *further], bodies)
    mine = [each for each in lineage(area) if each.pk != area.pk and may(who, Permission.POST_READ, each)]
    return Chart(
        area=area,
        above=mine,
        chairs=found.chairs_at(area.pk, (*LEADS.get(area.level, ()),)),
        bodies=[BodyBox(body, found.chairs_at(body.pk, ())) for body in bodies],
        below=[found.box(each, [grid for grid in further if grid.parent_id == each.pk]) for each in below],
        people=found.people_in(area.path),
        vacant=found.vacant_in(area.path),
    )


def own_area(who: Who) -> Area | None:
    """Where one's own chart begins: the widest area that one sits at."""
    return min(
        (seat.area for seat in who.seats if seat.area), key=lambda area: (area.level, area.path), default=None
    )


def _further(areas: Sequence[Area]) -> list[Area]:
    """What hangs under the communities of a street: their grids. Buildings are shown only on their grid's own chart."""
    wanted = [area.pk for area in areas if area.level in (Level.TOWN, Level.VILLAGE)]
    if not wanted:
        return []
    rows = Area.objects.plain().open().filter(parent__in=wanted).at_level(Level.VILLAGE, Level.GRID)
    return list(rows.order_by("path")[:MOST_BOXES])


class _Found:
    """Seats under an area, read from memory once."""

    def __init__(self, now: datetime, known: Book, path: str) -> None:
        self._now, self._book = now, known
        self._lines = [line for line in known.lines.values() if line.path and contains(path, line.path)]
        self._held = {line.id: known.holders(line.id, now) for line in self._lines}
        self._vacant: Counter[str] = Counter()
        self._people: dict[str, set[UUID]] = {}
        for line in self._lines:
            self._count(line)
        self._names: dict[UUID, User] = {}
        self._at: dict[UUID, list[Line]] = {}

    def _count(self, line: Line) -> None:
        holders = self._held[line.id]
        for path in upwards(line.path or ""):
            self._people.setdefault(path, set()).update(holders)
            self._vacant[path] += not holders

    def name(self, areas: Iterable[Area], bodies: Iterable[Organisation]) -> None:
        """Look up whoever will be shown: one statement at most."""
        wanted = {each.pk for each in (*areas, *bodies)}
        for line in self._book.lines.values():
            place = line.area or line.organisation
            if place and place in wanted:
                self._at.setdefault(place, []).append(line)
                self._held.setdefault(line.id, self._book.holders(line.id, self._now))
        shown = {user for lines in self._at.values() for line in lines for user in self._held[line.id]}
        self._names = self._book.people_by_id(shown)

    def chairs_at(self, place: UUID, leads: tuple[str, ...]) -> list[Chair]:
        """Every seat there in the order of the table of roles; whoever leads is there even where nobody ever sat."""
        found = {line.role: self._chair(line.role, self._held[line.id]) for line in self._at.get(place, [])}
        for role in leads[:1]:
            found.setdefault(role, self._chair(role, ()))
        order = list(ROLES)
        return sorted(found.values(), key=lambda chair: (chair.role not in leads, order.index(chair.role)))

    def box(self, area: Area, further: Iterable[Area]) -> Box:
        below = [self.box(each, ()) for each in further]
        leads = LEADS.get(area.level, ())
        chairs = [chair for chair in self.chairs_at(area.pk, leads) if chair.role in leads]
        lead = next((chair for chair in chairs if chair.holders), chairs[0] if chairs else None)
        return Box(area, lead, self.people_in(area.path), self.vacant_in(area.path), below)

    def people_in(self, path: str) -> int:
        return len(self._people.get(path, ()))

    def vacant_in(self, path: str) -> int:
        return self._vacant[path]

    def _chair(self, role: str, holders: Iterable[UUID]) -> Chair:
        named = tuple(user for id in holders if (user := self._names.get(id)))
        return Chair(role, ROLES[role].label, named)

"""What is made public about grids: who works there, whom to call, whom to complain to. For one, or for a whole town.

Names of people at work and numbers of offices, never anybody's own. The number of statements does not grow with the
number of grids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mulin.places.face import Area, Level, lineages
from mulin.posts.book import Book, book
from mulin.posts.models import Duty, Organisation, PublicNumbers, Service, User
from mulin.posts.queries.filters import running
from mulin.posts.rules import ROLES
from mulin.posts.rules.bodies import BodyFunction

# Whom a grid shows, in this order, and from which level the nearest seat is taken.
WORKER, HEAD, INSTRUCTOR = "grid_worker", "grid_head", "grid_instructor"
SHOWN = ((WORKER, (Level.GRID,)), (HEAD, (Level.VILLAGE,)), (INSTRUCTOR, (Level.GRID, Level.VILLAGE)))
ALWAYS = frozenset({WORKER, HEAD})


@dataclass(frozen=True)
class BoardLine:
    """One line of the board; without a name the seat is vacant now."""

    role: str | Promise
    area: Area
    name: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Board:
    """What a grid makes public. `way` leads down to the grid from its town."""

    grid: Area
    way: tuple[Area, ...]
    lines: tuple[BoardLine, ...]
    contact: str
    supervision: str

    @property
    def named(self) -> tuple[BoardLine, ...]:
        """Those that have a name."""
        return tuple(line for line in self.lines if line.name)

    @property
    def workers(self) -> tuple[BoardLine, ...]:
        """Who is on duty in the grid itself."""
        return tuple(line for line in self.named if line.area.pk == self.grid.pk)

    @property
    def lacks(self) -> tuple[str | Promise, ...]:
        """What the law asks for on a board, and this one has not."""
        missing = (
            (not self.workers, _("nobody on duty")),
            (not self.contact and not any(line.phone for line in self.workers), _("no phone to call")),
            (not self.supervision, _("no supervision phone")),
        )
        return tuple(words for is_missing, words in missing if is_missing)


@dataclass(frozen=True)
class _Town:
    """All that the boards are made of, read at once."""

    book: Book
    now: datetime
    ways: Mapping[str, list[Area]]
    numbers: Mapping[UUID, PublicNumbers]
    offices: Mapping[UUID, str]
    duties: Mapping[UUID, list[Duty]]
    people: Mapping[UUID, User]


def boards(grids: Iterable[Area], now: datetime) -> list[Board]:
    """As it is now, in the order given: six statements, however many."""
    found = list(grids)
    town = _read(found, now)
    return [_board(grid, town) for grid in found]


def _read(grids: Sequence[Area], now: datetime) -> _Town:
    ways = {path: [each for each in way if each.level >= Level.TOWN] for path, way in lineages(grids).items()}
    areas = {each.pk: each for way in ways.values() for each in way}
    known = book()
    held = {
        user
        for area in areas.values()
        for role, _levels in SHOWN
        for user in _holders(known, role, area, now)
    }
    duties: dict[UUID, list[Duty]] = {}
    running_duties = Duty.objects.open_at(now).filter(
        user__is_active=True, area__in=[grid.pk for grid in grids]
    )
    for duty in running_duties.select_related("user").order_by("from_at", "id"):
        if duty.area_id:
            duties.setdefault(duty.area_id, []).append(duty)
    numbers = {row.area_id: row for row in PublicNumbers.objects.filter(area__in=areas)}
    return _Town(known, now, ways, numbers, _offices(areas, now), duties, known.people_by_id(held))


def _holders(known: Book, role: str, area: Area, now: datetime) -> tuple[UUID, ...]:
    seat = known.seats.get((role, area.pk))
    return known.holders(seat, now) if seat else ()


def _offices(areas: Mapping[UUID, Area], now: datetime) -> dict[UUID, str]:
    """The phone of the committee that serves each community, where it has one."""
    villages = [id for id, area in areas.items() if area.level == Level.VILLAGE]
    committees = Organisation.objects.open().taking(BodyFunction.COMMITTEE).exclude(phone="")
    rows = Service.objects.filter(running(now), area__in=villages, organisation__in=committees)
    return dict(rows.order_by("-organisation__name").values_list("area", "organisation__phone"))


def _board(grid: Area, town: _Town) -> Board:
    way = town.ways[grid.path]
    return Board(
        grid=grid,
        way=tuple(way[:-1]),
        lines=tuple(_lines(grid, way, town)),
        contact=_nearest(way, town.numbers, "contact") or _office(way, town.offices),
        supervision=_nearest(way, town.numbers, "supervision"),
    )


def _lines(grid: Area, way: Sequence[Area], town: _Town) -> list[BoardLine]:
    lines: list[BoardLine] = []
    for role, levels in SHOWN:
        here = [area for level in levels for area in way if area.level == level]
        area = next((each for each in here if _holders(town.book, role, each, town.now)), None)
        users = _holders(town.book, role, area, town.now) if area else ()
        lines += [
            _line(ROLES[role].label, area, town.people[id]) for id in users if area and id in town.people
        ]
        if not users and role in ALWAYS and here:
            lines.append(BoardLine(ROLES[role].label, here[0]))
    named = {(line.name, line.phone) for line in lines}
    answers = [_line(_("Answers for this grid"), grid, duty.user) for duty in town.duties.get(grid.pk, ())]
    return lines + [line for line in answers if (line.name, line.phone) not in named]


def _line(role: str | Promise, area: Area, user: User) -> BoardLine:
    return BoardLine(role, area, user.label, user.public_phone)


def _nearest(way: Sequence[Area], numbers: Mapping[UUID, PublicNumbers], which: str) -> str:
    """What the grid itself says, else its community, else its town."""
    rows = (numbers.get(area.pk) for area in reversed(way))
    return next((said for row in rows if row and (said := str(getattr(row, which)))), "")


def _office(way: Sequence[Area], offices: Mapping[UUID, str]) -> str:
    return next((offices[area.pk] for area in reversed(way) if area.pk in offices), "")

"""To whom a matter may be given: the area's own seats, and the organisations that serve the place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Q, QuerySet

from mulin.matters.actions.cases import Loaded, ground, seat_key
from mulin.matters.actions.concerned import is_concerned
from mulin.matters.models import Matter, Part, PartKind
from mulin.matters.rules.guards import is_of_grid
from mulin.matters.rules.moves import Move
from mulin.matters.rules.states import Circulation
from mulin.matters.rules.who import Ground, SeatKey, handler_seats
from mulin.places.face import Area, Level, contains, parents
from mulin.posts.face import Organisation, Seat

ORGANISATION_ROLES = ("department_handler", "specialist")


@dataclass(frozen=True)
class Choice:
    """A seat that may handle the matter, as the list shows it; the fitting ones come first."""

    key: SeatKey
    label: str
    fits: bool

    @property
    def value(self) -> str:
        return f"{self.key.role}:{self.key.area or ''}:{self.key.organisation or ''}"


def parse_choice(value: str) -> SeatKey | None:
    """Back from the value of a form or an API call; None where it is malformed."""
    from uuid import UUID

    parts = value.split(":")
    try:
        role, area, organisation = parts
        return SeatKey(role, UUID(area) if area else None, UUID(organisation) if organisation else None)
    except ValueError:
        return None


def choices(matter: Matter, at: datetime | None = None) -> list[Choice]:
    """Whom the dispatcher may choose, the kind's usual handlers first; by the table of that time."""
    around = ground(matter.place, matter.taken_by, matter.held_at_id, at or matter.state_at)
    found = [_area_choice(seat) for seat in _area_seats(around) if not is_concerned(matter, seat)]
    found += _organisation_choices(matter)
    return sorted(found, key=lambda choice: (not choice.fits, choice.label))


class Choosing:
    """To whom each move may give a matter. What they share is read once, however many moves a page offers."""

    def __init__(self, matter: Matter, at: datetime | None = None) -> None:
        self.matter = matter
        self.at = at

    def of(self, move: Move) -> list[Choice]:
        """The choices of one move; none of them would be refused for what they are."""
        if move.code == "refer":
            return centres_above(self.matter)
        if move.code == "release":
            return self._assisting
        offered = [each for each in self._everybody if self._may_go_to(each.key)]
        assisting = {each.key for each in self._assisting} if move.code in ("hand_over", "assist") else set()
        if move.code == "hand_over":
            return [each for each in offered if each.key not in self._led | assisting]
        if move.code == "assist":
            return [each for each in offered if each.key not in self._leads | assisting]
        return offered

    def _may_go_to(self, key: SeatKey) -> bool:
        return self.matter.type.to_grids or not is_of_grid(key)

    @cached_property
    def _everybody(self) -> list[Choice]:
        return choices(self.matter, self.at)

    @cached_property
    def _parts(self) -> list[Part]:
        rows = Part.objects.filter(matter=self.matter).exclude(kind=PartKind.DECIDE)
        return list(rows.select_related("seat__area", "seat__organisation").defer("seat__area__border"))

    @cached_property
    def _led(self) -> set[SeatKey]:
        return {seat_key(part.seat) for part in self._parts if part.kind == PartKind.LEAD}

    @cached_property
    def _leads(self) -> set[SeatKey]:
        return {seat_key(p.seat) for p in self._parts if p.kind == PartKind.LEAD and p.to_at is None}

    @cached_property
    def _assisting(self) -> list[Choice]:
        running = (part for part in self._parts if part.kind == PartKind.ASSIST and part.to_at is None)
        return [Choice(seat_key(part.seat), part.seat.label, fits=True) for part in running]


def centres_above(matter: Matter) -> list[Choice]:
    """The city's and the province's centre, the nearer one first."""
    above = Area.objects.plain().filter(
        path__in=[path for path in parents(matter.held_at.path) if len(path) < Level.COUNTY]
    )
    return [
        Choice(SeatKey("centre_operator", area=area.pk), area.label, fits=True)
        for area in sorted(above, key=lambda area: -area.level)
    ]


def may_be_given(loaded: Loaded, move: Move, key: SeatKey) -> bool:
    """Whether the move may name this seat; what else stands against it, the rules say in words."""
    if move.code == "refer":
        return any(choice.key == key for choice in centres_above(loaded.matter))
    return move.ends or key == loaded.case.turn or may_handle(loaded, key)


def may_handle(loaded: Loaded, key: SeatKey) -> bool:
    """Whether the seat is among those that may be given this matter."""
    if key in set(handler_seats(loaded.case.ground)):
        return not _concerns(loaded.matter, key)
    if key.organisation is None or key.role not in ORGANISATION_ROLES or _is_micro(loaded.matter):
        return False
    if key.organisation == loaded.matter.about_organisation_id:
        return False
    return _serving(loaded.matter).filter(pk=key.organisation).exists()


def _concerns(matter: Matter, key: SeatKey) -> bool:
    if matter.about_area is None or key.area is None:
        return False
    return contains(matter.about_area.path, Area.objects.plain().get(pk=key.area).path)


def _is_micro(matter: Matter) -> bool:
    return matter.circulation is Circulation.MICRO


def _area_seats(around: Ground) -> list[Seat]:
    """The area seats that somebody made; one that nobody ever held is not offered."""
    wanted = Q(pk__in=[])
    for key in handler_seats(around):
        wanted |= Q(role=key.role, area=key.area)
    return list(Seat.objects.filter(wanted).select_related("area").defer("area__border"))


def _area_choice(seat: Seat) -> Choice:
    return Choice(seat_key(seat), seat.label, fits=True)


def _organisation_choices(matter: Matter) -> list[Choice]:
    if _is_micro(matter):
        return []
    seats = Seat.objects.filter(role__in=ORGANISATION_ROLES, organisation__in=_serving(matter))
    functions = set(matter.type.handlers)
    return [
        Choice(seat_key(seat), seat.label, fits=bool(functions & set(seat.organisation.functions)))
        for seat in seats.select_related("organisation").prefetch_related("organisation__function_rows")
        if seat.organisation and seat.organisation_id != matter.about_organisation_id
    ]


def _serving(matter: Matter) -> QuerySet[Organisation]:
    """Organisations that serve the place of the matter, or an area around it."""
    around = (matter.place, *parents(matter.place))
    return Organisation.objects.filter(
        Q(services__area__path__in=around, services__to_at=None) | Q(home__path__in=around), closed_at=None
    ).distinct()

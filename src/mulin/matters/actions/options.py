"""To whom a matter may be given: the area's own seats, and the organisations that serve the place."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from mulin.matters.actions.cases import Loaded, ground, seat_key
from mulin.matters.actions.concerned import is_concerned
from mulin.matters.models import Matter
from mulin.matters.rules.states import Circulation
from mulin.matters.rules.who import Ground, SeatKey, handler_seats
from mulin.places.face import Area, contains, parents
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


def choices(matter: Matter) -> list[Choice]:
    """Whom the dispatcher may choose, the kind's usual handlers first."""
    around = ground(matter.place, matter.taken_by, matter.held_at_id)
    found = [_area_choice(seat) for seat in _area_seats(around) if not is_concerned(matter, seat)]
    found += _organisation_choices(matter)
    return sorted(found, key=lambda choice: (not choice.fits, choice.label))


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

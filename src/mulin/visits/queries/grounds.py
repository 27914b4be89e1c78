"""The ground and the seats that somebody can choose among on these pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from mulin.kernel.refusals import NotYours
from mulin.places.face import Area, GridKind, Level
from mulin.posts.face import ROLES, Permission, Seat, Who, area_filter, in_ranges

LEVELS = (Level.TOWN, Level.VILLAGE, Level.GRID)
MOST = 500
VISITING = frozenset(code for code, line in ROLES.items() if Permission.VISIT_RECORD in line.permissions)


def grounds(who: Who, permission: Permission) -> list[Area]:
    """Towns, communities and grids in which one has this permission, from the largest down."""
    mine = area_filter(who, permission, path_fields=("path",))
    rows = Area.objects.plain().open().at_level(*LEVELS).filter(mine)
    return list(rows.order_by("path")[:MOST])


def ground(who: Who, permission: Permission, asked: str = "") -> tuple[Area | None, list[Area]]:
    """The one that is asked for (by id or path), else the first; and all there are. Not one's own is not there."""
    choices = grounds(who, permission)
    if not asked:
        return (choices[0] if choices else None), choices
    found = next((area for area in choices if asked in (str(area.pk), area.path)), None)
    if found is None:
        raise NotYours
    return found, choices


def own_seats(who: Who) -> list[Seat]:
    """The seats of one's own, and vacant ones below, whose holders make visits."""
    return _base_first(who.waiting_seats())


def seats_to_plan(who: Who) -> list[Seat]:
    """One's own seats first, then those for which one plans."""
    own = _base_first(who.seats)
    if not who.holds(Permission.VISIT_PLAN):
        return own
    paths = [
        line.path or "" for line in who.own if line.path and Permission.VISIT_PLAN in line.role.permissions
    ]
    rows = Seat.objects.at_places().filter(in_ranges(paths, "area__path"), role__in=VISITING)
    known = {seat.pk for seat in own}
    return own + [seat for seat in rows.order_by("area__path", "role")[:MOST] if seat.pk not in known]


def _base_first(seats: Iterable[Seat]) -> list[Seat]:
    """Those that make visits; an overlay has shops, so its seat comes after those where people live."""
    mine = [seat for seat in seats if seat.role in VISITING and seat.area]
    return sorted(mine, key=lambda seat: seat.area is not None and seat.area.grid_kind == GridKind.OVERLAY)


def chosen_seat(seats: Sequence[Seat], asked: str) -> Seat | None:
    """The one that is asked for, else the first; another's is not there."""
    if not asked:
        return seats[0] if seats else None
    found = next((seat for seat in seats if str(seat.pk) == asked), None)
    if found is None:
        raise NotYours
    return found


def uuid_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

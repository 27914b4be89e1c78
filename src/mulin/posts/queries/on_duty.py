"""Who is on duty where, for the map: grid workers, heads of grids and buildings, at the middle of their areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mulin.kernel.masking import mask_phone
from mulin.places.face import Area, Level
from mulin.posts.book import book
from mulin.posts.models import Duty, Seat, User
from mulin.posts.queries.answering import SEATS
from mulin.posts.rules import ROLES
from mulin.posts.who import Who

MOST_DUTIES = 20
ON_THE_GROUND = ("grid_worker", "grid_head", "building_head")


@dataclass(frozen=True, slots=True)
class OnDuty:
    """The people of one area who are there now, each with what they are."""

    area: Area
    people: list[tuple[User, str]] = field(default_factory=list)


def on_duty(who: Who) -> list[OnDuty]:
    """Of all areas with a place on the map whose seats `who` may see. Whoever is on leave is left out."""
    seats = Seat.objects.visible_to(who).filter(role__in=ON_THE_GROUND, area__lon__isnull=False)
    rows = seats.select_related("area").defer("area__border").order_by("area__path", "role")
    known = book()
    held = [(seat, known.holders(seat.pk, who.now)) for seat in rows if seat.pk in known.lines]
    people = known.people_by_id({user for _seat, users in held for user in users})
    found: dict[str, OnDuty] = {}
    for seat, users in held:
        for user in users:
            if seat.area and user in people:
                here = found.setdefault(seat.area.path, OnDuty(seat.area))
                here.people.append((people[user], str(ROLES[seat.role].label)))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Answers:
    """Somebody to turn to for a place: as what, for which area, and their number as staff may see it in a list."""

    user: User
    role: str
    area: Area
    masked: str


def answering_at(who: Who, way: Sequence[Area]) -> list[Answers]:
    """Who answers for the last area of a way, from near to far, each once: seats that `who` may see, and duties."""
    area, known = way[-1], book()
    ids = [
        (seat, role, each)
        for role, level in SEATS
        for each in way
        if each.level == level and (seat := known.seats.get((role, each.pk)))
    ]
    seen = set(
        Seat.objects.visible_to(who).filter(pk__in=[seat for seat, _, _ in ids]).values_list("pk", flat=True)
    )
    held = [
        (user, role, each)
        for seat, role, each in ids
        if seat in seen
        for user in known.holders(seat, who.now)
    ]
    people = known.people_by_id({user for user, _, _ in held})
    found = [
        _answers(people[user], str(ROLES[role].label), each) for user, role, each in held if user in people
    ]
    return _once([*_by_duty(who, area), *found])


def _by_duty(who: Who, area: Area) -> list[Answers]:
    rows = Duty.objects.visible_to(who).answering_for(area.path).open_at(who.now).filter(user__is_active=True)
    near = rows.filter(area__level__gte=Level.GRID).select_related("user", "area").defer("area__border")
    return [_answers(row.user, "", row.area) for row in near[:MOST_DUTIES] if row.area]


def _answers(user: User, role: str, area: Area) -> Answers:
    return Answers(user, role, area, mask_phone(user.phone or ""))


def _once(found: list[Answers]) -> list[Answers]:
    """Whoever sits there and has the duty besides is shown with the seat."""
    seats = {(each.user.pk, each.area.path) for each in found if each.role}
    return [each for each in found if each.role or (each.user.pk, each.area.path) not in seats]

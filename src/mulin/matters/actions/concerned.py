"""A matter about staff or an organisation: it starts above whom it concerns, and they never get its turn."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from mulin.matters.models import Matter
from mulin.matters.rules.who import ANYWHERE
from mulin.places.face import Area, Level, contains, parents
from mulin.posts.face import BodyKind, Organisation, Post, Seat, in_ranges


def deepest_level(area: Area | None, organisation: Organisation | None) -> int:
    """How far down (a path's length) a matter about these may be held; never asks for more than the county."""
    found = [ANYWHERE]
    if area:
        found.append(_one_above(area))
    if organisation:
        found.append(int(Level.TOWN))
        if organisation.kind == BodyKind.CENTRE:
            found.append(_one_above(organisation.home))
    return max(int(Level.COUNTY), min(found))


def of_matter(matter: Matter) -> int:
    return deepest_level(matter.about_area, matter.about_organisation)


def _one_above(area: Area) -> int:
    return next((len(path) for path in parents(area.path)), int(Level.COUNTY))


def above_concerned(start: Area, taken_by: Area, deepest: int) -> Area:
    """Where it starts: as its kind says, or so far up the way from the taking grid; at least as high as the tree is."""
    if start.level <= deepest:
        return start
    way = [path for path in parents(taken_by.path) if len(path) >= Level.COUNTY]
    known = sorted(Area.objects.plain().filter(path__in=way), key=lambda area: -area.level)
    return next((area for area in known if area.level <= deepest), known[-1] if known else start)


def concerned_people(matter: Matter, now: datetime) -> frozenset[UUID]:
    """Whoever holds a post in what is complained of."""
    where = Q(pk__in=())
    if matter.about_area:
        where |= in_ranges([matter.about_area.path], "seat__area__path")
    if matter.about_organisation_id:
        where |= Q(seat__organisation=matter.about_organisation_id)
    elif not matter.about_area:
        return frozenset()
    return frozenset(Post.objects.open_at(now).filter(where).values_list("user", flat=True))


def is_concerned(matter: Matter, seat: Seat) -> bool:
    """Whether the seat lies in what is complained of."""
    if seat.organisation_id:
        return seat.organisation_id == matter.about_organisation_id
    return bool(matter.about_area and seat.area and contains(matter.about_area.path, seat.area.path))

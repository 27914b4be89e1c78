"""Finding a door by what people say: the building or entrance by name or code, and what stands at the door."""

from __future__ import annotations

from django.db.models import Q

from mulin.places.face import Area, AreaQuerySet, Level
from mulin.posts.face import Permission, Who, area_filter, in_ranges
from mulin.registry.models import Dwelling

MOST = 6


def buildings_called(text: str, who: Who, permission: Permission) -> list[Area]:
    """Open buildings and entrances of this code, or of exactly this name, where one has the permission."""
    words = " ".join(text.split())[:120]
    if not words:
        return []
    found = _allowed(who, permission).at_level(Level.BUILDING, Level.UNIT)
    return list(found.filter(_called(words)).order_by("path")[:MOST])


def places_called(text: str, who: Who, permission: Permission) -> list[Area]:
    """Open areas from a grid down of this code or name."""
    words = " ".join(text.split())[:120]
    levels = (Level.GRID, Level.MICRO_GRID, Level.BUILDING, Level.UNIT)
    return list(_allowed(who, permission).at_level(*levels).filter(_called(words)).order_by("path")[:MOST])


def doors_at(building: Area, number: str) -> list[Dwelling]:
    """The open doors of this number in a building or at an entrance."""
    inside = in_ranges([building.path], "place")
    found = Dwelling.objects.there().filter(inside, number=number.strip()[:20])
    return list(found.select_related("area").order_by("place")[:MOST])


def _allowed(who: Who, permission: Permission) -> AreaQuerySet:
    return Area.objects.open().plain().filter(area_filter(who, permission, path_fields=("path",)))


def _called(words: str) -> Q:
    """By code or path, by name in either language, or by "compound name" as it is written on letters."""
    named = Q(name=words) | Q(name_en__iexact=words) | Q(code=words)
    if words.isascii() and words.isdigit():
        named |= Q(path=words)
    for compound, _blank, name in (words.rpartition(" "),):
        if compound:
            named |= Q(compound=compound, name=name) | Q(compound_en__iexact=compound, name_en__iexact=name)
    return named

"""Everything that reads the tree."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from mulin.kernel.stamps import StampedQuerySet
from mulin.places.rules import Level, parents, within

if TYPE_CHECKING:
    from mulin.places.models import Area

MOST_SOUGHT = 100  # characters of a search


class AreaQuerySet(StampedQuerySet["Area"]):
    """Areas by place, level and time. Borders can be large: lists leave them out (`plain`)."""

    def under(self, path: str) -> Self:
        """The area at `path` and all that lies in it: one range scan."""
        low, high = within(path)
        return self.filter(path__gte=low, path__lt=high)

    def under_any(self, paths: Iterable[str]) -> Self:
        """What lies in at least one of these areas; of no area, nothing."""
        inside = Q(pk__in=[])
        for path in paths:
            low, high = within(path)
            inside |= Q(path__gte=low, path__lt=high)
        return self.filter(inside)

    def at_level(self, *levels: Level) -> Self:
        """Areas of these levels."""
        return self.filter(level__in=[int(level) for level in levels])

    def of_family(self, code: str) -> Self:
        """Grids of one family."""
        return self.filter(family__code=code)

    def open_at(self, at: datetime) -> Self:
        """Areas in use at an instant."""
        return self.filter(from_at__lte=at).exclude(closed_at__lte=at)

    def open(self) -> Self:
        """Areas that nobody has closed."""
        return self.filter(closed_at__isnull=True)

    def above(self, path: str) -> Self:
        """The ancestors of `path`, from the province down."""
        return self.filter(path__in=parents(path)).order_by("path")

    def plain(self) -> Self:
        """Without borders: for lists."""
        return self.defer("border")

    def called(self, text: str) -> Self:
        """Areas whose name, English name, compound or address has these words, or whose path begins so.

        The more senior area first. It reads the rows it is narrowed to: all 665,276 divisions of the country take
        some 0.2 s, the areas of a county a few milliseconds.
        """
        found = self
        for word in text.split():
            found = found.filter(_has(word))
        return found.order_by("level", "path") if text.split() else found.none()


def _has(word: str) -> Q:
    if word.isascii() and word.isdigit() and len(word) >= Level.PROVINCE:
        low, high = within(word)
        by_path = Q(path__gte=low, path__lt=high) | Q(code=word)
    else:
        by_path = Q()
    return (
        by_path
        | Q(name__icontains=word)
        | Q(name_en__icontains=word)
        | Q(compound__icontains=word)
        | Q(compound_en__icontains=word)
        | Q(address__icontains=word)
        | Q(address_en__icontains=word)
    )


def lineage(area: Area) -> list[Area]:
    """Return the way to an area from the province down, the area itself last: its breadcrumbs."""
    return [*type(area).objects.plain().above(area.path), area]


def lineages(areas: Iterable[Area]) -> dict[str, list[Area]]:
    """Return the breadcrumbs of many areas by path, in one statement."""
    areas = list(areas)
    if not areas:
        return {}
    wanted = {path for area in areas for path in parents(area.path)}
    above = {area.path: area for area in type(areas[0]).objects.plain().filter(path__in=wanted)}
    return {
        area.path: [above[path] for path in reversed(parents(area.path)) if path in above] + [area]
        for area in areas
    }


def children(area: Area) -> AreaQuerySet:
    """Return what lies directly in an area and is open, in the order of the codes."""
    return type(area).objects.plain().open().filter(parent=area).order_by("path")


def buildings(area: Area) -> AreaQuerySet:
    """Return the open buildings in an area, in the order of their codes."""
    return type(area).objects.plain().open().under(area.path).at_level(Level.BUILDING).order_by("path")


def units(area: Area) -> AreaQuerySet:
    """Return the open entrance units in an area (of one building, or of many)."""
    return type(area).objects.plain().open().under(area.path).at_level(Level.UNIT).order_by("path")


def grids(area: Area, family: str = "") -> AreaQuerySet:
    """Return the open grids in an area, of one family or all."""
    found = type(area).objects.plain().open().under(area.path).at_level(Level.GRID).order_by("path")
    return (found.of_family(family) if family else found).select_related("family")


def search_areas(text: str, *, within: Iterable[str] | None = None, limit: int = 20) -> list[Area]:
    """Find open areas by words of their names or addresses, or by the beginning of their code."""
    from mulin.places.models import Area

    found = Area.objects.plain().open().called(text[:MOST_SOUGHT])
    return list((found if within is None else found.under_any(within))[:limit])

"""Everything that reads the tree."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from mulin.places.rules import Level, parents, within

if TYPE_CHECKING:
    from mulin.places.models import Area


class AreaQuerySet(models.QuerySet["Area"]):
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

    def open_at(self, now: datetime) -> Self:
        """Areas in use at `now`."""
        return self.filter(from_at__lte=now).exclude(closed_at__lte=now)

    def open(self) -> Self:
        """Areas that nobody has closed."""
        return self.filter(closed_at__isnull=True)

    def above(self, path: str) -> Self:
        """The ancestors of `path`, from the province down."""
        return self.filter(path__in=parents(path)).order_by("path")

    def plain(self) -> Self:
        """Without borders: for lists."""
        return self.defer("border")


def lineage(area: Area) -> list[Area]:
    """Return the way to an area from the province down, the area itself last."""
    return [*type(area).objects.plain().above(area.path), area]


def ancestor(area: Area, level: Level) -> Area | None:
    """Return the area of `level` in which this one lies, itself where it is of that level, or None."""
    if area.level == level:
        return area
    if area.level < level:
        return None
    return type(area).objects.plain().filter(path=area.path[:level]).first()

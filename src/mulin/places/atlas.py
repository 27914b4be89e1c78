"""Areas in memory, by path and by id: those that were asked for since the tree last changed. Nobody changes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from mulin.kernel.stamps import PLACES, Kept
from mulin.places.models import Area
from mulin.places.rules import Level, parents

MOST = 20_000  # areas kept; a town has two thousand


@dataclass
class _Atlas:
    by_path: dict[str, Area] = field(default_factory=dict)
    by_id: dict[UUID, Area] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)  # paths at which nothing lies: a level that is not there

    def keep(self, found: Iterable[Area]) -> None:
        if len(self.by_path) + len(self.absent) > MOST:
            self.by_path, self.by_id, self.absent = {}, {}, set()
        for area in found:
            self.by_path[area.path], self.by_id[area.pk] = area, area


_atlas = Kept(_Atlas, PLACES)


def areas_at(paths: Iterable[str]) -> dict[str, Area]:
    """The areas at these paths, as far as there are any, without their borders: at most one statement."""
    atlas, wanted = _atlas.now(), set(paths)
    known = {path: found for path in wanted if (found := atlas.by_path.get(path))}
    missing = wanted - known.keys() - atlas.absent
    if missing:
        read = list(Area.objects.plain().select_related("family").filter(path__in=missing))
        atlas.keep(read)
        known |= {area.path: area for area in read}
        atlas.absent |= missing - known.keys()
    return known


def areas_with_those_above(paths: Iterable[str]) -> dict[str, Area]:
    """These and everything above them."""
    paths = set(paths)
    return areas_at({each for path in paths for each in (path, *parents(path))})


def areas_of(ids: Iterable[UUID]) -> dict[UUID, Area]:
    """The areas with these ids, without their borders: at most one statement."""
    atlas, wanted = _atlas.now(), set(ids)
    known = {id: found for id in wanted if (found := atlas.by_id.get(id))}
    missing = wanted - known.keys()
    if missing:
        read = list(Area.objects.plain().select_related("family").filter(pk__in=missing))
        atlas.keep(read)
        known |= {area.pk: area for area in read}
    return known


def ancestor(area: Area, level: Level) -> Area | None:
    """Return the area of `level` in which this one lies, itself where it is of that level, or None."""
    if area.level == level:
        return area
    if area.level < level:
        return None
    path = area.path[:level]
    return areas_at([path]).get(path)

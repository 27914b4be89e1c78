"""What the words of a list may mean here: kinds, areas and bodies by all their names, read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Generic, TypeVar

from mulin.kernel.sheets import plain
from mulin.matters.actions.options import ORGANISATION_ROLES
from mulin.matters.models import MatterType
from mulin.places.face import Area, Level
from mulin.posts.face import Permission, Scope, Seat, Who, may

T = TypeVar("T")


class Names(Generic[T]):
    """Things by their codes and their names; a name that two of them have means neither."""

    def __init__(self, things: Iterable[tuple[T, str, Iterable[str]]]) -> None:
        self.by_code: dict[str, T] = {}
        self._by_name: dict[str, set[str]] = defaultdict(set)
        for thing, code, names in things:
            self.by_code[code] = thing
            for name in (code, *names):
                if name:
                    self._by_name[plain(name)].add(code)

    def find(self, word: str) -> T | None:
        codes = self._by_name.get(plain(word), set())
        return self.by_code[next(iter(codes))] if len(codes) == 1 else None


class Around:
    """Of the town of whoever imports, and only where they may."""

    def __init__(self, who: Who) -> None:
        self._who = who
        self._may: dict[str, bool] = {}

    @cached_property
    def kinds(self) -> Names[MatterType]:
        rows = MatterType.objects.filter(level=3).select_related("parent").prefetch_related("limits")
        return Names((kind, kind.code, _kind_names(kind)) for kind in rows)

    @cached_property
    def areas(self) -> Names[Area]:
        """Every area of one's towns, by its own name and with that of the one above before it."""
        found: dict[str, Area] = {}
        for town in sorted(self.towns()):
            rows = Area.objects.plain().open().under(town).select_related("family")
            found |= {area.path: area for area in rows if area.level >= Level.TOWN}
        return Names((area, path, _area_names(area, found)) for path, area in found.items())

    @cached_property
    def bodies(self) -> Names[Seat]:
        """The seats of bodies, by the body's name; the handler's comes before the specialist's."""
        rows = Seat.objects.filter(role__in=ORGANISATION_ROLES).select_related("organisation")
        seats: dict[str, Seat] = {}
        for seat in sorted(rows, key=lambda each: ORGANISATION_ROLES.index(each.role)):
            if seat.organisation and seat.organisation.closed_at is None:
                seats.setdefault(str(seat.organisation.pk), seat)
        return Names((seat, key, _body_names(seat)) for key, seat in seats.items())

    def towns(self) -> set[str]:
        """The towns around one's seats; a county's seat has all of its own."""
        paths = {path for seat in self._who.seats for path in seat.scope().paths if len(path) >= Level.COUNTY}
        return {path[: Level.TOWN] for path in paths}

    def may_at(self, path: str) -> bool:
        if path not in self._may:
            self._may[path] = may(self._who, Permission.MATTER_IMPORT, Scope(paths=(path,)))
        return self._may[path]


def _kind_names(kind: MatterType) -> Iterable[str]:
    parent = kind.parent.name if kind.parent else ""
    return (kind.name, kind.name_en, parent + kind.name)


def _area_names(area: Area, among: dict[str, Area]) -> Iterable[str]:
    levels = [level for level in sorted(Level, reverse=True) if level < area.level]
    above = next((among[area.path[:level]] for level in levels if area.path[:level] in among), None)
    whole = (above.name + area.name, f"{above.name_en} {area.name_en}") if above else ()
    return (area.name, area.name_en, *whole)


def _body_names(seat: Seat) -> Iterable[str]:
    body = seat.organisation
    return (body.name, body.name_en) if body else ()

"""Where a row of a list is: buildings and entrances by all their names, read once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.kernel.refusals import Invalid
from mulin.kernel.sheets import plain
from mulin.places.face import Area, Level
from mulin.posts.face import Permission, Scope, Who, may


@dataclass(frozen=True, slots=True)
class Spot:
    """An entrance, or a building that has none."""

    id: UUID
    path: str


class Places:
    """The places of the towns around one's seats, and only those where one may take a list in."""

    def __init__(self, who: Who) -> None:
        self._who = who
        self._may: dict[str, bool] = {}
        self._named: dict[str, list[Area]] = defaultdict(list)
        self._units: dict[str, list[Area]] = defaultdict(list)
        self._found: dict[tuple[str, str, str], Spot | Invalid] = {}
        for town in sorted(_towns(who)):
            for area in Area.objects.plain().open().under(town):
                self._put(area)

    def _put(self, area: Area) -> None:
        if area.level == Level.UNIT:
            self._units[area.path[: Level.BUILDING]].append(area)
            return
        for name in {plain(name) for name in (area.name, area.name_en, area.path) if name}:
            self._named[name].append(area)

    def spot(self, within: str, building: str, unit: str) -> Spot:
        """The place of a row. Raises Invalid with the column that is wrong."""
        asked = (within, building, unit)
        if asked not in self._found:
            try:
                area = self._unit(self._building(within, building), unit)
                self._found[asked] = Spot(area.pk, area.path)
            except Invalid as fault:
                self._found[asked] = fault
        found = self._found[asked]
        if isinstance(found, Invalid):
            raise found
        return found

    def _building(self, within: str, name: str) -> Area:
        around = self._around(within)
        named = [area for area in self._named.get(plain(name), ()) if area.level == Level.BUILDING]
        fitting = [area for area in named if any(area.path.startswith(path) for path in around)]
        if not fitting:
            raise Invalid(_("There is no such building."), code="no_such_building", field="building")
        mine = [area for area in fitting if self.may_at(area.path)]
        if not mine:
            raise Invalid(_("You may take nothing in there."), code="elsewhere", field="building")
        if len(mine) > 1:
            message = _("Several buildings have this name. Say in which community or grid it is.")
            raise Invalid(message, code="which_building", field="within" if not within else "building")
        return mine[0]

    def _around(self, within: str) -> list[str]:
        if not within:
            return [""]
        paths = [area.path for area in self._named.get(plain(within), ()) if area.level < Level.BUILDING]
        if not paths:
            raise Invalid(_("There is no such community or grid."), code="no_such_area", field="within")
        return paths

    def _unit(self, building: Area, name: str) -> Area:
        units = self._units.get(building.path, [])
        if not units:
            return building
        if not name:
            if len(units) == 1:
                return units[0]
            message = _("This building has several entrances. Say which one.")
            raise Invalid(message, code="which_unit", field="unit")
        said = plain(name)
        fitting = [area for area in units if said in _names(area)]
        if len(fitting) != 1:
            message = _("This building has no such entrance.")
            raise Invalid(message, code="no_such_unit", field="unit")
        return fitting[0]

    def may_at(self, path: str) -> bool:
        if path not in self._may:
            self._may[path] = may(self._who, Permission.REGISTRY_IMPORT, Scope(paths=(path,)))
        return self._may[path]


def _names(unit: Area) -> set[str]:
    """Its names, its digits, and its number ("2", "2单元")."""
    number = str(int(unit.path[Level.BUILDING :]))
    own = (unit.name, unit.name_en, unit.path, number, f"{number}单元")
    return {plain(name) for name in own if name}


def _towns(who: Who) -> set[str]:
    paths = {path for seat in who.seats for path in seat.scope().paths if len(path) >= Level.COUNTY}
    return {path[: Level.TOWN] for path in paths}

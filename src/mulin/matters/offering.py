"""What the forms of the moves offer to choose from, read when a form needs it, once a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property

from django.utils import timezone

from mulin.kernel.worktime import Limit
from mulin.matters.actions.cases import type_facts
from mulin.matters.actions.options import Choice, Choosing
from mulin.matters.models import Matter
from mulin.matters.queries.similar import Similar, Spot, similar
from mulin.matters.rules.limits import HOLD_AT_MOST_DAYS, Clock
from mulin.matters.rules.moves import Move
from mulin.matters.views.kinds import Groups, kinds_for
from mulin.places.face import BASE, Area, Level
from mulin.posts.face import Who


class Offering:
    """For one matter and whoever looks at it."""

    def __init__(self, matter: Matter, who: Who) -> None:
        self.matter = matter
        self.who = who
        self._choosing = Choosing(matter, who.now)

    def seats(self, move: Move) -> Sequence[Choice]:
        return self._choosing.of(move)

    @cached_property
    def limit(self) -> Limit:
        """That of handling: time is asked for in its unit, and never more than it has."""
        return type_facts(self.matter.type).limit(Clock.HANDLE)

    @cached_property
    def tomorrow(self) -> date:
        return timezone.localdate(self.who.now) + timedelta(days=1)

    @property
    def last_day(self) -> date:
        return self.tomorrow + timedelta(days=HOLD_AT_MOST_DAYS - 2)

    @cached_property
    def others(self) -> list[Similar]:
        """What it may be the same as: of the same kind, near by, still open."""
        spot = Spot(self.matter.place, self.matter.lon, self.matter.lat)
        found = similar(self.matter.type, spot, who=self.who, most=10)
        return [each for each in found if each.id != self.matter.pk]

    @cached_property
    def kinds(self) -> Groups:
        return kinds_for("", "", self.matter.type.code).groups

    @cached_property
    def places(self) -> Groups:
        """The communities of the town with their grids; where it is now is among them."""
        town = self.matter.place[: Level.TOWN]
        areas = Area.objects.plain().open().under(town).at_level(Level.VILLAGE, Level.GRID).of_family(BASE)
        villages = Area.objects.plain().open().under(town).at_level(Level.VILLAGE)
        names = {area.path: area.label for area in villages}
        groups: dict[str, list[tuple[str, str]]] = {
            label: [(path, label)] for path, label in sorted(names.items())
        }
        for area in sorted(areas, key=lambda area: area.path):
            village = names.get(area.path[: Level.VILLAGE])
            if village and area.level == Level.GRID:
                groups[village].append((area.path, area.label))
        return list(groups.items())

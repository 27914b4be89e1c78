"""The wrong kind, or the wrong place: it starts again with whoever owns it, by their limits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from mulin.kernel.refusals import Invalid
from mulin.matters.actions.beside import Beside
from mulin.matters.actions.cases import Loaded, ground, type_facts
from mulin.matters.actions.concerned import above_concerned, of_matter
from mulin.matters.actions.report import Whereabouts
from mulin.matters.actions.splitting import held_like, where_of
from mulin.matters.labels import WHY_IMPOSSIBLE
from mulin.matters.models import Matter, MatterType
from mulin.matters.rules.case import Given
from mulin.places.face import Area, Level
from mulin.posts.face import Who


@dataclass
class Correcting(Beside):
    kind: MatterType
    where: Whereabouts

    def after(self, by: Who, now: datetime) -> None:  # noqa: ARG002 - as Beside has it
        matter, where = self.matter, self.where
        matter.type, matter.urgent, matter.public = self.kind, self.kind.urgent, self.kind.public
        matter.place, matter.taken_by = where.place.path, where.taken_by
        changed = ["type", "urgent", "public", "place", "taken_by"]
        if matter.lon is not None and where.lon is None:  # the pin lies elsewhere
            matter.lon = matter.lat = matter.spot = None
            changed += ["lon", "lat", "spot"]
        matter.save(update_fields=changed)


def correcting(loaded: Loaded, given: Given, by: Who, now: datetime) -> Correcting:  # noqa: ARG001 - the shape of a Maker
    """The case as it would be of the right kind at the right place. Raises Invalid."""
    matter = loaded.matter
    kind, area = _kind(matter, given.kind), _area(matter, given.place)
    if kind.pk == matter.type_id and area.path == matter.place:
        raise Invalid(WHY_IMPOSSIBLE["nothing_to_correct"], code="nothing_to_correct", field="kind")
    where = where_of(matter, kind, area)
    held = above_concerned(held_like(matter, kind, where.taken_by), where.taken_by, of_matter(matter))
    around = ground(where.place.path, where.taken_by, held.pk, now)
    case = replace(loaded.case, type=type_facts(kind), ground=around)
    return Correcting(replace(loaded, case=case), given, kind, where)


def _kind(matter: Matter, code: str) -> MatterType:
    if not code or code == matter.type.code:
        return matter.type
    found = MatterType.objects.listed().filter(code=code).first()
    if found is None:
        raise Invalid(WHY_IMPOSSIBLE["nothing_to_correct"], code="kind", field="kind")
    return found


def _area(matter: Matter, path: str) -> Area:
    path = path or matter.place
    found = Area.objects.plain().select_related("family").filter(path=path).first()
    if found is None or path[: Level.COUNTY] != matter.place[: Level.COUNTY]:
        raise Invalid(WHY_IMPOSSIBLE["nothing_to_correct"], code="area", field="place")
    return found

"""Doors and shops as lists show them: where, and a masked name. Nobody's page is opened by that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.kernel.masking import mask_name
from mulin.places.face import Area, Level, parents
from mulin.posts.face import Permission, Who, may
from mulin.registry.face import Dwelling, Household, Merchant, Residence

Target = Household | Merchant


@dataclass(frozen=True, slots=True)
class DoorLine:
    """One line: the kind and id for addresses, where it is, and who is asked for (masked)."""

    kind: str
    id: UUID
    where: str
    name: str


def door_lines(targets: Iterable[Target], who: Who) -> Mapping[UUID, DoorLine]:
    """By the id of the household or merchant; three statements.

    What was called on here may have moved away meanwhile: where to is told to nobody who may not see it there.
    """
    rows, gone = list[Target](), dict[UUID, DoorLine]()
    for each in targets:
        if may(who, Permission.VISIT_READ, each):
            rows.append(each)
        else:
            gone[each.pk] = DoorLine(type(each).__name__.lower(), each.pk, _("moved to another area"), "")
    return gone | _lines(rows)


def _lines(rows: list[Target]) -> dict[UUID, DoorLine]:
    homes = [each for each in rows if isinstance(each, Household)]
    heads = _heads(homes)
    doors = {door.pk: door for door in _doors(homes)}
    areas = _areas([*(door.area for door in doors.values()), *(each.area for each in _shops(rows))])
    found = {}
    for each in rows:
        if isinstance(each, Household):
            door = doors[each.dwelling_id]
            where = f"{_said(door.area, areas)} {door.number}"
            found[each.pk] = DoorLine("household", each.pk, where, heads.get(each.pk, ""))
        else:
            found[each.pk] = DoorLine("merchant", each.pk, _said(each.area, areas), each.name)
    return found


def _shops(rows: Iterable[Target]) -> list[Merchant]:
    return [each for each in rows if isinstance(each, Merchant)]


def _doors(homes: list[Household]) -> list[Dwelling]:
    ids = {home.dwelling_id for home in homes}
    rows = Dwelling.objects.filter(pk__in=ids).select_related("area")
    return list(rows.defer("area__border", "owner_phone")) if ids else []


def _heads(homes: list[Household]) -> dict[UUID, str]:
    """The householder, or whoever is entered first; the name masked."""
    rows = Residence.objects.there().filter(household__in=[home.pk for home in homes])
    found: dict[UUID, str] = {}
    for home, name in rows.order_by("relation", "id").values_list("household_id", "resident__name"):
        if home and (home not in found):
            found[home] = mask_name(name)
    return found


def _areas(areas: Iterable[Area]) -> dict[str, Area]:
    """The buildings above the units, so that a line can name both."""
    wanted = {path for area in areas if area.level > Level.BUILDING for path in parents(area.path)}
    wanted = {path for path in wanted if len(path) == Level.BUILDING}
    rows = Area.objects.plain().filter(path__in=wanted)
    return {area.path: area for area in rows} if wanted else {}


def _said(area: Area, above: Mapping[str, Area]) -> str:
    building = above.get(area.path[: Level.BUILDING])
    return f"{building.label} {area.label}" if building and building.pk != area.pk else area.label

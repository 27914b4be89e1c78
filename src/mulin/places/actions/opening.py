"""Opening areas: one by hand, or many from a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from shapely.geometry.base import BaseGeometry

from mulin.journal.face import Actor, Json, Subject, record
from mulin.kernel.geo import check_point, to_wkb
from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Conflict, Invalid
from mulin.kernel.text import clean
from mulin.places import entries
from mulin.places.actions.borders import check_border, check_cover
from mulin.places.actions.writing import begin
from mulin.places.models import ADDRESS_LIMIT, KIND_LIMIT, NAME_LIMIT, Area, Family, RetiredPath
from mulin.places.redrawing import follow
from mulin.places.rules import (
    Cover,
    GridKind,
    Level,
    building_code,
    level_of,
    parent_in,
    parents,
    path_problem,
)

MOST_FLOORS = 200
PATH_WORDS: Mapping[str, str | Promise] = {
    "length": gettext_lazy("A path has 2, 4, 6, 9, 12, 15, 17, 22 or 24 digits; %(path)s has not."),
    "digits": gettext_lazy("A path consists of digits; %(path)s does not."),
    "zeros": gettext_lazy("%(path)s ends in zeros, which say that this level is missing."),
}


@dataclass(frozen=True, slots=True)
class NewArea:
    """An area to be opened. Only grids have a family and a kind of grid; a building has the rest."""

    path: str
    name: str
    name_en: str = ""
    border: BaseGeometry | None = None
    family: str = ""
    grid_kind: str = ""
    lon: float | None = None  # where its label stands; by default somewhere inside the border
    lat: float | None = None
    kind: str = ""
    floors: int | None = None
    compound: str = ""
    compound_en: str = ""
    address: str = ""
    address_en: str = ""


@transaction.atomic
def open_area(new: NewArea, *, by: Actor, now: datetime) -> Area:
    """Open one area under those that are there."""
    begin()
    (area,) = _store([new], now)
    facts = {"path": area.path, "family": new.family, "grid_kind": new.grid_kind}
    record(entries.OPENED, entries.about(area), by=by, at=now, facts=facts, words={"name": area.name})
    follow(_over_others([area]))
    return area


@transaction.atomic
def bulk_open(news: Iterable[NewArea], *, by: Actor, now: datetime, check_borders: bool = True) -> list[Area]:
    """Open many areas, parents among them in any order, with one entry for all: for imports and the demo.

    `check_borders=False` leaves out the search for overlaps, for a source that has made sure of it.
    """
    news = sorted(news, key=lambda new: (len(new.path), new.path))
    if not news:
        return []
    begin()
    areas = _store(news, now, check_borders=check_borders)
    facts: dict[str, Json] = {"count": len(areas), "first": areas[0].path, "last": areas[-1].path}
    record(entries.OPENED_MANY, Subject("areas", new_id()), by=by, at=now, facts=facts)
    follow(_over_others(areas))
    return areas


def _over_others(areas: Iterable[Area]) -> list[Area]:
    """Those that may cover what was there before them."""
    return [area for area in areas if area.grid_kind == GridKind.OVERLAY]


def _store(news: Sequence[NewArea], now: datetime, *, check_borders: bool = True) -> list[Area]:
    """Check and insert; whatever is wrong with one undoes them all."""
    _check_paths([new.path for new in news])
    there = _there(news)
    families = {family.code: family for family in Family.objects.all()}
    areas: list[Area] = []
    for new in news:
        area = _made(new, there, families, now)
        there[area.path] = area
        areas.append(area)
    if check_borders:
        check_cover({area: new.border for area, new in zip(areas, news, strict=True) if new.border})
    Area.objects.bulk_create(areas, batch_size=500)
    return areas


def _check_paths(paths: Sequence[str]) -> None:
    """Refuse what is no path, comes twice, or was ever used: codes are never reused."""
    for path in paths:
        problem = path_problem(path)
        if problem:
            raise Invalid(PATH_WORDS[problem] % {"path": path}, code=f"path_{problem}", field="path")
    used = set(Area.objects.filter(path__in=paths).values_list("path", flat=True))
    used |= set(RetiredPath.objects.filter(path__in=paths).values_list("path", flat=True))
    codes = {building_code(path) for path in paths if len(path) >= Level.BUILDING}
    known = set(Area.objects.filter(code__in=codes, level__gte=Level.BUILDING).values_list("code", flat=True))
    seen: set[str] = set()
    for path in paths:
        if path in used or path in seen or (len(path) >= Level.BUILDING and building_code(path) in known):
            raise Conflict(
                _("The code %(path)s is or was another area's.") % {"path": path}, code="path_used"
            )
        seen.add(path)


def _there(news: Sequence[NewArea]) -> dict[str, Area]:
    """The areas that may be parents, by path."""
    wanted = {path for new in news for path in parents(new.path)}
    return {area.path: area for area in Area.objects.plain().filter(path__in=wanted)}


def _made(new: NewArea, there: Mapping[str, Area], families: Mapping[str, Family], now: datetime) -> Area:
    border = check_border(new.border) if new.border is not None else None
    lon, lat = label_point(new, border)
    return Area(
        path=new.path,
        level=level_of(new.path),
        parent_id=_parent(new, there),
        code=building_code(new.path),
        family=_family(new, families),
        grid_kind=new.grid_kind,
        border=to_wkb(border) if border is not None else None,
        lon=lon,
        lat=lat,
        from_at=now,
        changed_at=now,
        floors=floors(new),
        **cleaned(new),
    )


def cleaned(new: NewArea) -> dict[str, str]:
    """The words of an area, fit to be stored; it must have a name."""
    limits = {"name": NAME_LIMIT, "name_en": NAME_LIMIT, "compound": NAME_LIMIT, "compound_en": NAME_LIMIT}
    limits |= {"address": ADDRESS_LIMIT, "address_en": ADDRESS_LIMIT, "kind": KIND_LIMIT}
    words = {
        field: clean(getattr(new, field), limit, lines=False, field=field) for field, limit in limits.items()
    }
    if not words["name"]:
        raise Invalid(_("Every area has a name."), code="no_name", field="name")
    return words


def floors(new: NewArea) -> int | None:
    """How many floors: at most as many as any house has."""
    if new.floors is not None and not 0 <= new.floors <= MOST_FLOORS:
        raise Invalid(
            _("A building has at most %(most)d floors.") % {"most": MOST_FLOORS},
            code="floors",
            field="floors",
        )
    return new.floors


def label_point(new: NewArea, border: BaseGeometry | None) -> tuple[float | None, float | None]:
    """Where the label stands: as given, else somewhere inside the border."""
    if new.lon is not None and new.lat is not None:
        return check_point(new.lon, new.lat)
    if border is None:
        return None, None
    inside = border.representative_point()
    return inside.x, inside.y


def _parent(new: NewArea, there: Mapping[str, Area]) -> UUID | None:
    """The id of the area above, which must be open and may not be an overlay grid."""
    if len(new.path) == Level.PROVINCE:
        return None
    path = parent_in(new.path, there.__contains__)
    if path is None:
        raise Invalid(
            _("There is no area in which %(path)s could lie.") % {"path": new.path},
            code="path_parent",
            field="path",
        )
    parent = there[path]
    if parent.closed_at is not None:
        raise Conflict(_("%(area)s has been closed.") % {"area": parent.label}, code="area_closed")
    if parent.grid_kind == GridKind.OVERLAY:
        raise Invalid(_("Buildings and micro-grids lie in base grids."), code="path_parent", field="path")
    return parent.pk


def _family(new: NewArea, families: Mapping[str, Family]) -> Family | None:
    """The family of a grid, which must fit its kind."""
    if len(new.path) != Level.GRID:
        if new.family or new.grid_kind:
            raise Invalid(_("Only grids belong to a family."), code="family_of_grids", field="family")
        return None
    family = families.get(new.family)
    if family is None:
        raise Invalid(_("There is no such family of grids."), code="no_family", field="family")
    if (family.cover == Cover.PARTITION) != (new.grid_kind in (GridKind.BASIC, GridKind.EXCLUSIVE)) or (
        new.grid_kind not in list(GridKind)
    ):
        raise Invalid(_("This kind of grid does not fit its family."), code="grid_kind", field="grid_kind")
    return family

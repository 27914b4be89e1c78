"""Changing areas: names, details, borders, and closing. What an area was before is kept."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from mulin.journal.face import Actor, Draft, record, record_many
from mulin.kernel.geo import to_wkb
from mulin.kernel.refusals import Conflict, Invalid
from mulin.places import entries
from mulin.places.actions.borders import check_border, check_cover
from mulin.places.actions.opening import NewArea, cleaned, floors, label_point
from mulin.places.actions.writing import again, begin, keep
from mulin.places.models import Area
from mulin.places.redrawing import follow

DETAILS = ("kind", "floors", "compound", "compound_en", "address", "address_en", "lon", "lat")


@transaction.atomic
def rename(area: Area, *, name: str, name_en: str = "", by: Actor, now: datetime) -> Area:
    """Give an area another name. The same name again changes nothing."""
    begin()
    area = again(area)
    words = cleaned(NewArea(area.path, name, name_en))
    if (area.name, area.name_en) == (words["name"], words["name_en"]):
        return area
    said = {"before": area.name, "after": words["name"]}
    keep(area, now)
    area.name, area.name_en = words["name"], words["name_en"]
    area.save(update_fields=["name", "name_en", "changed_at"])
    record(entries.RENAMED, entries.about(area), by=by, at=now, facts={"path": area.path}, words=said)
    return area


@transaction.atomic
def describe(area: Area, *, by: Actor, now: datetime, **details: str | float | None) -> Area:
    """Change details of an area: kind, floors, compound and address (with _en), lon and lat.

    They leave no version: statistics of the past ask for codes, names and borders only.
    """
    unknown = set(details) - set(DETAILS)
    if unknown:
        raise TypeError(f"an area has no details {sorted(unknown)}")
    begin()
    area = again(area)
    before = {name: getattr(area, name) for name in details}
    new = replace(_as_new(area), **details)  # type: ignore[arg-type]  # the names are checked above
    area.floors = floors(new)
    area.lon, area.lat = label_point(new, None)
    for name, text in cleaned(new).items():
        setattr(area, name, text)
    changed = sorted(name for name in details if getattr(area, name) != before[name])
    if changed:
        area.save(update_fields=changed)
        facts = {"path": area.path, "changed": changed}
        record(entries.DESCRIBED, entries.about(area), by=by, at=now, facts=facts)
    if {"lon", "lat"} & set(changed):
        follow([area])
    return area


def _as_new(area: Area) -> NewArea:
    return NewArea(area.path, area.name, area.name_en, **{name: getattr(area, name) for name in DETAILS})


def redraw(area: Area, border: BaseGeometry, *, by: Actor, now: datetime) -> Area:
    """Give one area another border. Neighbours that change sides of a line are redrawn together."""
    return redraw_together({area: border}, by=by, now=now)[0]


@transaction.atomic
def redraw_together(borders: Mapping[Area, BaseGeometry], *, by: Actor, now: datetime) -> list[Area]:
    """Give several areas their new borders at once, checked as they will be. Gaps are allowed; overlaps are not."""
    begin()
    drawn = {again(area): check_border(border) for area, border in borders.items()}
    check_cover(drawn)
    for area, border in drawn.items():
        keep(area, now)
        inside = border.representative_point()
        area.border, area.lon, area.lat = to_wkb(border), inside.x, inside.y
        area.save(update_fields=["border", "lon", "lat", "changed_at"])
    record_many([_redrawn(area, by, now) for area in drawn])
    follow(list(drawn))
    return list(drawn)


def _redrawn(area: Area, by: Actor, now: datetime) -> Draft:
    shape = hashlib.sha256(area.border or b"").hexdigest()
    return Draft(entries.REDRAWN, entries.about(area), by, now, {"path": area.path, "border_sha256": shape})


@transaction.atomic
def close_area(area: Area, *, reason: str = "", by: Actor, now: datetime) -> Area:
    """Close an area in which nothing is open any more. Its code stays used up; its history stays."""
    begin()
    area = again(area)
    if Area.objects.open().filter(parent=area).exists():
        raise Conflict(
            _("There are still open areas in %(area)s: close or move them first.") % {"area": area.label},
            code="area_not_empty",
        )
    if now < area.changed_at:
        raise Invalid(_("An area cannot be closed before its last change."), code="later_change")
    area.closed_at = now
    area.save(update_fields=["closed_at"])
    facts, words = {"path": area.path}, {"reason": reason}
    record(entries.CLOSED, entries.about(area), by=by, at=now, facts=facts, words=words)
    follow([area])
    return area

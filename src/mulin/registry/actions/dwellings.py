"""Doors: entering, changing, confirming and closing dwellings."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Invalid
from mulin.places.face import Area, Level, held
from mulin.places.face import units as units_in
from mulin.posts.face import Permission, Who, require
from mulin.registry import telling, values
from mulin.registry.actions import keeping
from mulin.registry.codes import Source
from mulin.registry.entries import entry
from mulin.registry.models import Dwelling, Household, Merchant, Residence


@transaction.atomic
def enter_dwelling(
    area: Area, *, by: Who, now: datetime, source: str = Source.DOOR, **given: Any
) -> Dwelling:
    """Enter a door of a building or unit: `floor` and `number`, and what else is known (`values.DWELLING`)."""
    area = held(area)
    require(by, Permission.REGISTRY_EDIT, area, seen_by=Permission.REGISTRY_READ)
    refuse_unfit(area)
    columns = values.dwelling(given, today=keeping.today(now), new=True).or_refuse()
    made = keeping.new(Dwelling, place=area.path, by=by, now=now, source=source)
    made.area = area
    keeping.fill(made, columns)
    _refuse_taken(made)
    _saved(made)
    entry("dwelling.entered", made, telling.dwelling_entered(made), by=by, now=now)
    return made


@transaction.atomic
def change_dwelling(
    dwelling: Dwelling,
    *,
    by: Who,
    now: datetime,
    version: int | None = None,
    source: str = Source.DOOR,
    **given: Any,
) -> Dwelling:
    """Correct what is known of a door. What is written anew is confirmed with it."""
    found = keeping.to_change(dwelling, version, by=by, permission=Permission.REGISTRY_EDIT)
    keeping.refuse_closed(found.is_open)
    columns = values.dwelling(given, today=keeping.today(now)).or_refuse()
    before = {name: getattr(found, name) for name in columns if getattr(found, name) != columns[name]}
    changed = keeping.fill(found, columns)
    if not changed:
        return found
    if "number" in changed:
        _refuse_taken(found)
    keeping.mark_changed(found, changed, by=by, now=now, source=source)
    _saved(found, {*changed, *keeping.CONFIRMED})
    words = keeping.before_and_after(before, found)
    entry("dwelling.changed", found, {"changed": sorted(changed)}, by=by, now=now, words=words)
    return found


@transaction.atomic
def confirm_dwelling(
    dwelling: Dwelling,
    *,
    by: Who,
    now: datetime,
    facts: Collection[str] | None = None,
    version: int | None = None,
    source: str = Source.DOOR,
) -> Dwelling:
    """It is as it stands here: the whole, or these facts of it."""
    found = keeping.to_change(dwelling, version, by=by, permission=Permission.REGISTRY_EDIT)
    keeping.refuse_closed(found.is_open)
    keeping.mark(found, facts, by=by, now=now, source=source)
    keeping.save(found, keeping.CONFIRMED, changed=False)
    told = {"facts": sorted(facts) if facts else None, "source": source}
    entry("dwelling.confirmed", found, told, by=by, now=now)
    return found


@transaction.atomic
def close_dwelling(dwelling: Dwelling, *, by: Who, now: datetime, version: int | None = None) -> Dwelling:
    """It was pulled down, or joined with another. Whoever lives or trades there is moved first."""
    found = keeping.to_change(dwelling, version, by=by, permission=Permission.REGISTRY_EDIT)
    keeping.refuse_closed(found.is_open)
    inside = (Residence.objects, Household.objects, Merchant.objects)
    if any(each.filter(dwelling=found).there().exists() for each in inside):
        message = _("Somebody lives or trades there still. Let them move out first.")
        raise Invalid(message, code="still_used")
    found.closed_at = now
    keeping.save(found, {"closed_at"})
    entry("dwelling.closed", found, by=by, now=now)
    return found


def refuse_unfit(area: Area) -> None:
    """Doors are in units, or in buildings that have none."""
    if not area.is_open:
        raise Invalid(_("This place is closed."), code="closed_place", field="area")
    if area.level not in (Level.BUILDING, Level.UNIT):
        raise Invalid(
            _("A door is in a building or at one of its entrances."), code="no_building", field="area"
        )
    if area.level == Level.BUILDING and units_in(area).exists():
        message = _("This building has several entrances. Say which one.")
        raise Invalid(message, code="which_unit", field="area")


def _refuse_taken(dwelling: Dwelling) -> None:
    same = Dwelling.objects.there().filter(area_id=dwelling.area_id, number=dwelling.number)
    if same.exclude(pk=dwelling.pk).exists():
        raise _taken()


def _taken() -> Invalid:
    return Invalid(_("There is a door with this number already."), code="door_taken", field="number")


def _saved(dwelling: Dwelling, columns: Collection[str] | None = None) -> None:
    """Store it; two who enter the same door at once are told as one who comes second."""
    try:
        with transaction.atomic():
            if columns is None:
                dwelling.save(force_insert=True)
            else:
                keeping.save(dwelling, columns)
    except IntegrityError:
        raise _taken() from None

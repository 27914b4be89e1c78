"""Merchants and organisations: entering, changing, confirming and closing them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mulin.kernel.geo import morton
from mulin.kernel.refusals import Invalid
from mulin.kernel.text import clean
from mulin.places.face import BASE, Area, Family, Level, held, hold_tree, locate
from mulin.posts.face import Permission, Who, require
from mulin.registry import telling, values
from mulin.registry.actions import keeping
from mulin.registry.actions.households import NOTE_LIMIT
from mulin.registry.actions.searching import write_merchant
from mulin.registry.codes import MerchantKind, Source
from mulin.registry.entries import entry
from mulin.registry.models import Dwelling, Merchant

# Which overlay looks after them first, where several cover the spot.
OVERLAY_OF: Mapping[str, str] = {MerchantKind.ENTERPRISE: "production", MerchantKind.SHOP: "commercial"}
SPOT = frozenset({"lon", "lat"})


@transaction.atomic
def enter_merchant(
    area: Area,
    given: Mapping[str, Any],
    *,
    by: Who,
    now: datetime,
    dwelling: Dwelling | None = None,
    source: str = Source.DOOR,
) -> Merchant:
    """Enter who trades or works in a unit, building or grid (`values.MERCHANT`), behind a door where it is known."""
    area = held(area)
    require(by, Permission.REGISTRY_EDIT, area, seen_by=Permission.REGISTRY_READ)
    refuse_unfit(area, dwelling)
    columns = values.merchant(given, today=keeping.today(now)).or_refuse()
    made = keeping.new(Merchant, place=area.path, by=by, now=now, source=source)
    made.area, made.dwelling = area, dwelling
    keeping.fill(made, columns)
    put_on_the_map(made)
    _saved(made)
    write_merchant(made)
    entry("merchant.entered", made, telling.merchant_entered(made), by=by, now=now)
    return made


@transaction.atomic
def change_merchant(
    merchant: Merchant,
    given: Mapping[str, Any],
    *,
    by: Who,
    now: datetime,
    version: int | None = None,
    source: str = Source.DOOR,
) -> Merchant:
    """Correct what is known of them. What is written anew is confirmed with it."""
    hold_tree()
    found = keeping.to_change(merchant, version, by=by, permission=Permission.REGISTRY_EDIT)
    keeping.refuse_closed(found.is_open)
    stored = {name: getattr(found, name) for name in values.MERCHANT}
    columns = values.merchant(given, today=keeping.today(now), stored=stored).or_refuse()
    before = {name: stored[name] for name, value in columns.items() if stored[name] != value}
    changed = keeping.fill(found, columns)
    if not changed:
        return found
    if changed & SPOT or "kind" in changed:
        put_on_the_map(found)
        changed |= {"morton", "overlay_place"}
    keeping.mark_changed(found, changed, by=by, now=now, source=source)
    _saved(found, {*changed, *keeping.CONFIRMED})
    write_merchant(found)
    words = keeping.before_and_after(before, found)
    entry("merchant.changed", found, {"changed": sorted(before)}, by=by, now=now, words=words)
    return found


@transaction.atomic
def confirm_merchant(
    merchant: Merchant,
    *,
    by: Who,
    now: datetime,
    facts: Collection[str] | None = None,
    version: int | None = None,
    source: str = Source.DOOR,
) -> Merchant:
    """They are as they stand here: the whole, or these facts of them."""
    found = keeping.to_change(merchant, version, by=by, permission=Permission.REGISTRY_EDIT)
    keeping.refuse_closed(found.is_open)
    keeping.mark(found, facts, by=by, now=now, source=source)
    keeping.save(found, keeping.CONFIRMED, changed=False)
    told = {"facts": sorted(facts) if facts else None, "source": source}
    entry("merchant.confirmed", found, told, by=by, now=now)
    return found


@transaction.atomic
def close_merchant(
    merchant: Merchant,
    *,
    by: Who,
    now: datetime,
    on: date | None = None,
    note: str = "",
    version: int | None = None,
) -> Merchant:
    """They trade there no more."""
    found = keeping.to_change(merchant, version, by=by, permission=Permission.REGISTRY_EDIT)
    keeping.refuse_closed(found.is_open)
    day = on or keeping.today(now)
    keeping.refuse_bad_day(day, found.opened_on, now=now)
    found.closed_on = day
    keeping.save(found, {"closed_on"})
    words = {"note": clean(note, NOTE_LIMIT, field="note")}
    entry("merchant.closed", found, {"on": day}, by=by, now=now, words=words)
    return found


def refuse_unfit(area: Area, dwelling: Dwelling | None) -> None:
    """Merchants are in a grid or below, and behind a door of that very place."""
    if not area.is_open:
        raise Invalid(_("This place is closed."), code="closed_place", field="area")
    if area.level < Level.GRID:
        raise Invalid(_("Say at least in which grid they are."), code="no_grid", field="area")
    if dwelling and not (dwelling.is_open and dwelling.area_id == area.pk):
        raise Invalid(_("This door is not there."), code="not_there", field="dwelling")


def overlays() -> list[str]:
    """The codes of the overlay families."""
    return list(Family.objects.exclude(code=BASE).values_list("code", flat=True))


def overlay_at(lon: float | None, lat: float | None, kind: str, families: Sequence[str] | None = None) -> str:
    """The path of the overlay grid that covers a spot; nothing where none does. Who asks often says the families."""
    if lon is None or lat is None:
        return ""
    families = overlays() if families is None else families
    first = OVERLAY_OF.get(kind, "commercial")
    grids = (locate(lon, lat, code).grid for code in sorted(families, key=lambda code: code != first))
    return next((grid.path for grid in grids if grid), "")


def put_on_the_map(merchant: Merchant, families: Sequence[str] | None = None) -> None:
    """Its key on the map, and its overlay grid by the ground: by its own spot, else by its building's."""
    lon, lat = merchant.lon, merchant.lat
    merchant.morton = morton(lon, lat) if lon is not None and lat is not None else None
    if lon is None:
        home = merchant.area.parent if merchant.area.level == Level.UNIT else merchant.area
        at_building = home is not None and home.level == Level.BUILDING
        lon, lat = (home.lon, home.lat) if home and at_building else (None, None)
    merchant.overlay_place = overlay_at(lon, lat, merchant.kind, families)


def _saved(merchant: Merchant, columns: Collection[str] | None = None) -> None:
    """Store it; of two who enter the same one at once, the second is told."""
    same = Merchant.objects.there().filter(credit_code=merchant.credit_code, area_id=merchant.area_id)
    message = _("An organisation with this credit code is here already.")
    if merchant.credit_code and same.exclude(pk=merchant.pk).exists():
        raise Invalid(message, code="code_taken", field="credit_code")
    try:
        with transaction.atomic():
            if columns is None:
                merchant.save(force_insert=True)
            else:
                keeping.save(merchant, columns)
    except IntegrityError:
        raise Invalid(message, code="code_taken", field="credit_code") from None

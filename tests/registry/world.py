"""Homes of the tiny town, made by the acts: who lives where, who trades where. Needs `tiny_town`.

home = a_household()                      # in a new dwelling of the building head's building
wang = a_resident(home, name="王秀英", relation="0", phone="13900000001")
shop = a_merchant()
elsewhere = a_dwelling(area=a_unit(the_building_of("…")))
"""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

from mulin.kernel.checkdigits import credit_code_check, identity_check
from mulin.places.face import Area, Level, buildings, units
from mulin.posts.face import Who
from mulin.registry.face import (
    Dwelling,
    Household,
    Merchant,
    Residence,
    Resident,
    Stay,
    enter_dwelling,
    enter_merchant,
    open_household,
    register_resident,
)
from tests.matters.world import NOW, the, the_building, the_grid

TODAY = NOW.date()
BORN = date(1980, 5, 17)
_numbers = itertools.count(1)


def a_unit(building: Area | None = None) -> Area:
    """An entrance of a building, or the building where it has none."""
    building = building or the_building()
    return units(building).first() or building


def another_building() -> Area:
    """In the same grid as the first."""
    return buildings(the_grid()).exclude(pk=the_building().pk)[0]


def a_building_elsewhere() -> Area:
    """In the next grid of the village, where the worker may not look."""
    village = the_grid().path[: Level.VILLAGE]
    near = Area.objects.plain().open().under(village).at_level(Level.BUILDING).order_by("path")
    return near.exclude(path__startswith=the_grid().path)[0]


def a_document(born: date = BORN, *, woman: bool = False) -> str:
    """A well-formed number of a county that there is not, another one each time."""
    serial = next(_numbers) * 2 + (0 if woman else 1)
    first = f"990402{born:%Y%m%d}{serial % 1000:03d}"
    return first + identity_check(first)


def a_credit_code() -> str:
    """A well-formed code that nobody has."""
    first = f"91990402MA{next(_numbers):07d}"
    return first + credit_code_check(first)


def a_dwelling(area: Area | None = None, *, by: Who | None = None, **given: Any) -> Dwelling:
    who = by or the("operator")
    facts = {"floor": 3, "number": f"T{next(_numbers)}", **given}
    return enter_dwelling(area or a_unit(), by=who, now=who.now, **facts)


def a_household(dwelling: Dwelling | None = None, *, by: Who | None = None, **given: Any) -> Household:
    who = by or the("operator")
    return open_household(dwelling or a_dwelling(by=by), by=who, now=who.now, **given)


def a_resident(
    household: Household | None = None,
    *,
    dwelling: Dwelling | None = None,
    relation: str = "",
    by: Who | None = None,
    stay: Stay | None = None,
    source: str = "door",
    sure: bool = False,
    **given: Any,
) -> Resident:
    """A person with a document, born 1980, who lives in this household; or alone behind a door of their own.

    Without `by` the house itself enters them: whoever does so by hand has asked for the number, which is a reading.
    """
    who = by or Who.system(NOW)
    if household is None and dwelling is None:
        household = a_household(by=by)
        relation = relation or "0"
    home = dwelling or (household.dwelling if household else a_dwelling(by=by))
    lives = stay or Stay(household=household, relation=relation)
    born = given.get("born_on", BORN)
    facts = {"name": f"居民{next(_numbers)}", **given}
    if "document" not in facts:
        facts |= {"document_kind": "111", "document": a_document(born)}
    return register_resident(facts, home, lives, by=who, now=who.now, source=source, sure=sure)


def residence_of(resident: Resident) -> Residence:
    """Where they live first of all."""
    return Residence.objects.there().select_related("household", "dwelling").get(resident=resident, main=True)


def a_merchant(
    area: Area | None = None, *, dwelling: Dwelling | None = None, by: Who | None = None, **given: Any
) -> Merchant:
    who = by or the("operator")
    facts = {"name": f"商店{next(_numbers)}", "kind": "shop", "credit_code": a_credit_code(), **given}
    place = area or (dwelling.area if dwelling else a_unit())
    return enter_merchant(place, facts, by=who, now=who.now, dwelling=dwelling)

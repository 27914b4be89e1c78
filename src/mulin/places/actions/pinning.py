"""What landmarks and panoramas do alike: where a point lies, and reading a row again after `begin`."""

from __future__ import annotations

from typing import TypeVar

from django.utils.translation import gettext as _

from mulin.kernel.geo import check_point, morton
from mulin.kernel.refusals import Conflict, Invalid
from mulin.kernel.text import clean
from mulin.places.landmark_models import Landmark, Panorama
from mulin.places.locating import place_at
from mulin.places.naming import NAME_LIMIT

P = TypeVar("P", Landmark, Panorama)


def pinned_at(lon: float, lat: float) -> dict[str, str | float | int]:
    """The columns of where it is."""
    lon, lat = check_point(lon, lat)
    return {"lon": lon, "lat": lat, "morton": morton(lon, lat), "place": place_at(lon, lat)}


def named(name: str, name_en: str) -> dict[str, str]:
    """The columns of its name, which must be there."""
    chinese = clean(name, NAME_LIMIT, lines=False, field="name")
    if not chinese:
        raise Invalid(_("Please give it a name."), code="no_name", field="name")
    return {"name": chinese, "name_en": clean(name_en, NAME_LIMIT, lines=False, field="name_en")}


def pinned_again(pinned: P) -> P:
    """Read it anew; what was taken off the map is not changed any more."""
    fresh = type(pinned).objects.get(pk=pinned.pk)
    if fresh.closed_at is not None:
        raise Conflict(_("%(name)s has been taken off the map.") % {"name": fresh.label}, code="pin_closed")
    return fresh

"""Where a matter is: from a pin, a chosen area or both, to its place and the grid that takes it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mulin.kernel.refusals import Invalid
from mulin.kernel.text import clean
from mulin.matters.actions.report import Whereabouts
from mulin.matters.models import MatterType
from mulin.places.face import BASE, Area, Level, Spot, ancestor, contains, locate

ADDRESS_LIMIT = 200


class OutsideGrids(Invalid):
    """The pin lies in no grid. `nearest` is the one to offer: sent again with it as the area, the pin is taken."""

    default_code = "outside"

    def __init__(self, nearest: Area | None, distance_m: float | None) -> None:
        self.nearest = nearest
        self.distance_m = distance_m
        super().__init__(_outside_words(nearest, distance_m), field="area")


def _outside_words(nearest: Area | None, distance_m: float | None) -> str:
    if nearest is None:
        return _("No grid is drawn here. Please choose the area from the list.")
    return _(
        "This spot lies outside every grid. The nearest is %(area)s, %(metres)d m away: shall it be that one?"
    ) % {
        "area": nearest.label,
        "metres": round(distance_m or 0),
    }


def whereabouts(
    kind: MatterType,
    *,
    lon: float | None = None,
    lat: float | None = None,
    area: Area | None = None,
    address: str = "",
) -> Whereabouts:
    """Find where a matter of this kind belongs.

    The pin decides, and an area chosen beside it must agree with it; where the pin lies in no grid, the area is
    taken. Raises OutsideGrids (with the nearest grid), Invalid where neither is given or the two disagree.
    """
    words = clean(address, ADDRESS_LIMIT, lines=False, field="address")
    if area is not None:
        _check_area(area)
    if lon is None or lat is None:
        if area is None:
            raise Invalid(
                _("Please say where it is: on the map or from the list."), code="missing", field="area"
            )
        return Whereabouts(*_by_area(kind, area), address=words)
    place, taken_by = _by_pin(kind, locate(lon, lat, kind.family), area)
    return Whereabouts(place, taken_by, lon, lat, words)


def _check_area(area: Area) -> None:
    if area.closed_at is not None:
        raise Invalid(_("This area is closed. Please choose another."), code="area", field="area")
    if area.level < Level.TOWN:
        raise Invalid(_("Please choose at least the town or street."), code="area", field="area")


def _by_pin(kind: MatterType, spot: Spot, area: Area | None) -> tuple[Area, Area]:
    found = _known(spot)
    if found is None:
        if area is None:
            raise OutsideGrids(spot.nearest, spot.distance_m)
        return _by_area(kind, area)
    if area is None or contains(area.path, found.path):
        return found, spot.taken_by or found
    if contains(found.path, area.path) and not _is_overlay(area):
        return area, spot.taken_by or area
    if area in (spot.grid, spot.base_grid):
        return found, spot.taken_by or found
    raise Invalid(
        _("The pin lies in %(pin)s, but you chose %(area)s. Please move the pin or choose another area.")
        % {"pin": found.label, "area": area.label},
        code="place_disagrees",
        field="area",
    )


def _known(spot: Spot) -> Area | None:
    """The smallest area at a pin; nothing where there are grids, but none of them has it."""
    if spot.smallest is None or spot.base_grid is not None:
        return spot.smallest
    if spot.smallest.level > Level.VILLAGE:
        return spot.smallest
    if spot.smallest.level == Level.VILLAGE and not _has_grids(spot.smallest):
        return spot.smallest
    return None


def _has_grids(village: Area) -> bool:
    return Area.objects.open().under(village.path).at_level(Level.GRID).of_family(BASE).exists()


def _by_area(kind: MatterType, area: Area) -> tuple[Area, Area]:
    """Place and taking grid of an area that somebody chose; an overlay grid lies in its home village."""
    if _is_overlay(area):
        home = ancestor(area, Level.VILLAGE) or area
        own = area.family is not None and area.family.code == kind.family
        return home, area if own else home
    base = ancestor(area, Level.GRID) or area
    if kind.family == BASE or area.lon is None or area.lat is None or area.level < Level.GRID:
        return area, base
    overlay = locate(area.lon, area.lat, kind.family).grid
    return area, overlay or base


def _is_overlay(area: Area) -> bool:
    return area.level == Level.GRID and area.grid_kind == "overlay"

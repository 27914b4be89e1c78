"""Where a draft is, in words: the way down to it, and the grid that is offered where a pin lies outside."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin.doors.portal.draft import Draft
from mulin.kernel.refusals import Invalid
from mulin.matters.face import MatterType, NearSpot, Whereabouts, whereabouts
from mulin.places.face import Area, Level, Spot, lineage


def find(draft: Draft, kind: MatterType) -> Whereabouts:
    """Where the draft's matter belongs. Raises Invalid; OutsideGrids where the nearest grid is offered."""
    area = draft.chosen_area()
    if draft.area and area is None:
        raise Invalid(_("This area is closed. Please choose another."), code="area", field="area")
    return whereabouts(kind, lon=draft.lon, lat=draft.lat, area=area, address=draft.address)


def near(draft: Draft) -> NearSpot | None:
    """Where to look for what is known already; nowhere, where the place does not fit any more."""
    kind = draft.matter_type()
    try:
        where = find(draft, kind) if kind else None
    except Invalid:
        return None
    return NearSpot(where.place.path, where.lon, where.lat) if where else None


def in_words(area: Area) -> str:
    """From the town down: "Longshan Road Street, Guangming Community, grid 3, building 5"."""
    return pgettext("between places", ", ").join(
        each.label for each in lineage(area) if each.level >= Level.TOWN
    )


def spot_in_words(spot: Spot) -> str:
    """What the map says under the pin."""
    if spot.base_grid is None and spot.nearest is not None:
        return _("Outside every grid; the nearest is %(area)s, %(far)s away") % {
            "area": spot.nearest.label,
            "far": far(spot.distance_m or 0),
        }
    known = [area for area in (spot.village, spot.base_grid, spot.building) if area is not None]
    return pgettext("between places", ", ").join(area.label for area in known)


def far(metres: float) -> str:
    """ "120 m", "3 km"."""
    if metres < 1000:
        return _("%(n)d m") % {"n": round(metres)}
    return _("%(n)d km") % {"n": round(metres / 1000)}

"""What this room writes in the journal."""

from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Subject, register
from mulin.places.models import Area, Landmark, Panorama, WorkCalendar

OPENED = register("area.opened", _("Area opened"), words={"name": "internal"}).code
RENAMED = register("area.renamed", _("Area renamed"), words={"before": "internal", "after": "internal"}).code
DESCRIBED = register("area.described", _("Details of an area changed")).code
REDRAWN = register("area.redrawn", _("Border redrawn")).code
CLOSED = register("area.closed", _("Area closed"), words={"reason": "internal"}).code
OPENED_MANY = register("areas.opened", _("Areas opened in one go")).code
REBASED = register("village.rebased", _("Codes in a village moved")).code
LOADED = register("divisions.loaded", _("Official divisions loaded")).code
CALENDAR_OPENED = register("calendar.opened", _("Calendar opened"), words={"name": "internal"}).code
HOURS_CHANGED = register("calendar.hours", _("Working hours changed"), words={"name": "internal"}).code
DAYS_CHANGED = register("calendar.days", _("Days off or made-up days changed")).code
YEAR_IMPORTED = register("calendar.year", _("Public holidays of a year taken over")).code
CALENDAR_CLOSED = register("calendar.closed", _("Calendar closed")).code
LANDMARK_ADDED = register("landmark.added", _("Public place put on the map"), words={"name": "internal"}).code
LANDMARK_CHANGED = register("landmark.changed", _("Public place changed"), words={"name": "internal"}).code
LANDMARK_CLOSED = register(
    "landmark.closed", _("Public place taken off the map"), words={"name": "internal"}
).code
PANORAMA_ADDED = register("panorama.added", _("Panorama put on the map"), words={"name": "internal"}).code
PANORAMA_CHANGED = register("panorama.changed", _("Panorama changed"), words={"name": "internal"}).code
PANORAMA_CLOSED = register(
    "panorama.closed", _("Panorama taken off the map"), words={"name": "internal"}
).code


def about(area: Area) -> Subject:
    """The subject of entries about one area."""
    return Subject("area", area.id)


def about_calendar(calendar: WorkCalendar) -> Subject:
    """The subject of entries about one calendar."""
    return Subject("calendar", calendar.id)


def about_pinned(pinned: Landmark | Panorama) -> Subject:
    """The subject of entries about one thing on the map."""
    return Subject("landmark" if isinstance(pinned, Landmark) else "panorama", pinned.id)

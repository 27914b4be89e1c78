"""What all actions of this room do alike."""

from datetime import datetime

from django.utils.translation import gettext as _

from mulin.kernel import stamps
from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Conflict
from mulin.places.models import Area, AreaVersion, Stamp


def begin(*, calendars: bool = False) -> None:
    """Start to write: call it first inside the transaction; say so where calendars are changed.

    Moving the stamp tells every map in memory that it is out of date. Its row is locked until the transaction
    ends, so writers of places come one after the other, and what one has checked stays true until it has written.
    """
    marks = {"mark": new_id()} | ({"calendars": new_id()} if calendars else {})
    if not Stamp.objects.filter(only=True).update(**marks):
        Stamp.objects.create(**marks)
    stamps.move(stamps.PLACES)


def again(area: Area) -> Area:
    """Read an area anew, after `begin`; a closed one is not changed any more."""
    fresh = Area.objects.get(pk=area.pk)
    if fresh.closed_at is not None:
        raise Conflict(_("%(area)s has been closed.") % {"area": fresh.label}, code="area_closed")
    return fresh


def former(area: Area, now: datetime) -> list[AreaVersion]:
    """Return the row to keep of an area that is about to change: none where it was so for no time at all."""
    if now < area.changed_at:
        raise Conflict(_("%(area)s has been changed after this.") % {"area": area.label}, code="later_change")
    if now == area.changed_at:
        return []
    return [
        AreaVersion(
            area=area,
            path=area.path,
            parent_id=area.parent_id,
            name=area.name,
            name_en=area.name_en,
            border=area.border,
            from_at=area.changed_at,
            to_at=now,
        )
    ]


def keep(area: Area, now: datetime) -> None:
    """Keep what an area is, before it is changed; save `changed_at` with what you change."""
    AreaVersion.objects.bulk_create(former(area, now))
    area.changed_at = now

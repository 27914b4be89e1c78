"""Saying that one is in one's grid today."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mulin.kernel.ids import new_id
from mulin.kernel.refusals import NotAllowed
from mulin.places.face import Area
from mulin.posts.face import Permission, Who, require
from mulin.visits.entries import entry
from mulin.visits.models import CheckIn
from mulin.visits.rules.dates import today


@transaction.atomic
def check_in(area: Area, *, by: Who, now: datetime) -> CheckIn:
    """One a day and place: said twice, it is there once."""
    require(by, Permission.VISIT_RECORD, area, seen_by=Permission.PLACE_READ)
    if by.user is None:
        raise NotAllowed
    made = CheckIn(id=new_id(), person=by.user, area=area, place=area.path, day=today(now), at=now)
    CheckIn.objects.bulk_create([made], ignore_conflicts=True)
    found = CheckIn.objects.get(person=by.user, area=area, day=made.day)
    if found.pk == made.pk:
        entry("check_in.made", found, {"place": area.path, "day": made.day}, by=by, now=now)
    return found

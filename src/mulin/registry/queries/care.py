"""Care needs: which ones somebody reads, and who may be named to read one."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from mulin.places.face import parents
from mulin.posts.face import Organisation, Seat, Who
from mulin.registry.models import CareNeed, Resident
from mulin.registry.rules.care import READERS

MANY = 200


def may_be_named(resident: Resident, now: datetime) -> list[Seat]:
    """The seats of the area where they live, from the unit up to the town, and of bodies that serve it."""
    above = [path for path in (*parents(resident.place), resident.place) if len(path) >= 9]
    bodies = Organisation.objects.serving(resident.place, now).values("pk")
    near = Q(area__path__in=above) | Q(organisation__in=bodies)
    found = Seat.objects.filter(near, role__in=READERS).select_related("area", "organisation")
    return list(found.defer("area__border").order_by("-area__level", "role", "id")[:MANY])


def care_to_read(who: Who) -> QuerySet[CareNeed]:
    """The needs in force that somebody was named to read, those that expire first on top."""
    found = CareNeed.objects.readable_by(who).in_force(timezone.localdate(who.now))
    return found.select_related("resident").order_by("until_on", "id")

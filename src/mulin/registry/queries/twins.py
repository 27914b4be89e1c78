"""Records that may be of the same person."""

from __future__ import annotations

from django.db.models import Q

from mulin.posts.face import Permission, Who
from mulin.registry.models import Resident

MOST = 20


def twins_of(resident: Resident, who: Who) -> list[Resident]:
    """Other standing records that one may change, of the same name, or born the same day behind the same door."""
    same = Q(name=resident.name)
    if resident.born_on:
        doors = resident.residences.values("dwelling")
        same |= Q(born_on=resident.born_on, residences__dwelling__in=doors)
    found = Resident.objects.standing().allowed(who, Permission.REGISTRY_EDIT).filter(same)
    return list(found.exclude(pk=resident.pk).distinct().order_by("-id")[:MOST])

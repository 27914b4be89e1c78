"""Matters that belong together: before and after at the same place, joined, split, referred."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from mulin.matters.models import Matter
from mulin.posts.face import Who

MOST = 20


@dataclass(frozen=True)
class Related:
    why: str
    matter: Matter


def related_to(matter: Matter, who: Who) -> list[Related]:
    """Only what this person may read themselves. Mostly there is nothing, which is asked for first: it is cheap."""
    near = Q(follows=matter) | Q(joined_to=matter) | Q(split_from=matter)
    named = [pk for pk in (matter.follows_id, matter.joined_to_id, matter.split_from_id) if pk]
    bare = [number for number in (matter.referral, matter.referred_from) if number]
    if named:
        near |= Q(pk__in=named)
    if bare:
        near |= Q(number__in=bare)
    if not Matter.objects.filter(near).exists():
        return []
    rows = Matter.objects.visible_to(who).filter(near).order_by("-reported_at", "-id")[:MOST]
    return [Related(_why(matter, row), row) for row in rows]


def _why(matter: Matter, other: Matter) -> str:
    if other.pk == matter.follows_id:
        return _("The same kind at the same place before")
    if other.pk == matter.joined_to_id:
        return _("Joined to")
    if other.pk == matter.split_from_id:
        return _("Split off from")
    if other.number in (matter.referral, matter.referred_from):
        return _("Referred to") if other.number == matter.referral else _("Referred from")
    if other.split_from_id == matter.pk:
        return _("Split into")
    return _("Came again") if other.follows_id == matter.pk else _("Joined from")

"""Matters that belong together: the one before at the same place, those that follow, those joined."""

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
    """Only what this person may read themselves; one statement."""
    near = Q(follows=matter) | Q(joined_to=matter)
    if matter.follows_id:
        near |= Q(pk=matter.follows_id)
    if matter.joined_to_id:
        near |= Q(pk=matter.joined_to_id)
    rows = Matter.objects.visible_to(who).filter(near).order_by("-reported_at", "-id")[:MOST]
    return [Related(_why(matter, row), row) for row in rows]


def _why(matter: Matter, other: Matter) -> str:
    if other.pk == matter.follows_id:
        return _("The same kind at the same place before")
    if other.pk == matter.joined_to_id:
        return _("Joined to")
    return _("Came again") if other.follows_id == matter.pk else _("Joined from")

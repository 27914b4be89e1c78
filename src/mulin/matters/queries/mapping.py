"""Matters on the one map: points by tile, and how many there are of each kind and in each building."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.translation import get_language

from mulin.kernel.maptiles import Feature, Points, point
from mulin.matters.labels import state_label
from mulin.matters.models.querysets import MatterQuerySet
from mulin.matters.queries.lists import Filters, filtered
from mulin.matters.rules.states import Kind, kind_of, of_kind
from mulin.places.face import Level
from mulin.posts.face import Who

LATE = "late"
BUILDING = int(Level.BUILDING)
MAP_KINDS = (LATE, *(kind.value for kind in Kind))
_COLUMNS = ("number", "title", "state", "due_at")


def matter_points(who: Who, filters: Filters, kinds: Collection[str] = ()) -> Points:
    """Those with a pin that `who` may see and the filter leaves; `kinds` narrows them to some colours."""
    rows = _of_kinds(filtered(who, filters).filter(spot__isnull=False), who, kinds)
    counts, language = {LATE: _late(who)}, get_language() or ""
    return Points(rows, _COLUMNS, lambda row: _feature(row, who), key="spot", counts=counts, variant=language)


def _late(who: Who) -> Q:
    """To the minute: within one, everybody shares what was put together."""
    return Q(state__in=of_kind(Kind.OPEN), due_at__lt=who.now.replace(second=0, microsecond=0))


def _of_kinds(rows: MatterQuerySet, who: Who, kinds: Collection[str]) -> MatterQuerySet:
    if not kinds:
        return rows
    wanted = Q(pk__in=[])
    for kind in set(kinds) & set(MAP_KINDS):
        states = of_kind(Kind.OPEN if kind == LATE else Kind(kind))
        narrow = Q(state__in=states)
        if kind == LATE:
            narrow = _late(who)
        elif kind == Kind.OPEN:
            narrow &= Q(due_at=None) | ~_late(who)
        wanted |= narrow
    return rows.filter(wanted)


def _feature(row: Mapping[str, Any], who: Who) -> Feature:
    return point(row["lon"], row["lat"], {
        "id": str(row["pk"]), "number": row["number"], "title": row["title"],
        "kind": map_kind(row["state"], row["due_at"], who), "state": str(state_label(row["state"])),
        "url": reverse("matter", args=[row["number"]]),
    })  # fmt: skip


def map_kind(state: str, due_at: Any, who: Who) -> str:
    """Its kind as the colours know it: an open one whose time is over is late."""
    kind = kind_of(state)
    return LATE if kind is Kind.OPEN and due_at and due_at < who.now else str(kind)


def matters_by_kind(who: Who, filters: Filters) -> dict[str, int]:
    """How many the filter leaves, by colour: for the legend. One statement."""
    rows = filtered(who, filters).filter(spot__isnull=False)
    counted = rows.order_by().values("state").annotate(all=Count("pk"), late=Count("pk", filter=_late(who)))
    found: dict[str, int] = dict.fromkeys(MAP_KINDS, 0)
    for row in counted:
        found[kind_of(row["state"])] += row["all"] - row["late"]
        found[LATE] += row["late"]
    return {kind: count for kind, count in found.items() if count}


def matters_by_building(who: Who, filters: Filters) -> dict[str, int]:
    """How many lie in each building, by its path: what its colour says. One statement."""
    cut = filtered(who, filters).order_by().annotate(building=Substr("place", 1, BUILDING)).values("building")
    counted = cut.annotate(all=Count("pk")).values_list("building", "all")
    return {path: count for path, count in counted if len(path) == BUILDING}

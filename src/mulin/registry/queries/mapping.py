"""The registry on the one map: merchants by tile, and numbers for the colours of buildings. No names of residents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Substr

from mulin.kernel import search
from mulin.kernel.maptiles import Feature, Points, point
from mulin.places.face import Level
from mulin.posts.face import Permission, Who
from mulin.registry.models import Household, Merchant
from mulin.registry.rules.facts import STALE_DAYS
from mulin.registry.rules.staleness import stale_before
from mulin.registry.search import MERCHANTS

BUILDING = int(Level.BUILDING)


def merchant_points(who: Who) -> Points:
    """Shops and bodies of one's area that have a pin."""
    rows = Merchant.objects.visible_to(who).there().filter(morton__isnull=False)
    return Points(rows, ("name", "kind"), _feature)


def _feature(row: Mapping[str, Any]) -> Feature:
    return point(row["lon"], row["lat"], {"id": str(row["pk"]), "name": row["name"], "kind": row["kind"]})


def households_by_building(who: Who) -> dict[str, int]:
    """How many households live in each building, by its path."""
    counted = _by_building(who).annotate(all=Count("pk")).values_list("building", "all")
    return {path: count for path, count in counted if len(path) == BUILDING}


def stale_by_building(who: Who, days: int = STALE_DAYS) -> dict[str, int]:
    """How many percent of a building's households nobody has confirmed for so long."""
    stale = Count("pk", filter=Q(confirmed_at__lt=stale_before(who.now, days)))
    counted = _by_building(who).annotate(all=Count("pk"), stale=stale).values_list("building", "all", "stale")
    return {path: round(100 * old / count) for path, count, old in counted if len(path) == BUILDING}


def _by_building(who: Who) -> Any:
    rows = Household.objects.visible_to(who).there().order_by()
    return rows.annotate(building=Substr("place", 1, BUILDING)).values("building")


def homes_within(who: Who, path: str, days: int = STALE_DAYS) -> dict[str, int]:
    """Households of an area, those to be confirmed among them, and merchants: two statements."""
    homes = Household.objects.visible_to(who).within(path).there()
    stale = Count("pk", filter=Q(confirmed_at__lt=stale_before(who.now, days)))
    counted = homes.order_by().aggregate(households=Count("pk"), stale=stale)
    return {**counted, "merchants": Merchant.objects.visible_to(who).within(path).there().count()}


def find_merchants(who: Who, words: str, limit: int) -> list[Merchant]:
    """Merchants of one's area by a part of their name."""
    lines = [line for line in who.standings() if Permission.REGISTRY_READ in line.role.permissions]
    tokens = {search.area_token(line.path) for line in lines if line.path}
    ids = list(search.find(MERCHANTS, words, tokens, limit=limit)) if tokens else []
    rows = Merchant.objects.visible_to(who).there().select_related("area").defer("area__border")
    return list(rows.filter(pk__in=ids).order_by("name", "id"))

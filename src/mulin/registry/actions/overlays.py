"""Merchants follow the overlay grids: when borders are redrawn it is worked out anew which grid looks after whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Q

from mulin.kernel import search, stamps
from mulin.places.face import Area, GridKind, Level
from mulin.posts.face import in_ranges
from mulin.registry.actions.merchants import overlays, put_on_the_map
from mulin.registry.actions.searching import merchant_row
from mulin.registry.models import Merchant
from mulin.registry.search import MERCHANTS

BATCH = 500
NOT_READ = ("operator_phone", "safety_phone", "area__border", "area__parent__border")


def follow_borders(areas: Sequence[Area]) -> None:
    """Places tells it of these areas, in the transaction in which they were opened, redrawn or closed.

    An overlay grid reaches as far as its town; a building that moved on the map takes along who has no spot of their
    own. As with codes that move, the line that the journal has of the area tells of it.
    """
    towns = {area.path[: Level.TOWN] for area in areas if area.grid_kind == GridKind.OVERLAY}
    buildings = [area.pk for area in areas if area.level == Level.BUILDING]
    if not towns and not buildings:
        return
    there = Q(area__in=buildings) | Q(area__parent__in=buildings) | in_ranges(sorted(towns), "place")
    rows = Merchant.objects.filter(there).select_related("area__parent").defer(*NOT_READ)
    changed = list(_changed(rows.select_for_update(of=("self",)).order_by("pk")))
    Merchant.objects.bulk_update(changed, ["overlay_place"], batch_size=BATCH)
    search.write_many(MERCHANTS, map(merchant_row, changed))


def _changed(merchants: Iterable[Merchant]) -> Iterator[Merchant]:
    families = overlays()
    with stamps.remembered():  # one map for all of them
        for merchant in merchants:
            before = merchant.overlay_place
            put_on_the_map(merchant, families)
            if merchant.overlay_place != before:
                yield merchant

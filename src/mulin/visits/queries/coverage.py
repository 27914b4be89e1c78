"""How much of each grid was called on: counts only, so that nobody is named. Two statements a kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.db.models.functions import Substr

from mulin.places.face import Area, Level, within
from mulin.registry.face import Household, Merchant
from mulin.visits.models import Visit


@dataclass(frozen=True, slots=True)
class Covered:
    """Of one grid: how many there are, how many of them were visited, how many confirmed, in the time asked about."""

    area: Area | None
    whole: int = 0
    visited: int = 0
    confirmed: int = 0

    @property
    def visited_percent(self) -> int | None:
        return self.visited * 100 // self.whole if self.whole else None

    @property
    def confirmed_percent(self) -> int | None:
        return self.confirmed * 100 // self.whole if self.whole else None


def coverage(path: str, *, days: int, now: datetime, merchants: bool = False) -> list[Covered]:
    """Each grid of an area with its open households (or merchants); at the end what lies in no grid, if anything."""
    since = now - timedelta(days=days)
    there = _there(path, since, merchants)
    visited = _visited(path, since, merchants)
    areas = {area.path: area for area in Area.objects.plain().filter(path__in=there)}
    lines = {
        code: Covered(areas.get(code), whole, visited.get(code, 0), confirmed)
        for code, (whole, confirmed) in there.items()
    }
    inside = [lines[code] for code in sorted(lines) if code in areas]
    outside = [line for code, line in lines.items() if code not in areas]
    return inside + ([total(outside)] if outside else [])


def total(lines: Iterable[Covered]) -> Covered:
    """All of them together."""
    each = list(lines)
    return Covered(
        None,
        sum(line.whole for line in each),
        sum(line.visited for line in each),
        sum(line.confirmed for line in each),
    )


def _there(path: str, since: datetime, merchants: bool) -> dict[str, tuple[int, int]]:
    """By the code of the grid: how many, and how many of them confirmed since."""
    rows = (Merchant.objects if merchants else Household.objects).within(path).there().order_by()
    counted = rows.values(grid=Substr("place", 1, Level.GRID)).annotate(
        whole=Count("pk"), confirmed=Count("pk", filter=Q(confirmed_at__gte=since))
    )
    return {row["grid"]: (row["whole"], row["confirmed"]) for row in counted}


def _visited(path: str, since: datetime, merchants: bool) -> dict[str, int]:
    """By the code of the grid: at how many somebody was met since. Who left meanwhile does not count."""
    low, high = within(path)
    rows = Visit.objects.done_since(since).filter(place__gte=low, place__lt=high).order_by()
    one = "merchant" if merchants else "household"
    still = {"merchant__closed_on": None, "merchant__isnull": False} if merchants else {
        "household__to_on": None, "household__isnull": False
    }  # fmt: skip
    counted = rows.filter(**still).values(grid=Substr(f"{one}__place", 1, Level.GRID))
    return dict(counted.annotate(count=Count(one, distinct=True)).values_list("grid", "count"))

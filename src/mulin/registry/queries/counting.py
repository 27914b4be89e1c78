"""How many live where: counts without names, for one's area; above the county nothing but these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, Q, QuerySet
from django.db.models.functions import Substr

from mulin.places.face import Area, Level
from mulin.posts.face import Permission, Who, area_filter, in_ranges
from mulin.registry.models import Dwelling, Household, Merchant, Resident
from mulin.registry.rules.staleness import stale_before

LEAST_LEVEL = (
    Level.GRID
)  # whoever sees counts only does not come nearer: of one door there is nothing to count


@dataclass(frozen=True, slots=True)
class Counted:
    """How many are in an area; `stale` households are due to be confirmed."""

    dwellings: int = 0
    households: int = 0
    residents: int = 0
    merchants: int = 0
    stale: int = 0

    @property
    def nothing(self) -> bool:
        return not (self.dwellings or self.households or self.residents or self.merchants)


def counts_only(who: Who) -> bool:
    """Whether somebody sits too high to read any record, and low enough for figures."""
    reading = [line for line in who.own if Permission.REGISTRY_READ in line.role.permissions]
    return bool(reading) and all(line.only_own_level(Permission.REGISTRY_READ) for line in reading)


def counts_of(areas: Iterable[Area], who: Who) -> dict[str, Counted]:
    """By path; areas of one length are counted together: five statements each."""
    found: dict[str, Counted] = {}
    by_length: dict[int, list[str]] = {}
    for area in areas:
        by_length.setdefault(len(area.path), []).append(area.path)
    for length, paths in by_length.items():
        found |= _counted(paths, length, who)
    return found


def _counted(paths: list[str], length: int, who: Who) -> dict[str, Counted]:
    low, high = min(paths), max(paths)
    stale = Count("id", filter=Q(confirmed_at__lt=stale_before(who.now)))
    dwellings = _by_part(_countable(Dwelling, who).filter(closed_at=None), low, high, length)
    households = _by_part(_countable(Household, who).filter(to_on=None), low, high, length, stale=stale)
    people = _countable(Resident, who).filter(left_on=None, died_on=None, merged_into=None, erased_at=None)
    residents = _by_part(people, low, high, length)
    shops = _countable(Merchant, who).filter(closed_on=None)
    merchants = _by_part(shops, low, high, length)
    # An overlay grid covers what lies in others: above the grids it would be counted twice.
    over = shops.exclude(overlay_place="") if length >= Level.GRID else shops.none()
    covered = _by_part(over, low, high, length, column="overlay_place")
    nothing: Mapping[str, int] = {"count": 0, "stale": 0}
    return {
        path: Counted(
            dwellings.get(path, nothing)["count"],
            households.get(path, nothing)["count"],
            residents.get(path, nothing)["count"],
            merchants.get(path, nothing)["count"] + covered.get(path, nothing)["count"],
            households.get(path, nothing)["stale"],
        )
        for path in paths
    }


def _countable(model: type[Model], who: Who) -> QuerySet[Any]:
    """The rows that one may see; and those that one may count, from higher than one sees."""
    above = [
        line.path
        for line in who.own
        if line.path
        and Permission.REGISTRY_READ in line.role.permissions
        and line.only_own_level(Permission.REGISTRY_READ)
    ]
    columns = ("place", "overlay_place") if model is Merchant else ("place",)
    seen = area_filter(who, Permission.REGISTRY_READ, path_fields=columns)
    rows: QuerySet[Any] = model._default_manager.all()
    return rows.filter(seen | in_ranges(above, "place"))


def _by_part(
    rows: QuerySet[Any], low: str, high: str, length: int, *, column: str = "place", **more: Count
) -> dict[str, Mapping[str, int]]:
    """Counts by the first digits of the place, between two areas of one length."""
    near = rows.filter(**{f"{column}__gte": low, f"{column}__lt": f"{high}:"})
    parts = near.annotate(part=Substr(column, 1, length)).values("part").annotate(count=Count("id"), **more)
    return {row["part"]: row for row in parts.order_by()}

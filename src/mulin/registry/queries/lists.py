"""Lists of the registry: doors, households, residents, merchants of one's area; masked, in pages by key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from django.db.models import Count, Exists, Model, OuterRef, Q
from django.utils import timezone

from mulin.kernel.refusals import Invalid
from mulin.posts.face import Duty, Who, running
from mulin.registry.codes import Hazard, HouseholdKind, MerchantKind, Trade, Use
from mulin.registry.models import Dwelling, Household, Merchant, Residence, Resident
from mulin.registry.queries.keeping import (
    DwellingQuerySet,
    HouseholdQuerySet,
    MerchantQuerySet,
    ResidentQuerySet,
)
from mulin.registry.rules.ages import Band, born_within
from mulin.registry.rules.staleness import stale_before

Row = TypeVar("Row", bound=Model)


class Answered(StrEnum):
    """By whom a household is looked after (包户)."""

    NOBODY = "nobody"
    MINE = "mine"


@dataclass(frozen=True)
class HomeFilters:
    """A list by its address: every field is one word of the query string; empty means no such filter."""

    area: str = ""  # path
    q: str = ""
    stale: str = ""
    use: str = ""
    lived: str = ""  # of doors: "no" nobody known, "many" more than one household
    kind: str = ""  # of households and merchants
    trade: str = ""
    hazard: str = ""
    age: str = ""  # of residents; of households: with somebody of that age
    elsewhere: str = ""  # registered elsewhere
    left: str = ""  # moved away, closed
    answered: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> HomeFilters:
        """From a query string. Raises Invalid for a word that means nothing."""
        given = {each.name: (query.get(each.name) or "").strip()[:100] for each in fields(cls)}
        for name, known in _WORDS.items():
            if given[name] and given[name] not in known:
                raise Invalid(code=name, field=name)
        if given["area"] and not (given["area"].isascii() and given["area"].isdigit()):
            raise Invalid(code="area", field="area")
        return cls(**given)

    def query(self, **changes: str) -> dict[str, str]:
        """As a query string's words, without the empty ones."""
        changed = replace(self, **changes)
        return {each.name: str(value) for each in fields(changed) if (value := getattr(changed, each.name))}


_YES = frozenset({"1"})
_WORDS: Mapping[str, Iterable[str]] = {
    "stale": _YES,
    "elsewhere": _YES,
    "left": _YES,
    "use": frozenset(Use.values),
    "lived": frozenset({"no", "many"}),
    "kind": frozenset(HouseholdKind.values) | frozenset(MerchantKind.values),
    "trade": frozenset(Trade.values),
    "hazard": frozenset(Hazard.values),
    "age": frozenset(Band),
    "answered": frozenset(Answered),
}


@dataclass(frozen=True)
class HomePage(Generic[Row]):
    """One page; `next` is the key to ask for the following one, empty on the last."""

    rows: list[Row] = field(default_factory=list)
    next: str = ""


def dwellings(who: Who, filters: HomeFilters) -> DwellingQuerySet:
    """Doors that are there, in no order."""
    rows = _narrowed(Dwelling.objects.visible_to(who).there(), filters, who)
    rows = rows.filter(**_chosen(filters, "use", "hazard"))
    if filters.lived == "no":
        homes, lodgers = Household.objects.there(), Residence.objects.there()
        here = {"dwelling": OuterRef("pk")}
        return rows.filter(~Exists(homes.filter(**here)), ~Exists(lodgers.filter(**here)))
    if filters.lived == "many":
        homes = Household.objects.there().within(filters.area) if filters.area else Household.objects.there()
        many = homes.values("dwelling").annotate(count=Count("id")).filter(count__gt=1)
        return rows.filter(pk__in=many.values("dwelling"))
    return rows


def households(who: Who, filters: HomeFilters) -> HouseholdQuerySet:
    """Households that stand, in no order."""
    rows = _narrowed(Household.objects.visible_to(who).there(), filters, who)
    rows = rows.filter(**_chosen(filters, "kind"), **({"dwelling__use": filters.use} if filters.use else {}))
    living = Residence.objects.there().filter(household=OuterRef("pk"))
    if filters.age:
        rows = rows.filter(Exists(living.filter(**_aged(filters, who, "resident__"))))
    if filters.elsewhere:
        rows = rows.filter(Exists(living.exclude(reason="")))
    return rows.filter(_answered(filters, who)) if filters.answered else rows


def residents(who: Who, filters: HomeFilters) -> ResidentQuerySet:
    """People who live here; with `left`, those who moved away."""
    found = Resident.objects.visible_to(who)
    found = found.standing().filter(left_on__isnull=False) if filters.left else found.here()
    rows = _narrowed(found, filters, who)
    if filters.age:
        rows = rows.filter(**_aged(filters, who, ""))
    if filters.elsewhere:
        living = Residence.objects.there().filter(resident=OuterRef("pk"))
        rows = rows.filter(Exists(living.exclude(reason="")))
    return rows


def merchants(who: Who, filters: HomeFilters) -> MerchantQuerySet:
    """Merchants that have not closed; with `left`, those that have."""
    found = Merchant.objects.visible_to(who)
    found = found.filter(closed_on__isnull=False) if filters.left else found.there()
    return _narrowed(found, filters, who).filter(**_chosen(filters, "kind", "trade", "hazard"))


_Rows = TypeVar("_Rows", DwellingQuerySet, HouseholdQuerySet, ResidentQuerySet, MerchantQuerySet)


def _narrowed(rows: _Rows, filters: HomeFilters, who: Who) -> _Rows:
    if filters.area:
        rows = rows.within(filters.area)
    if filters.stale:
        rows = rows.filter(confirmed_at__lt=stale_before(who.now))
    return rows


def _chosen(filters: HomeFilters, *names: str) -> dict[str, str]:
    return {name: value for name in names if (value := getattr(filters, name))}


def _aged(filters: HomeFilters, who: Who, prefix: str) -> dict[str, date]:
    after, until = born_within(Band(filters.age), timezone.localdate(who.now))
    found = {f"{prefix}born_on__lte": until}
    return found | {f"{prefix}born_on__gt": after} if after else found


def _answered(filters: HomeFilters, who: Who) -> Q:
    """Looked after by nobody by name, or by whoever asks."""
    duties = Duty.objects.filter(running(who.now), household=OuterRef("pk"))
    if filters.answered == Answered.NOBODY:
        return ~Q(Exists(duties))
    return Q(Exists(duties.filter(user=who.user.pk if who.user else None)))

"""Pages of lists of the registry: by place, then by id; by words, the newest first."""

from __future__ import annotations

from typing import Any, TypeVar, cast
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from mulin.kernel import search
from mulin.kernel.refusals import Invalid
from mulin.posts.face import Permission, Who
from mulin.registry.models import Dwelling, Household, Merchant, Residence, Resident
from mulin.registry.queries.lists import HomeFilters, HomePage, dwellings, households, merchants, residents
from mulin.registry.search import MERCHANTS, RESIDENTS

PAGE, MOST = 50, 200
LONGEST_KEY = 200
_LOOKS = 5  # search rows are looked through in so many slices before a page is given back half full
_Row = TypeVar("_Row", bound=Model)

_HOUSEHOLDS = ("dwelling__area", "dwelling")
_BORDER = "dwelling__area__border"


def listed_dwellings(
    who: Who, filters: HomeFilters, *, after: str = "", limit: int = PAGE
) -> HomePage[Dwelling]:
    """As one walks: building by building, floor by floor."""
    rows = dwellings(who, filters).select_related("area").defer("area__border", "owner_phone")
    return _walked(rows, ("place", "floor", "number", "id"), after, limit)


def listed_households(
    who: Who, filters: HomeFilters, *, after: str = "", limit: int = PAGE
) -> HomePage[Household]:
    """Building by building; by words, the households of the residents who are called so."""
    rows = households(who, filters).select_related(*_HOUSEHOLDS).defer(_BORDER)
    if filters.q:
        return _found(rows, RESIDENTS, who, filters.q, after, limit, through=_homes_of)
    return _walked(rows, ("place", "id"), after, limit)


def listed_residents(
    who: Who, filters: HomeFilters, *, after: str = "", limit: int = PAGE
) -> HomePage[Resident]:
    """Building by building; by words, whoever entered the registry last first."""
    rows = residents(who, filters)
    if filters.q:
        return _found(rows, RESIDENTS, who, filters.q, after, limit)
    return _walked(rows, ("place", "id"), after, limit)


def listed_merchants(
    who: Who, filters: HomeFilters, *, after: str = "", limit: int = PAGE
) -> HomePage[Merchant]:
    """Place by place; by words, the newest first."""
    rows = merchants(who, filters).select_related("area", "dwelling").defer("area__border")
    if filters.q:
        return _found(rows, MERCHANTS, who, filters.q, after, limit)
    return _walked(rows, ("place", "id"), after, limit)


def _walked(rows: QuerySet[_Row], order: tuple[str, ...], after: str, limit: int) -> HomePage[_Row]:
    limit = max(1, min(limit, MOST))
    if after:
        rows = rows.filter(_behind(order, _key(after, order)))
    found = list(rows.order_by(*order)[: limit + 1])
    if len(found) <= limit:
        return HomePage(found)
    last = found[limit - 1]
    return HomePage(found[:limit], "~".join(_escaped(str(getattr(last, name))) for name in order))


def _key(after: str, order: tuple[str, ...]) -> list[Any]:
    """The last row of the page before, column by column."""
    parts = [_unescaped(part) for part in after[:LONGEST_KEY].split("~")]
    try:
        if len(parts) != len(order) or not (parts[0].isascii() and parts[0].isdigit()) or "\0" in after:
            raise ValueError
        key: list[Any] = [*parts[:-1], UUID(parts[-1])]
        return [int(part) if name == "floor" else part for name, part in zip(order, key, strict=True)]
    except ValueError:
        raise Invalid(code="page", field="after") from None


def _escaped(part: str) -> str:
    """A door may be called anything, even by the mark that keeps the parts of a key apart."""
    return part.replace("%", "%25").replace("~", "%7E")


def _unescaped(part: str) -> str:
    return part.replace("%7E", "~").replace("%25", "%")


def _behind(order: tuple[str, ...], key: list[Any]) -> Q:
    """Rows after this key: the first column alone bounds the index, the rest decides among equals."""
    found = Q()
    for count in range(len(order)):
        same = dict(zip(order[:count], key[:count], strict=True))
        found |= Q(**same, **{f"{order[count]}__gt": key[count]})
    return Q(**{f"{order[0]}__gte": key[0]}) & found


def _found(
    rows: QuerySet[_Row], table: str, who: Who, words: str, after: str, limit: int, *, through: Any = None
) -> HomePage[_Row]:
    """By words: the index knows who may see what, and the rows are asked once more."""
    limit, kept, place = max(1, min(limit, MOST)), dict[UUID, _Row](), after or None
    tokens = tokens_of(who)
    for _ in range(_LOOKS):
        ids = search.find(table, words, tokens, limit=limit, before=place)
        wanted = through(ids) if through else list(ids)
        known = {cast(UUID, row.pk): row for row in rows.filter(pk__in=wanted)}
        kept |= {each: known[each] for each in wanted if each in known}
        place = ids.more
        if place is None or len(kept) >= limit:
            break
    return HomePage(list(kept.values()), place or "")


def _homes_of(people: list[UUID]) -> list[UUID]:
    """Where these people live now, in their order."""
    living = Residence.objects.there().filter(resident__in=people).exclude(household=None)
    homes = dict(living.values_list("resident_id", "household_id"))
    return list(dict.fromkeys(homes[person] for person in people if homes.get(person)))


def tokens_of(who: Who) -> set[str] | None:
    """The areas whose registry `who` may read, as the search index writes them."""
    if who.is_system:
        return None
    reading = [line for line in who.standings() if Permission.REGISTRY_READ in line.role.permissions]
    return {search.area_token(line.path) for line in reading if line.path}

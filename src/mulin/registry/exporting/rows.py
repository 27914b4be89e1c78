"""The rows of a list that goes out, as whoever asks may read them; page after page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mulin.kernel.masking import mask_address, mask_identity, mask_name, mask_phone
from mulin.places.face import areas_at
from mulin.posts.face import Permission, Who, in_ranges
from mulin.registry.models import Household, Merchant, Residence, Resident
from mulin.registry.queries.lists import HomeFilters, HomePage, households, merchants, residents
from mulin.registry.queries.paging import MOST, listed_households, listed_merchants, listed_residents

MOST_ROWS = 200_000
KINDS = ("households", "residents", "merchants")
Cells = Sequence[Any]


@dataclass
class Taken:
    """What was taken out so far, for the bar and for the reading that is written down; nothing but of these places."""

    rows: int = 0
    people: list[UUID] = field(default_factory=list)
    within: Sequence[str] = ()


def count(kind: str, who: Who, filters: HomeFilters) -> int:
    """How many rows there are at most: words narrow further, and are counted as if they did not."""
    asked: Mapping[str, Callable[[Who, HomeFilters], Any]] = {
        "households": households, "residents": residents, "merchants": merchants,
    }  # fmt: skip
    total: int = asked[kind](who, filters).allowed(who, Permission.REGISTRY_EXPORT).count()
    return min(total, MOST_ROWS)


def header(kind: str) -> list[str]:
    if kind == "households":
        return [
            _("Where"), _("Door"), _("Floor"), _("Use"), _("Household number"), _("Kind"), _("Members"),
            _("Householder"), _("Confirmed"),
        ]  # fmt: skip
    if kind == "residents":
        return [
            _("Where"), _("Door"), _("Name"), _("Sex"), _("Date of birth"), _("Kind of document"),
            _("Document number"), _("Phone"), _("Relation"), _("Registered address"), _("Lives there since"),
            _("Confirmed"),
        ]  # fmt: skip
    return [
        _("Where"), _("Name"), _("Kind"), _("Trade"), _("Credit code"), _("Address"), _("Who runs it"), _("Phone"),
        _("People who work there"), _("Danger"), _("Confirmed"),
    ]  # fmt: skip


def pages(
    kind: str, who: Who, filters: HomeFilters, taken: Taken, *, revealed: bool
) -> Iterator[list[Cells]]:
    """The list as it is on the screen; names, numbers and phones in full only where `revealed`."""
    after, make = "", _CELLS[kind]
    while taken.rows < MOST_ROWS:
        page = _LISTED[kind](who, filters, after=after, limit=MOST)
        rows = _may_go_out(page.rows, who, taken.within)
        taken.rows += len(rows)
        yield make(rows, taken, revealed)
        if not page.next:
            return
        after = page.next


_LISTED: Mapping[str, Callable[..., HomePage[Any]]] = {
    "households": listed_households,
    "residents": listed_residents,
    "merchants": listed_merchants,
}


def _may_go_out(rows: Sequence[Any], who: Who, places: Sequence[str]) -> list[Any]:
    """Without those that they read by a post which takes nothing out, or got to read since they asked."""
    if not rows:
        return []
    model: Any = type(rows[0])
    out = model.objects.filter(pk__in=[row.pk for row in rows]).allowed(who, Permission.REGISTRY_EXPORT)
    if places:
        columns = model.objects.none().PATHS
        out = out.filter(reduce(or_, (in_ranges(list(places), column) for column in columns)))
    allowed = set(out.values_list("pk", flat=True))
    return [row for row in rows if row.pk in allowed]


def _households(rows: Sequence[Household], taken: Taken, revealed: bool) -> list[Cells]:
    living = Residence.objects.there().filter(household__in=[row.pk for row in rows])
    people: dict[UUID, list[tuple[UUID, str, str]]] = {}
    for household, id, relation, name in living.values_list(
        "household_id", "resident_id", "relation", "resident__name"
    ):
        if household:
            people.setdefault(household, []).append((id, relation, name))
    taken.people += [id for some in people.values() for id, _relation, _name in some]
    where = _where(rows)
    return [
        (
            where(row.place), row.dwelling.number, row.dwelling.floor, str(row.dwelling.get_use_display()), row.number,
            str(row.get_kind_display()), row.members, _head(people.get(row.pk, []), revealed), _day(row.confirmed_at),
        )
        for row in rows
    ]  # fmt: skip


def _head(people: Sequence[tuple[UUID, str, str]], revealed: bool) -> str:
    name = next((name for _id, relation, name in people if relation == "0"), "")
    return name if revealed else mask_name(name)


def _residents(rows: Sequence[Resident], taken: Taken, revealed: bool) -> list[Cells]:
    ids = [row.pk for row in rows]
    living = Residence.objects.there().filter(resident__in=ids, main=True).select_related("dwelling")
    homes = {each.resident_id: each for each in living}
    taken.people += ids
    where = _where(rows)
    return [_resident(row, homes.get(row.pk), where(row.place), revealed) for row in rows]


def _resident(row: Resident, home: Residence | None, where: str, revealed: bool) -> Cells:
    def shown(value: str, mask: Callable[[str], str]) -> str:
        return value if revealed else mask(value)

    return (
        where, home.dwelling.number if home else "", shown(row.name, mask_name), str(row.get_sex_display()),
        row.born_on if revealed else (row.born_on.year if row.born_on else ""),
        str(row.get_document_kind_display()) if row.document_kind else "", shown(row.document, mask_identity),
        shown(row.phone, mask_phone), str(home.get_relation_display()) if home and home.relation else "",
        shown(row.registered_address, mask_address), home.from_on if home else None, _day(row.confirmed_at),
    )  # fmt: skip


def _merchants(rows: Sequence[Merchant], taken: Taken, revealed: bool) -> list[Cells]:
    taken.people += [row.pk for row in rows if row.operator_name or row.operator_phone]
    where = _where(rows)
    return [
        (
            where(row.place), row.name, str(row.get_kind_display()), str(row.get_trade_display()), row.credit_code,
            row.address, row.operator_name if revealed else mask_name(row.operator_name),
            row.operator_phone if revealed else mask_phone(row.operator_phone), row.staff_count,
            str(row.get_hazard_display()) if row.hazard else "", _day(row.confirmed_at),
        )
        for row in rows
    ]  # fmt: skip


_CELLS: Mapping[str, Callable[[Any, Taken, bool], list[Cells]]] = {
    "households": _households,
    "residents": _residents,
    "merchants": _merchants,
}


def _where(rows: Sequence[Model]) -> Callable[[str], str]:
    areas = areas_at({row.place for row in rows})  # type: ignore[attr-defined]  # each of the three has it
    return lambda path: areas[path].label if path in areas else ""


def _day(at: Any) -> Any:
    return localtime(at).date()

"""The filters of the registry's lists; all of them live in the address."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin.look.shapes import Chip
from mulin.registry.face import (
    Answered,
    Band,
    Hazard,
    HomeFilters,
    HouseholdKind,
    MerchantKind,
    Trade,
    Use,
)

Choice = tuple[str, str, str | Promise]  # field, value, label


def noun_chips(chosen: str, area: str) -> list[Chip]:
    """Floor by floor, or one of the lists, of the same area."""
    query = f"?{urlencode({'area': area})}" if area else ""
    kinds = (
        ("", "registry", _("By building"), "building"),
        ("doors", "registry-doors", _("Doors"), "door"),
        ("households", "registry-households", pgettext("registry", "Households"), "home"),
        ("residents", "registry-residents", _("People"), "users"),
        ("merchants", "registry-merchants", _("Merchants"), "building-store"),
    )
    return [
        Chip(label=label, url=reverse(name) + query, active=noun == chosen, icon=icon)
        for noun, name, label, icon in kinds
    ]


def narrow_chips(noun: str, filters: HomeFilters, url: str) -> list[Chip]:
    """What one may narrow this list by; one that is on leads to the list without it."""
    return [_chip(field, value, label, filters, url) for field, value, label in _choices(noun)]


def _chip(field: str, value: str, label: str | Promise, filters: HomeFilters, url: str) -> Chip:
    on = getattr(filters, field) == value
    query = urlencode(filters.query(**{field: "" if on else value}))
    return Chip(label=str(label), url=f"{url}?{query}", active=on)


def _choices(noun: str) -> Iterable[Choice]:
    stale: Choice = ("stale", "1", _("To be confirmed"))
    if noun == "doors":
        return [
            stale,
            ("lived", "no", _("Nobody known")),
            ("lived", "many", _("Several households")),
            *_uses(),
            *_hazards(),
        ]
    if noun == "households":
        kinds: list[Choice] = [("kind", HouseholdKind.COLLECTIVE, HouseholdKind.COLLECTIVE.label)]
        return [
            stale,
            *_answered(),
            *_bands(_("with somebody")),
            _elsewhere(),
            ("use", Use.RENTED, Use.RENTED.label),
            *kinds,
        ]
    if noun == "residents":
        return [stale, *_bands(""), _elsewhere(), ("left", "1", _("Moved away"))]
    shops: list[Choice] = [("kind", each.value, each.label) for each in MerchantKind]
    trades: list[Choice] = [
        ("trade", each.value, each.label) for each in (Trade.FOOD, Trade.LODGING, Trade.CARE)
    ]
    return [stale, *shops, *trades, *_hazards(), ("left", "1", pgettext("merchants", "Closed"))]


def _uses() -> list[Choice]:
    return [("use", each.value, each.label) for each in (Use.RENTED, Use.SHARED, Use.EMPTY, Use.SHOP)]


def _hazards() -> list[Choice]:
    return [("hazard", each.value, each.label) for each in (Hazard.FIRE, Hazard.GAS, Hazard.LIVING_IN)]


def _bands(before: str) -> list[Choice]:
    return [("age", each.value, f"{before} {each.label}".strip()) for each in Band]


def _elsewhere() -> Choice:
    return ("elsewhere", "1", _("Registered elsewhere"))


def _answered() -> list[Choice]:
    return [
        ("answered", Answered.MINE, _("I look after them")),
        ("answered", Answered.NOBODY, _("Nobody looks after them")),
    ]

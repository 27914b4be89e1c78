"""One household, one dossier (一户一册); one person; one merchant; one door. Opening one is written down first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mulin.doors.desk.registry_rows import household_rows, merchant_rows, people_for_duty
from mulin.doors.dossier import (
    household_dossier,
    merchant_dossier,
    read_household,
    read_one,
    resident_dossier,
    the_one,
)
from mulin.kernel.masking import mask_name
from mulin.kernel.refusals import NotYours
from mulin.places.face import lineage
from mulin.posts.face import Permission, Who, may, needs, who_answers, who_asks
from mulin.registry.face import (
    Dwelling,
    Household,
    Merchant,
    Resident,
    doors_named,
    fact_lines,
    lodgers_of,
    masked,
    named,
    openable,
    opens,
)


@needs(Permission.DESK_OPEN, Permission.REGISTRY_OPEN)
@never_cache
@require_safe
def household(request: HttpRequest, id: UUID) -> HttpResponse:
    """Who lives together, where, who answers, what was said, what is due."""
    who = who_asks(request)
    found = the_one(Household, id, who)
    read_household(found, who)
    dossier = household_dossier(found, who)
    context = {
        "dossier": dossier,
        "household": found,
        "door": _door(found.dwelling, dossier.way),
        "may": _may(who, found),
        "people": people_for_duty(who, found.place) if may(who, Permission.DUTY_ASSIGN, found) else [],
        "now": who.now,
    }
    return render(request, "desk/household.html", context)


@needs(Permission.DESK_OPEN, Permission.REGISTRY_OPEN)
@never_cache
@require_safe
def resident(request: HttpRequest, id: UUID) -> HttpResponse:
    """One person: what is known, where they live and lived, what was done about it."""
    who = who_asks(request)
    found = the_one(Resident, id, who)
    if found.merged_into_id:
        return redirect("street-resident", found.merged_into_id)
    read_one(found, who)
    dossier = resident_dossier(found, who)
    doors = doors_named(row.dwelling for row in dossier.residences)
    rows = [
        (row, doors[row.dwelling_id], may(who, Permission.REGISTRY_OPEN, row)) for row in dossier.residences
    ]
    context = {"dossier": dossier, "resident": found, "rows": rows, "may": _may(who, found), "now": who.now}
    return render(request, "desk/street_resident.html", context)


@needs(Permission.DESK_OPEN, Permission.REGISTRY_OPEN)
@never_cache
@require_safe
def merchant(request: HttpRequest, id: UUID) -> HttpResponse:
    """One merchant: what it is, who runs it, what was seen there."""
    who = who_asks(request)
    found = the_one(Merchant, id, who)
    read_one(found, who)
    dossier = merchant_dossier(found, who)
    context = {
        "dossier": dossier,
        "merchant": found,
        "where": found.address or named(dossier.way),
        "point": f"{found.lon},{found.lat}" if found.lon is not None else "",
        "may": _may(who, found),
        "now": who.now,
    }
    return render(request, "desk/merchant.html", context)


@needs(Permission.DESK_OPEN, Permission.REGISTRY_READ)
@require_safe
def dwelling(request: HttpRequest, id: UUID) -> HttpResponse:
    """A door, with names masked as in a list: who lives behind it is read on their own pages."""
    who = who_asks(request)
    found = openable(Dwelling, who, Permission.REGISTRY_READ).select_related("area").filter(pk=id).first()
    if found is None:
        raise NotYours
    homes = list(found.households.there().select_related("dwelling__area").order_by("id"))
    way = lineage(found.area)
    context: dict[str, Any] = {
        "dwelling": found,
        "door": _door(found, way),
        "way": way,
        "owner": mask_name(found.owner_name),
        "owner_phone": masked(found, "owner_phone", who),
        "homes": household_rows(homes, who),
        "lodgers": [
            (each, mask_name(each.resident.name)) for each in lodgers_of(found, who, may_reveal=False)
        ],
        "merchants": merchant_rows(list(found.merchants.there().select_related("area").order_by("id")), who),
        "facts": fact_lines([found], who)[found.pk],
        "answers": who_answers(found.area, who.now),
        "may": _may(who, found),
        "may_open": opens(who, Permission.REGISTRY_OPEN, found),
        "now": who.now,
    }
    return render(request, "desk/dwelling.html", context)


def _door(dwelling: Dwelling, way: list[Any]) -> str:
    return f"{named(way)} {dwelling.number}"


def _may(who: Who, thing: Household | Resident | Merchant | Dwelling) -> dict[str, bool]:
    """What one may do from here; behind a broken glass nothing but read."""
    asked = {
        "edit": Permission.REGISTRY_EDIT,
        "propose": Permission.REGISTRY_PROPOSE,
        "visit": Permission.VISIT_RECORD,
        "plan": Permission.VISIT_PLAN,
        "duty": Permission.DUTY_ASSIGN,
        "care": Permission.CARE_GRANT,
        "link": Permission.REGISTRY_LINK,
        "answer": Permission.REGISTRY_ANSWER,
    }
    return {word: may(who, permission, thing) for word, permission in asked.items()}

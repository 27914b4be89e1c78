"""The lines of the registry's lists: names masked, numbers not at all; a fixed number of statements a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from mulin.doors.dossier import duties_of
from mulin.kernel.masking import mask_name
from mulin.places.face import Level, lineages
from mulin.posts.face import Permission, Post, User, Who, in_ranges
from mulin.registry.face import (
    Dwelling,
    Household,
    Merchant,
    Residence,
    Resident,
    age_of,
    age_on,
    doors_named,
    named,
)

Rows = list[dict[str, Any]]
# Whom one may ask to look after households: who works in grids and communities.
LOOKS_AFTER = (
    "grid_worker",
    "grid_head",
    "committee_member",
    "grid_instructor",
    "cadre",
    "building_head",
    "unit_head",
)
MANY = 400


def door_rows(rows: Sequence[Dwelling], who: Who) -> Rows:
    """Each door with how many households and people are known behind it."""
    names, ids = doors_named(rows), [row.pk for row in rows]
    homes: dict[UUID, list[UUID]] = {}
    for id, dwelling in Household.objects.there().filter(dwelling__in=ids).values_list("id", "dwelling_id"):
        homes.setdefault(dwelling, []).append(id)
    people: dict[UUID, int] = {}
    for dwelling in Residence.objects.there().filter(dwelling__in=ids).values_list("dwelling_id", flat=True):
        people[dwelling] = people.get(dwelling, 0) + 1
    return [
        {
            "dwelling": row,
            "door": names[row.pk],
            "households": len(homes.get(row.pk, ())),
            "people": people.get(row.pk, 0),
            "age": age_of(row.confirmed_at, who.now),
        }
        for row in rows
    ]


def household_rows(rows: Sequence[Household], who: Who) -> Rows:
    """Each household with its householder masked, and who looks after it by name."""
    names, ids = doors_named(row.dwelling for row in rows), [row.pk for row in rows]
    living = Residence.objects.there().filter(household__in=ids, relation="0")
    heads = dict(living.values_list("household_id", "resident__name"))
    duties = duties_of(ids, who)
    return [
        {
            "household": row,
            "door": names[row.dwelling_id],
            "head": mask_name(heads.get(row.pk, "")),
            "duties": duties.get(row.pk, ()),
            "age": age_of(row.confirmed_at, who.now),
        }
        for row in rows
    ]


def resident_rows(rows: Sequence[Resident], who: Who) -> Rows:
    """Each person masked, with age and door: of several doors the main one."""
    living = Residence.objects.there().filter(resident__in=[row.pk for row in rows])
    found = living.select_related("dwelling__area").defer("dwelling__area__border").order_by("main", "id")
    homes = {residence.resident_id: residence for residence in found}
    names = doors_named(home.dwelling for home in homes.values())
    today = timezone.localdate(who.now)
    return [
        {
            "resident": row,
            "name": mask_name(row.name),
            "years": age_on(row.born_on, today) if row.born_on else None,
            "residence": homes.get(row.pk),
            "door": names[homes[row.pk].dwelling_id] if row.pk in homes else "",
            "age": age_of(row.confirmed_at, who.now),
        }
        for row in rows
    ]


def merchant_rows(rows: Sequence[Merchant], who: Who) -> Rows:
    """Each merchant with its place; whoever runs it is masked."""
    ways = lineages({row.area_id: row.area for row in rows}.values())
    return [
        {
            "merchant": row,
            "door": row.address or named(ways[row.area.path]),
            "operator": mask_name(row.operator_name),
            "age": age_of(row.confirmed_at, who.now),
        }
        for row in rows
    ]


def people_for_duty(who: Who, place: str = "") -> list[User]:
    """Who may be asked to look after households: of a place and of what lies above it, or of one's whole ground."""
    if not who.holds(Permission.DUTY_ASSIGN):
        return []
    posts = Post.objects.present_at(who.now).filter(seat__role__in=LOOKS_AFTER)
    if place:
        above = [place[:length] for length in Level if Level.TOWN <= length <= len(place)]
        posts = posts.filter(seat__area__path__in=above)
    else:
        mine = [
            line.path for line in who.own if line.path and Permission.DUTY_ASSIGN in line.role.permissions
        ]
        posts = posts.filter(in_ranges(mine, "seat__area__path"), seat__area__level__lte=Level.GRID)
    found = User.objects.active().filter(pk__in=posts.values("user"))
    return list(found.order_by("name", "id")[:MANY])

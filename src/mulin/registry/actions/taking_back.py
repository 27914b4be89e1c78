"""A record as it was before a list brought it up to date. That nobody has touched it since, the caller has seen to.

Unlike an act of every day it confirms nothing: what was confirmed before the list stands as it stood.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mulin.journal.face import Json
from mulin.kernel.refusals import Conflict
from mulin.places.face import hold_tree
from mulin.posts.face import Permission, Who, require
from mulin.registry.actions import following, keeping
from mulin.registry.actions.households import count_members, refuse_second_head
from mulin.registry.actions.merchants import put_on_the_map
from mulin.registry.actions.searching import write_merchant, write_resident
from mulin.registry.actions.staying import lock_households
from mulin.registry.entries import entry
from mulin.registry.models import Household, Merchant, Residence, Resident
from mulin.registry.models.kept import Kept
from mulin.registry.rules.facts import Seen


@dataclass(frozen=True, slots=True)
class Confirmed:
    """When and by whom a record was last confirmed."""

    whole: Seen
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Homes:
    """Where somebody lived: which residences came with the list, and what the others are to be again.

    `confirmed` is how each household was confirmed before the list and right after it.
    """

    made: Sequence[UUID] = ()
    ended: Sequence[UUID] = ()
    main: UUID | None = None
    place: str = ""
    left_on: date | None = None
    confirmed: Mapping[UUID, tuple[Confirmed, Confirmed]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Before:
    """A record before the list: the columns that it changed, and of a person where they lived."""

    values: Mapping[str, Any]
    confirmed: Confirmed
    told: Mapping[str, Json] = field(default_factory=dict)
    homes: Homes | None = None


@transaction.atomic
def restore_resident(resident: Resident, was: Before, *, by: Who, now: datetime) -> Resident:
    """What a list changed of a person is as it was, and they live where they lived."""
    held = _hold_homes(was.homes) if was.homes else {}
    found = keeping.to_change(resident, None, by=by, permission=Permission.REGISTRY_EDIT)
    keeping.refuse_closed(not found.is_gone)
    if was.homes:
        _live_as_before(found, was.homes, held, by)
        following.follow(found, by=by, now=now)
        facts = {"gone": sorted(was.homes.made), "again": sorted(was.homes.ended), **was.told}
        entry("residence.taken_back", found, facts, by=by, now=now)
    before = _put_back(found, was)
    _saved(found, {*before, *keeping.CONFIRMED})
    _tell("resident.changed", found, before, was, by=by, now=now)
    write_resident(found)
    return found


@transaction.atomic
def restore_merchant(merchant: Merchant, was: Before, *, by: Who, now: datetime) -> Merchant:
    """What a list changed of a merchant is as it was."""
    hold_tree()
    found = keeping.to_change(merchant, None, by=by, permission=Permission.REGISTRY_EDIT)
    keeping.refuse_closed(found.is_open)
    before = _put_back(found, was)
    put_on_the_map(found)
    _saved(found, {*before, "morton", "overlay_place", *keeping.CONFIRMED})
    _tell("merchant.changed", found, before, was, by=by, now=now)
    write_merchant(found)
    return found


def _put_back(found: Resident | Merchant, was: Before) -> dict[str, Any]:
    before = {name: getattr(found, name) for name in was.values}
    keeping.fill(found, was.values)
    _confirm_as(found, was.confirmed)
    return before


def _confirmed(thing: Kept) -> Confirmed:
    return Confirmed(Seen(thing.confirmed_at, thing.confirmed_by, thing.source), thing.facts_confirmed)


def _confirm_as(thing: Kept, was: Confirmed) -> None:
    thing.confirmed_at, thing.confirmed_by, thing.source = was.whole.at, was.whole.by, was.whole.source
    thing.facts_confirmed = dict(was.facts)


def _saved(found: Resident | Merchant, columns: Collection[str]) -> None:
    """A number that somebody else has by now stays theirs."""
    try:
        with transaction.atomic():
            keeping.save(found, columns)
    except IntegrityError:
        raise Conflict from None


def _tell(
    code: str, found: Resident | Merchant, before: Mapping[str, Any], was: Before, *, by: Who, now: datetime
) -> None:  # fmt: skip
    facts: dict[str, Json] = {"changed": sorted(before), **was.told}
    words = keeping.before_and_after(before, found) if before else None
    entry(code, found, facts, by=by, now=now, words=words)


def _hold_homes(homes: Homes) -> dict[UUID, Household]:
    lived = Residence.objects.filter(pk__in=(*homes.made, *homes.ended)).exclude(household=None)
    return lock_households(id for id in lived.values_list("household_id", flat=True) if id)


def _live_as_before(resident: Resident, homes: Homes, held: Mapping[UUID, Household], by: Who) -> None:
    """What the list made goes, since it was never so; what it ended stands again."""
    made = Residence.objects.filter(pk__in=homes.made)
    for each in made:
        require(by, Permission.REGISTRY_EDIT, each)
    made.delete()
    ended = (
        Residence.objects.select_for_update(of=("self",))
        .select_related("dwelling")
        .filter(pk__in=homes.ended)
    )
    for each in ended.order_by("pk"):
        _stand_again(each, held, by)
    resident.residences.there().update(main=False)
    if homes.main:
        resident.residences.there().filter(pk=homes.main).update(main=True)
    resident.place, resident.left_on = homes.place, homes.left_on
    resident.save(update_fields=["place", "left_on"])
    for household in held.values():
        count_members(household)
        was, listed = homes.confirmed.get(household.pk, (None, None))
        if was and _confirmed(household) == listed:  # else somebody has confirmed it since
            _confirm_as(household, was)
        keeping.save(household, {"members", *keeping.CONFIRMED})


def _stand_again(residence: Residence, held: Mapping[UUID, Household], by: Who) -> None:
    require(by, Permission.REGISTRY_EDIT, residence)
    household = held.get(residence.household_id) if residence.household_id else None
    if not residence.dwelling.is_open or (household and not household.is_open):
        raise Conflict(_("Where they lived before is no longer there."), code="closed")
    if household:
        refuse_second_head(household, residence.relation)
    residence.to_on = None
    residence.save(update_fields=["to_on"])

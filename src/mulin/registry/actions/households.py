"""Households: opening, changing, confirming, closing, and who the householder is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Invalid
from mulin.kernel.text import clean
from mulin.places.face import hold_tree
from mulin.posts.face import Permission, Who, end_duties_of, require
from mulin.registry import telling, values
from mulin.registry.actions import keeping
from mulin.registry.codes import Relation, Source
from mulin.registry.entries import entry
from mulin.registry.models import Dwelling, Household, Residence

NOTE_LIMIT = 500


@transaction.atomic
def open_household(
    dwelling: Dwelling, *, by: Who, now: datetime, source: str = Source.DOOR, **given: Any
) -> Household:
    """Enter people who live together in a dwelling (`values.HOUSEHOLD`); its members are registered after it."""
    require(by, Permission.REGISTRY_EDIT, dwelling, seen_by=Permission.REGISTRY_READ)
    hold_tree()
    dwelling = keeping.again(dwelling)
    keeping.refuse_closed(dwelling.is_open)
    made = keeping.new(Household, place=dwelling.place, by=by, now=now, source=source)
    made.dwelling = dwelling
    keeping.fill(made, values.household(given, today=keeping.today(now)).or_refuse())
    _saved(made)
    entry("household.opened", made, telling.household_opened(made), by=by, now=now)
    return made


@transaction.atomic
def change_household(
    household: Household,
    *,
    by: Who,
    now: datetime,
    version: int | None = None,
    source: str = Source.DOOR,
    **given: Any,
) -> Household:
    """Correct its kind, its number or since when it is."""
    found = keeping.to_change(household, version, by=by, permission=Permission.REGISTRY_EDIT)
    keeping.refuse_closed(found.is_open)
    columns = values.household(given, today=keeping.today(now)).or_refuse()
    before = {name: getattr(found, name) for name in columns if getattr(found, name) != columns[name]}
    changed = keeping.fill(found, columns)
    if not changed:
        return found
    keeping.mark_changed(found, changed, by=by, now=now, source=source)
    _saved(found, {*changed, *keeping.CONFIRMED})
    words = keeping.before_and_after(before, found)
    entry("household.changed", found, {"changed": sorted(changed)}, by=by, now=now, words=words)
    return found


@transaction.atomic
def confirm_household(
    household: Household,
    *,
    by: Who,
    now: datetime,
    facts: Collection[str] | None = None,
    version: int | None = None,
    source: str = Source.DOOR,
) -> Household:
    """Its members and its number are as they stand here: the whole, or these facts."""
    found = keeping.to_change(household, version, by=by, permission=Permission.REGISTRY_EDIT)
    keeping.refuse_closed(found.is_open)
    keeping.mark(found, facts, by=by, now=now, source=source)
    keeping.save(found, keeping.CONFIRMED, changed=False)
    told = {"facts": sorted(facts) if facts else None, "source": source}
    entry("household.confirmed", found, told, by=by, now=now)
    return found


@transaction.atomic
def set_householder(
    household: Household,
    residence: Residence,
    *,
    by: Who,
    now: datetime,
    relations: Mapping[UUID, str] | None = None,
    version: int | None = None,
) -> Household:
    """Make a member the householder. `relations` (by residence) says how the others are related to them now.

    A relation that nobody says is not known any more: a husband's mother is not the wife's.
    """
    found = keeping.to_change(household, version, by=by, permission=Permission.REGISTRY_EDIT)
    keeping.refuse_closed(found.is_open)
    members = list(found.residences.there().select_for_update().order_by("id"))
    if residence.pk not in {member.pk for member in members}:
        raise Invalid(_("They do not belong to this household."), code="not_a_member", field="residence")
    said = _read_relations(relations or {}, keeping.today(now))
    for member in sorted(
        members, key=lambda each: each.pk == residence.pk
    ):  # the former one steps back first
        relation = Relation.SELF.value if member.pk == residence.pk else said.get(member.pk, "")
        if member.relation != relation:
            member.relation = relation
            member.save(update_fields=["relation"])
    keeping.mark(found, ("members",), by=by, now=now, source=Source.DOOR)
    keeping.save(found, keeping.CONFIRMED)
    entry("household.head_set", found, {"residence": residence.pk}, by=by, now=now)
    return found


@transaction.atomic
def close_household(
    household: Household,
    *,
    by: Who,
    now: datetime,
    on: date | None = None,
    note: str = "",
    version: int | None = None,
) -> Household:
    """Dissolve a household that nobody belongs to any more."""
    found = keeping.to_change(household, version, by=by, permission=Permission.REGISTRY_EDIT)
    keeping.refuse_closed(found.is_open)
    if found.residences.there().exists():
        message = _("Somebody belongs to this household still. Let them move out first.")
        raise Invalid(message, code="still_used")
    close(found, on or keeping.today(now), note, by=by, now=now)
    return found


def close(household: Household, on: date, note: str, *, by: Who, now: datetime) -> None:
    """Close a locked household. Nobody answers for it any more."""
    keeping.refuse_bad_day(on, household.from_on, now=now)
    household.to_on, household.members = on, 0
    keeping.save(household, {"to_on", "members"})
    words = {"note": clean(note, NOTE_LIMIT, field="note")}
    entry("household.closed", household, {"on": on}, by=by, now=now, words=words)
    end_duties_of(household.pk, by=by, now=now)


def _read_relations(relations: Mapping[UUID, str], today: date) -> dict[UUID, str]:
    said = {
        member: values.residence({"relation": relation}, today=today).or_refuse()["relation"]
        for member, relation in relations.items()
    }
    if Relation.SELF in said.values():
        raise two_householders()
    return said


def two_householders() -> Invalid:
    """A household has one."""
    message = _("This household has a householder already. Choose how they are related to that person.")
    return Invalid(message, code="two_householders", field="relation")


def refuse_second_head(household: Household, relation: str, *, but: Residence | None = None) -> None:
    """Refuse another householder beside the one there is."""
    if relation != Relation.SELF:
        return
    heads = household.residences.there().filter(relation=Relation.SELF)
    if (heads.exclude(pk=but.pk) if but else heads).exists():
        raise two_householders()


def count_members(household: Household) -> None:
    """Count anew, in the transaction of whoever came or went."""
    household.members = household.residences.there().count()


def _saved(household: Household, columns: Collection[str] | None = None) -> None:
    taken = Household.objects.there().filter(number=household.number).exclude(pk=household.pk)
    message = _("Another household has this number.")
    if household.number and taken.exists():
        raise Invalid(message, code="number_taken", field="number")
    try:
        with transaction.atomic():
            if columns is None:
                household.save(force_insert=True)
            else:
                keeping.save(household, columns)
    except IntegrityError:
        raise Invalid(message, code="number_taken", field="number") from None

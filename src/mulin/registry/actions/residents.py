"""Residents: registering, changing, confirming them, and noting a death."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Conflict, Invalid
from mulin.posts.face import Permission, Who, require
from mulin.registry import telling, values
from mulin.registry.actions import duplicates, keeping, residences
from mulin.registry.actions.searching import write_resident
from mulin.registry.actions.staying import Stay, lock_home, lock_households
from mulin.registry.codes import Source
from mulin.registry.entries import entry
from mulin.registry.models import Dwelling, Resident

NAMES = frozenset({"name", "former_name", "latin_name"})


def register_resident(
    given: Mapping[str, Any],
    dwelling: Dwelling,
    stay: Stay | None = None,
    *,
    by: Who,
    now: datetime,
    source: str = Source.DOOR,
    sure: bool = False,
) -> Resident:
    """Enter a person (`values.RESIDENT`) who lives in a dwelling.

    A document that is known already is refused. So is the same name, birth date and door, unless one is `sure`
    that it is somebody else. That one asked for the number is written down, whether it was known or not.
    """
    require(by, Permission.REGISTRY_EDIT, dwelling, seen_by=Permission.REGISTRY_READ)
    columns = values.resident(given, today=keeping.today(now)).or_refuse()
    duplicates.refuse_known(columns.get("document", ""), by=by, now=now)
    if not sure:
        duplicates.ask_namesake(columns, dwelling, by=by)
    return _register(columns, dwelling, stay or Stay(), by=by, now=now, source=source)


@transaction.atomic
def _register(
    columns: Mapping[str, Any], dwelling: Dwelling, stay: Stay, *, by: Who, now: datetime, source: str
) -> Resident:
    home = lock_home(dwelling, stay.household)
    made = keeping.new(Resident, place=home.dwelling.place, by=by, now=now, source=source)
    keeping.fill(made, columns)
    _saved(made)
    entry("resident.registered", made, telling.resident_registered(made), by=by, now=now)
    residences.begin(made, home, stay, by=by, now=now)
    write_resident(made)
    return made


def change_resident(
    resident: Resident,
    given: Mapping[str, Any],
    *,
    by: Who,
    now: datetime,
    version: int | None = None,
    source: str = Source.DOOR,
) -> Resident:
    """Correct what is known of a person. What is written anew is confirmed with it."""
    require(by, Permission.REGISTRY_EDIT, resident, seen_by=Permission.REGISTRY_READ)
    number = given.get("document")
    if number:
        sought = values.resident({"document": number}, today=keeping.today(now), stored={}).values
        listed = source == Source.LIST
        duplicates.refuse_known(sought.get("document", ""), by=by, now=now, but=resident, listed=listed)
    return _change(resident, given, by=by, now=now, version=version, source=source)


@transaction.atomic
def _change(
    resident: Resident,
    given: Mapping[str, Any],
    *,
    by: Who,
    now: datetime,
    version: int | None,
    source: str,
) -> Resident:
    found = keeping.to_change(resident, version, by=by, permission=Permission.REGISTRY_EDIT)
    keeping.refuse_closed(not found.is_gone)
    stored = {name: getattr(found, name) for name in values.RESIDENT}
    columns = values.resident(given, today=keeping.today(now), stored=stored).or_refuse()
    before = {name: stored[name] for name, value in columns.items() if stored[name] != value}
    changed = keeping.fill(found, columns)
    if not changed:
        return found
    _refuse_born_after_death(found)
    keeping.mark_changed(found, changed, by=by, now=now, source=source)
    _saved(found, {*changed, *keeping.CONFIRMED})
    words = keeping.before_and_after(before, found)
    facts = {"changed": sorted(changed), "source": source}
    entry("resident.changed", found, facts, by=by, now=now, words=words)
    if changed & NAMES:
        write_resident(found)
    return found


@transaction.atomic
def confirm_resident(
    resident: Resident,
    *,
    by: Who,
    now: datetime,
    facts: Collection[str] | None = None,
    version: int | None = None,
    source: str = Source.DOOR,
) -> Resident:
    """They are as they stand here: the whole, or these facts of them."""
    found = keeping.to_change(resident, version, by=by, permission=Permission.REGISTRY_EDIT)
    keeping.refuse_closed(not found.is_gone)
    keeping.mark(found, facts, by=by, now=now, source=source)
    keeping.save(found, keeping.CONFIRMED, changed=False)
    told = {"facts": sorted(facts) if facts else None, "source": source}
    entry("resident.confirmed", found, told, by=by, now=now)
    return found


@transaction.atomic
def set_died(resident: Resident, on: date, *, by: Who, now: datetime, version: int | None = None) -> Resident:
    """Note a death: wherever they lived, they live no more."""
    households = resident.residences.there().exclude(household=None).values_list("household_id", flat=True)
    held = lock_households(households)
    found = keeping.to_change(resident, version, by=by, permission=Permission.REGISTRY_EDIT)
    keeping.refuse_closed(not found.is_gone)
    if found.died_on:
        raise Invalid(_("This is noted already."), code="died_already")
    keeping.refuse_bad_day(on, found.born_on, now=now)
    found.died_on = on
    keeping.save(found, {"died_on"})
    entry("resident.died", found, by=by, now=now)
    residences.end_all(found, held, on, by=by, now=now)
    return found


@transaction.atomic
def set_alive(resident: Resident, *, by: Who, now: datetime, version: int | None = None) -> Resident:
    """The death was noted by mistake. Where they live is entered anew: what ended that day stays ended."""
    found = keeping.to_change(resident, version, by=by, permission=Permission.REGISTRY_EDIT)
    keeping.refuse_closed(not found.is_gone)
    if found.died_on is None:
        raise Invalid(_("No death is noted."), code="not_died")
    before = {"died_on": found.died_on}
    found.died_on = None
    keeping.save(found, {"died_on"})
    words = keeping.before_and_after(before, found)
    entry("resident.changed", found, {"changed": ["died_on"]}, by=by, now=now, words=words)
    return found


def _refuse_born_after_death(resident: Resident) -> None:
    if resident.died_on and resident.born_on and resident.born_on > resident.died_on:
        raise Invalid(_("This day is not possible."), code="bad_day", field="born_on")


def _saved(resident: Resident, columns: Collection[str] | None = None) -> None:
    """Store it. Two who register the same document at once: the second is told, and nothing of theirs is kept."""
    try:
        with transaction.atomic():
            if columns is None:
                resident.save(force_insert=True)
            else:
                keeping.save(resident, columns)
    except IntegrityError:
        message = _("Somebody has just registered this document number.")
        raise Conflict(message, code=duplicates.KNOWN, field="document") from None

"""Who lives where: moving in, out and on. What is over is closed; nothing deletes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mulin.journal.face import Json
from mulin.kernel.refusals import Invalid
from mulin.kernel.text import clean
from mulin.places.face import hold_tree
from mulin.posts.face import Permission, Who, require
from mulin.registry import telling, values
from mulin.registry.actions import following, keeping
from mulin.registry.actions.households import (
    NOTE_LIMIT,
    close,
    count_members,
    refuse_second_head,
    two_householders,
)
from mulin.registry.actions.searching import write_resident
from mulin.registry.actions.staying import Home, Stay, lock_home, lock_home_left
from mulin.registry.codes import Source
from mulin.registry.entries import entry
from mulin.registry.models import Dwelling, Household, Residence, Resident


@transaction.atomic
def move_in(
    resident: Resident,
    dwelling: Dwelling,
    stay: Stay | None = None,
    *,
    by: Who,
    now: datetime,
    source: str = Source.DOOR,
) -> Residence:
    """Somebody who is known lives here, too; with `stay.main` it is where they live first of all from now on."""
    require(by, Permission.REGISTRY_EDIT, dwelling, seen_by=Permission.REGISTRY_READ)
    stay = stay or Stay()
    home = lock_home(dwelling, stay.household)
    resident = keeping.to_change(resident, None, by=by, permission=Permission.REGISTRY_EDIT)
    refuse_gone(resident)
    return begin(resident, home, stay, by=by, now=now, source=source)


@transaction.atomic
def move_out(
    residence: Residence, *, by: Who, now: datetime, on: date | None = None, note: str = ""
) -> Residence:
    """Somebody lives there no more, from this day on. Where it was their only home, they have left."""
    require(by, Permission.REGISTRY_EDIT, residence, seen_by=Permission.REGISTRY_READ)
    household = lock_home_left(residence)
    resident = keeping.again(residence.resident)
    found = _still_there(residence)
    end(found, resident, household, on or keeping.today(now), by=by, now=now, note=note)
    return found


@transaction.atomic
def move(
    residence: Residence,
    dwelling: Dwelling,
    stay: Stay | None = None,
    *,
    by: Who,
    now: datetime,
    on: date | None = None,
    note: str = "",
    source: str = Source.DOOR,
) -> Residence:
    """Somebody moves from one dwelling to another on one day: the one ends, the other begins."""
    stay, day = stay or Stay(), on or keeping.today(now)
    for each in (residence, dwelling):
        require(by, Permission.REGISTRY_EDIT, each, seen_by=Permission.REGISTRY_READ)
    home = lock_home(dwelling, stay.household, left=residence.household)
    resident = keeping.again(residence.resident)
    refuse_gone(resident)
    found = _still_there(residence)
    if found.dwelling_id == dwelling.pk:
        raise _lives_there()
    begun = replace(stay, from_on=stay.from_on or day, main=stay.main or found.main)
    end(found, resident, home.left, day, by=by, now=now, note=note, source=source)
    return begin(resident, home, begun, by=by, now=now, source=source)


@transaction.atomic
def change_residence(
    residence: Residence, *, by: Who, now: datetime, household: Household | None = None, **given: Any
) -> Residence:
    """Correct how somebody lives there (`values.RESIDENCE`), or take them into a household of that dwelling."""
    require(by, Permission.REGISTRY_EDIT, residence, seen_by=Permission.REGISTRY_READ)
    home = lock_home(residence.dwelling, household or residence.household, left=residence.household)
    resident = keeping.again(residence.resident)
    found = _still_there(residence)
    columns = values.residence(given, today=keeping.today(now)).or_refuse()
    before = {name: getattr(found, name) for name in columns if getattr(found, name) != columns[name]}
    joins = home.household is not None and found.household_id != home.household.pk
    if not before and not joins:
        return found
    for name in before:
        setattr(found, name, columns[name])
    found.household = home.household
    _check_relation(found, home.household)
    _saved(found, {*before, "household", "relation"})
    _recount(home.left, home.household if joins or "relation" in before else None, by=by, now=now)
    facts: dict[str, Json] = {
        "residence": found.id,
        "changed": sorted(before),
        "household": found.household_id,
    }
    words = keeping.before_and_after(before, found)
    entry("residence.changed", resident, facts, by=by, now=now, words=words)
    return found


@transaction.atomic
def leave_household(
    household: Household, *, by: Who, now: datetime, on: date | None = None, note: str = ""
) -> Household:
    """All of them move away on one day, and the household is dissolved."""
    hold_tree()
    found = keeping.to_change(household, None, by=by, permission=Permission.REGISTRY_EDIT)
    keeping.refuse_closed(found.is_open)
    day = on or keeping.today(now)
    for residence, resident in members_of(found):
        end(residence, resident, None, day, by=by, now=now)
    close(found, day, note, by=by, now=now)
    return found


@transaction.atomic
def move_household(
    household: Household,
    dwelling: Dwelling,
    *,
    by: Who,
    now: datetime,
    on: date | None = None,
    kind: str | None = None,
) -> Household:
    """All of them move to another dwelling on one day, and stay the household that they are."""
    hold_tree()
    require(by, Permission.REGISTRY_EDIT, dwelling, seen_by=Permission.REGISTRY_READ)
    found = keeping.to_change(household, None, by=by, permission=Permission.REGISTRY_EDIT)
    keeping.refuse_closed(found.is_open)
    home = replace(lock_home(dwelling), household=found)
    if found.dwelling_id == dwelling.pk:
        raise _lives_there()
    day, left = on or keeping.today(now), found.dwelling_id
    found.dwelling, found.place = home.dwelling, home.dwelling.place
    for residence, resident in members_of(found):
        stay = Stay(
            relation=residence.relation, kind=kind or residence.kind, from_on=day, main=residence.main
        )
        end(residence, resident, None, day, by=by, now=now)
        begin(resident, home, stay, by=by, now=now, counted=False)
    count_members(found)
    keeping.mark(found, ("members",), by=by, now=now, source=Source.DOOR)
    keeping.save(found, {"dwelling", "place", "members", *keeping.CONFIRMED})
    facts: dict[str, Json] = {"path": found.place, "dwelling": dwelling.id, "from": left, "on": day}
    entry("household.changed", found, facts, by=by, now=now)
    return found


def begin(
    resident: Resident,
    home: Home,
    stay: Stay,
    *,
    by: Who,
    now: datetime,
    counted: bool = True,
    source: str = Source.DOOR,
) -> Residence:
    """Open a residence of a locked resident in a locked home, and let what depends on it follow."""
    columns = values.residence(stay.given(), today=keeping.today(now)).or_refuse()
    if resident.born_on and columns["from_on"] and columns["from_on"] < resident.born_on:
        raise Invalid(_("Nobody lives anywhere before they are born."), code="bad_day", field="from_on")
    theirs = Residence.objects.there().filter(resident=resident)
    if theirs.filter(dwelling=home.dwelling).exists():
        raise _lives_there()
    main = stay.main or not theirs.exists()
    if main:
        theirs.filter(main=True).update(main=False)
    made = Residence(
        resident=resident,
        dwelling=home.dwelling,
        household=home.household,
        place=home.dwelling.place,
        main=main,
        **columns,
    )
    _check_relation(made, home.household)
    _saved(made)
    if main:
        lives_at(resident, made.place, by=by, now=now)
    if home.household and counted:
        _recount(None, home.household, by=by, now=now, source=source)
    entry("residence.begun", resident, telling.residence_begun(made), by=by, now=now)
    return made


def end(
    residence: Residence,
    resident: Resident,
    household: Household | None,
    on: date,
    *,
    by: Who,
    now: datetime,
    note: str = "",
    source: str = Source.DOOR,
) -> None:
    """Close a locked residence. Their next home becomes the main one; without any they have left."""
    keeping.refuse_bad_day(on, residence.from_on, now=now)
    was_main, residence.to_on, residence.main = residence.main, on, False
    residence.save(update_fields=["to_on", "main"])
    if was_main:
        _next_home(resident, on, by=by, now=now)
    if household:
        _recount(household, None, by=by, now=now, source=source)
    words = {"note": clean(note, NOTE_LIMIT, field="note")}
    entry("residence.ended", resident, telling.residence_ended(residence), by=by, now=now, words=words)


def end_all(
    resident: Resident, households: Mapping[UUID, Household], on: date, *, by: Who, now: datetime
) -> None:
    """Wherever a locked resident lives, they live no more. Their households are locked, too."""
    for residence in resident.residences.there().order_by("main", "id"):
        household = households.get(residence.household_id) if residence.household_id else None
        begun = residence.from_on
        end(residence, resident, household, max(on, begun) if begun else on, by=by, now=now)


def members_of(household: Household) -> list[tuple[Residence, Resident]]:
    """The open residences of a locked household with their residents, locked in one order."""
    ids = list(household.residences.there().values_list("resident_id", flat=True))
    by_id = Resident.objects.select_for_update().order_by("id").in_bulk(ids)
    theirs = household.residences.there().filter(resident__in=by_id).select_for_update()
    return [(each, by_id[each.resident_id]) for each in theirs.order_by("resident_id")]


def refuse_gone(resident: Resident) -> None:
    """The dead and the records that stand for nobody move nowhere."""
    if resident.is_gone or resident.died_on:
        raise Invalid(_("This record is closed."), code="closed", field="resident")


def _still_there(residence: Residence) -> Residence:
    found = keeping.again(residence)
    if not found.is_open:
        raise Invalid(_("They have moved out already."), code="moved_out")
    return found


def _next_home(resident: Resident, on: date, *, by: Who, now: datetime) -> None:
    other = resident.residences.there().order_by("-from_on", "-id").first()
    if other is None:
        resident.left_on = on
        resident.save(update_fields=["left_on"])
        return
    other.main = True
    other.save(update_fields=["main"])
    lives_at(resident, other.place, by=by, now=now)


def lives_at(resident: Resident, place: str, *, by: Who, now: datetime) -> None:
    """A locked resident lives there first of all, and what they asked is answered there."""
    if resident.place == place and resident.left_on is None:
        return
    resident.place, resident.left_on = place, None
    resident.save(update_fields=["place", "left_on"])
    write_resident(resident)
    following.follow(resident, by=by, now=now)


def _check_relation(residence: Residence, household: Household | None) -> None:
    if household is None:
        residence.relation = ""
    else:
        refuse_second_head(household, residence.relation, but=residence)


def _recount(
    left: Household | None, joined: Household | None, *, by: Who, now: datetime, source: str = Source.DOOR
) -> None:
    """Whoever writes who belongs to a household has confirmed it."""
    for household in (left, joined):
        if household:
            count_members(household)
            keeping.mark(household, ("members",), by=by, now=now, source=source)
            keeping.save(household, {"members", *keeping.CONFIRMED})


def _lives_there() -> Invalid:
    return Invalid(_("They live there already."), code="lives_there", field="dwelling")


def _saved(residence: Residence, columns: set[str] | None = None) -> None:
    """Store it; of two householders at once, the second is told as one who comes later."""
    try:
        with transaction.atomic():
            if columns is None:
                residence.save(force_insert=True)
            else:
                residence.save(update_fields=columns)
    except IntegrityError:
        raise two_householders() if residence.relation == "0" else _lives_there() from None

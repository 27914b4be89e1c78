"""Two records of one person made one. Nothing that happened is lost; the record that goes keeps only its id."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mulin.journal.face import Json
from mulin.kernel.refusals import Invalid
from mulin.kernel.unreadable import Unreadable
from mulin.posts.face import Permission, Who, require
from mulin.registry import values
from mulin.registry.actions import following, keeping
from mulin.registry.actions.households import count_members
from mulin.registry.actions.searching import write_resident
from mulin.registry.actions.staying import lock_households
from mulin.registry.codes import Source
from mulin.registry.entries import entry
from mulin.registry.models import Household, Proposal, Residence, Resident

UNTOLD = frozenset({"", "0", "9", "90", None})  # what a list says where nobody knows


@transaction.atomic
def merge_residents(
    keep: Resident, other: Resident, *, by: Who, now: datetime, version: int | None = None
) -> Resident:
    """Make `other` one with `keep`: what only the other knows is taken over, and where they lived.

    Two documents of one kind are two people; of what cannot be read nobody knows. The other's bare id goes on standing
    for what was written of it.
    """
    for each in (keep, other):
        require(by, Permission.REGISTRY_EDIT, each, seen_by=Permission.REGISTRY_READ)
    homes = Residence.objects.filter(resident__in=(keep, other)).exclude(household=None)
    households = lock_households(homes.values_list("household_id", flat=True))
    kept, gone = _locked(keep, other)
    keeping.check_version(kept, version)
    _refuse_unreadable(kept, gone)
    _refuse_different(kept, gone)
    _refuse_read_by_its_bearer(gone)
    told = keeping.written_out({name: getattr(gone, name) for name in values.RESIDENT})
    taken = _take_over(kept, gone)
    _empty(gone, kept)
    _take_residences(kept, gone, keeping.today(now))
    _take_the_rest(kept, gone, now)
    keeping.mark(kept, ("identity",), by=by, now=now, source=Source.DOOR)
    keeping.save(kept, {*taken, "place", "left_on", *keeping.CONFIRMED})
    _count_anew(households.values())
    write_resident(kept)
    following.follow(kept, by=by, now=now)
    facts: dict[str, Json] = {"other": gone.id, "changed": sorted(taken)}
    entry("resident.merged", kept, facts, by=by, now=now)
    entry("resident.merged", gone, {"into": kept.id}, by=by, now=now, words={"before": told})
    return kept


def _locked(keep: Resident, other: Resident) -> tuple[Resident, Resident]:
    if keep.pk == other.pk:
        raise Invalid(_("This is one record already."), code="same_record")
    rows = Resident.objects.select_for_update().filter(pk__in=(keep.pk, other.pk)).order_by("pk")
    found = {row.pk: row for row in rows}
    for row in found.values():
        keeping.refuse_closed(not row.is_gone)
    return found[keep.pk], found[other.pk]


def _refuse_unreadable(*both: Resident) -> None:
    """Two numbers that do not open look alike; and what is damaged may yet be brought back, but not once it is gone."""
    if any(isinstance(getattr(each, name), Unreadable) for each in both for name in values.RESIDENT):
        message = _("Something of these records cannot be read. Write it anew before you make them one.")
        raise Invalid(message, code="unreadable")


def _refuse_different(kept: Resident, gone: Resident) -> None:
    both = kept.document and gone.document
    if both and kept.document_kind == gone.document_kind and kept.document != gone.document:
        raise Invalid(_("They have different document numbers: these are two people."), code="two_people")
    if kept.born_on and gone.born_on and kept.born_on != gone.born_on:
        raise Invalid(_("They were born on different days: these are two people."), code="two_people")


def _refuse_read_by_its_bearer(gone: Resident) -> None:
    """What a resident reads and asks about is the record to keep."""
    asks = gone.data_requests.filter(answered_at=None)
    if gone.links.filter(ended_at=None).exists() or asks.exists():
        message = _("The person reads the other record, or has asked about it. Keep that one.")
        raise Invalid(message, code="keep_the_other")


def _take_over(kept: Resident, gone: Resident) -> set[str]:
    """What only the other says."""
    new: dict[str, Any] = {
        name: getattr(gone, name)
        for name in (*values.RESIDENT, "died_on")
        if getattr(kept, name) in UNTOLD and getattr(gone, name) not in UNTOLD
    }
    if "document" not in new:
        for name in ("document_kind", "document_until"):
            new.pop(name, None)
    return keeping.fill(kept, new)


def _empty(gone: Resident, kept: Resident) -> None:
    """Nothing personal stays on the record that goes; its document is free for the one that stays."""
    blank = Resident()
    keeping.fill(gone, {name: getattr(blank, name) for name in values.RESIDENT})
    gone.died_on, gone.merged_into = None, kept
    keeping.save(gone, {*values.RESIDENT, "died_on", "merged_into"})
    write_resident(gone)


def _take_residences(kept: Resident, gone: Resident, today: date) -> None:
    """All homes are the kept one's. Of two that are the same, the kept one's stays open."""
    mine = {each.dwelling_id: each for each in kept.residences.there()}
    for residence in gone.residences.order_by("id"):
        twin = mine.get(residence.dwelling_id) if residence.is_open else None
        residence.resident = kept
        residence.main = residence.main and not mine
        if twin:
            residence.to_on = max(today, residence.from_on or today)
        residence.save(update_fields=["resident", "main", "to_on"])
        if twin and twin.household_id is None and residence.household_id:
            twin.household_id, twin.relation = residence.household_id, residence.relation
            twin.save(update_fields=["household", "relation"])
    main = kept.residences.there().filter(main=True).first()
    if main is not None:
        kept.place, kept.left_on = main.place, None


def _take_the_rest(kept: Resident, gone: Resident, now: datetime) -> None:
    """Care needs, requests and proposals; of two care needs of one kind the kept one's stays."""
    there = set(kept.care_needs.filter(ended_at=None).values_list("kind", flat=True))
    gone.care_needs.filter(ended_at=None, kind__in=there).update(ended_at=now)
    for owned in (gone.care_needs, gone.links, gone.data_requests):
        owned.update(resident=kept)
    gone.merged.update(merged_into=kept)  # so that nobody has to follow a chain, whoever erases least of all
    Proposal.objects.filter(subject=gone.pk).update(subject=kept.pk)


def _count_anew(households: Iterable[Household]) -> None:
    for household in households:
        count_members(household)
        keeping.save(household, {"members"}, changed=False)

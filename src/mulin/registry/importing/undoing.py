"""The whole of a list taken back: what nobody has touched since goes; the rest stays, and is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Model, Q

from mulin.journal.face import Draft, bulk, unchanged_since
from mulin.kernel import search
from mulin.posts.face import Duty, Permission, Who
from mulin.registry.actions import staying
from mulin.registry.entries import subject_of
from mulin.registry.importing import restoring
from mulin.registry.models import (
    Dwelling,
    HomeImportBefore,
    HomeImportPart,
    Household,
    Merchant,
    Proposal,
    Residence,
    Resident,
)
from mulin.registry.search import MERCHANTS, RESIDENTS

# How many entries a list leaves on the chain of what it enters: more tell that somebody did something since.
KINDS = ((Merchant, "merchants"), (Resident, "people"), (Household, "households"), (Dwelling, "dwellings"))
ENTRIES = {Dwelling: 1, Household: 1, Resident: 2, Merchant: 1}


def take_back(part: HomeImportPart, *, by: Who, now: datetime) -> tuple[int, list[Model]]:
    """Take back what became of a batch, in the caller's transaction. Returns how many went, and what stays.

    What the list only brought up to date comes first: whoever moved into a door that goes lives where they did.
    """
    kept = restoring.kept_of(part)
    _hold(part, kept)
    restored, stay = restoring.restore(part, kept, by=by, now=now)
    part.made["restored"] = restored
    gone = 0
    model: type[Any]
    for model, kind in KINDS:
        ids = [UUID(id) for id in part.made.get(kind, ())]
        rows: list[Any] = list(model._default_manager.filter(pk__in=ids))
        touched = _touched(model, rows) | _elsewhere(model, rows, by)
        going = [row for row in rows if row.pk not in touched]
        stay += [row for row in rows if row.pk in touched]
        _remove(model, going)
        facts = {"import": str(part.source_id)}
        bulk(Draft("registry.import_undone", subject_of(row), by.actor(), now, facts) for row in going)
        gone += len(going)
    return gone, stay


def _hold(part: HomeImportPart, kept: Sequence[HomeImportBefore]) -> None:
    """Lock all that is to go or to be restored, in the one order of everybody (README)."""
    made = {kind: [UUID(id) for id in part.made.get(kind, ())] for _model, kind in KINDS}
    people = {*made["people"], *(each.record for each in kept)}
    lived = Q(resident__in=made["people"]) | Q(pk__in=restoring.residences_of(kept))
    homes = Residence.objects.filter(lived).exclude(household=None).values_list("household", flat=True)
    staying.lock_households({*made["households"], *(id for id in homes if id)})
    _lock(Dwelling, made["dwellings"])
    _lock(Resident, people)
    _lock(Merchant, {*made["merchants"], *people})


def _lock(model: type[Any], ids: Iterable[UUID]) -> None:
    list(model._default_manager.select_for_update().filter(pk__in=list(ids)).order_by("pk").values_list("pk"))


def _touched(model: type[Any], rows: Sequence[Any]) -> set[UUID]:
    """Changed, confirmed, told of, or with anything hanging on it that the list did not bring."""
    ids = [row.pk for row in rows]
    found = {row.pk for row in rows if row.confirmed_at != row.entered_at}
    if model is not Household:  # whoever came to one later, by this list too, counts it anew: they hang on it
        found |= {row.pk for row in rows if row.version != 1}
    found |= set(ids) - unchanged_since(ids, ENTRIES[model])
    for relation in model._meta.related_objects:
        if model is Resident and relation.related_model is Residence:
            continue  # told on the person's own chain
        name = relation.field.name
        hanging = relation.related_model._default_manager.filter(**{f"{name}__in": ids})
        found |= set(hanging.values_list(name, flat=True))
    found |= set(Proposal.objects.filter(subject__in=ids).values_list("subject", flat=True))
    if model is Household:
        found |= set(Duty.objects.filter(household__in=ids).values_list("household", flat=True))
    return found


def _elsewhere(model: type[Any], rows: Sequence[Any], by: Who) -> set[UUID]:
    """What lies, by now, where one takes no lists in."""
    ids = {row.pk for row in rows}
    mine = model._default_manager.filter(pk__in=ids).allowed(by, Permission.REGISTRY_IMPORT)
    return ids - set(mine.values_list("pk", flat=True))


def _remove(model: type[Any], rows: Iterable[Any]) -> None:
    some = list(rows)
    ids = [row.pk for row in some]
    if model is Resident:
        _leave(ids)
    table = {Resident: RESIDENTS, Merchant: MERCHANTS}.get(model)
    if table:
        for row in some:
            search.remove(table, row.pk, row.entered_at)
    model._default_manager.filter(pk__in=ids).delete()


def _leave(people: Sequence[UUID]) -> None:
    """Whoever they joined is fewer again."""
    theirs = Residence.objects.filter(resident__in=people)
    joined = set(theirs.filter(household__isnull=False).values_list("household", flat=True))
    held = staying.lock_households(joined)
    theirs.delete()
    living = Residence.objects.there().filter(household__in=joined).values_list("household")
    count = dict(living.annotate(Count("id")).order_by())
    for household in held.values():
        household.members, household.version = count.get(household.pk, 0), household.version + 1
    Household.objects.bulk_update(held.values(), ["members", "version"])

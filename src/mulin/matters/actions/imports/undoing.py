"""The whole of an import taken back: what nobody has touched since goes, with its words in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q

from mulin.journal.face import Actor, Draft, EntryText, bulk, erase_many
from mulin.kernel import search
from mulin.matters.actions.apply import subject
from mulin.matters.actions.searching import TABLE
from mulin.matters.models import Contact, Import, Imported, Matter, Part, Reporter

RULE = "import_undone"


def take_back(source: Import, batch: Sequence[Imported], *, by: Actor, at: datetime) -> list[str]:
    """Take these back; returns the numbers of those that stay, because somebody has worked on them since."""
    with transaction.atomic():
        matters = list(Matter.objects.select_for_update().filter(pk__in=[row.matter for row in batch]))
        touched = _touched([matter.pk for matter in matters])
        stay = [matter for matter in matters if matter.version != 1 or matter.pk in touched]
        gone = [matter for matter in matters if matter not in stay]
        _remove(gone)
        Imported.objects.filter(matter__in=[matter.pk for matter in gone]).update(undone=True)
        facts = {"import": str(source.pk)}
        bulk(Draft("matter.import_undone", subject(matter), by, at, facts) for matter in gone)
        _erase(gone, by, at)
    return [matter.number for matter in stay]


def _touched(ids: Sequence[UUID]) -> set[UUID]:
    """What anything hangs on that the import did not bring: photos, voices, links, second looks, and what comes yet."""
    found = set(Matter.objects.filter(pk__in=ids, voices__gt=1).values_list("pk", flat=True))
    for relation in Matter._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        rows = model._default_manager.filter(**{f"{name}__in": ids})
        if model in (Part, Reporter):
            rows = rows.values(name).annotate(n=Count("pk")).filter(n__gt=1)
        found |= set(rows.values_list(name, flat=True))
    return found


def _remove(gone: Sequence[Matter]) -> None:
    ids = [matter.pk for matter in gone]
    contacts = list(
        Reporter.objects.filter(matter__in=ids).exclude(contact=None).values_list("contact", flat=True)
    )
    Part.objects.filter(matter__in=ids).delete()
    Reporter.objects.filter(matter__in=ids).delete()
    Contact.objects.filter(pk__in=contacts).delete()
    for matter in gone:
        search.remove(TABLE, matter.pk, matter.reported_at)
    Matter.objects.filter(pk__in=ids).delete()


def _erase(gone: Sequence[Matter], by: Actor, at: datetime) -> None:
    own = Q(entry__subject__in=[matter.pk for matter in gone])
    texts = EntryText.objects.filter(own, erased_at=None).select_related("entry")
    erase_many(list(texts), rule=RULE, by=by, at=at)

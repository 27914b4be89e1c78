"""Who read whose data, when and what for.

A reading is revealing a masked value, opening a person's page, an exact search by number or phone, an
export, a print, a phone's slice. It is written once per reader, person, purpose and half an hour; a bulk
reading is one row with its list. Each reader has a chain of their own, kept by the same triggers as the
journal's entries. A print or an export is written although the page was read just before: paper leaves the house.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from mulin.journal.models import Disclosure, DisclosureHead, DisclosureOf
from mulin.journal.readings import Purpose, Reading, ReadingDraft, chain_reading
from mulin.journal.rules import FIRST_HASH, Chained, Link, Subject
from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Conflict

ONCE_IN = timedelta(minutes=30)
SLICE = 500


def disclose(
    reader: UUID,
    people: Sequence[UUID],
    *,
    kind: str,
    purpose: str,
    at: datetime,
    seat: UUID | None = None,
    subject: Subject | None = None,
) -> Disclosure | None:
    """Write that `reader` saw the data of `people`; do so before showing it.

    None where all of them were written in the same way and for the same purpose within the last half hour.
    A search that finds nobody is written with an empty list.
    """
    with transaction.atomic():
        head = _lock_head(reader)
        unseen = _unseen(reader, dict.fromkeys(people), Reading(kind), Purpose(purpose), at)
        if people and not unseen:
            return None
        draft = ReadingDraft(reader, tuple(unseen), Reading(kind), Purpose(purpose), at, seat, subject)
        return _write(draft, head)


def _lock_head(reader: UUID) -> DisclosureHead:
    heads = DisclosureHead.objects.select_for_update()
    head = heads.filter(reader=reader).first()
    if head is None:
        DisclosureHead.objects.bulk_create(
            [DisclosureHead(reader=reader, seq=0, hash=FIRST_HASH)], ignore_conflicts=True
        )
        head = heads.get(reader=reader)
    return head


def _unseen(
    reader: UUID, people: dict[UUID, None], kind: Reading, purpose: Purpose, at: datetime
) -> list[UUID]:
    """Those of `people` whose reading is not written yet; under the lock of the reader's head."""
    recent = DisclosureOf.objects.filter(
        disclosure__reader=reader,
        disclosure__kind=kind,
        disclosure__purpose=purpose,
        disclosure__at__gt=at - ONCE_IN,
    )
    ids = list(people)
    for start in range(0, len(ids), SLICE):
        seen = recent.filter(person__in=ids[start : start + SLICE]).values_list("person", flat=True)
        for person in seen:
            people.pop(person, None)
    return list(people)


def _write(draft: ReadingDraft, head: DisclosureHead) -> Disclosure:
    was = Link(head.seq, head.hash)
    chained = chain_reading(was, draft, new_id())
    here = DisclosureHead.objects.filter(reader=draft.reader, seq=was.seq, hash=was.hash)
    if here.update(seq=chained.link.seq, hash=chained.link.hash) != 1:
        raise Conflict
    disclosure = _row(draft, chained)
    disclosure.save(force_insert=True)
    DisclosureOf.objects.bulk_create(
        DisclosureOf(disclosure=disclosure, person=person, at=draft.at) for person in draft.people
    )
    return disclosure


def _row(draft: ReadingDraft, chained: Chained) -> Disclosure:
    return Disclosure(
        id=chained.id,
        reader=draft.reader,
        seq=chained.link.seq,
        at=draft.at,
        kind=draft.kind.value,
        purpose=draft.purpose.value,
        seat=draft.seat,
        subject_kind=draft.subject.kind if draft.subject else "",
        subject=draft.subject.id if draft.subject else None,
        prev=chained.prev,
        hash=chained.link.hash,
        text=chained.text,
    )


def disclosures_by(reader: UUID) -> QuerySet[Disclosure]:
    """What this person read, newest first."""
    return Disclosure.objects.filter(reader=reader).order_by("-seq")


def disclosures_about(person: UUID) -> QuerySet[DisclosureOf]:
    """Who read this person's data, newest first."""
    return DisclosureOf.objects.filter(person=person).select_related("disclosure").order_by("-at", "-id")

"""Erasing: what is personal of those who left goes, with all that says it again; their bare ids stay.

Rooms above that keep something of a person say at start how it goes: `on_erasing`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from mulin.journal.face import Actor, EntryText, Subject, erase_many, record
from mulin.kernel.refusals import Conflict, Invalid
from mulin.posts.face import Permission, User, Who, require
from mulin.registry.actions import keeping
from mulin.registry.actions.linking import forget_what_was_asked
from mulin.registry.actions.searching import write_resident
from mulin.registry.models import CareNeed, CareReader, HomeImportBefore, Residence, Resident

RULE = "registry"
Eraser = Callable[[Sequence[UUID], Actor, datetime], None]

_ERASERS: dict[str, Eraser] = {}


def on_erasing(name: str, eraser: Eraser) -> None:
    """A room above says at start how what it keeps of these people goes, in the transaction of the erasure."""
    _ERASERS[name] = eraser


def erase_resident(resident: Resident, *, rule: str = RULE, by: Who, now: datetime) -> None:
    """Erase a person who lives here no more, by decision. Who still does is refused: who lives where must be known."""
    require(by, Permission.REGISTRY_ANSWER, resident, seen_by=Permission.REGISTRY_READ)
    with transaction.atomic():
        keeping.again(resident)  # nobody moves back in while this is asked
        if resident.residences.there().exists():
            words = _("They still live here. What is kept of them for that goes when they have moved out.")
            raise Invalid(words, code="lives_here")
        if not erase_record(resident, rule=rule, by=by.actor(), now=now):
            raise Conflict


def erase_record(resident: Resident, *, rule: str, by: Actor, now: datetime) -> bool:
    """The erasure itself, in the transaction of whoever calls; False where it was done before."""
    if not Resident.objects.filter(pk=resident.pk, erased_at=None).update(**_blank(), erased_at=now):
        return False
    resident.refresh_from_db()
    write_resident(resident)
    same = [resident.pk, *resident.merged.values_list("pk", flat=True)]
    Residence.objects.filter(resident=resident).update(permit="", permit_until=None, reason="")
    _erase_care(resident, now)
    HomeImportBefore.objects.filter(record__in=same).delete()
    forget_what_was_asked(resident, by=who_of(by, now), now=now)
    for eraser in _ERASERS.values():
        eraser(same, by, now)
    erase_words("resident", same, rule=rule, by=by, now=now)
    record("resident.erased", Subject("resident", resident.pk), by=by, at=now, facts={"rule": rule})
    return True


def _blank() -> dict[str, object]:
    """Every personal column as it is of somebody of whom nothing is known."""
    empty = Resident()
    return {name: getattr(empty, name) for name in Resident.PERSONAL} | {"facts_confirmed": {}}


def _erase_care(resident: Resident, now: datetime) -> None:
    needs = CareNeed.objects.filter(resident=resident)
    CareReader.objects.filter(need__in=needs).delete()
    needs.filter(ended_at=None).update(ended_at=now)
    needs.filter(erased_at=None).update(kind="", purpose="", note="", basis_text="", erased_at=now)


def erase_words(kind: str, subjects: Sequence[UUID], *, rule: str, by: Actor, now: datetime) -> None:
    """What the journal says of them in words; that something was said, and when, stays."""
    texts = EntryText.objects.filter(entry__subject__in=subjects, entry__subject_kind=kind, erased_at=None)
    found = list(texts.select_related("entry").order_by("entry__seq", "name"))
    if found:
        erase_many(found, rule=rule, by=by, at=now)


def who_of(actor: Actor, now: datetime) -> Who:
    """Whoever runs a sweep, as the acts want them."""
    user = User.objects.filter(pk=actor.person).first() if actor.person else None
    return Who.of(user, now) if user else Who.system(now)

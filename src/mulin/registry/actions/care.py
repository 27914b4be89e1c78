"""Care needs: entered with purpose, basis, end and named readers; changed, ended; erased when their time is past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.journal.face import (
    Actor,
    Disclosure,
    Purpose,
    Reading,
    Subject,
    Sweep,
    disclose,
    record,
    register,
    register_sweep,
)
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed, NotYours
from mulin.kernel.text import clean
from mulin.posts.face import Permission, Seat, Who, require
from mulin.registry.codes import Basis, Care
from mulin.registry.entries import entry
from mulin.registry.models import CareNeed, CareReader, Resident
from mulin.registry.queries.care import may_be_named
from mulin.registry.rules.care import MOST_READERS, latest

PURPOSE_LIMIT, NOTE_LIMIT, BASIS_LIMIT = 300, 1000, 200


@transaction.atomic
def grant_care(
    resident: Resident,
    *,
    kind: str,
    purpose: str,
    basis: str,
    basis_text: str,
    until_on: date,
    readers: Sequence[Seat],
    by: Who,
    now: datetime,
    from_on: date | None = None,
    note: str = "",
) -> CareNeed:
    """Enter a need of somebody who lives here. Whoever enters it answers for it, and reads it too."""
    require(by, Permission.CARE_GRANT, resident, seen_by=Permission.REGISTRY_READ)
    resident = Resident.objects.select_for_update().get(pk=resident.pk)
    if not resident.is_here or by.user is None:
        raise Invalid(_("A care need is kept only of somebody who lives here."), code="not_here")
    today = timezone.localdate(now)
    begins = from_on or today
    need = CareNeed(resident=resident, kind=_of(Care.values, kind, "kind"), from_on=begins)
    need.basis, need.basis_text = (
        _of(Basis.values, basis, "basis"),
        _said(basis_text, BASIS_LIMIT, "basis_text"),
    )
    need.purpose, need.note = _said(purpose, PURPOSE_LIMIT, "purpose"), clean(note, NOTE_LIMIT, field="note")
    need.until_on = _end(begins, until_on, today)
    need.granted_by, need.granted_at = by.user.pk, now
    _end_expired(resident, need.kind, today, now)
    try:
        with transaction.atomic():
            need.save(force_insert=True)
    except IntegrityError:
        raise Invalid(_("This need is entered already."), code="entered_already", field="kind") from None
    _name(need, readers)
    entry("care.granted", need, care_facts(need, readers), by=by, now=now)
    return need


@transaction.atomic
def change_care(
    need: CareNeed,
    *,
    by: Who,
    now: datetime,
    purpose: str | None = None,
    note: str | None = None,
    until_on: date | None = None,
    readers: Sequence[Seat] | None = None,
) -> CareNeed:
    """Another purpose, note or end, other readers: by who may enter needs and may read this one."""
    need = _to_change(need, by, now)
    if purpose is not None:
        need.purpose = _said(purpose, PURPOSE_LIMIT, "purpose")
    if note is not None:
        need.note = clean(note, NOTE_LIMIT, field="note")
    today = timezone.localdate(now)
    if until_on is not None and until_on != need.until_on:
        need.until_on = _end(max(today, need.from_on), until_on, today)
    need.save(update_fields=["purpose", "note", "until_on"])
    if readers is not None:
        CareReader.objects.filter(need=need).delete()
        _name(need, readers)
    entry("care.changed", need, care_facts(need, readers or ()), by=by, now=now)
    return need


@transaction.atomic
def end_care(need: CareNeed, *, by: Who, now: datetime) -> CareNeed:
    """It is needed no longer: nobody reads it from now on, and it is erased soon."""
    need = _to_change(need, by, now)
    need.ended_at = now
    need.save(update_fields=["ended_at"])
    entry("care.ended", need, {"need": need.pk}, by=by, now=now)
    return need


def read_care(need: CareNeed, *, by: Who, now: datetime) -> Disclosure | None:
    """Write down that somebody is about to read a need, on the seat that was named."""
    if by.user is None:
        raise NotAllowed
    named = set(need.readers.values_list("seat_id", flat=True))
    seat = next((seat.pk for seat in by.seats if seat.pk in named), None)
    subject = Subject("resident", need.resident_id)
    with transaction.atomic():
        return disclose(
            by.user.pk,
            [need.resident_id],
            kind=Reading.PAGE,
            purpose=Purpose.DUTY,
            at=now,
            seat=seat,
            subject=subject,
        )


def _to_change(need: CareNeed, by: Who, now: datetime) -> CareNeed:
    """The row, locked, as it is now. Whoever may not read it finds nothing."""
    readable = CareNeed.objects.readable_by(by).filter(pk=need.pk).exists()
    found = CareNeed.objects.select_for_update().filter(pk=need.pk).first() if readable else None
    if found is None or found.erased_at:
        raise NotYours
    require(by, Permission.CARE_GRANT, found.resident, seen_by=None)
    if found.ended_at or found.until_on < timezone.localdate(now):
        raise Conflict(_("This need has ended already."))
    return found


def _end_expired(resident: Resident, kind: str, today: date, now: datetime) -> None:
    """One of the same kind whose time is past makes room."""
    CareNeed.objects.filter(resident=resident, kind=kind, ended_at=None, until_on__lt=today).update(
        ended_at=now
    )


def _name(need: CareNeed, readers: Sequence[Seat]) -> None:
    """Write who may read it: seats that look after the place, each once, at least one."""
    chosen = list({seat.pk: seat for seat in readers}.values())
    if not chosen or len(chosen) > MOST_READERS:
        raise Invalid(
            _("Name who may read it: one seat at least, and no more than need be."),
            code="readers",
            field="readers",
        )
    offered = {seat.pk for seat in may_be_named(need.resident, need.granted_at)}
    if any(seat.pk not in offered for seat in chosen):
        raise Invalid(_("This seat has nothing to do with where they live."), code="readers", field="readers")
    CareReader.objects.bulk_create(CareReader(need=need, seat=seat) for seat in chosen)


def _end(begins: date, until_on: date, today: date) -> date:
    if until_on < begins or until_on < today:
        raise Invalid(
            _("It must end after it begins, and not in the past."), code="ends_first", field="until_on"
        )
    if until_on > latest(begins):
        raise Invalid(_("It is kept for a year at most; then ask again."), code="too_long", field="until_on")
    return until_on


def _said(text: str, limit: int, field: str) -> str:
    found = clean(text, limit, field=field)
    if not found:
        raise Invalid(_("This must be said."), code="required", field=field)
    return found


def _of(known: Sequence[Any], given: str, field: str) -> str:
    if given not in known:
        raise Invalid(_("Choose one of the list."), code="unknown", field=field)
    return given


def care_facts(need: CareNeed, readers: Sequence[Seat]) -> dict[str, Any]:
    """Which need, until when, who may read it: never what it is."""
    return {
        "need": need.pk,
        "until": need.until_on,
        "basis": need.basis,
        "readers": [seat.pk for seat in readers],
    }


def declare() -> None:
    """How needs are erased; called when the application starts."""
    register("care.erased", gettext_lazy("Care need erased"))
    register_sweep("care", Sweep(
        "care", gettext_lazy("Care needs that ended or expired"),
        gettext_lazy("What it was, what for, and who could read it is erased; that there was one stays."),
        lambda before: _past(before).count(), _erase,
    ))  # fmt: skip


def _past(before: datetime) -> QuerySet[CareNeed]:
    over = Q(ended_at__lt=before) | Q(until_on__lt=timezone.localdate(before))
    return CareNeed.objects.filter(over, erased_at=None).order_by("until_on", "id")


def _erase(before: datetime, most: int, by: Actor, at: datetime) -> int:
    gone = list(_past(before).values_list("pk", "resident_id")[:most])
    ids = [need for need, _resident in gone]
    CareReader.objects.filter(need__in=ids).delete()
    empty: dict[str, Any] = {"kind": "", "purpose": "", "note": "", "basis_text": ""}
    CareNeed.objects.filter(pk__in=ids).update(erased_at=at, **empty)
    CareNeed.objects.filter(pk__in=ids, ended_at=None).update(ended_at=at)
    for need, resident in gone:
        record("care.erased", Subject("resident", resident), by=by, at=at, facts={"need": need})
    return len(gone)

"""Linking a report to its reporter's account, and unlinking it.

Only by its receipt's code, or in a browser that gave that code before: never by a name or a phone number.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mulin.journal.face import record
from mulin.kernel.refusals import Conflict, NotAllowed, NotYours
from mulin.matters.actions.apply import subject
from mulin.matters.actions.searching import index
from mulin.matters.models import Matter, Reporter, ReporterKind
from mulin.posts.face import Who


def reports_of(user: UUID) -> QuerySet[Reporter]:
    """What an account raised or added its voice to, with what a list shows, the newest first; not what staff raised."""
    rows = Reporter.objects.filter(user=user).exclude(kind=ReporterKind.STAFF)
    return rows.select_related("matter__type", "matter__turn__area", "matter__turn__organisation").order_by(
        "-from_at", "-id"
    )


def link_report(reporter: Reporter, *, by: Who, now: datetime) -> Reporter:
    """From now on this report is in the account of whoever holds its code."""
    if by.user is None or by.is_staff:
        raise NotAllowed
    with transaction.atomic():
        matter = Matter.objects.select_for_update(no_key=True).get(pk=reporter.matter_id)
        row = _open(reporter)
        if row.user_id == by.user.pk:
            return row
        if row.user_id:
            raise Conflict(_("This report is in another account already."), code="linked")
        if Reporter.objects.filter(matter=matter, user=by.user).exists():
            raise Conflict(_("This report is in your account already."), code="linked")
        row.user, row.kind = by.user, ReporterKind.RESIDENT
        row.save(update_fields=["user", "kind"])
        _written("matter.linked", matter, row, by, now)
    return row


def unlink_report(reporter: Reporter, *, by: Who, now: datetime) -> Reporter:
    """Take one out of one's account. Its number and code open it as before."""
    if by.user is None:
        raise NotAllowed
    with transaction.atomic():
        matter = Matter.objects.select_for_update(no_key=True).get(pk=reporter.matter_id)
        row = _open(reporter)
        if row.user_id != by.user.pk or row.kind == ReporterKind.STAFF:
            raise NotYours
        row.user, row.kind = None, ReporterKind.CONTACT if row.contact_id else ReporterKind.ANONYMOUS
        row.save(update_fields=["user", "kind"])
        _written("matter.unlinked", matter, row, by, now)
    return row


def unlink_all(*, by: Who, now: datetime) -> int:
    """Take everything out of one's account; returns how many they were."""
    if by.user is None:
        raise NotAllowed
    rows = list(reports_of(by.user.pk))
    with transaction.atomic():
        for row in rows:
            unlink_report(row, by=by, now=now)
    return len(rows)


def _open(reporter: Reporter) -> Reporter:
    """As it is now; a voice that was taken back belongs to nobody."""
    row = Reporter.objects.filter(pk=reporter.pk).exclude(first=False, code_hash="").first()
    if row is None:
        raise NotYours
    return row


def _written(code: str, matter: Matter, row: Reporter, by: Who, now: datetime) -> None:
    """Words are found by whoever raised them: only that is in the search row."""
    if row.first:
        index(matter)
    record(code, subject(matter), by=by.actor(), at=now, facts={"reporter": str(row.pk)})

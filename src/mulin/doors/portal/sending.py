"""Sends a draft, or adds a voice instead: once, however often the button is pressed, on however many connections.

The draft's id becomes the matter's key (or the voice's), so that the database itself refuses a second one; the
receipt is written to the session in the same transaction, so that whoever comes second finds it there.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mulin.doors.portal import draft_photos, receipts
from mulin.doors.portal.draft import SESSION, Draft
from mulin.doors.portal.places import find
from mulin.doors.portal.receipts import Receipt
from mulin.kernel.refusals import Conflict
from mulin.matters.face import (
    Matter,
    MatterType,
    Reporter,
    ReporterGiven,
    ReporterKind,
    find_about,
    me_too,
    prepare_number,
    report,
)
from mulin.posts.face import User, Who


def send(
    draft: Draft, kind: MatterType, session: SessionBase, *, now: datetime, user: User | None = None
) -> Receipt:  # fmt: skip
    """Raise the matter and return its receipt; the one of before where it was sent already."""
    where, photos = find(draft, kind), draft_photos.safe_photos(draft)
    about = find_about(draft.about, where.place, now)
    prepare_number(now)  # in the transaction below a number would be drawn singly, under everybody's lock
    contact = _contact(draft, user)
    try:
        with transaction.atomic():
            raised = report(
                kind, text=draft.text, where=where, channel="portal", by=Who.anonymous(now), now=now,
                reporter=contact, photos=photos, secret=draft.secret, id=draft.key,
                about_area=about.area, about_organisation=about.organisation,
            )  # fmt: skip
            receipt = Receipt(raised.matter.number, raised.code)
            _keep(session, draft, receipt)
    except IntegrityError:
        if not Matter.objects.filter(pk=draft.key).exists():
            raise
        return _kept_by_the_other(session, draft)
    draft_photos.throw_away(draft)
    return receipt


def add_voice(
    draft: Draft, matter: Matter, session: SessionBase, *, now: datetime, user: User | None = None
) -> Receipt:  # fmt: skip
    """Add a voice to a known matter instead; the receipt of before where this browser has one of it already."""
    earlier = receipts.of_number(session, matter.number)
    if earlier:
        return earlier
    contact = _contact(draft, user)
    try:
        with transaction.atomic():
            voice = me_too(matter, by=Who.anonymous(now), now=now, reporter=contact, id=draft.key)
            receipt = Receipt(matter.number, voice.code)
            _keep(session, draft, receipt, None if voice.reporter.first else voice.reporter.pk)
    except IntegrityError:
        if not Reporter.objects.filter(pk=draft.key).exists():
            raise
        return _kept_by_the_other(session, draft)
    draft_photos.throw_away(draft)
    return receipt


def _contact(draft: Draft, user: User | None) -> ReporterGiven:
    """Who stays unknown is linked to no account, signed in or not."""
    if draft.anonymous:
        return ReporterGiven()
    given = ReporterGiven.with_contact(draft.name, draft.phone)
    return replace(given, kind=ReporterKind.RESIDENT, user=user) if user else given


def _keep(session: SessionBase, draft: Draft, receipt: Receipt, voice: UUID | None = None) -> None:
    receipts.keep(session, draft.id, receipt)
    receipts.grant(session, receipt.number, voice)
    session.pop(SESSION, None)
    session.save()


def _kept_by_the_other(session: SessionBase, draft: Draft) -> Receipt:
    """Take over what the other connection wrote: our own copy of the session is from before, and must not be saved."""
    fresh = type(session)(session.session_key)
    kept = dict(fresh.items())
    session.clear()
    session.update(kept)
    found = receipts.of_draft(session, draft.id)
    if found is None:
        raise Conflict(_("This was sent already, from another device or page."))
    return found

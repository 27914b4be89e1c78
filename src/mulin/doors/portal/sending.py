"""Sends a draft: once, however often the button is pressed, on however many connections.

The draft's id becomes the matter's key, so that the database itself refuses a second one; the receipt is written to
the session in the same transaction, so that whoever comes second finds it there.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mulin.doors.portal import draft_photos, receipts
from mulin.doors.portal.draft import SESSION, Draft
from mulin.doors.portal.places import find
from mulin.doors.portal.receipts import Receipt
from mulin.kernel.refusals import Conflict
from mulin.matters.face import Matter, MatterType, ReporterGiven, prepare_number, report
from mulin.posts.face import Who


def send(draft: Draft, kind: MatterType, session: SessionBase, *, now: datetime) -> Receipt:
    """Raise the matter and return its receipt; the one of before where it was sent already."""
    where, photos = find(draft, kind), draft_photos.safe_photos(draft)
    prepare_number(now)  # in the transaction below a number would be drawn singly, under everybody's lock
    contact = ReporterGiven() if draft.anonymous else ReporterGiven.with_contact(draft.name, draft.phone)
    try:
        with transaction.atomic():
            raised = report(
                kind, text=draft.text, where=where, channel="portal", by=Who.anonymous(now), now=now,
                reporter=contact, photos=photos, secret=draft.secret, id=draft.key,
            )  # fmt: skip
            receipt = Receipt(raised.matter.number, raised.code)
            _keep(session, draft, receipt)
    except IntegrityError:
        if not Matter.objects.filter(pk=draft.key).exists():
            raise
        return _kept_by_the_other(session, draft)
    draft_photos.throw_away(draft)
    return receipt


def _keep(session: SessionBase, draft: Draft, receipt: Receipt) -> None:
    receipts.keep(session, draft.id, receipt)
    receipts.grant(session, receipt.number)
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

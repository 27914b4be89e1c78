"""Asking the reporter how it went, and writing down that they could not be reached."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from mulin.journal.face import Entry, record
from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.kernel.text import clean
from mulin.matters.actions.apply import subject
from mulin.matters.models import Matter, Part, PartKind
from mulin.matters.rules.limits import FOLLOW_UP_TRIES
from mulin.posts.face import Permission, Who, require

AGAIN = timedelta(days=1)


def not_reached(matter: Matter, *, note: str = "", by: Who, now: datetime) -> Entry:
    """Nobody answered: it is tried again another day, and after the last try left at that."""
    require(by, Permission.MATTER_ASK, matter)
    with transaction.atomic():
        fresh = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
        if fresh.follow_up_at is None:
            raise Invalid(_("There is nothing to ask about this matter now."), code="nothing_to_ask")
        if Part.objects.filter(matter=fresh, kind=PartKind.LEAD, person=by.user).exists():
            raise NotAllowed(_("You handled this yourself: somebody else asks."), code="excluded")
        tries = fresh.follow_tries + 1
        later = now + AGAIN if tries < FOLLOW_UP_TRIES else None
        Matter.objects.filter(pk=fresh.pk).update(follow_tries=tries, follow_up_at=later)
        text = clean(note, 2000)
        entry = record(
            "matter.not_reached", subject(fresh), by=by.actor(), at=now, facts={"try": tries},
            words={"note": text} if text else {},
        )  # fmt: skip
    matter.refresh_from_db()
    return entry

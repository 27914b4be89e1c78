"""A note on a matter: for colleagues, or marked for the reporter."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mulin.journal.face import Entry, record
from mulin.kernel.refusals import Invalid
from mulin.kernel.text import clean
from mulin.matters.actions.apply import subject
from mulin.matters.actions.telling import tell_of
from mulin.matters.models import Matter
from mulin.posts.face import Permission, Who, require


def note(matter: Matter, *, text: str, for_reporter: bool, by: Who, now: datetime) -> Entry:
    """Write a note. Internal unless `for_reporter`."""
    text = clean(text, 2000)
    if not text:
        raise Invalid(_("Please write something."), code="missing", field="text")
    require(by, Permission.MATTER_NOTE, matter)
    with transaction.atomic():
        entry = record(
            "matter.told" if for_reporter else "matter.noted",
            subject(matter),
            by=by.actor(),
            at=now,
            words={"reason" if for_reporter else "note": text},
        )
        tell_of([entry], now=now)
    return entry

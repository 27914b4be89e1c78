"""Showing one value that is masked: for a purpose, so many an hour, and always on record before it is shown."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.journal.face import Reading
from mulin.kernel import throttle
from mulin.kernel.refusals import Invalid, NotAllowed, NotYours
from mulin.posts.face import Permission, Who
from mulin.registry.actions.reading import note_reading, require_opens, subject_of
from mulin.registry.models import Residence
from mulin.registry.queries.opening import Openable
from mulin.registry.rules.revealing import HIDDEN, PURPOSES

REVEALS_AN_HOUR = 60  # of one person, together with the contacts of matters


def reveal(thing: Openable, column: str, *, purpose: str, by: Who, now: datetime) -> str:
    """The whole value of one masked column. Writes a Disclosure first; Invalid without a purpose."""
    if column not in HIDDEN.get(subject_of(thing).kind, {}):
        raise NotYours
    require_opens(by, Permission.REGISTRY_REVEAL, thing)
    if by.user is None:
        raise NotAllowed
    if purpose not in PURPOSES:
        raise Invalid(_("Please choose why you need to see this."), code="purpose", field="purpose")
    value = str(getattr(thing, column) or "")
    if not value:
        raise Invalid(_("Nothing is recorded here."), code="empty")
    throttle.take(f"reveal:{by.user.pk}", limit=REVEALS_AN_HOUR, per=timedelta(hours=1), now=now)
    note_reading(
        [whose(thing)], kind=Reading.REVEAL, purpose=purpose, by=by, now=now,
        permission=Permission.REGISTRY_REVEAL, about=thing,
    )  # fmt: skip
    return value


def whose(thing: Openable) -> UUID:
    """The record whose data it is: of a residence its resident's."""
    return thing.resident_id if isinstance(thing, Residence) else thing.pk

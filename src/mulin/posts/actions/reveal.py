"""Showing what is masked: written before it is shown."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from mulin.journal.face import Purpose, Reading, Subject, disclose
from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.kernel.throttle import take
from mulin.posts.models import User
from mulin.posts.permits import require
from mulin.posts.rules import Permission
from mulin.posts.who import Who

AN_HOUR = timedelta(hours=1)
REVEALS_AN_HOUR = 60


def reveal_phone(user: User, *, purpose: str, by: Who, now: datetime) -> str:
    """The phone number of a member of staff, and a line in the reader's chain that says why."""
    require(by, Permission.PERSON_REVEAL, user, seen_by=Permission.PERSON_READ)
    if by.user is None:
        raise NotAllowed
    if purpose not in Purpose.values:
        raise Invalid(code="unknown_purpose", field="purpose")
    take(f"reveal:{by.user.id}", limit=REVEALS_AN_HOUR, per=AN_HOUR, now=now)
    with transaction.atomic():
        subject = Subject("person", user.id)
        disclose(by.user.id, [user.id], kind=Reading.REVEAL, purpose=purpose, at=now, subject=subject)
    return user.phone or ""

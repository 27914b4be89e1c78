"""Once a week, word to whoever reviews what was opened in emergencies: how many wait. No names and no places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone

from mulin.journal.face import Entry, OutboxDraft, Subject, outbox_add_many, record
from mulin.posts.face import Permission, Scope, Who, who_may
from mulin.registry.models import BreakGlass

TOLD = "glass.week"
WEEKS = UUID("5c6f7f0e-3f0b-4b0e-9a43-5f1d5f0b7a11")  # from which each week has its own id
MOST = 1000


def remind_of_glass(*, by: Who, now: datetime) -> int:
    """Tell of what was opened before this week and waits yet; how many were told. A second call tells nobody.

    Counted up to Monday: who is told on Monday and who is told later, because no worker ran, read the same.
    """
    monday = _monday(now)
    week = Subject("glass_week", uuid5(WEEKS, monday.date().isoformat()))
    if Entry.objects.filter(subject=week.id).exists():
        return 0
    waiting = _waiting(monday, now)
    if not waiting:
        return 0
    try:
        with transaction.atomic():
            return _tell(week, waiting, by=by, now=now)
    except IntegrityError:  # another worker has begun the chain of this week
        return 0


def _monday(now: datetime) -> datetime:
    today = timezone.localdate(now)
    return timezone.make_aware(datetime.combine(today - timedelta(days=today.weekday()), time()))


def _waiting(before: datetime, now: datetime) -> Mapping[UUID, int]:
    """How many wait for each person who reviews; nobody reviews what they opened themselves."""
    rows = BreakGlass.objects.to_review().filter(opened_at__lt=before).order_by("opened_at")[:MOST]
    opened = list(rows.values_list("place", "user_id"))
    reviewers = {
        place: [user.pk for user in who_may(Permission.REGISTRY_REVIEW, Scope(paths=(place,)), now)]
        for place in dict.fromkeys(place for place, _user in opened)
    }
    return Counter(person for place, user in opened for person in reviewers[place] if person != user)


def _tell(week: Subject, waiting: Mapping[UUID, int], *, by: Who, now: datetime) -> int:
    """One entry for all who have as many before them; the first begins the week's chain, which only one can do."""
    for place, count in enumerate(sorted(set(waiting.values()))):
        told = record(TOLD, week, by=by.actor(), at=now, facts={"count": count}, first=place == 0)
        people = sorted(person for person, number in waiting.items() if number == count)
        outbox_add_many(OutboxDraft(TOLD, week, told, now, person) for person in people)
    return len(waiting)

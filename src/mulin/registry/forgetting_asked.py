"""What goes in time of what residents and heads asked: the words of requests and proposals decided long ago."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Actor, Sweep, register_sweep
from mulin.registry.actions.erasing import RULE, who_of
from mulin.registry.actions.linking import empty_proposal, empty_request
from mulin.registry.models import DataRequest, Proposal


def declare() -> None:
    """Called when the application starts."""
    does = _("Their words are erased; that there were some and how they were decided stays.")
    register_sweep(
        "requests",
        Sweep(
            RULE, _("Requests about one's own data"), does, lambda at: _requests(at).count(), _empty_requests
        ),
    )
    register_sweep(
        "proposals",
        Sweep(RULE, _("Proposed changes"), does, lambda at: _proposals(at).count(), _empty_proposals),
    )


def _requests(before: datetime) -> QuerySet[DataRequest]:
    return DataRequest.objects.filter(answered_at__lt=before, erased_at=None).order_by("asked_at", "id")


def _proposals(before: datetime) -> QuerySet[Proposal]:
    return Proposal.objects.filter(decided_at__lt=before, erased_at=None).order_by("decided_at", "id")


def _empty_requests(before: datetime, most: int, by: Actor, now: datetime) -> int:
    rows = list(_requests(before)[:most])
    for row in rows:
        empty_request(row, by=who_of(by, now), now=now)
    return len(rows)


def _empty_proposals(before: datetime, most: int, by: Actor, now: datetime) -> int:
    rows = list(_proposals(before)[:most])
    for row in rows:
        empty_proposal(row, by=who_of(by, now), now=now)
    return len(rows)

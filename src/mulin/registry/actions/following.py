"""What residents asked, and what is proposed about them, follows them: whoever answers where they live now decides."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from mulin.journal.face import Json, OutboxDraft, Subject, outbox_add_many
from mulin.posts.face import Permission, Who, who_may
from mulin.registry.entries_asked import asked_entry
from mulin.registry.models import DataRequest, Proposal, Resident


def follow(resident: Resident, *, by: Who, now: datetime) -> None:
    """Call it for a locked resident whose `place` is another now, in the transaction of the move."""
    requests = DataRequest.objects.filter(resident=resident).exclude(place=resident.place)
    for request in requests.select_for_update().order_by("pk"):
        _request(request, resident.place, by=by, now=now)
    proposals = Proposal.objects.filter(subject=resident.pk).exclude(place=resident.place)
    for proposal in proposals.select_for_update().order_by("pk"):
        proposal.place = resident.place
        proposal.save(update_fields=["place"])
        asked_entry("proposal.followed", proposal, {"path": proposal.place}, by=by, now=now)


def _request(request: DataRequest, place: str, *, by: Who, now: datetime) -> None:
    """Who did not know of it before, and may answer it now, is told like those who were told first."""
    before = _answerers(request, now)
    request.place = place
    request.save(update_fields=["place"])
    facts: dict[str, Json] = {"path": place, "due_at": request.due_at}
    written = asked_entry("request.followed", request, facts, by=by, now=now)
    others, subject = _answerers(request, now) - before, Subject("data_request", request.pk)
    outbox_add_many([OutboxDraft("request.asked", subject, written, now, to=user) for user in sorted(others)])


def _answerers(request: DataRequest, now: datetime) -> set[UUID]:
    if not request.is_open:
        return set()
    return {user.pk for user in who_may(Permission.REGISTRY_ANSWER, request, now)}

"""What the journal writes about links, requests and proposals: ids and codes. Words lie in the rows, encrypted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Entry, Json, OutboxDraft, Subject, outbox_add_many, record, register
from mulin.posts.face import Permission, Who, who_may
from mulin.registry.models import DataRequest, Proposal


def declare() -> None:
    """Register the codes; called when the application starts."""
    register("link.made", _("Linked to the resident's own account"))
    register("link.failed", _("Not linked to an account: the document did not fit"))
    register("link.ended", _("No longer linked to the resident's account"))
    register("request.asked", _("Request about one's own data"))
    register("request.taken", _("The request is being looked into"))
    register("request.extended", _("More time taken for the request"))
    register("request.granted", _("The request was granted"))
    register("request.refused", _("The request was refused"))
    register("request.withdrawn", _("The request was taken back"))
    register("request.followed", _("Whoever asked lives elsewhere now: it is answered there"))
    register("request.reminded", _("Whoever answers was reminded of the request"))
    register("request.copied", _("A copy was handed over"))
    register("request.emptied", _("The words of the request were erased"))
    register("proposal.made", _("Change proposed"))
    register("proposal.accepted", _("The proposal was accepted"))
    register("proposal.refused", _("The proposal was not accepted"))
    register("proposal.withdrawn", _("The proposal was taken back"))
    register("proposal.followed", _("Whoever it is about lives elsewhere now: it is decided there"))
    register("proposal.emptied", _("The words of the proposal were erased"))


def asked_entry(
    code: str,
    thing: DataRequest | Proposal,
    facts: Mapping[str, Json] | None = None,
    *,
    by: Who,
    now: datetime,
) -> Entry:
    """One line on the chain of a request or a proposal."""
    kind = "data_request" if isinstance(thing, DataRequest) else "proposal"
    return record(code, Subject(kind, thing.pk), by=by.actor(), at=now, facts=facts)


def tell_answerers(code: str, request: DataRequest, entry: Entry, *, now: datetime) -> int:
    """Word to everybody who may answer it; how many they are."""
    people = who_may(Permission.REGISTRY_ANSWER, request, now)
    subject = Subject("data_request", request.pk)
    outbox_add_many([OutboxDraft(code, subject, entry, now, to=user.pk) for user in people])
    return len(people)

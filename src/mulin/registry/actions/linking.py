"""Linking a resident's account to their record, by staff who saw the document; and what they say of it themselves.

Nobody is linked by name, phone or address: the number in the document is compared, and that it was is written down.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mulin.journal.face import Json, Purpose, Reading, Subject, outbox_add
from mulin.kernel import lasting, throttle
from mulin.kernel.refusals import Conflict, Invalid, NotYours
from mulin.posts.face import Permission, ResidentAccount, Who, require
from mulin.registry.actions import keeping
from mulin.registry.actions.reading import note_reading
from mulin.registry.codes import Source
from mulin.registry.codes_asked import Proof
from mulin.registry.entries import entry
from mulin.registry.entries_asked import asked_entry
from mulin.registry.models import DataRequest, Proposal, RecordLink, Resident
from mulin.registry.queries.own_record import account_numbered, own_record
from mulin.registry.rules.documents import document_form

TRIES_AN_HOUR = 20


def link_record(
    resident: Resident, *, number: str, seen: bool, by: Who, now: datetime, document: str = "",
    born_on: date | None = None,
) -> RecordLink:  # fmt: skip
    """Let the account with this number read this record. What stands in the document must fit the record."""
    require(by, Permission.REGISTRY_LINK, resident, seen_by=Permission.REGISTRY_READ)
    if by.user is None:
        raise NotYours
    if not seen:
        message = _("Only somebody who stands before you with their document can be linked.")
        raise Invalid(message, code="not_seen", field="seen")
    keeping.refuse_closed(not resident.is_gone and not resident.died_on)
    throttle.take(f"registry:link:{by.user.pk}", limit=TRIES_AN_HOUR, per=timedelta(hours=1), now=now)
    account = account_numbered(number)
    if account is None:
        raise Invalid(_("There is no open account with this number."), code="number", field="number")
    note_reading(
        [resident.pk], kind=Reading.SEARCH, purpose=Purpose.REQUEST, by=by, now=now,
        permission=Permission.REGISTRY_LINK, about=resident,
    )  # fmt: skip
    proof = _proof(resident, account, document, born_on)
    if proof is None:
        _note_failed(resident, by, now)
        lasting.also(partial(_note_failed, resident, by, now))
        message = _("The document and this record do not belong together. Nothing was linked.")
        raise Invalid(message, code="other_person", field="document" if resident.document else "born_on")
    return _link(resident, account, proof, by=by, now=now)


@transaction.atomic
def _note_failed(resident: Resident, by: Who, now: datetime) -> None:
    entry("link.failed", resident, by=by, now=now)


def _proof(resident: Resident, account: ResidentAccount, document: str, born_on: date | None) -> Proof | None:
    """By what it was proved; an account that was opened in another name is somebody else's."""
    if account.name and _plain(account.name) not in {_plain(resident.name), _plain(resident.latin_name)}:
        return None
    if resident.document:
        return Proof.NUMBER if document_form(document) == resident.document else None
    return Proof.BIRTH if resident.born_on and resident.born_on == born_on else None


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


@transaction.atomic
def _link(
    resident: Resident, account: ResidentAccount, proof: Proof, *, by: Who, now: datetime
) -> RecordLink:
    assert by.user is not None  # noqa: S101 - link_record has seen to it
    resident = keeping.again(resident)
    keeping.refuse_closed(not resident.is_gone and not resident.died_on)
    link = RecordLink(account=account, resident=resident, proof=proof, linked_at=now, linked_by=by.user.pk)
    try:
        with transaction.atomic():
            link.save(force_insert=True)
    except IntegrityError:
        message = _("The account or the record is linked already. End that link first.")
        raise Conflict(message, code="linked_already") from None
    facts: dict[str, Json] = {"link": link.pk, "proof": proof.value}
    written = entry("link.made", resident, facts, by=by, now=now)
    outbox_add("link.made", Subject("resident", resident.pk), written, account.user_id, now)
    return link


@transaction.atomic
def end_link(link: RecordLink, *, by: Who, now: datetime) -> None:
    """From now on the account reads nothing of the record. By its owner, or by whoever may link."""
    if by.user is None or by.user.pk != link.account.user_id:
        require(by, Permission.REGISTRY_LINK, link.resident, seen_by=Permission.REGISTRY_READ)
    _end(link, by=by, now=now)


def _end(link: RecordLink, *, by: Who, now: datetime) -> None:
    open_links = RecordLink.objects.filter(pk=link.pk, ended_at=None)
    if not open_links.update(ended_at=now, ended_by=keeping.person_of(by)):
        raise Conflict(_("This link has ended already."))
    entry("link.ended", link.resident, {"link": link.pk}, by=by, now=now)


@transaction.atomic
def unlink_account(account: ResidentAccount, *, by: Who, now: datetime) -> None:
    """What closing an account ends, too."""
    for link in RecordLink.objects.filter(account=account, ended_at=None).select_related("resident"):
        _end(link, by=by, now=now)


@transaction.atomic
def say_right(account: ResidentAccount, *, version: int | None, by: Who, now: datetime) -> Resident:
    """The resident says that what is kept of them is right as they saw it; that counts as confirmed by themselves."""
    resident = own_record(account)
    if resident is None or by.user is None or by.user.pk != account.user_id:
        raise NotYours
    found = keeping.again(resident)
    keeping.check_version(found, version)
    keeping.mark(found, None, by=by, now=now, source=Source.RESIDENT)
    keeping.save(found, keeping.CONFIRMED, changed=False)
    told: dict[str, Json] = {"facts": None, "source": Source.RESIDENT.value}
    entry("resident.confirmed", found, told, by=by, now=now)
    return found


@transaction.atomic
def forget_what_was_asked(
    resident: Resident, *, by: Who, now: datetime, but: DataRequest | None = None, link: bool = True
) -> None:
    """Empty the words of every request and proposal about them; that there were some stays. `link` ends theirs, too.

    `but` is the request that is just being answered: whoever asked still reads the answer.
    """
    requests = resident.data_requests.filter(erased_at=None)
    for request in requests.exclude(pk=but.pk) if but else requests:
        empty_request(request, by=by, now=now)
    for proposal in Proposal.objects.filter(subject=resident.pk, erased_at=None).exclude(decided_at=None):
        empty_proposal(proposal, by=by, now=now)
    if link:
        for each in RecordLink.objects.filter(resident=resident, ended_at=None):
            _end(each, by=by, now=now)


def empty_proposal(proposal: Proposal, *, by: Who, now: datetime) -> None:
    """Erase what it says; that it was made and how it was decided stays."""
    Proposal.objects.filter(pk=proposal.pk).update(before="", after="", note="", reason="", erased_at=now)
    asked_entry("proposal.emptied", proposal, by=by, now=now)


def empty_request(request: DataRequest, *, by: Who, now: datetime) -> None:
    """Erase what was asked and answered; that it was, and how it went, stays."""
    DataRequest.objects.filter(pk=request.pk).update(text="", answer="", erased_at=now)
    asked_entry("request.emptied", request, by=by, now=now)

"""Changes that residents and heads of buildings and units propose, and the decision of whoever keeps the registry.

What is proposed is checked at once by the rules of the registry, and written by its own acts when it is accepted.
Two that disagree stand side by side until both are decided; none overwrites another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mulin.journal.face import Json, Subject, outbox_add
from mulin.kernel import throttle
from mulin.kernel.refusals import Conflict, Invalid, NotYours
from mulin.kernel.text import clean
from mulin.kernel.unreadable import Unreadable
from mulin.places.face import hold_tree
from mulin.posts.face import Permission, ResidentAccount, Who, require
from mulin.registry import values
from mulin.registry.actions import keeping
from mulin.registry.actions.dwellings import change_dwelling
from mulin.registry.actions.merchants import change_merchant
from mulin.registry.actions.reading import seat_used
from mulin.registry.actions.residences import move_out
from mulin.registry.actions.residents import change_resident
from mulin.registry.actions.staying import lock_households
from mulin.registry.codes import Source
from mulin.registry.codes_asked import ProposalKind, ProposalStage, Subjects
from mulin.registry.columns import Checked
from mulin.registry.entries_asked import asked_entry
from mulin.registry.models import Dwelling, Merchant, Proposal, Residence, Resident
from mulin.registry.queries.own_record import own_record
from mulin.registry.rules.proposals import may_propose

NOTE_LIMIT, A_DAY = 1000, 50
Proposable = Resident | Dwelling | Merchant
MODELS: Mapping[str, type[Proposable]] = {
    Subjects.RESIDENT.value: Resident,
    Subjects.DWELLING.value: Dwelling,
    Subjects.MERCHANT.value: Merchant,
}


def propose_own(
    account: ResidentAccount, given: Mapping[str, Any], *, by: Who, now: datetime, left: bool = False, note: str = ""
) -> Proposal:  # fmt: skip
    """A resident says what is right about themselves. It counts once somebody of the grid has agreed."""
    resident = own_record(account)
    if resident is None or by.user is None or by.user.pk != account.user_id:
        raise NotYours
    return _propose(resident, given, Source.RESIDENT, by=by, now=now, left=left, note=note)


def propose(
    thing: Proposable, given: Mapping[str, Any], *, by: Who, now: datetime, left: bool = False, note: str = ""
) -> Proposal:
    """A head of a building or unit says what has changed with their neighbours. They need not know what is kept."""
    require(by, Permission.REGISTRY_PROPOSE, thing, seen_by=Permission.REGISTRY_READ)
    return _propose(thing, given, Source.HEAD, by=by, now=now, left=left, note=note)


def _propose(
    thing: Proposable, given: Mapping[str, Any], source: Source, *, by: Who, now: datetime, left: bool, note: str
) -> Proposal:  # fmt: skip
    assert by.user is not None  # noqa: S101 - both ways in have seen to it
    _refuse_over(thing)
    kind = ProposalKind.LEFT if left else ProposalKind.CHANGE
    wanted, before = _checked(thing, given, source, kind, now)
    said = clean(note, NOTE_LIMIT, field="note")
    throttle.take(f"registry:propose:{by.user.pk}", limit=A_DAY, per=timedelta(days=1), now=now)
    seat = seat_used(by, Permission.REGISTRY_PROPOSE, thing.scope()) if source is Source.HEAD else None
    made = Proposal(
        place=thing.place, subject_kind=keeping.kind_of(thing), subject=thing.pk, seen_version=thing.version,
        kind=kind, source=source, by=by.user.pk, seat=seat, before=keeping.written_out(before),
        after=keeping.written_out(wanted), note=said, proposed_at=now,
    )  # fmt: skip
    return _kept(made, thing, by=by, now=now)


@transaction.atomic
def _kept(made: Proposal, thing: Proposable, *, by: Who, now: datetime) -> Proposal:
    """Store it where its subject lies by now; what the same person said of the same columns before gives way to it."""
    hold_tree()
    thing = keeping.again(thing)
    _refuse_over(thing)
    made.place = thing.place
    for former in Proposal.objects.open().filter(subject=made.subject, by=made.by):
        if former.kind == made.kind and set(former.wanted) <= set(made.wanted):
            _over(former, ProposalStage.WITHDRAWN, "proposal.withdrawn", by=by, now=now)
    made.save(force_insert=True)
    facts: dict[str, Json] = {
        "subject_kind": made.subject_kind, "subject": made.subject, "kind": made.kind, "source": made.source,
        "path": made.place, "columns": sorted(made.wanted),
    }  # fmt: skip
    asked_entry("proposal.made", made, facts, by=by, now=now)
    return made


def _refuse_over(thing: Proposable) -> None:
    if isinstance(thing, Resident):
        keeping.refuse_closed(not thing.is_gone)
    else:
        keeping.refuse_closed(thing.is_open)


def _checked(
    thing: Proposable, given: Mapping[str, Any], source: Source, kind: ProposalKind, now: datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What it is to become and what it is, by column, in the forms in which the registry keeps them.

    A head is not told whether what they say is what is kept already: so that nobody finds a number by guessing.
    """
    if kind is ProposalKind.LEFT:
        if not isinstance(thing, Resident) or given:
            raise Invalid(_("Only a resident moves out."), code="left", field="left")
        return {}, {}
    allowed = may_propose(source, keeping.kind_of(thing))
    if set(given) - set(allowed):
        raise Invalid(
            _("This cannot be proposed."), code="column", field=sorted(set(given) - set(allowed))[0]
        )
    checked = _read(thing, given, now).or_refuse()
    wanted = {name: checked[name] for name in allowed if name in given}
    if source is Source.RESIDENT:
        wanted = {name: value for name, value in wanted.items() if value != getattr(thing, name)}
    if not wanted:
        raise Invalid(_("Nothing is different from what is kept."), code="nothing_new")
    before = {name: getattr(thing, name) for name in wanted}
    return wanted, {name: value for name, value in before.items() if not isinstance(value, Unreadable)}


def _read(thing: Proposable, given: Mapping[str, Any], now: datetime) -> Checked:
    today = keeping.today(now)
    if isinstance(thing, Resident):
        stored = {name: getattr(thing, name) for name in values.RESIDENT}
        return values.resident(given, today=today, stored=stored)
    if isinstance(thing, Dwelling):
        return values.dwelling(given, today=today)
    return values.merchant(
        given, today=today, stored={name: getattr(thing, name) for name in values.MERCHANT}
    )


def subject_of(proposal: Proposal) -> Proposable | None:
    """What it is about; None where that is gone."""
    return MODELS[proposal.subject_kind]._default_manager.filter(pk=proposal.subject).first()


@transaction.atomic
def accept_proposal(
    proposal: Proposal, *, by: Who, now: datetime, version: int | None = None, reason: str = ""
) -> Proposal:
    """It is right: written by the registry's own acts, with whoever accepts as the one who answers for it."""
    thing = _subject_held(proposal)
    found = _to_decide(proposal, by)
    if found.subject != thing.pk:  # made one with another record since
        raise Conflict
    if isinstance(found.after, Unreadable):
        message = _("What was proposed cannot be read any more. Refuse it, and ask for it anew.")
        raise Invalid(message, code="unreadable")
    said = clean(reason, NOTE_LIMIT, field="reason")
    if found.kind == ProposalKind.LEFT:
        _moved_out(thing, by=by, now=now)
    else:
        _WRITE[found.subject_kind](thing, found.wanted, by=by, now=now, version=version, source=found.source)
    return _decided(found, ProposalStage.ACCEPTED, "proposal.accepted", said, by=by, now=now)


@transaction.atomic
def refuse_proposal(proposal: Proposal, *, reason: str, by: Who, now: datetime) -> Proposal:
    """It is not so, or cannot be written; whoever proposed it reads why."""
    found = _to_decide(proposal, by)
    said = clean(reason, NOTE_LIMIT, field="reason")
    if not said:
        raise Invalid(_("Say why to whoever proposed it."), code="required", field="reason")
    return _decided(found, ProposalStage.REFUSED, "proposal.refused", said, by=by, now=now)


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, by: Who, now: datetime) -> Proposal:
    """Whoever proposed it takes it back."""
    if by.user is None or proposal.by != by.user.pk:
        raise NotYours
    found = _locked(proposal)
    return _over(found, ProposalStage.WITHDRAWN, "proposal.withdrawn", by=by, now=now)


def _subject_held(proposal: Proposal) -> Proposable:
    """What it is about, locked before the proposal itself is, in the one order of everybody (README)."""
    hold_tree()
    if proposal.kind == ProposalKind.LEFT:
        homes = Residence.objects.there().filter(resident=proposal.subject).exclude(household=None)
        lock_households(homes.values_list("household_id", flat=True))
    thing = subject_of(proposal)
    if thing is None:
        raise NotYours
    held = keeping.again(thing)
    if proposal.kind == ProposalKind.LEFT:
        homes = Residence.objects.there().filter(resident=held.pk)
        list(homes.select_for_update().order_by("pk").values_list("pk"))
    return held


def _locked(proposal: Proposal) -> Proposal:
    found = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if not found.is_open:
        raise Conflict(_("Somebody has decided on this already."), code="decided")
    return found


def _to_decide(proposal: Proposal, by: Who) -> Proposal:
    found = _locked(proposal)
    require(by, Permission.REGISTRY_EDIT, found, seen_by=Permission.REGISTRY_EDIT)
    if by.user is None or found.by == by.user.pk:
        raise Invalid(_("Somebody else decides on what you proposed."), code="own")
    return found


def _decided(
    proposal: Proposal, stage: ProposalStage, code: str, reason: str, *, by: Who, now: datetime
) -> Proposal:
    proposal.reason, proposal.decided_by = reason, keeping.person_of(by)
    return _over(proposal, stage, code, by=by, now=now, tell=True)


def _over(
    proposal: Proposal, stage: ProposalStage, code: str, *, by: Who, now: datetime, tell: bool = False
) -> Proposal:
    proposal.stage, proposal.decided_at = stage, now
    proposal.save(update_fields=["stage", "decided_at", "decided_by", "reason"])
    facts: dict[str, Json] = {"subject_kind": proposal.subject_kind, "subject": proposal.subject}
    written = asked_entry(code, proposal, facts, by=by, now=now)
    if tell:
        outbox_add(code, Subject("proposal", proposal.pk), written, proposal.by, now)
    return proposal


def _moved_out(thing: Proposable, *, by: Who, now: datetime) -> None:
    """Close every home of theirs in the area of whoever decides; without one, they have left already."""
    there = Residence.objects.allowed(by, Permission.REGISTRY_EDIT).there().filter(resident=thing.pk)
    homes = list(there.select_related("resident", "household"))
    if not homes:
        raise Conflict(_("They live nowhere here any more."), code="left_already")
    for home in homes:  # what was said lies in the proposal, encrypted, and nowhere else
        move_out(home, by=by, now=now)


def _write_resident(
    thing: Resident, wanted: Mapping[str, Any], *, by: Who, now: datetime, version: int | None, source: str
) -> None:
    change_resident(thing, wanted, by=by, now=now, version=version, source=source)


def _write_dwelling(
    thing: Dwelling, wanted: Mapping[str, Any], *, by: Who, now: datetime, version: int | None, source: str
) -> None:
    change_dwelling(thing, by=by, now=now, version=version, source=source, **wanted)


def _write_merchant(
    thing: Merchant, wanted: Mapping[str, Any], *, by: Who, now: datetime, version: int | None, source: str
) -> None:
    change_merchant(thing, wanted, by=by, now=now, version=version, source=source)


_WRITE: Mapping[str, Callable[..., None]] = {
    Subjects.RESIDENT.value: _write_resident,
    Subjects.DWELLING.value: _write_dwelling,
    Subjects.MERCHANT.value: _write_merchant,
}

"""Requests of residents about their own data: asked, looked into, answered with reasons by their day."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mulin.journal.face import Json, Purpose, Reading, Subject, outbox_add
from mulin.kernel import throttle
from mulin.kernel.refusals import Conflict, Invalid, NotYours
from mulin.kernel.text import clean
from mulin.places.face import hold_tree
from mulin.posts.face import Permission, ResidentAccount, Who, require
from mulin.registry.actions import keeping
from mulin.registry.actions.reading import note_reading
from mulin.registry.actions.requests_erasing import erase_on_request
from mulin.registry.codes_asked import RequestKind, RequestSource, RequestStage, Side
from mulin.registry.entries_asked import asked_entry, tell_answerers
from mulin.registry.models import DataRequest, Resident
from mulin.registry.queries.own_copy import own_copy
from mulin.registry.queries.own_record import link_to, own_record
from mulin.registry.rules.requests import SOON, Step, check_step

TEXT_LIMIT, ASKED_A_DAY = 2000, 10
BATCH = 50


def ask_own(account: ResidentAccount, *, kind: str, text: str, by: Who, now: datetime) -> DataRequest:
    """A resident asks about their own record."""
    resident = own_record(account)
    if resident is None or by.user is None or by.user.pk != account.user_id:
        raise NotYours
    throttle.take(f"registry:ask:{account.pk}", limit=ASKED_A_DAY, per=timedelta(days=1), now=now)
    return _ask(resident, account, kind, text, RequestSource.PORTAL, by=by, now=now)


def ask_for(
    resident: Resident, *, kind: str, text: str, seen: bool, by: Who, now: datetime
) -> DataRequest:  # fmt: skip
    """Enter what somebody asks at the window who has no account, or does not want to use it."""
    require(by, Permission.REGISTRY_LINK, resident, seen_by=Permission.REGISTRY_READ)
    if not seen:
        message = _("A request is only taken from somebody who stands before you with their document.")
        raise Invalid(message, code="not_seen", field="seen")
    if resident.is_gone:
        raise Invalid(_("This record is closed."), code="closed")
    link = link_to(resident)
    return _ask(resident, link.account if link else None, kind, text, RequestSource.WINDOW, by=by, now=now)


@transaction.atomic
def _ask(
    resident: Resident,
    account: ResidentAccount | None,
    kind: str,
    text: str,
    source: RequestSource,
    *,
    by: Who,
    now: datetime,
) -> DataRequest:
    if kind not in RequestKind.values:
        raise Invalid(_("Choose what is asked for."), code="kind", field="kind")
    said = clean(text, TEXT_LIMIT, field="text")
    if not said and kind == RequestKind.CORRECT:
        raise Invalid(_("Say what is wrong, and what is right."), code="required", field="text")
    due_at = day_to_answer(now)
    hold_tree()
    resident = keeping.again(resident)
    keeping.refuse_closed(not resident.is_gone)
    made = DataRequest(
        resident=resident, account=account, place=resident.place, kind=kind, source=source, text=said, asked_at=now,
        first_due_at=due_at, due_at=due_at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Conflict(
            _("This was asked already and is not answered yet."), code="asked_already", field="kind"
        ) from None
    facts: dict[str, Json] = {"kind": kind, "source": source.value, "path": made.place, "due_at": due_at}
    tell_answerers("request.asked", made, asked_entry("request.asked", made, facts, by=by, now=now), now=now)
    return made


def day_to_answer(now: datetime) -> datetime:
    """The end of the last day on which it is in time."""
    last = timezone.localdate(now) + timedelta(days=settings.MULIN_REQUEST_DAYS + 1)
    return timezone.make_aware(datetime.combine(last, time()))


@transaction.atomic
def take_step(
    request: DataRequest, code: str, *, by: Who, now: datetime, answer: str = "", ground: str = ""
) -> DataRequest:
    """One step of the flow; the table says from where, by whom, and what must be said."""
    found = _locked(request)
    answer = clean(answer, TEXT_LIMIT, field="answer")
    step = check_step(
        code, found.stage, extended=found.is_extended, given={"answer": answer, "ground": ground}
    )
    _require_side(step, found, by)
    _move(found, step, answer, ground, by=by, now=now)
    facts: dict[str, Json] = {"stage": found.stage, "due_at": found.due_at}
    if found.ground:
        facts["ground"] = found.ground
    written = asked_entry(step.entry, found, facts, by=by, now=now)
    if step.told and found.account:
        outbox_add(step.entry, Subject("data_request", found.pk), written, found.account.user_id, now)
    if step.code == "grant" and found.kind == RequestKind.ERASE:
        erase_on_request(found.resident, but=found, by=by, now=now)
    return found


def _locked(request: DataRequest) -> DataRequest:
    """The request as it is now, locked after whoever it is about, in the one order of everybody (README)."""
    Resident.objects.select_for_update().get(pk=request.resident_id)
    rows = DataRequest.objects.select_for_update(of=("self",)).select_related("resident", "account")
    found = rows.get(pk=request.pk)
    if found.resident_id != request.resident_id:  # made one with another record since
        raise Conflict
    return found


def _require_side(step: Step, request: DataRequest, by: Who) -> None:
    if step.side is Side.RESIDENT:
        if by.user is None or request.account is None or by.user.pk != request.account.user_id:
            raise NotYours
    elif step.permission is not None:
        require(by, step.permission, request, seen_by=step.permission)


def _move(
    request: DataRequest, step: Step, answer: str, ground: str, *, by: Who, now: datetime
) -> None:  # fmt: skip
    person = by.user.pk if by.user else None
    if step.to is not None:
        request.stage = step.to
    if answer:
        request.answer = answer
    if step.code == "take":
        request.taken_by = person
    elif step.once:
        request.due_at = request.first_due_at + timedelta(days=settings.MULIN_REQUEST_DAYS)
    else:
        request.answered_at, request.answered_by = now, person
        request.ground = ground if step.needs and "ground" in step.needs else ""
    request.save()


def remind_of_requests(*, by: Who, now: datetime) -> int:
    """Word to whoever may answer, some days before its day; the worker calls this."""
    near = (
        DataRequest.objects.open().filter(due_at__lte=now + SOON, reminded_at=None).order_by("due_at", "id")
    )
    return sum(_remind(request, by=by, now=now) for request in near[:BATCH])


@transaction.atomic
def _remind(request: DataRequest, *, by: Who, now: datetime) -> int:
    due = DataRequest.objects.open().filter(pk=request.pk, reminded_at=None)
    if not due.update(reminded_at=now):
        return 0
    written = asked_entry("request.reminded", request, {"due_at": request.due_at}, by=by, now=now)
    tell_answerers("request.reminded", request, written, now=now)
    return 1


def hand_over_copy(request: DataRequest, *, by: Who, now: datetime) -> dict[str, Any]:
    """The copy that was granted, to be given to whoever asked; who took it out of the house is written down."""
    require(by, Permission.REGISTRY_ANSWER, request, seen_by=Permission.REGISTRY_ANSWER)
    if request.kind != RequestKind.COPY or request.stage != RequestStage.GRANTED:
        raise Conflict(_("No copy was granted here."), code="not_granted")
    if request.resident.is_gone:
        raise Conflict(_("This record is closed."), code="closed")
    # Who lives elsewhere by now is handed over whole only where they live.
    require(by, Permission.REGISTRY_ANSWER, request.resident)
    note_reading(
        [request.resident.pk], kind=Reading.EXPORT, purpose=Purpose.REQUEST, by=by, now=now,
        permission=Permission.REGISTRY_ANSWER, about=request.resident,
    )  # fmt: skip
    with transaction.atomic():
        asked_entry("request.copied", request, by=by, now=now)
    user = request.account.user_id if request.account else None
    made = {"request": request.pk, "by": [seat.label for seat in by.seats]}
    return {"handed_over": made, **own_copy(request.resident, user, now)}

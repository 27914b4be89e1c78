"""Recording calls: what was said and agreed, what was found right, when one comes again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed
from mulin.kernel.text import clean
from mulin.posts.face import Permission, Seat, User, Who, require
from mulin.registry.face import Household, Merchant
from mulin.visits.actions.confirming import check_marks, confirm
from mulin.visits.actions.planning import (
    GONE,
    KEY_TAKEN,
    Target,
    check_seat,
    move_visit,
    plan_visit,
    where_of,
)
from mulin.visits.codes import Stage, Way, Why
from mulin.visits.entries import entry, told_facts
from mulin.visits.models import CampaignTask, Visit
from mulin.visits.models.visit import TEXT_LIMIT
from mulin.visits.rules.dates import today, visit_problem
from mulin.visits.rules.marks import Mark, without_doubles


@dataclass(frozen=True, slots=True)
class Call:
    """What whoever was at the door has to tell. `settles`: open tasks of campaigns that are done with it."""

    at: datetime
    met: bool = True
    way: str = Way.DOOR
    why: str = Why.ROUND
    said: str = ""
    agreed: str = ""
    marks: Sequence[Mark] = ()
    next_on: date | None = None
    settles: Sequence[CampaignTask] = ()


def record_visit(
    target: Target,
    call: Call,
    *,
    by: Who,
    now: datetime,
    planned: Visit | None = None,
    seat: Seat | None = None,
    id: UUID | None = None,
) -> Visit:
    """Write a call down, planned or not. Sent twice with the same `id`, it is there once."""
    require(by, Permission.VISIT_RECORD, target, seen_by=Permission.REGISTRY_READ)
    if by.user is None:
        raise NotAllowed
    earlier = _sent_before(id, target, by.user)
    if earlier:
        return earlier
    call = _checked(call, target, now)
    seat = check_seat(by, target, seat or _seat_of(planned, by))
    with transaction.atomic():
        visit = _kept(planned, call, seat, by, now) if planned else _new(target, call, seat, by, now, id)
        entry("visit.done" if call.met else "visit.missed", visit, told_facts(visit), by=by, now=now)
        confirm(target, call.marks, way=call.way, by=by, now=now)
        _settle_tasks(visit, call, by, now)
        _come_again(visit, call, seat, by, now)
    return visit


@transaction.atomic
def change_visit(visit: Visit, *, said: str, agreed: str, by: Who, now: datetime) -> Visit:
    """Put right what one wrote oneself, on the day it was recorded; afterwards it stands as it is."""
    require(by, Permission.VISIT_RECORD, visit, seen_by=Permission.VISIT_READ)
    if not may_change(visit, by, now):
        raise NotAllowed(_("What was recorded can be changed on the same day, by whoever recorded it."))
    texts = {
        "said": clean(said, TEXT_LIMIT, field="said"), "agreed": clean(agreed, TEXT_LIMIT, field="agreed")
    }  # fmt: skip
    changed = sorted(name for name, text in texts.items() if getattr(visit, name) != text)
    if not changed:
        return visit
    anew = {name: texts[name] for name in changed}  # what stays may not open: it is not touched
    if not Visit.objects.filter(pk=visit.pk, erased_at=None).update(**anew):
        raise Conflict
    for name, text in anew.items():
        setattr(visit, name, text)
    entry("visit.changed", visit, {"fields": changed}, by=by, now=now)
    return visit


def may_change(visit: Visit, by: Who, now: datetime) -> bool:
    """Whoever recorded it, until the end of that day."""
    mine = by.user is not None and by.user.pk == visit.recorded_by
    return mine and visit.is_over and visit.erased_at is None and today(visit.recorded_at) == today(now)


def _sent_before(id: UUID | None, target: Target, user: User) -> Visit | None:
    visit = Visit.objects.filter(pk=id).first() if id else None
    if visit is None:
        return None
    here = target.pk in (visit.household_id, visit.merchant_id)
    if not (here and visit.is_over and visit.recorded_by == user.pk):
        raise Conflict(KEY_TAKEN, field="key")
    return visit


def _checked(call: Call, target: Target, now: datetime) -> Call:
    problem = visit_problem(call.at, now)
    if problem:
        raise Invalid(problem, code="time", field="at")
    if call.next_on and call.next_on < today(now):
        raise Invalid(_("This day is over. Please choose today or a later day."), code="day", field="next_on")
    if not call.met and (call.marks or call.said.strip() or call.agreed.strip()):
        raise Invalid(
            _("Nobody was home: then nothing was said and nothing confirmed."),
            code="nobody_home",
            field="met",
        )
    marks = without_doubles(list(call.marks))
    check_marks(target, marks)
    said, agreed = clean(call.said, TEXT_LIMIT, field="said"), clean(call.agreed, TEXT_LIMIT, field="agreed")
    return Call(
        call.at,
        call.met,
        Way(call.way),
        Why(call.why),
        said,
        agreed,
        marks,
        call.next_on,
        tuple(call.settles),
    )


def _seat_of(planned: Visit | None, by: Who) -> Seat | None:
    """The planned seat where one sits on it; else one of one's own."""
    if planned is None:
        return None
    return next((seat for seat in by.waiting_seats() if seat.pk == planned.seat_id), None)


def _told(call: Call, seat: Seat, by: Who, now: datetime) -> dict[str, object]:
    """What a call leaves in the row."""
    return {
        "stage": Stage.DONE if call.met else Stage.MISSED,
        "way": call.way,
        "visited_at": call.at,
        "said": call.said,
        "agreed": call.agreed,
        "confirmed": [str(mark) for mark in call.marks],
        "person": by.user,
        "seat": seat,
        "recorded_at": now,
        "recorded_by": by.user.pk if by.user else None,
    }


def _new(target: Target, call: Call, seat: Seat, by: Who, now: datetime, id: UUID | None) -> Visit:
    visit = Visit(id=id or new_id(), why=call.why, **where_of(target), **_told(call, seat, by, now))
    try:
        with transaction.atomic():
            visit.save(force_insert=True)
    except IntegrityError:  # the same page, sent twice at once
        raise Conflict from None
    return visit


def _kept(planned: Visit, call: Call, seat: Seat, by: Who, now: datetime) -> Visit:
    """The plan becomes the call; of two who record it at once, one finds it done."""
    told = _told(call, seat, by, now)
    if not Visit.objects.filter(pk=planned.pk, stage=Stage.PLANNED).update(**told):
        raise Conflict(GONE)
    for name, value in told.items():
        setattr(planned, name, value)
    return planned


def _settle_tasks(visit: Visit, call: Call, by: Who, now: datetime) -> None:
    from mulin.visits.actions.tasks import do_task  # campaigns stand on visits

    if call.met:
        for task in call.settles:
            do_task(task, by=by, now=now, visit=visit)


def _come_again(visit: Visit, call: Call, seat: Seat, by: Who, now: datetime) -> None:
    """Plan the next visit; one that is planned already is put on that day."""
    if call.next_on is None:
        return
    there = Visit.objects.planned().filter(
        seat=seat, household=visit.household_id, merchant=visit.merchant_id
    )
    planned = there.first()
    if planned:
        if planned.planned_on != call.next_on:
            move_visit(planned, on=call.next_on, by=by, now=now)
        return
    target: Household | Merchant = visit.target
    plan_visit(target, on=call.next_on, by=by, now=now, seat=seat, why=Why.FOLLOW_UP, follows=visit)

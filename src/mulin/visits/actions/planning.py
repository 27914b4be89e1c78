"""Planning calls: on one's own seat by whoever records visits, on others' seats by whoever plans for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed
from mulin.posts.face import Permission, Seat, User, Who, require, scope_of
from mulin.registry.face import Household, Merchant
from mulin.visits.codes import Stage, Why
from mulin.visits.entries import entry, plan_facts
from mulin.visits.models import Visit
from mulin.visits.rules.dates import plan_problem, today

Target = Household | Merchant
GONE = gettext_lazy("This visit is no longer planned.")
KEY_TAKEN = gettext_lazy(
    "This page was used for something else already. Nothing is lost: please send it again."
)


def plan_visit(
    target: Target,
    *,
    on: date,
    by: Who,
    now: datetime,
    seat: Seat | None = None,
    person: User | None = None,
    why: str = Why.ROUND,
    follows: Visit | None = None,
) -> Visit:
    """Put a call at a household or merchant into the plan of a seat (one's own, if none is named)."""
    require(by, Permission.VISIT_RECORD, target, seen_by=Permission.REGISTRY_READ)
    seat = check_seat(by, target, seat)
    _check_day(on, now)
    if not target.is_open:
        raise Invalid(_("Nobody is there any more."), code="closed", field="household")
    visit = _row(target, on, seat, person or _own(by, seat), why, follows, by, now)
    with transaction.atomic():
        _store(visit)
        entry("visit.planned", visit, plan_facts(visit), by=by, now=now)
    return visit


@transaction.atomic
def plan_many(
    targets: Sequence[Target],
    days: Sequence[date],
    *,
    by: Who,
    now: datetime,
    seat: Seat | None = None,
    why: str = Why.ROUND,
) -> list[Visit]:
    """Plan calls at many doors, each on its day; what that seat has planned already is left as it is."""
    for target in targets:
        require(by, Permission.VISIT_RECORD, target, seen_by=Permission.REGISTRY_READ)
    for day in set(days):
        _check_day(day, now)
    seats = [check_seat(by, target, seat) for target in targets]
    planned = _planned_at(targets)
    made = [
        _row(target, day, goes, _own(by, goes), why, None, by, now)
        for target, day, goes in zip(targets, days, seats, strict=True)
        if (target.pk, goes.pk) not in planned and target.is_open
    ]
    for visit in made:
        _store(visit)
        entry("visit.planned", visit, plan_facts(visit), by=by, now=now)
    return made


@transaction.atomic
def move_visit(visit: Visit, *, on: date, by: Who, now: datetime) -> Visit:
    """Put a planned visit on another day."""
    _require_planner(visit, by)
    _check_day(on, now)
    if not Visit.objects.filter(pk=visit.pk, stage=Stage.PLANNED).update(planned_on=on):
        raise Conflict(GONE)
    before, visit.planned_on = visit.planned_on, on
    entry("visit.moved", visit, {"from": before, "to": on}, by=by, now=now)
    return visit


@transaction.atomic
def cancel_visit(visit: Visit, *, by: Who, now: datetime) -> Visit:
    """Call a planned visit off."""
    _require_planner(visit, by)
    if not Visit.objects.filter(pk=visit.pk, stage=Stage.PLANNED).update(stage=Stage.CANCELLED):
        raise Conflict(GONE)
    visit.stage = Stage.CANCELLED
    entry("visit.cancelled", visit, by=by, now=now)
    return visit


def seats_for(by: Who, target: Target) -> list[Seat]:
    """Whose of one's own seats may call there."""
    return [seat for seat in by.waiting_seats() if _reaches(seat, target, by.now)]


def check_seat(by: Who, target: Target, seat: Seat | None) -> Seat:
    """The seat on whose plan it goes. Another's seat takes the permission to plan for others."""
    own = seats_for(by, target)
    if seat is None:
        if not own:
            raise NotAllowed
        return own[0]
    if seat not in own:
        require(by, Permission.VISIT_PLAN, target, seen_by=Permission.REGISTRY_READ)
        if not _reaches(seat, target, by.now):
            raise Invalid(_("This seat makes no visits there."), code="seat", field="seat")
    return seat


def _reaches(seat: Seat, target: Target, now: datetime) -> bool:
    return seat.standing().grants(Permission.VISIT_RECORD, scope_of(target, now))


def _require_planner(visit: Visit, by: Who) -> None:
    """Whoever goes there, and whoever plans for others."""
    require(by, Permission.VISIT_RECORD, visit, seen_by=Permission.VISIT_READ)
    if visit.seat_id not in {seat.pk for seat in by.waiting_seats()}:
        require(by, Permission.VISIT_PLAN, visit, seen_by=Permission.VISIT_READ)


def _own(by: Who, seat: Seat) -> User | None:
    return by.user if seat in by.seats else None


def _check_day(on: date, now: datetime) -> None:
    problem = plan_problem(on, today(now))
    if problem:
        raise Invalid(problem, code="day", field="on")


def _planned_at(targets: Sequence[Target]) -> set[tuple[UUID, UUID]]:
    """Which of them stand in the plan of which seat."""
    ids = [target.pk for target in targets]
    rows = Visit.objects.planned().filter(Q(household__in=ids) | Q(merchant__in=ids)).exclude(seat=None)
    return {
        (home or shop, seat)
        for home, shop, seat in rows.values_list("household_id", "merchant_id", "seat_id")
    }


def _row(
    target: Target, on: date, seat: Seat, person: User | None, why: str, follows: Visit | None, by: Who,
    now: datetime,
) -> Visit:  # fmt: skip
    return Visit(
        id=new_id(), **where_of(target), person=person, seat=seat, stage=Stage.PLANNED, why=Why(why),
        planned_on=on, follows=follows, recorded_at=now, recorded_by=by.user.pk if by.user else None,
    )  # fmt: skip


def where_of(target: Target) -> dict[str, object]:
    """The columns that say at whose door it is."""
    if isinstance(target, Household):
        return {"household": target, "place": target.place}
    return {"merchant": target, "place": target.place, "overlay_place": target.overlay_place}


def _store(visit: Visit) -> None:
    try:
        with transaction.atomic():
            visit.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_already(visit)) from None


def _already(visit: Visit) -> str:
    there = Visit.objects.planned().filter(
        seat=visit.seat_id, household=visit.household_id, merchant=visit.merchant_id
    )
    day = there.values_list("planned_on", flat=True).first()
    if day is None:
        return str(Conflict.default_message)
    return _("A visit there is planned already, for %(day)s.") % {"day": date_format(day, "MONTH_DAY_FORMAT")}

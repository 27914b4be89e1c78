"""The operations on visits for programs: the same actions and query sets as the pages."""

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from mulin.kernel import numbers
from mulin.kernel.refusals import Invalid, NotYours
from mulin.kernel.shapes import Problem
from mulin.matters.face import Matter, MatterType, finds_in, readable
from mulin.posts.face import Permission, Who, needs, who_asks
from mulin.registry.face import STALE_DAYS
from mulin.visits import shapes
from mulin.visits.actions import matters, planning, presence, recording
from mulin.visits.models import CampaignTask, Visit
from mulin.visits.queries.coverage import coverage
from mulin.visits.queries.due import MOST, PAGE, due, in_need
from mulin.visits.queries.grounds import chosen_seat, ground, seats_to_plan, uuid_of
from mulin.visits.queries.week import presence as week_of_cadres
from mulin.visits.rules.dates import monday, today
from mulin.visits.rules.marks import Mark, read_mark
from mulin.visits.views.base import find_target, find_visit, note_visit

router = Router()
FAILS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), Problem)


@router.get("", response={200: shapes.VisitsOut, **FAILS})
@needs(Permission.VISIT_READ)
def visits(request: HttpRequest, area: str = "", stage: str = "", after: str = "", limit: int = PAGE) -> Any:
    """Visits of your area, the last planned or made first. Nothing of what was said stands here."""
    who = who_asks(request)
    place, _areas = ground(who, Permission.VISIT_READ, area)
    rows = Visit.objects.visible_to(who)
    if place and area:
        rows = rows.within(place.path)
    if stage:
        rows = rows.filter(stage=stage)
    if after and (key := uuid_of(after)):
        rows = rows.filter(id__lt=key)
    limit = max(1, min(limit, MOST))
    found = list(rows.order_by("-id")[: limit + 1])
    shown = found[:limit]
    return {
        "visits": [shapes.VisitOut.of(each) for each in shown],
        "next": str(shown[-1].pk) if len(found) > limit else "",
    }


@router.get("/due", response={200: shapes.DuePageOut, **FAILS})
@needs(Permission.VISIT_RECORD)
def due_there(
    request: HttpRequest, area: str = "", days: int = STALE_DAYS, merchants: bool = False, after: str = "",
    limit: int = PAGE,
) -> Any:  # fmt: skip
    """Not confirmed for so many days, the longest first."""
    who = who_asks(request)
    place, _areas = ground(who, Permission.VISIT_RECORD, area)
    if place is None:
        return {"due": [], "needs": [], "next": ""}
    lines, next = due(who, place.path, days=_days(days), merchants=merchants, after=after, limit=limit)
    known = [] if after or merchants else in_need(who, place.path)
    return {
        "due": [shapes.VisitDueOut.of(line) for line in lines],
        "needs": [shapes.VisitDueOut.of(line) for line in known],
        "next": next,
    }


def _days(days: int) -> int:
    if not 1 <= days <= 3650:
        raise Invalid(_("Say a number of days from 1 to 3650."), code="days", field="days")
    return days


@router.get("/coverage", response={200: list[shapes.CoveredOut], **FAILS})
@needs(Permission.VISIT_READ)
def covered(request: HttpRequest, area: str = "", days: int = STALE_DAYS, merchants: bool = False) -> Any:
    """Of each grid: how many, at how many somebody was met, how many were confirmed."""
    who = who_asks(request)
    place, _areas = ground(who, Permission.VISIT_READ, area)
    lines = coverage(place.path, days=_days(days), now=who.now, merchants=merchants) if place else []
    return [shapes.CoveredOut.of(line) for line in lines]


@router.get("/presence", response={200: shapes.PresenceOut, **FAILS})
@needs(Permission.VISIT_PLAN)
def days_in_the_grid(request: HttpRequest, area: str = "", week: date | None = None) -> Any:
    """Which cadres were in their grid on how many days of the week that holds a day."""
    who = who_asks(request)
    place, _areas = ground(who, Permission.VISIT_PLAN, area)
    if week is not None and not 2000 <= week.year <= 2200:
        raise Invalid(code="week", field="week")
    first = monday(week or today(who.now))
    lines = week_of_cadres(place.path, first, now=who.now).week if place else None
    return {
        "week": first, "days": settings.MULIN_PRESENCE_DAYS, "share": settings.MULIN_PRESENCE_SHARE,
        "asked": lines.asked if lines else 0, "enough": lines.enough if lines else 0,
        "lines": [
            {
                "person": line.person, "days": list(line.days), "away": sorted(line.away), "asked": line.asked,
                "enough": line.enough,
            }
            for line in (lines.lines if lines else ())
        ],
    }  # fmt: skip


@router.post("", response={201: shapes.VisitOut, **FAILS})
@needs(Permission.VISIT_RECORD)
def record(request: HttpRequest, given: shapes.RecordIn) -> Any:
    """Record a call."""
    who = who_asks(request)
    target = _target(who, given)
    planned = find_visit(who, given.planned) if given.planned else None
    if planned and target.pk not in (planned.household_id, planned.merchant_id):
        raise Invalid(_("This visit was planned at another door."), code="elsewhere", field="planned")
    tasks = CampaignTask.objects.allowed(who, Permission.VISIT_RECORD).filter(pk__in=given.settles)
    call = recording.Call(
        at=given.at, met=given.met, way=given.way, said=given.said, agreed=given.agreed,
        marks=_marks(given.confirmed), next_on=given.next_on, settles=list(tasks.select_related("campaign")),
        **({"why": planned.why} if planned else {}),
    )  # fmt: skip
    visit = recording.record_visit(target, call, by=who, now=who.now, planned=planned)
    return Status(201, shapes.VisitOut.of(visit))


def _marks(texts: list[str]) -> list[Mark]:
    marks = [read_mark(text) for text in texts]
    if None in marks:
        raise Invalid(_("There is no such fact."), code="unknown_fact", field="confirmed")
    return [mark for mark in marks if mark]


def _target(who: Who, given: shapes.TargetIn) -> planning.Target:
    if (given.household is None) == (given.merchant is None):
        raise Invalid(_("Say at which household or merchant."), code="target", field="household")
    if given.household:
        return find_target(who, "household", given.household)
    assert given.merchant  # noqa: S101 - exactly one is set
    return find_target(who, "merchant", given.merchant)


@router.post("/plan", response={201: list[shapes.VisitOut], **FAILS})
@needs(Permission.VISIT_RECORD)
def plan(request: HttpRequest, given: shapes.PlanIn) -> Any:
    """Plan calls on one day; what the seat has planned already is left as it is."""
    who = who_asks(request)
    seat = chosen_seat(seats_to_plan(who), str(given.seat)) if given.seat else None
    targets = [_target(who, each) for each in given.targets]
    made = planning.plan_many(
        targets, [given.on] * len(targets), by=who, now=who.now, seat=seat, why=given.why
    )
    return Status(201, [shapes.VisitOut.of(each) for each in made])


@router.post("/check-in", response={201: shapes.CheckInOut, **FAILS})
@needs(Permission.VISIT_RECORD)
def check_in(request: HttpRequest, given: shapes.CheckInIn) -> Any:
    """Say that you are there today; said twice, it counts once."""
    who = who_asks(request)
    place, _areas = ground(who, Permission.VISIT_RECORD, str(given.area))
    if place is None:
        raise NotYours
    made = presence.check_in(place, by=who, now=who.now)
    return Status(201, {"area": made.area_id, "day": made.day})


@router.get("/{id}", response={200: shapes.OpenedOut, **FAILS})
@needs(Permission.VISIT_READ)
def visit(request: HttpRequest, id: UUID) -> Any:
    """One visit with what was said: a reading, which is written down."""
    who = who_asks(request)
    found = find_visit(who, id)
    if found.is_over:
        note_visit(found, who)
    return _opened(found, who)


def _opened(found: Visit, who: Who) -> shapes.OpenedOut:
    rows = [row.matter for row in found.matters.select_related("matter").order_by("at", "id")]
    seen = readable(rows, who)
    return shapes.OpenedOut.opened(found, [matter.number for matter in rows if matter.pk in seen])


@router.post("/{id}/move", response={200: shapes.VisitOut, **FAILS})
@needs(Permission.VISIT_RECORD)
def move(request: HttpRequest, id: UUID, given: shapes.VisitDayIn) -> Any:
    """Put a planned visit on another day."""
    who = who_asks(request)
    return shapes.VisitOut.of(planning.move_visit(find_visit(who, id), on=given.on, by=who, now=who.now))


@router.post("/{id}/cancel", response={200: shapes.VisitOut, **FAILS})
@needs(Permission.VISIT_RECORD)
def cancel(request: HttpRequest, id: UUID) -> Any:
    """Call a planned visit off."""
    who = who_asks(request)
    return shapes.VisitOut.of(planning.cancel_visit(find_visit(who, id), by=who, now=who.now))


@router.post("/{id}/change", response={200: shapes.VisitOut, **FAILS})
@needs(Permission.VISIT_RECORD)
def change(request: HttpRequest, id: UUID, given: shapes.ChangeIn) -> Any:
    """Put right what you wrote today."""
    who = who_asks(request)
    found = find_visit(who, id)
    return shapes.VisitOut.of(
        recording.change_visit(found, said=given.said, agreed=given.agreed, by=who, now=who.now)
    )


@router.post("/{id}/matters", response={201: shapes.VisitOut, **FAILS})
@needs(Permission.VISIT_RECORD)
def matter(request: HttpRequest, id: UUID, given: shapes.VisitMatterIn) -> Any:
    """Name a matter that is known, or raise a new one at the building."""
    who = who_asks(request)
    found = find_visit(who, id)
    if given.number:
        _link(found, given.number, who)
    else:
        _raise(found, given, who)
    return Status(201, shapes.VisitOut.of(found))


def _link(found: Visit, text: str, who: Who) -> None:
    number = numbers.parse(text)
    known = Matter.objects.visible_to(who).filter(number=number).first() if number else None
    if known is None:
        raise Invalid(
            _("There is no such matter, or it is not yours to see."), code="unknown", field="number"
        )
    matters.link_matter(found, known, by=who, now=who.now)


def _raise(found: Visit, given: shapes.VisitMatterIn, who: Who) -> None:
    kind = MatterType.objects.listed().filter(code=given.type).first()
    if kind is None:
        raise Invalid(_("Please choose an entry of the matter list."), code="kind", field="type")
    if finds_in({"text": given.text}):
        raise Invalid(
            _("There is a name, phone or document number in it. Please leave it out."),
            code="personal",
            field="text",
        )
    matters.raise_matter(found, kind, text=given.text, by=who, now=who.now)

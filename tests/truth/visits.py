"""Visits and campaigns, as the table asks about them: at the marked home."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from mulin.kernel.ids import new_id
from mulin.places.face import Area, Level
from mulin.visits.face import (
    Call,
    Campaign,
    CampaignTask,
    Plan,
    Visit,
    do_task,
    plan_visit,
    record_visit,
    set_campaign,
)
from tests.matters.world import the, the_grid
from tests.support.clock import IN_TWO_WEEKS, NOW
from tests.truth.asking import Ask, Row
from tests.truth.things import Things

NEXT_WEEK = (NOW + timedelta(days=7)).date().isoformat()
NEVER = str(new_id())


def a_visit_at(things: Things, *, made: bool) -> Visit:
    """By the worker: planned for today, or made just now."""
    home = things.home.household
    known = Visit.objects.filter(household=home, stage="done" if made else "planned").first()
    if known:
        return known
    if made:
        return record_visit(home, Call(at=NOW, said="腿疼"), by=the("worker"), now=NOW)
    return plan_visit(home, on=NOW.date(), by=the("worker"), now=NOW)


def a_campaign(things: Things) -> Campaign:
    """For all households of the village."""
    known = Campaign.objects.first()
    plan = Plan(network="peace", title="入户查燃气", until_on=IN_TWO_WEEKS)
    return known or set_campaign(_village(things), plan, by=the("head"), now=NOW)


def a_task_at(things: Things, *, made: bool) -> CampaignTask:
    task = CampaignTask.objects.select_related("campaign").get(
        campaign=a_campaign(things), household=things.home.household
    )
    return do_task(task, by=the("worker"), now=NOW) if made and task.is_open else task


def _village(things: Things) -> Area:
    return Area.objects.get(path=things.building.path[: Level.VILLAGE])


def _made(make: Any) -> Ask:
    return Ask(sent=lambda _row, things: make(things))


def _call(things: Things) -> dict[str, Any]:
    return {
        "key": NEVER, "met": "yes", "way": "door", "at": "2026-03-18T09:10", "said": "腿疼",
        "marks": [f"household:{things.home.household.pk}"],
    }  # fmt: skip


def _campaign(things: Things) -> dict[str, Any]:
    return {
        "title": "入户查燃气", "network": "peace", "area": str(_village(things).pk), "whom": "households",
        "until_on": IN_TWO_WEEKS.isoformat(), "done_by": "tick",
    }  # fmt: skip


def _plan(_row: Row, things: Things) -> dict[str, Any]:
    """On one's own seat that goes there."""
    user = things.me.user
    if user is None or things.me.name not in ("worker", "head", "operator"):
        return {"on": NEXT_WEEK, "seat": NEVER, "why": "round"}
    seats = [seat for seat in the(things.me.name).seats if seat.area]
    there = next(
        seat for seat in seats if things.building.path.startswith(seat.area.path if seat.area else "-")
    )
    return {"on": NEXT_WEEK, "seat": str(there.pk), "why": "round"}


def _matter(things: Things) -> dict[str, Any]:
    return {"key": str(new_id()), "type": things.kind.code, "text": "楼道的灯坏了。"}


VISITED: dict[str, Ask] = {
    "POST desk/visits/plan/": _made(
        lambda things: {"on": NEXT_WEEK, "doors": [f"household:{things.home.household.pk}"]}
    ),
    "POST desk/visits/check-in/": Ask(sent=lambda _row, _things: {"area": str(the_grid().pk)}),
    "POST desk/visits/record/<str:kind>/<uuid:id>/": _made(_call),
    "POST desk/visits/plan/<str:kind>/<uuid:id>/": Ask(sent=_plan),
    "POST desk/visits/<uuid:id>/move/": Ask(sent=lambda _row, _things: {"on": NEXT_WEEK}),
    "POST desk/visits/<uuid:id>/change/ [made]": Ask(sent=lambda _row, _things: {"said": "好些了"}),
    "POST desk/visits/<uuid:id>/matter/ [made]": _made(_matter),
    "POST desk/campaigns/new/": _made(_campaign),
    "POST desk/campaigns/<uuid:id>/extend/": Ask(sent=lambda _row, _things: {"until_on": NEXT_WEEK}),
    "POST desk/campaigns/<uuid:id>/tick/": _made(lambda things: {"tasks": [str(a_task_at(things, made=False).pk)]}),
    "POST desk/campaigns/tasks/<uuid:id>/": Ask(sent=lambda _row, _things: {"note": "没有燃气"}),
    "POST api/v1/visits": _made(
        lambda things: {
            "household": str(things.home.household.pk), "at": NOW.isoformat(),
            "confirmed": [f"resident:{things.home.resident.pk}:phone"],
        }
    ),
    "POST api/v1/visits/plan": _made(
        lambda things: {"on": NEXT_WEEK, "targets": [{"household": str(things.home.household.pk)}]}
    ),
    "POST api/v1/visits/check-in": Ask(sent=lambda _row, _things: {"area": str(the_grid().pk)}),
    "POST api/v1/visits/<id>/move": Ask(sent=lambda _row, _things: {"on": NEXT_WEEK}),
    "POST api/v1/visits/<id>/change [made]": Ask(sent=lambda _row, _things: {"said": "好些了"}),
    "POST api/v1/visits/<id>/matters [made]": _made(
        lambda things: {"type": things.kind.code, "text": "楼道的灯坏了。"}
    ),
    "POST api/v1/campaigns": _made(_campaign),
    "POST api/v1/campaigns/<id>/extend": Ask(sent=lambda _row, _things: {"until_on": NEXT_WEEK}),
    "POST api/v1/campaigns/tasks/<id>/spare": Ask(sent=lambda _row, _things: {"note": "没有燃气"}),
}  # fmt: skip

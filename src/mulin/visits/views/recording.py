"""Recording a call: on a phone, in a stairwell, in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Conflict, NotAllowed
from mulin.posts.face import Permission, Who, may, needs, who_asks
from mulin.registry.face import FACTS, Merchant, Residence, Seen
from mulin.visits.actions.confirming import Record, Shown, shown_at
from mulin.visits.actions.planning import GONE, seats_for
from mulin.visits.actions.recording import Call, record_visit
from mulin.visits.forms import RecordForm
from mulin.visits.models import CampaignTask, Visit
from mulin.visits.queries.doors import DoorLine, Target, door_lines
from mulin.visits.rules.marks import Mark, read_mark
from mulin.visits.views.base import done, find_target, note_page, page, sent, tried


@dataclass(frozen=True, slots=True)
class Tick:
    """One fact that can be ticked as still right, and when it was last."""

    value: str
    label: str | Promise
    seen: Seen
    ticked: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A record with its ticks: the whole first, its facts folded away."""

    value: str
    title: str
    under: str | Promise
    whole: bool
    facts: Sequence[Tick]

    @property
    def open(self) -> bool:
        return any(tick.ticked for tick in self.facts)


@needs(Permission.DESK_OPEN, Permission.VISIT_RECORD)
def record(request: HttpRequest, kind: str, id: UUID) -> HttpResponse:
    """The form with who lives there; showing that is a reading, so it is written first."""
    who = who_asks(request)
    target = find_target(who, kind, id)
    if not may(who, Permission.VISIT_RECORD, target) or not seats_for(who, target):
        raise NotAllowed
    tasks = _open_tasks(target)
    planned = _planned(target, request.GET.get("visit", ""))
    form = RecordForm(
        sent(request), now=who.now, tasks=tasks, initial={"key": new_id(), "planned": planned and planned.pk}
    )
    status = 200
    if request.method == "POST":
        answer, status = tried(form, lambda given: _recorded(request, who, target, tasks, given))
        if answer:
            return answer
    note_page(target, who, Permission.REGISTRY_OPEN)
    ticked = set(request.POST.getlist("marks"))
    shown = shown_at(target) if may(who, Permission.REGISTRY_EDIT, target) else Shown()
    door = door_lines([target], who)[target.pk]
    context = {
        "form": form, "target": target, "door": door, "kind": kind, "planned": planned,
        "blocks": [_block(each, shown, ticked, door) for each in shown.records.values()],
        "members": [] if shown.records or isinstance(target, Merchant) else shown_at(target).members,
    }  # fmt: skip
    return page(request, "record.html", context, status)


def _planned(target: Target, asked: str) -> Visit | None:
    """The planned visit that is being made: the one asked for, else the next one."""
    rows = Visit.objects.planned().filter(**_at(target)).order_by("planned_on", "id")
    found = list(rows[:20])
    return next((visit for visit in found if str(visit.pk) == asked), found[0] if found else None)


def _at(target: Target) -> dict[str, Any]:
    return {"merchant" if isinstance(target, Merchant) else "household": target}


def _open_tasks(target: Target) -> list[CampaignTask]:
    rows = CampaignTask.objects.open().filter(**_at(target)).select_related("campaign")
    return list(rows.order_by("campaign__until_on", "id")[:20])


def _recorded(
    request: HttpRequest, who: Who, target: Target, tasks: Sequence[CampaignTask], given: dict[str, Any]
) -> HttpResponse:
    met, chosen = given["met"] == "yes", set(given.get("settles", ()))
    planned = _still_planned(target, given["planned"], given["key"])
    call = Call(
        at=given["at"], met=met, way=given["way"], said=given["said"] if met else "",
        agreed=given["agreed"] if met else "", marks=_marks(request) if met else (), next_on=given["next_on"],
        settles=[task for task in tasks if str(task.pk) in chosen],
        **({"why": planned.why} if planned else {}),
    )  # fmt: skip
    visit = record_visit(target, call, by=who, now=who.now, planned=planned, id=given["key"])
    messages.success(request, _("The visit is recorded.") if met else _("It is noted that nobody was home."))
    return done(reverse("visit", args=[visit.pk]))


def _still_planned(target: Target, id: UUID | None, key: UUID) -> Visit | None:
    """The visit that the form was opened for; where it is over by now, that is said rather than written twice."""
    if id is None:
        return None
    visit = Visit.objects.filter(pk=id, **_at(target)).first()
    if visit is None or not (visit.is_planned or visit.pk == key):
        raise Conflict(GONE)
    return visit


def _marks(request: HttpRequest) -> list[Mark]:
    return [mark for text in request.POST.getlist("marks")[:500] if (mark := read_mark(text[:100]))]


def _block(record: Record, shown: Shown, ticked: set[str], door: DoorLine) -> Block:
    kind = type(record).__name__.lower()
    value = str(Mark(kind, record.pk))
    facts = [_tick(record, kind, fact.code, fact.label, ticked) for fact in FACTS[kind]]
    return Block(value, *_titles(record, kind, shown, door), value in ticked, facts)


def _tick(record: Record, kind: str, fact: str, label: str | Promise, ticked: set[str]) -> Tick:
    value = str(Mark(kind, record.pk, fact))
    return Tick(value, label, record.seen(fact), value in ticked)


def _titles(record: Record, kind: str, shown: Shown, door: DoorLine) -> tuple[str, str | Promise]:
    if kind == "dwelling":
        return _("The home"), record.get_use_display()  # type: ignore[union-attr]  # its kind was just looked at
    if kind == "household":
        return pgettext("visit", "The household"), _("%(n)s people") % {"n": len(shown.members)}
    if kind == "merchant":
        return door.name, record.get_trade_display()  # type: ignore[union-attr]  # its kind was just looked at
    mine = next(each for each in shown.members if each.resident_id == record.pk)
    return mine.resident.name, _relation(mine)


def _relation(residence: Residence) -> str:
    return str(residence.get_relation_display()) if residence.relation else ""

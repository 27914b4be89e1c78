"""One visit: what came of it, and while it is planned, another day or none."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.kernel import numbers
from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.matters.face import Matter, MatterType, finds_in, readable
from mulin.posts.face import Permission, Who, may, needs, who_asks
from mulin.registry.face import FACTS, Resident
from mulin.visits.actions.matters import link_matter, raise_matter, raised_before
from mulin.visits.actions.planning import cancel_visit, move_visit, plan_visit, seats_for
from mulin.visits.actions.recording import change_visit, may_change
from mulin.visits.forms import ChangeForm, LinkForm, MoveForm, PlanForm, RaiseForm
from mulin.visits.models import Visit
from mulin.visits.queries.doors import door_lines
from mulin.visits.queries.grounds import chosen_seat, seats_to_plan
from mulin.visits.rules.dates import today
from mulin.visits.rules.marks import read_mark
from mulin.visits.views.base import done, find_target, find_visit, note_visit, page, sent, tried


@needs(Permission.DESK_OPEN, Permission.VISIT_READ)
def visit(request: HttpRequest, id: UUID) -> HttpResponse:
    """What was planned, or what came of it."""
    who = who_asks(request)
    return _shown(request, who, find_visit(who, id))


def _shown(request: HttpRequest, who: Who, found: Visit, **forms: Any) -> HttpResponse:
    """What was said is somebody's data: that it is read is written first, also where a form was refused."""
    if found.is_over:
        note_visit(found, who)
    rows = list(found.matters.select_related("matter").order_by("at", "id"))
    seen = readable([row.matter for row in rows], who)
    records = may(who, Permission.VISIT_RECORD, found)
    plans = may(who, Permission.VISIT_PLAN, found) or found.seat_id in {
        seat.pk for seat in who.waiting_seats()
    }
    door = door_lines([found.target], who)[found.target.pk]
    context = {
        "visit": found, "door": door,
        "confirmed": _confirmed(found),
        "matters": [row for row in rows if row.matter_id in seen],
        "hidden_matters": len(rows) - len(seen),
        "may_record": records and bool(seats_for(who, found.target)),
        "may_plan": found.is_planned and records and plans,
        "may_change": may_change(found, who, who.now),
        "may_raise": found.is_over and records,
        "move_form": MoveForm(initial={"on": found.planned_on}),
        "change_form": ChangeForm(initial={"said": found.said, "agreed": found.agreed}),
        **forms,
    }  # fmt: skip
    return page(request, "visit.html", context, forms.get("status", 200))


def _confirmed(found: Visit) -> list[str]:
    """What was found right, in words: whose, and which facts."""
    marks = [mark for text in found.confirmed if (mark := read_mark(text))]
    ids = [mark.id for mark in marks if mark.kind == "resident"]
    names = dict(Resident.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
    things = {"dwelling": _("the home"), "household": _("the household"), "merchant": _("the merchant")}
    said = []
    for mark in marks:
        label: str | Promise = names.get(mark.id, "") if mark.kind == "resident" else things[mark.kind]
        fact = next((each.label for each in FACTS[mark.kind] if each.code == mark.fact), "")
        said.append(f"{label or _('somebody')}: {fact}" if fact else str(label or _("somebody")))
    return said


@needs(Permission.DESK_OPEN, Permission.VISIT_RECORD)
@require_POST
def move(request: HttpRequest, id: UUID) -> HttpResponse:
    """Another day."""
    who = who_asks(request)
    found, form = find_visit(who, id), MoveForm(request.POST)
    answer, status = tried(form, lambda given: _moved(request, who, found, given))
    return answer or _shown(request, who, found, move_form=form, status=status)


def _moved(request: HttpRequest, who: Who, found: Visit, given: dict[str, Any]) -> HttpResponse:
    move_visit(found, on=given["on"], by=who, now=who.now)
    messages.success(request, _("The visit was put on another day."))
    return done(reverse("visit", args=[found.pk]))


@needs(Permission.DESK_OPEN, Permission.VISIT_RECORD)
@require_POST
def cancel(request: HttpRequest, id: UUID) -> HttpResponse:
    """It will not be made."""
    who = who_asks(request)
    cancel_visit(find_visit(who, id), by=who, now=who.now)
    messages.success(request, _("The visit was called off."))
    return done(reverse("visits"))


@needs(Permission.DESK_OPEN, Permission.VISIT_RECORD)
@require_POST
def change(request: HttpRequest, id: UUID) -> HttpResponse:
    """Put right what one wrote today."""
    who = who_asks(request)
    found, form = find_visit(who, id), ChangeForm(request.POST)
    answer, status = tried(form, lambda given: _changed(request, who, found, given))
    return answer or _shown(request, who, found, change_form=form, status=status)


def _changed(request: HttpRequest, who: Who, found: Visit, given: dict[str, Any]) -> HttpResponse:
    change_visit(found, said=given["said"], agreed=given["agreed"], by=who, now=who.now)
    messages.success(request, _("Changed."))
    return done(reverse("visit", args=[found.pk]))


@needs(Permission.DESK_OPEN, Permission.VISIT_RECORD)
def plan(request: HttpRequest, kind: str, id: UUID) -> HttpResponse:
    """Put a call into the plan of one's own seat, or of one for which one plans."""
    who = who_asks(request)
    target = find_target(who, kind, id)
    if not may(who, Permission.VISIT_RECORD, target):
        raise NotAllowed
    seats = seats_for(who, target)
    if who.holds(Permission.VISIT_PLAN):
        own = {seat.pk for seat in seats}
        near = [seat for seat in seats_to_plan(who) if seat.area and target.place.startswith(seat.area.path)]
        seats += [seat for seat in near if seat.pk not in own]
    form = PlanForm(sent(request), seats=seats, initial={"on": today(who.now)})
    status = 200
    if request.method == "POST":

        def act(given: dict[str, Any]) -> HttpResponse:
            seat = chosen_seat(seats, given["seat"])
            made = plan_visit(target, on=given["on"], by=who, now=who.now, seat=seat, why=given["why"])
            messages.success(request, _("The visit is planned."))
            return done(reverse("visit", args=[made.pk]))

        answer, status = tried(form, act)
        if answer:
            return answer
    door = door_lines([target], who)[target.pk]
    return page(request, "plan.html", {"form": form, "door": door, "kind": kind, "target": target}, status)


@needs(Permission.DESK_OPEN, Permission.VISIT_RECORD)
def matter(request: HttpRequest, id: UUID) -> HttpResponse:
    """Raise what came up at the door, or name a matter that is known already."""
    who = who_asks(request)
    found = find_visit(who, id)
    if not (may(who, Permission.VISIT_RECORD, found) and found.is_over):
        raise NotAllowed
    linking = request.method == "POST" and "number" in request.POST
    kinds = _kinds()
    raise_form = RaiseForm(None if linking else sent(request), kinds=kinds, initial={"key": new_id()})
    link_form = LinkForm(request.POST if linking else None)
    status = 200
    if request.method == "POST":
        act, form = (_linked, link_form) if linking else (_raised, raise_form)
        answer, status = tried(form, lambda given: act(request, who, found, given))
        if answer:
            return answer
    context = {
        "visit": found, "door": door_lines([found.target], who)[found.target.pk], "raise_form": raise_form,
        "link_form": link_form,
    }  # fmt: skip
    return page(request, "matter.html", context, status)


def _kinds() -> list[tuple[str, Any]]:
    """The public matter list in its groups."""
    rows = list(MatterType.objects.tree())
    names = {row.pk: row.label for row in rows}
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        if row.level == 3:
            groups.setdefault(names[row.parent_id] if row.parent_id else "", []).append((row.code, row.label))
    return [("", _("choose")), *groups.items()]


def _raised(request: HttpRequest, who: Who, found: Visit, given: dict[str, Any]) -> HttpResponse:
    earlier = raised_before(found, given["key"])
    if earlier:
        messages.info(
            request, _("This was sent already: it has the number %(number)s.") % {"number": earlier.number}
        )
        return done(reverse("visit", args=[found.pk]))
    if finds_in({"text": given["text"]}):
        raise Invalid(
            _("There is a name, phone or document number in it. Please leave it out."),
            code="personal",
            field="text",
        )
    kind = MatterType.objects.listed().get(code=given["type"])
    raised = raise_matter(found, kind, text=given["text"], by=who, now=who.now, id=given["key"])
    messages.success(request, _("The matter has the number %(number)s.") % {"number": raised.matter.number})
    return done(reverse("visit", args=[found.pk]))


def _linked(request: HttpRequest, who: Who, found: Visit, given: dict[str, Any]) -> HttpResponse:
    number = numbers.parse(given["number"])
    known = Matter.objects.visible_to(who).filter(number=number).first() if number else None
    if known is None:
        raise Invalid(
            _("There is no such matter, or it is not yours to see."), code="unknown", field="number"
        )
    link_matter(found, known, by=who, now=who.now)
    messages.success(request, _("The matter is named at the visit."))
    return done(reverse("visit", args=[found.pk]))

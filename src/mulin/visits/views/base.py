"""What the pages of this room share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from mulin.journal.face import Reading
from mulin.kernel.refusals import NotYours, Refusal
from mulin.posts.face import Permission, Who, who_asks
from mulin.registry.face import Household, Merchant, Residence, note_reading
from mulin.visits.forms import add_refusal
from mulin.visits.models import Visit
from mulin.visits.queries.doors import Target
from mulin.visits.rules.dates import today
from mulin.visits.rules.marks import read_mark

KINDS: dict[str, Any] = {"household": Household, "merchant": Merchant}


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page, at the instant of the request."""
    return render(request, f"visits/{template}", {"now": who_asks(request).now, **context}, status=status)


def done(url: str) -> HttpResponseRedirect:
    """See the result: 303, so that going back or reloading sends nothing twice."""
    return HttpResponseRedirect(url, status=303)


def sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def tried(form: forms.Form, act: Callable[[dict[str, Any]], HttpResponse]) -> tuple[HttpResponse | None, int]:
    """Do what a sent form asks for. Refused, the form keeps what was typed and says why."""
    if not form.is_valid():
        return None, 422
    try:
        return act(form.cleaned_data), 200
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        add_refusal(form, refusal)
        return None, refusal.status


def find_target(who: Who, kind: str, id: UUID, permission: Permission = Permission.VISIT_READ) -> Target:
    """The household or merchant, where one has this permission; else there is nothing here."""
    if kind not in KINDS:
        raise NotYours
    rows = KINDS[kind].objects.allowed(who, permission)
    if kind == "household":
        rows = rows.select_related("dwelling__area").defer("dwelling__area__border", "dwelling__owner_phone")
    else:
        rows = rows.select_related("area").defer("area__border")
    found: Target | None = rows.filter(pk=id).first()
    if found is None:
        raise NotYours
    return found


def find_visit(who: Who, id: UUID) -> Visit:
    """The visit, where one may read it."""
    found = Visit.objects.visible_to(who).with_people().with_target().filter(pk=id).first()
    if found is None:
        raise NotYours
    return found


def note_page(target: Target, who: Who, permission: Permission) -> None:
    """Write down whose data is about to be shown: of all who live there, or of the merchant."""
    _note(_living(target, Q(to_on=None)), target, who, permission)


def note_visit(visit: Visit, who: Who) -> None:
    """Of a visit also whose data was found right, and who lived there on that day: of them was spoken."""
    marks = [mark for text in visit.confirmed if (mark := read_mark(text))]
    named = [mark.id for mark in marks if mark.kind == "resident"]
    day = today(visit.visited_at or visit.recorded_at)
    then = (Q(from_on=None) | Q(from_on__lte=day)) & (Q(to_on=None) | Q(to_on__gte=day))
    people = dict.fromkeys([*_living(visit.target, Q(to_on=None) | then), *named])
    _note(list(people), visit.target, who, Permission.VISIT_READ)


def _living(target: Target, when: Q) -> list[UUID]:
    if not isinstance(target, Household):
        return [target.pk]
    return list(Residence.objects.filter(when, household=target).values_list("resident_id", flat=True))


def _note(people: list[UUID], target: Target, who: Who, permission: Permission) -> None:
    note_reading(people, kind=Reading.PAGE, by=who, now=who.now, permission=permission, about=target)

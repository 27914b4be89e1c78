"""What all pages that enter or change a record share: fetching, asking, answering, saying what stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.journal.face import Reading
from mulin.kernel.masking import mask_name
from mulin.kernel.refusals import Conflict, Invalid, NotYours, TooMany
from mulin.places.face import Level
from mulin.posts.face import Permission, who_asks
from mulin.registry.actions.duplicates import NAMESAKE, Known
from mulin.registry.actions.keeping import CHANGED_SINCE
from mulin.registry.actions.reading import note_reading
from mulin.registry.forms_records import RecordForm
from mulin.registry.models import Dwelling, Household, Merchant, Residence, Resident

M = TypeVar("M", bound=Model)
Thing = Dwelling | Household | Merchant | Residence | Resident
Desk, Edit = Permission.DESK_OPEN, Permission.REGISTRY_EDIT


@dataclass(frozen=True)
class Asks:
    """What a page asks for, in words, and where it leads back to. No name stands in a page's title."""

    title: str
    back: str
    back_label: str
    submit: str = ""
    about: str = ""  # masked: who or which door
    intro: str = ""
    danger: bool = False


def one(found: QuerySet[M], id: UUID) -> M:
    """The row with this id among those that one may see; else there is nothing here."""
    row = found.filter(pk=id).first()
    if row is None:
        raise NotYours
    return row


def done(url: str) -> HttpResponseRedirect:
    """See the result: 303, so that going back or reloading sends nothing twice."""
    return HttpResponseRedirect(url, status=303)


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None where it is only looked at."""
    return request.POST if request.method == "POST" else None


def address(thing: Thing) -> str:
    """The page on which a record is read."""
    if isinstance(thing, Residence):
        return reverse("street-resident", args=[thing.resident_id])
    names = {Dwelling: "dwelling", Household: "household", Merchant: "merchant", Resident: "street-resident"}
    return reverse(names[type(thing)], args=[thing.pk])


def called(thing: Thing) -> str:
    """A record in a heading: masked."""
    if isinstance(thing, Resident):
        return mask_name(thing.name)
    if isinstance(thing, Residence):
        return mask_name(thing.resident.name)
    if isinstance(thing, Merchant):
        return thing.name
    door = thing if isinstance(thing, Dwelling) else thing.dwelling
    above = door.area.parent.label if door.area.parent and door.area.level > Level.BUILDING else ""
    return " ".join(each for each in (above, door.area.label, door.number) if each)


def read_first(request: HttpRequest, people: Sequence[UUID], about: Thing) -> None:
    """A form that shows what is stored of a person is a page of theirs: written down before it is shown."""
    who = who_asks(request)
    note_reading(people, kind=Reading.PAGE, by=who, now=who.now, permission=Edit, about=about)


def answered(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], HttpResponse],
    asks: Asks,
    *,
    stored: Thing | None = None,
    beside: Sequence[forms.Form] = (),
    **context: Any,
) -> HttpResponse:
    """Show a form, or do what it asks for. Refused, it keeps what was typed and says why."""
    status = 200
    if request.method == "POST":
        refusal, status = None, 422
        wrong = [each for each in (form, *beside) if not each.is_valid()]
        if not wrong:
            try:
                return act()
            except (Invalid, Conflict, TooMany) as told:
                refusal, status = told, told.status
                _say((form, *beside), told)
        if refusal and refusal.code == CHANGED_SINCE and stored is not None:
            form, context["differing"] = _anew(form, stored)
        context |= _way_out(refusal)
    context |= {"form": form, "beside": beside, "asks": asks, "now": who_asks(request).now}
    return render(request, "registry/record_form.html", context, status=status)


def _say(asked: Sequence[forms.Form], refusal: Invalid | Conflict | TooMany) -> None:
    """At its field, whichever form has it; else above the first."""
    for form in asked:
        if refusal.field in form.fields:
            return form.add_error(refusal.field, str(refusal.message))
    return asked[0].add_error(None, str(refusal.message))


def _anew(form: forms.Form, stored: Thing) -> tuple[forms.Form, list[Any]]:
    """What was typed stays; beside it what stands there now, which sending it once more will change."""
    now = type(stored)._default_manager.get(pk=stored.pk)
    differing = form.differing(now) if isinstance(form, RecordForm) else []
    form.data = {**{name: form.data[name] for name in form.data}, "version": str(getattr(now, "version", ""))}
    return form, differing


def _way_out(refusal: Conflict | Invalid | TooMany | None) -> dict[str, Any]:
    """Where a refusal leads on: to the record that is there already, or to saying that it is somebody else."""
    if not isinstance(refusal, Known):
        return {}
    known = reverse("street-resident", args=[refusal.resident]) if refusal.resident else ""
    return {"known": known, "namesake": refusal.code == NAMESAKE, "elsewhere": not known}


def seen(request: HttpRequest) -> dict[str, Any]:
    """What one says is still so, and which version of it one saw: as the acts of confirming take it."""
    version = request.POST.get("version", "")
    known = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else None
    return {"facts": request.POST.getlist("facts") or None, "version": known}


def saved() -> str:
    return _("Saved.")

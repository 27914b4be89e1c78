"""Somebody moves in somewhere else, too; moves on; moves out; or lives there in another way than was thought."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from mulin.kernel.refusals import NotYours
from mulin.posts.face import needs, who_asks
from mulin.registry.actions.households import open_household
from mulin.registry.actions.residences import change_residence, move, move_in, move_out
from mulin.registry.actions.staying import Stay
from mulin.registry.forms_moves import NEW, DayForm, MoveForm, SecondHomeForm
from mulin.registry.forms_records import ResidenceForm
from mulin.registry.models import Household, Residence
from mulin.registry.views import residents
from mulin.registry.views.writing import (
    Asks,
    Desk,
    Edit,
    address,
    answered,
    called,
    done,
    one,
    read_first,
    saved,
    sent,
)


@needs(Desk, Edit)
def resident_move_in(request: HttpRequest, id: UUID) -> HttpResponse:
    """Somebody who is known lives in another place, too."""
    who, found = who_asks(request), residents.find(request, id)
    form = SecondHomeForm(sent(request), who=who)

    def act() -> HttpResponse:
        assert form.dwelling  # noqa: S101 - a form without one is not valid
        with transaction.atomic():
            stay = _stay(request, form, form.cleaned_data["main"])
            move_in(found, form.dwelling, stay, by=who, now=who.now)
        messages.success(request, saved())
        return done(address(found))

    asks = Asks(_("Another home"), address(found), _("Resident"), _("Move in"), about=called(found))
    return answered(request, form, act, asks)


@needs(Desk, Edit)
def residence_move(request: HttpRequest, id: UUID) -> HttpResponse:
    """Somebody moves from here to another dwelling."""
    who, found = who_asks(request), find(request, id)
    form = MoveForm(sent(request), who=who)

    def act() -> HttpResponse:
        assert form.dwelling  # noqa: S101 - a form without one is not valid
        with transaction.atomic():
            stay = _stay(request, form, found.main)
            move(found, form.dwelling, stay, by=who, now=who.now, on=form.cleaned_data["on"])
        messages.success(request, _("They have moved. The former dwelling keeps that they lived there."))
        return done(address(found))

    asks = Asks(
        _("Moves to another dwelling"), address(found), _("Resident"), _("They move"), about=called(found)
    )
    return answered(request, form, act, asks)


@needs(Desk, Edit)
def residence_out(request: HttpRequest, id: UUID) -> HttpResponse:
    """Somebody has moved away."""
    who, found = who_asks(request), find(request, id)
    form = DayForm(sent(request))
    back = address(found.household or found)

    def act() -> HttpResponse:
        move_out(found, by=who, now=who.now, on=form.cleaned_data["on"], note=form.cleaned_data["note"])
        messages.success(request, _("They have moved out. What is known of it stays."))
        return done(back)

    label = _("Household") if found.household else _("Resident")
    asks = Asks(_("Moves out"), back, label, _("Move out"), about=called(found), danger=True)
    return answered(request, form, act, asks)


@needs(Desk, Edit)
@sensitive_post_parameters()
def residence_change(request: HttpRequest, id: UUID) -> HttpResponse:
    """By which right they live there, how they are related, why they came: written down as read."""
    who, found = who_asks(request), find(request, id)
    form = ResidenceForm(sent(request), thing=found, today=timezone.localdate(who.now))

    def act() -> HttpResponse:
        change_residence(found, by=who, now=who.now, **form.given())
        messages.success(request, saved())
        return done(address(found.household or found))

    read_first(request, [found.resident_id], found)
    back = address(found.household or found)
    asks = Asks(_("How they live there"), back, _("Household"), about=called(found))
    return answered(request, form, act, asks)


def find(request: HttpRequest, id: UUID) -> Residence:
    """Where somebody lives, in one's area."""
    seen = Residence.objects.visible_to(who_asks(request))
    found = one(seen.select_related("resident", "household__dwelling__area__parent", "dwelling"), id)
    if found.resident.is_gone:
        raise NotYours
    return found


def _stay(request: HttpRequest, form: MoveForm, main: bool) -> Stay:
    """With whom: a household that is there, a new one, or nobody."""
    who, given = who_asks(request), form.cleaned_data
    household: Household | None = form.household
    facts: dict[str, Any] = {"relation": given["relation"], "kind": given["kind"], "from_on": given["on"]}
    if given["joins"] == NEW:
        assert form.dwelling  # noqa: S101 - a form without one is not valid
        household = open_household(form.dwelling, by=who, now=who.now)
        facts["relation"] = facts["relation"] or "0"
    return Stay(household=household, main=main, **facts)

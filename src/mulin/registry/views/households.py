"""Opening, changing, confirming and dissolving households; who the householder is; all of them moving."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mulin.posts.face import needs, who_asks
from mulin.registry.actions.households import (
    change_household,
    close_household,
    confirm_household,
    open_household,
    set_householder,
)
from mulin.registry.actions.residences import leave_household, move_household
from mulin.registry.forms_moves import DayForm, HeadForm, MoveHouseholdForm
from mulin.registry.forms_records import HouseholdForm
from mulin.registry.models import Household
from mulin.registry.views import dwellings
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
    seen,
    sent,
)


@needs(Desk, Edit)
def household_open(request: HttpRequest, id: UUID) -> HttpResponse:
    """People who live together behind this door; then the first of them."""
    who, door = who_asks(request), dwellings.find(request, id)
    form = HouseholdForm(sent(request), today=timezone.localdate(who.now))

    def act() -> HttpResponse:
        made = open_household(door, by=who, now=who.now, **form.given())
        messages.success(request, _("The household is entered. Now the householder, then the others."))
        return done(reverse("resident-register", args=["household", made.pk]))

    asks = Asks(_("Enter a household"), address(door), _("Dwelling"), _("Next step"), about=called(door))
    return answered(request, form, act, asks)


@needs(Desk, Edit)
def household_change(request: HttpRequest, id: UUID) -> HttpResponse:
    """Its kind, its number, since when it is."""
    who, found = who_asks(request), find(request, id)
    form = HouseholdForm(sent(request), thing=found, today=timezone.localdate(who.now))

    def act() -> HttpResponse:
        version = form.cleaned_data["version"]
        change_household(found, by=who, now=who.now, version=version, **form.given())
        messages.success(request, saved())
        return done(address(found))

    asks = Asks(_("Change the household"), address(found), _("Household"), about=called(found))
    return answered(request, form, act, asks, stored=found)


@needs(Desk, Edit)
@require_POST
def household_confirm(request: HttpRequest, id: UUID) -> HttpResponse:
    """It is still so: as a whole, or the facts that were named."""
    who, found = who_asks(request), find(request, id)
    confirm_household(found, by=who, now=who.now, **seen(request))
    messages.success(request, _("Confirmed."))
    return done(address(found))


@needs(Desk, Edit)
@never_cache
def household_head(request: HttpRequest, id: UUID) -> HttpResponse:
    """Another householder: then everybody's relation is another."""
    who, found = who_asks(request), find(request, id)
    members = list(found.residences.there().select_related("resident").order_by("relation", "id"))
    form = HeadForm(sent(request), members=members, initial={"version": found.version})

    def act() -> HttpResponse:
        given = form.cleaned_data
        head, version = form.members[given["head"]], given["version"]
        set_householder(found, head, relations=form.relations, by=who, now=who.now, version=version)
        messages.success(request, saved())
        return done(address(found))

    read_first(request, [member.resident_id for member in members], found)
    intro = _("How the others are related changes with the householder. What you leave empty is not known.")
    asks = Asks(_("Another householder"), address(found), _("Household"), about=called(found), intro=intro)
    return answered(request, form, act, asks, stored=found)


@needs(Desk, Edit)
def household_move(request: HttpRequest, id: UUID) -> HttpResponse:
    """All of them move to another dwelling."""
    who, found = who_asks(request), find(request, id)
    form = MoveHouseholdForm(sent(request), who=who)

    def act() -> HttpResponse:
        given = form.cleaned_data
        assert form.dwelling  # noqa: S101 - a form without one is not valid
        move_household(found, form.dwelling, by=who, now=who.now, on=given["on"], kind=given["kind"])
        messages.success(request, _("They have moved. The former dwelling keeps that they lived there."))
        return done(address(found))

    asks = Asks(_("All of them move"), address(found), _("Household"), _("They move"), about=called(found))
    return answered(request, form, act, asks)


@needs(Desk, Edit)
def household_leave(request: HttpRequest, id: UUID) -> HttpResponse:
    """All of them have moved away, or nobody belongs to it any more: it is dissolved."""
    who, found = who_asks(request), find(request, id)
    form = DayForm(sent(request))

    def act() -> HttpResponse:
        on, note = form.cleaned_data["on"], form.cleaned_data["note"]
        leave = leave_household if found.residences.there().exists() else close_household
        leave(found, by=who, now=who.now, on=on, note=note)
        messages.success(request, _("The household is dissolved. What is known of it stays."))
        return done(address(found))

    intro = _("Everybody in it moves out on this day. Nothing is deleted.")
    asks = Asks(
        _("Household dissolved"),
        address(found),
        _("Household"),
        _("Dissolve"),
        called(found),
        intro,
        danger=True,
    )
    return answered(request, form, act, asks)


def find(request: HttpRequest, id: UUID) -> Household:
    """A household of one's area."""
    seen = Household.objects.visible_to(who_asks(request))
    return one(seen.select_related("dwelling__area__parent"), id)

"""Registering and changing people, noting a death, making two records of one person one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from mulin.kernel.masking import mask_name
from mulin.kernel.refusals import NotYours
from mulin.posts.face import needs, who_asks
from mulin.registry.actions.merging import merge_residents
from mulin.registry.actions.residents import (
    change_resident,
    confirm_resident,
    register_resident,
    set_alive,
    set_died,
)
from mulin.registry.actions.staying import Stay
from mulin.registry.actions.taking_over import take_over
from mulin.registry.forms_moves import DiedForm, MergeForm, TakeOverForm
from mulin.registry.forms_records import ResidenceForm, ResidentForm
from mulin.registry.models import Dwelling, Household, Resident
from mulin.registry.queries.twins import twins_of
from mulin.registry.views import dwellings, households
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
@never_cache
@sensitive_post_parameters()
def resident_register(request: HttpRequest, kind: str, id: UUID) -> HttpResponse:
    """Somebody who lives in this household, or behind this door without one."""
    who = who_asks(request)
    day, (door, household) = timezone.localdate(who.now), home(request, kind, id)
    first = household is not None and household.members == 0
    form = ResidentForm(sent(request), today=day)
    stay = ResidenceForm(sent(request), today=day, prefix="stay", initial={"relation": "0" if first else ""})

    def act() -> HttpResponse:
        lives = Stay(household=household, **stay.given())
        sure = request.POST.get("sure") == "on"
        made = register_resident(form.given(), door, lives, by=who, now=who.now, sure=sure)
        messages.success(request, _("Entered."))
        again = reverse("resident-register", args=[kind, id])
        return done(again if request.POST.get("another") else address(household or made))

    back = address(household or door)
    title = _("Enter the householder") if first else _("Enter a resident")
    return answered(
        request,
        form,
        act,
        Asks(title, back, _("Household") if household else _("Dwelling"), about=called(household or door)),
        beside=[stay],
        another=True,
        take_over_url=reverse("resident-take-over", args=[kind, id]),
    )


@needs(Desk, Edit)
@never_cache
@sensitive_post_parameters()
def resident_change(request: HttpRequest, id: UUID) -> HttpResponse:
    """What is known of a person: a page of theirs, so it is written down as read."""
    who, found = who_asks(request), find(request, id)
    form = ResidentForm(sent(request), thing=found, today=timezone.localdate(who.now))

    def act() -> HttpResponse:
        change_resident(found, form.given(), by=who, now=who.now, version=form.cleaned_data["version"])
        messages.success(request, saved())
        return done(address(found))

    read_first(request, [found.pk], found)
    asks = Asks(_("Change the details"), address(found), _("Resident"), about=called(found))
    return answered(request, form, act, asks, stored=found)


@needs(Desk, Edit)
@require_POST
def resident_confirm(request: HttpRequest, id: UUID) -> HttpResponse:
    """They are still so: as a whole, or the facts that were named."""
    who, found = who_asks(request), find(request, id)
    confirm_resident(found, by=who, now=who.now, **seen(request))
    messages.success(request, _("Confirmed."))
    return done(address(found))


@needs(Desk, Edit)
def resident_died(request: HttpRequest, id: UUID) -> HttpResponse:
    """A death: wherever they lived, they live no more."""
    who, found = who_asks(request), find(request, id)
    form = DiedForm(sent(request), noted=found.died_on is not None, initial={"version": found.version})

    def act() -> HttpResponse:
        on, version = form.cleaned_data.get("on"), form.cleaned_data["version"]
        if on is None:
            set_alive(found, by=who, now=who.now, version=version)
        else:
            set_died(found, on, by=who, now=who.now, version=version)
        messages.success(request, saved())
        return done(address(found))

    asks = Asks(
        _("Note a death"), address(found), _("Resident"), _("Note it"), about=called(found), danger=True
    )
    return answered(request, form, act, asks, stored=found)


@needs(Desk, Edit)
@never_cache
def resident_merge(request: HttpRequest, id: UUID) -> HttpResponse:
    """Another record of the same person: records of the same name or birth date, masked."""
    who, found = who_asks(request), find(request, id)
    others = {str(each.pk): each for each in twins_of(found, who)}
    choices = [(id, _line(each)) for id, each in others.items()]
    form = MergeForm(sent(request), choices=choices, initial={"version": found.version})

    def act() -> HttpResponse:
        given = form.cleaned_data
        merge_residents(found, others[given["other"]], by=who, now=who.now, version=given["version"])
        messages.success(request, _("The two records are one."))
        return done(address(found))

    read_first(request, [found.pk, *(each.pk for each in others.values())], found)  # with whole birth dates
    intro = _("The record you came from stays. What only the other one says is taken over; its homes, too.")
    if not others:
        intro = _("There is no other record of this name or birth date in your area.")
    asks = Asks(
        _("Two records of one person"),
        address(found),
        _("Resident"),
        _("Make them one"),
        called(found),
        intro,
    )
    return answered(request, form, act, asks, stored=found)


@needs(Desk, Edit)
@never_cache
@sensitive_post_parameters()
def resident_take_over(request: HttpRequest, kind: str, id: UUID) -> HttpResponse:
    """Somebody has moved here from another area, and shows their card."""
    who, (door, household) = who_asks(request), home(request, kind, id)
    form = TakeOverForm(sent(request))

    def act() -> HttpResponse:
        given = form.cleaned_data
        lives = Stay(household=household, relation=given["relation"], kind=given["kind"])
        taken = take_over(given["document"], given["name"], door, lives, by=who, now=who.now, on=given["on"])
        messages.success(request, _("They live here now. Where they lived before, they have moved out."))
        return done(address(taken))

    intro = _("Each try is written down. Number and name must both be right; otherwise nothing is said.")
    asks = Asks(_("Take somebody over"), address(household or door), called(household or door), intro=intro)
    return answered(request, form, act, asks)


def find(request: HttpRequest, id: UUID) -> Resident:
    """A resident of one's area whose record stands for somebody."""
    found = one(Resident.objects.visible_to(who_asks(request)), id)
    if found.is_gone:
        raise NotYours
    return found


def home(request: HttpRequest, kind: str, id: UUID) -> tuple[Dwelling, Household | None]:
    """The door, and the household where there is one."""
    if kind == "household":
        household = households.find(request, id)
        return household.dwelling, household
    if kind == "dwelling":
        return dwellings.find(request, id), None
    raise NotYours


def _line(resident: Resident) -> str:
    """One choice: masked, with the day of birth and when it was entered."""
    born = date_format(resident.born_on, "SHORT_DATE_FORMAT") if resident.born_on else "–"
    entered = date_format(timezone.localtime(resident.entered_at), "SHORT_DATE_FORMAT")
    words = _("%(name)s, born %(born)s, entered %(entered)s")
    return words % {"name": mask_name(resident.name), "born": born, "entered": entered}

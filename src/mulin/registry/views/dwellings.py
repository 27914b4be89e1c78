"""Entering, changing, confirming and closing doors."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.kernel.refusals import NotYours
from mulin.places.face import Area, Level, units
from mulin.posts.face import Permission, Who, area_filter, needs, who_asks
from mulin.registry.actions.dwellings import (
    change_dwelling,
    close_dwelling,
    confirm_dwelling,
    enter_dwelling,
)
from mulin.registry.forms_moves import WhereForm
from mulin.registry.forms_records import DwellingForm
from mulin.registry.models import Dwelling
from mulin.registry.views.writing import (
    Asks,
    Desk,
    Edit,
    address,
    answered,
    called,
    done,
    one,
    saved,
    seen,
    sent,
)


@needs(Desk, Edit)
def enter(request: HttpRequest) -> HttpResponse:
    """What is to be entered, and where."""
    form = WhereForm(sent(request), who=who_asks(request))

    def act() -> HttpResponse:
        assert form.area  # noqa: S101 - a form without one is not valid
        name = "dwelling-enter" if form.cleaned_data["what"] == WhereForm.DOOR else "merchant-enter"
        return done(reverse(name, args=[form.area.path]))

    asks = Asks(_("Enter a record"), reverse("registry"), _("Registry"), submit=_("Next step"))
    return answered(request, form, act, asks)


@needs(Desk, Edit)
def dwelling_enter(request: HttpRequest, path: str) -> HttpResponse:
    """A door of a building or entrance; of a building with entrances, first which of them."""
    who, area = who_asks(request), place(path, who_asks(request))
    form = DwellingForm(sent(request), today=timezone.localdate(who.now))

    def act() -> HttpResponse:
        made = enter_dwelling(area, by=who, now=who.now, **form.given())
        messages.success(request, _("The dwelling is entered."))
        again = reverse("dwelling-enter", args=[path])
        return done(again if request.POST.get("another") else address(made))

    asks = Asks(_("Enter a dwelling"), reverse("place", args=[path]), area.label, about=area.label)
    entrances = units(area) if area.level == Level.BUILDING else ()
    return answered(request, form, act, asks, another=True, entrances=entrances)


@needs(Desk, Edit)
def dwelling_change(request: HttpRequest, id: UUID) -> HttpResponse:
    """What is known of a door."""
    who, found = who_asks(request), find(request, id)
    form = DwellingForm(sent(request), thing=found, today=timezone.localdate(who.now))

    def act() -> HttpResponse:
        version = form.cleaned_data["version"]
        change_dwelling(found, by=who, now=who.now, version=version, **form.given())
        messages.success(request, saved())
        return done(address(found))

    asks = Asks(_("Change the dwelling"), address(found), _("Dwelling"), about=called(found))
    return answered(request, form, act, asks, stored=found)


@needs(Desk, Edit)
@require_POST
def dwelling_confirm(request: HttpRequest, id: UUID) -> HttpResponse:
    """It is still so: the whole, or the facts that were named."""
    who, found = who_asks(request), find(request, id)
    confirm_dwelling(found, by=who, now=who.now, **seen(request))
    messages.success(request, _("Confirmed."))
    return done(address(found))


@needs(Desk, Edit)
@require_POST
def dwelling_close(request: HttpRequest, id: UUID) -> HttpResponse:
    """It is no longer there."""
    who, found = who_asks(request), find(request, id)
    close_dwelling(found, by=who, now=who.now)
    messages.success(request, _("The dwelling is closed. What is known of it stays."))
    return done(address(found))


def find(request: HttpRequest, id: UUID) -> Dwelling:
    """A door of one's area."""
    seen = Dwelling.objects.visible_to(who_asks(request))
    return one(seen.select_related("area__parent"), id)


def place(path: str, who: Who) -> Area:
    """An open area in which one may see who lives there."""
    seen = area_filter(who, Permission.REGISTRY_READ, path_fields=("path",))
    area = Area.objects.open().plain().filter(seen, path=path[:24]).first()
    if area is None:
        raise NotYours
    return area

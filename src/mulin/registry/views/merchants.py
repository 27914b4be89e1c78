"""Entering, changing, confirming and closing merchants."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from mulin.posts.face import needs, who_asks
from mulin.registry.actions.merchants import (
    change_merchant,
    close_merchant,
    confirm_merchant,
    enter_merchant,
)
from mulin.registry.forms_moves import DayForm
from mulin.registry.forms_records import MerchantForm
from mulin.registry.models import Merchant
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
@sensitive_post_parameters()
def merchant_enter(request: HttpRequest, path: str) -> HttpResponse:
    """Who trades or works in a unit, a building or a grid."""
    who = who_asks(request)
    area = dwellings.place(path, who)
    return _entering(request, MerchantForm(sent(request), today=timezone.localdate(who.now)), area.path)


@needs(Desk, Edit)
@sensitive_post_parameters()
def merchant_enter_at(request: HttpRequest, id: UUID) -> HttpResponse:
    """Who trades or works behind a door."""
    who, door = who_asks(request), dwellings.find(request, id)
    form = MerchantForm(sent(request), today=timezone.localdate(who.now))
    return _entering(request, form, door.area.path, door=id)


@needs(Desk, Edit)
@never_cache
@sensitive_post_parameters()
def merchant_change(request: HttpRequest, id: UUID) -> HttpResponse:
    """What is known of a merchant; whoever runs it stands there by name, so it is written down as read."""
    who, found = who_asks(request), find(request, id)
    form = MerchantForm(sent(request), thing=found, today=timezone.localdate(who.now))

    def act() -> HttpResponse:
        version = form.cleaned_data["version"]
        change_merchant(found, form.given(), by=who, now=who.now, version=version)
        messages.success(request, saved())
        return done(address(found))

    read_first(request, [found.pk], found)
    asks = Asks(_("Change the merchant"), address(found), _("Merchant"), about=called(found))
    return answered(request, form, act, asks, stored=found)


@needs(Desk, Edit)
@require_POST
def merchant_confirm(request: HttpRequest, id: UUID) -> HttpResponse:
    """They are still so: as a whole, or the facts that were named."""
    who, found = who_asks(request), find(request, id)
    confirm_merchant(found, by=who, now=who.now, **seen(request))
    messages.success(request, _("Confirmed."))
    return done(address(found))


@needs(Desk, Edit)
def merchant_close(request: HttpRequest, id: UUID) -> HttpResponse:
    """They trade there no more."""
    who, found = who_asks(request), find(request, id)
    form = DayForm(sent(request))

    def act() -> HttpResponse:
        given = form.cleaned_data
        close_merchant(found, by=who, now=who.now, on=given["on"], note=given["note"])
        messages.success(request, _("The merchant is closed. What is known of it stays."))
        return done(address(found))

    asks = Asks(
        _("Merchant closed"), address(found), _("Merchant"), _("Note it"), about=called(found), danger=True
    )
    return answered(request, form, act, asks)


def find(request: HttpRequest, id: UUID) -> Merchant:
    """A merchant of one's area or overlay grid."""
    return one(Merchant.objects.visible_to(who_asks(request)), id)


def _entering(
    request: HttpRequest, form: MerchantForm, path: str, *, door: UUID | None = None
) -> HttpResponse:
    who = who_asks(request)
    area = dwellings.place(path, who)
    dwelling = dwellings.find(request, door) if door else None

    def act() -> HttpResponse:
        made = enter_merchant(area, form.given(), by=who, now=who.now, dwelling=dwelling)
        messages.success(request, _("The merchant is entered."))
        return done(address(made))

    back = address(dwelling) if dwelling else reverse("place", args=[path])
    where = called(dwelling) if dwelling else area.label
    return answered(request, form, act, Asks(_("Enter a merchant"), back, area.label, about=where))

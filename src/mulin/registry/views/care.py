"""Care needs: those that one was named to read; entering, changing, ending one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mulin.kernel.masking import mask_name
from mulin.kernel.refusals import Conflict, Invalid, NotYours, Refusal
from mulin.posts.face import Permission, Seat, Who, may, needs, people_by_id, require, who_asks
from mulin.registry.actions.care import change_care, end_care, grant_care, read_care
from mulin.registry.forms_care import CareChangeForm, CareForm
from mulin.registry.models import CareNeed, Resident
from mulin.registry.queries.care import care_to_read, may_be_named
from mulin.registry.queries.dossier import doors_named, residences_of

MANY = 200


@needs(Permission.DESK_OPEN)
@require_safe
def care_needs(request: HttpRequest) -> HttpResponse:
    """The needs that one was named to read: masked, until one opens one."""
    who = who_asks(request)
    rows = [(need, mask_name(need.resident.name)) for need in care_to_read(who)[:MANY]]
    return render(request, "registry/care_needs.html", {"rows": rows, "now": who.now})


@needs(Permission.DESK_OPEN)
@never_cache
@require_safe
def care_need(request: HttpRequest, id: UUID) -> HttpResponse:
    """One need, for its readers; written down before it is shown."""
    who = who_asks(request)
    need = find_need(who, id)
    read_care(need, by=who, now=who.now)
    homes = [row for row in residences_of(need.resident) if row.is_open]
    granter = people_by_id([need.granted_by]).get(need.granted_by)
    context = {
        "need": need,
        "doors": list(doors_named(row.dwelling for row in homes).values()),
        "readers": _readers(need),
        "granted_by": granter.label if granter else "",
        "may_change": may(who, Permission.CARE_GRANT, need.resident),
        "may_open": may(who, Permission.REGISTRY_OPEN, need.resident),
        "now": who.now,
    }
    return render(request, "registry/care_need.html", context)


@needs(Permission.DESK_OPEN, Permission.CARE_GRANT)
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def care_grant(request: HttpRequest, id: UUID) -> HttpResponse:
    """Enter a need of somebody, as they applied for or agreed to."""
    who = who_asks(request)
    resident = Resident.objects.visible_to(who).standing().filter(pk=id).first()
    if resident is None:
        raise NotYours
    require(who, Permission.CARE_GRANT, resident, seen_by=Permission.REGISTRY_READ)
    form = CareForm(request.POST if request.method == "POST" else None, seats=may_be_named(resident, who.now))
    if request.method == "POST" and form.is_valid():
        try:
            need = grant_care(resident, **form.cleaned_data, by=who, now=who.now)
        except Invalid as refusal:
            _say(form, refusal)
        else:
            messages.success(request, _("The care need is entered."))
            return HttpResponseRedirect(reverse("care-need", args=[need.pk]), status=303)
    return _form(request, form, resident)


@needs(Permission.DESK_OPEN, Permission.CARE_GRANT)
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def care_change(request: HttpRequest, id: UUID) -> HttpResponse:
    """Another end, other readers."""
    who = who_asks(request)
    need = find_need(who, id)
    require(who, Permission.CARE_GRANT, need.resident)
    seats = may_be_named(need.resident, who.now)
    given = request.POST if request.method == "POST" else None
    if given is None:
        read_care(need, by=who, now=who.now)
    form = CareChangeForm(given, seats=seats, initial=_values(need))
    if given is not None and form.is_valid():
        try:
            change_care(need, **form.cleaned_data, by=who, now=who.now)
        except (Invalid, Conflict) as refusal:
            _say(form, refusal)
        else:
            messages.success(request, _("The care need is changed."))
            return HttpResponseRedirect(reverse("care-need", args=[need.pk]), status=303)
    return _form(request, form, need.resident, need)


@needs(Permission.DESK_OPEN, Permission.CARE_GRANT)
@require_POST
def care_end(request: HttpRequest, id: UUID) -> HttpResponse:
    """It is needed no longer."""
    who = who_asks(request)
    end_care(find_need(who, id), by=who, now=who.now)
    messages.success(request, _("The care need is ended. Nobody reads it any more."))
    return HttpResponseRedirect(reverse("care-needs"), status=303)


def find_need(who: Who, id: UUID) -> CareNeed:
    """One that is in force and that one was named to read; any other is not there."""
    found = CareNeed.objects.readable_by(who).in_force(timezone.localdate(who.now)).filter(pk=id)
    need = found.select_related("resident").first()
    if need is None:
        raise NotYours
    return need


def _readers(need: CareNeed) -> list[Seat]:
    rows = need.readers.select_related("seat__area", "seat__organisation").defer("seat__area__border")
    return [row.seat for row in rows.order_by("id")]


def _values(need: CareNeed) -> dict[str, Any]:
    readers = [str(id) for id in need.readers.values_list("seat_id", flat=True)]
    return {"purpose": need.purpose, "note": need.note, "until_on": need.until_on, "readers": readers}


def _say(form: CareChangeForm, refusal: Refusal) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def _form(
    request: HttpRequest, form: CareChangeForm, resident: Resident, need: CareNeed | None = None
) -> HttpResponse:
    context = {"form": form, "name": mask_name(resident.name), "resident": resident, "need": need}
    return render(request, "registry/care_form.html", context, status=422 if form.is_bound else 200)

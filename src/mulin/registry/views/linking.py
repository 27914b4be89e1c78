"""Linking a resident's account to their record, at the window or at the door."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from mulin.kernel.masking import mask_name
from mulin.kernel.refusals import Conflict, Invalid, NotYours, TooMany
from mulin.posts.face import Permission, Who, needs, who_asks
from mulin.registry.actions.linking import end_link, link_record
from mulin.registry.forms_asked import LinkForm
from mulin.registry.forms_privacy import add_refusal
from mulin.registry.models import Resident
from mulin.registry.queries.own_record import link_to
from mulin.registry.queries.places import places_named
from mulin.registry.views.revealing import in_no_cache

Desk, Link = Permission.DESK_OPEN, Permission.REGISTRY_LINK


def one_to_link(who: Who, id: UUID) -> Resident:
    """The record, where one may link it."""
    found = Resident.objects.allowed(who, Link).standing().filter(pk=id).first()
    if found is None:
        raise NotYours
    return found


@needs(Desk, Link)
@sensitive_post_parameters("document")
def link_account(request: HttpRequest, id: UUID) -> HttpResponse:
    """What stands in the document is compared with the record; the page shows neither."""
    who = who_asks(request)
    resident = one_to_link(who, id)
    form, status = LinkForm(resident, request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                link_record(resident, **form.cleaned_data, by=who, now=who.now)
                messages.success(request, _("Linked. They see their record on their own page now."))
                return HttpResponseRedirect(reverse("record-link", args=[resident.pk]), status=303)
            except (Invalid, Conflict, TooMany) as refusal:
                add_refusal(form, refusal)
                status = refusal.status
    context = {
        "form": form, "resident": resident, "name": mask_name(resident.name), "link": link_to(resident),
        "where": places_named([resident.place]).get(resident.place, ""),
    }  # fmt: skip
    return in_no_cache(render(request, "registry/linking.html", context, status=status))


@needs(Desk, Link)
@require_POST
def end(request: HttpRequest, id: UUID) -> HttpResponse:
    """The account reads the record no more."""
    who = who_asks(request)
    resident = one_to_link(who, id)
    found = link_to(resident)
    if found is None:
        raise Conflict(_("This link has ended already."))
    end_link(found, by=who, now=who.now)
    messages.success(request, _("The account is no longer linked to this record."))
    return HttpResponseRedirect(reverse("record-link", args=[resident.pk]), status=303)

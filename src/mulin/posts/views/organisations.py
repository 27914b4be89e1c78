"""Organisations: what they are, what they take care of, where they serve and who works there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.places.face import Area
from mulin.posts.actions import add_organisation, change_organisation, close_organisation, set_serves
from mulin.posts.forms import OrganisationForm
from mulin.posts.gate import needs, who_asks
from mulin.posts.models import Organisation, Seat
from mulin.posts.permits import may
from mulin.posts.queries.dossier import body_events, with_holders
from mulin.posts.queries.filters import key_of, read_key
from mulin.posts.rules import Permission
from mulin.posts.rules.bodies import KIND_LABELS
from mulin.posts.views.base import PAGE, after, cut, done, one, page, sent, tried

Desk = Permission.DESK_OPEN


@needs(Desk, Permission.ORGANISATION_READ)
def organisations(request: HttpRequest) -> HttpResponse:
    """Bodies of one's area, by name."""
    who, words, kind = who_asks(request), request.GET.get("q", "")[:100], request.GET.get("kind", "")
    found = Organisation.objects.visible_to(who).named(words).with_functions().select_related("home")
    if not request.GET.get("closed"):
        found = found.open()
    if kind in {each.value for each in KIND_LABELS}:
        found = found.filter(kind=kind)
    listed = list(found.defer("home__border").page(read_key(after(request)))[: PAGE + 1])
    rows, links = cut(listed, request, key_of)
    context = {
        "rows": rows,
        "words": words,
        "kind": kind,
        "kinds": [(each.value, label) for each, label in KIND_LABELS.items()],
        "closed": bool(request.GET.get("closed")),
        "page": links,
        "may_add": who.has(Permission.ORGANISATION_MANAGE),
        "may_see_people": who.has(Permission.PERSON_READ),
    }
    return page(request, "organisations.html", context)


@needs(Desk, Permission.ORGANISATION_READ)
def organisation(request: HttpRequest, id: UUID) -> HttpResponse:
    """One body: facts, areas it serves, seats with who sits there."""
    who, body = who_asks(request), _find(request, id)
    manages = may(who, Permission.ORGANISATION_MANAGE, body)
    seats = Seat.objects.filter(organisation=body).at_places().order_by("role")
    context = {
        "body": body,
        "serves": _serves(body),
        "seats": with_holders(list(seats), who.now),
        "may_change": manages,
        "may_see_people": who.has(Permission.PERSON_READ),
        "events": body_events(body) if manages else [],
    }
    return page(request, "organisation.html", context)


@needs(Desk, Permission.ORGANISATION_MANAGE)
def organisation_add(request: HttpRequest) -> HttpResponse:
    who, status = who_asks(request), 200
    form = OrganisationForm(sent(request), who=who)
    if request.method == "POST":
        answer, status = tried(form, lambda given: _saved(request, _add(request, given)))
        if answer:
            return answer
    return page(request, "organisation_form.html", {"form": form}, status)


@needs(Desk, Permission.ORGANISATION_MANAGE)
def organisation_change(request: HttpRequest, id: UUID) -> HttpResponse:
    who, body, status = who_asks(request), _find(request, id), 200
    form = OrganisationForm(sent(request), who=who, initial=_details(body))
    # What it serves beyond one's own area stays as it is, and may stand in the form.
    form.fields["serves"].among |= Area.objects.filter(pk__in=[area.pk for area in _serves(body)])  # type: ignore[attr-defined]  # the form declared this kind of field
    if request.method == "POST":
        answer, status = tried(form, lambda given: _saved(request, _change(request, body, given)))
        if answer:
            return answer
    return page(request, "organisation_form.html", {"form": form, "body": body}, status)


@needs(Desk, Permission.ORGANISATION_MANAGE)
@require_POST
def organisation_close(request: HttpRequest, id: UUID) -> HttpResponse:
    who, body = who_asks(request), _find(request, id)
    close_organisation(body, by=who, now=who.now)
    messages.success(request, _("The organisation is closed. Its posts ended with it."))
    return done(reverse("organisation", args=[body.id]))


def _find(request: HttpRequest, id: UUID) -> Organisation:
    found = Organisation.objects.visible_to(who_asks(request)).with_functions().select_related("home")
    return one(found.defer("home__border"), id)


def _serves(body: Organisation) -> list[Area]:
    rows = (
        body.services.filter(to_at=None).select_related("area").defer("area__border").order_by("area__path")
    )
    return [row.area for row in rows]


def _details(body: Organisation) -> dict[str, Any]:
    own = {name: getattr(body, name) for name in ("name", "name_en", "kind", "phone", "home", "functions")}
    return {**own, "serves": _serves(body)}


def _add(request: HttpRequest, given: dict[str, Any]) -> Organisation:
    who = who_asks(request)
    return add_organisation(**given, by=who, now=who.now)


@transaction.atomic
def _change(request: HttpRequest, body: Organisation, given: dict[str, Any]) -> Organisation:
    who = who_asks(request)
    areas = given.pop("serves")
    body = change_organisation(body, by=who, now=who.now, **given)
    return set_serves(body, areas=areas, by=who, now=who.now)


def _saved(request: HttpRequest, body: Organisation) -> HttpResponse:
    messages.success(request, _("Saved."))
    return done(reverse("organisation", args=[body.id]))

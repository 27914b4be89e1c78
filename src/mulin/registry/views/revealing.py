"""One masked value, shown whole to whoever says what for: in place, or on a page of its own without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from mulin.kernel.refusals import Invalid, NotYours, Refusal
from mulin.posts.face import Permission, Who, needs, who_asks
from mulin.registry.actions.revealing import reveal
from mulin.registry.forms_privacy import RevealForm, add_refusal
from mulin.registry.masked import masked
from mulin.registry.models import Dwelling, Merchant, Residence, Resident
from mulin.registry.queries.opening import Openable, openable
from mulin.registry.rules.revealing import HIDDEN

MODELS: Mapping[str, type[Model]] = {
    "resident": Resident,
    "residence": Residence,
    "dwelling": Dwelling,
    "merchant": Merchant,
}


def found(who: Who, kind: str, id: UUID, column: str) -> Openable:
    """The record, where one may at least see it masked."""
    if column not in HIDDEN.get(kind, {}):
        raise NotYours
    thing = openable(MODELS[kind], who, Permission.REGISTRY_READ).filter(pk=id).first()
    if thing is None or (isinstance(thing, Resident) and thing.is_gone):
        raise NotYours
    return cast(Openable, thing)


@needs(Permission.DESK_OPEN, Permission.REGISTRY_REVEAL)
def revealed(request: HttpRequest, record: str, id: UUID, column: str) -> HttpResponse:
    """Ask what for (GET), or show it in this one answer (POST); it is written down who looked, and why."""
    who = who_asks(request)
    thing = found(who, record, id, column)
    context: dict[str, Any] = {"value": masked(thing, column, who), "back": _back(request)}
    if request.method != "POST":
        return _shown(request, context | {"form": RevealForm()})
    form = RevealForm(request.POST)
    if not form.is_valid():
        return _shown(request, context | {"form": form}, 422)
    try:
        shown = reveal(thing, column, purpose=form.cleaned_data["purpose"], by=who, now=who.now)
    except Invalid as refusal:
        add_refusal(form, cast(Refusal, refusal))
        return _shown(request, context | {"form": form}, refusal.status)
    return _shown(request, context | {"shown": shown})


def _shown(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Only the part where a script asked for it. In no cache, and only in this one answer."""
    part = request.headers.get("HX-Request") == "true"
    template = "registry/parts/masked.html" if part else "registry/reveal.html"
    response = in_no_cache(render(request, template, context, status=status))
    patch_vary_headers(response, ["HX-Request"])
    return response


def in_no_cache(response: HttpResponse) -> HttpResponse:
    """What is shown of somebody is in this one answer only."""
    patch_cache_control(response, private=True, no_store=True)
    return response


def _back(request: HttpRequest) -> str:
    """To the page that the button stood on, where that is one of ours."""
    came = request.POST.get("back") or request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came, {request.get_host()}, require_https=request.is_secure())
    return came if ours and came != request.build_absolute_uri() else ""

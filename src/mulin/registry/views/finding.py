"""Finding somebody by their exact document number or phone. The number never stands in an address."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mulin.kernel.masking import mask_name
from mulin.kernel.refusals import Invalid, TooMany
from mulin.posts.face import Permission, Who, needs, who_asks
from mulin.registry.actions.finding import find_exact
from mulin.registry.forms_privacy import FindForm, add_refusal
from mulin.registry.queries.finding import Found
from mulin.registry.queries.places import places_named
from mulin.registry.views.revealing import in_no_cache


@dataclass(frozen=True)
class Hit:
    """A record with this number: masked, and where its page is."""

    kind: str | Promise
    icon: str
    name: str
    where: str
    url: str


@needs(Permission.DESK_OPEN, Permission.REGISTRY_FIND)
def find_person(request: HttpRequest) -> HttpResponse:
    """Ask for a number (GET), or tell whose it is within one's area (POST): on record, hit or miss."""
    who = who_asks(request)
    form, hits, status = FindForm(), None, 200
    if request.method == "POST":
        form = FindForm(request.POST)
        hits, status = _found(form, who)
        if hits is not None:  # the number does not stay on the screen
            form = FindForm(initial={"purpose": form.cleaned_data["purpose"]})
    context = {
        "form": form,
        "hits": hits,
        "may_break": who.holds(Permission.REGISTRY_BREAK_GLASS),
    }
    return in_no_cache(render(request, "registry/find.html", context, status=status))


def _found(form: FindForm, who: Who) -> tuple[list[Hit] | None, int]:
    if not form.is_valid():
        return None, 422
    try:
        return hits_of(find_exact(**form.cleaned_data, by=who, now=who.now)), 200
    except (Invalid, TooMany) as refusal:
        add_refusal(form, refusal)
        return None, refusal.status


def hits_of(found: Found) -> list[Hit]:
    """A line each, nobody by their full name: that is on the page behind it, which is a reading of its own."""
    where = places_named(row.place for row in (*found.residents, *found.merchants, *found.dwellings))
    people = [
        Hit(_("Resident"), "user", mask_name(row.name), where.get(row.place, ""),
            reverse("street-resident", args=[row.pk]))
        for row in found.residents
    ]  # fmt: skip
    shops = [
        Hit(_("Runs it"), "building-store", row.name, where.get(row.place, ""), reverse("merchant", args=[row.pk]))
        for row in found.merchants
    ]  # fmt: skip
    owned = [
        Hit(_("Owns it"), "key", row.number, where.get(row.place, ""), reverse("dwelling", args=[row.pk]))
        for row in found.dwellings
    ]
    return people + shops + owned

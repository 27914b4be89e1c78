"""Second looks: which wait for me, and one of them without who handled it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.kernel.refusals import NotYours, Refusal
from mulin.matters.actions.photos import make_safe
from mulin.matters.actions.rechecks import answer_recheck
from mulin.matters.forms import RecheckForm, add_refusal
from mulin.matters.models import Photo, Recheck
from mulin.matters.queries.rechecks import open_rechecks
from mulin.matters.rules.confirmed import Answer
from mulin.matters.views import place
from mulin.matters.views.names import names
from mulin.posts.face import Permission, needs, who_asks

MANY = 100


@needs(Permission.DESK_OPEN, Permission.MATTER_CHECK)
def rechecks(request: HttpRequest) -> HttpResponse:
    """What waits to be looked at again."""
    who = who_asks(request)
    context = {"now": who.now, "rows": open_rechecks(who)[:MANY]}
    return render(request, "matters/rechecks.html", context)


@needs(Permission.DESK_OPEN, Permission.MATTER_CHECK)
def recheck(request: HttpRequest, id: UUID) -> HttpResponse:
    """What it was and where: go there, look, and say what you found."""
    who = who_asks(request)
    row = open_rechecks(who).filter(pk=id).first()
    if row is None:
        raise NotYours
    if request.method != "POST":
        return _page(request, row, RecheckForm())
    form = RecheckForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, row, form, 422)
    try:
        answer_recheck(
            row, answer=Answer(form.cleaned_data["answer"]), note=form.cleaned_data["note"],
            photos=make_safe(form.cleaned_data["photos"]), by=who, now=who.now,
        )  # fmt: skip
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _page(request, row, form, refusal.status)
    messages.success(request, _("Thank you. What you found was written down."))
    return HttpResponseRedirect(reverse("rechecks"), status=303)


def _page(request: HttpRequest, row: Recheck, form: RecheckForm, status: int = 200) -> HttpResponse:
    who, matter = who_asks(request), row.matter
    photos = list(Photo.objects.filter(matter=matter, when="before"))
    context = {
        "now": who.now,
        "row": row,
        "matter": matter,
        "way": place.way_to(matter, names(people=[], seats=[], paths=place.paths_of(matter), now=who.now)),
        "photos": place.photos_of(matter, photos, "before"),
        "form": form,
    }
    return render(request, "matters/recheck.html", context, status=status)

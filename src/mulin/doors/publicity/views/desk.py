"""Grid publicity at the desk: what is missing on which board, what to print, and the numbers to call."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.doors.publicity.actions import LANGUAGES, order_paper
from mulin.doors.publicity.forms import NumbersForm, PaperForm
from mulin.doors.publicity.grids import choices, grid_there, printable, shown
from mulin.doors.publicity.plan import Order
from mulin.doors.publicity.sheets import SIGNBOARD, signboards
from mulin.kernel import paper
from mulin.kernel.refusals import Invalid, NotYours
from mulin.places.face import Area, Level
from mulin.posts.face import (
    Permission,
    PublicNumbers,
    Who,
    boards,
    may,
    needs,
    require,
    set_public_numbers,
    who_asks,
)

PAGE = 60


@needs(Permission.DESK_OPEN, Permission.PUBLICITY_PRINT)
def publicity(request: HttpRequest) -> HttpResponse:
    """The grids of one's ground with what their boards lack; a POST orders paper."""
    who = who_asks(request)
    areas = choices(who)
    if request.method != "POST":
        return _page(
            request, who, PaperForm(areas=areas, initial={"language": _language(), "what": "signboards"})
        )
    form = PaperForm(request.POST, areas=areas)
    if form.is_valid():
        said = form.cleaned_data
        start = request.build_absolute_uri("/")
        order = Order(said["what"], said["area"], said["language"], start, said["each"] or 0)
        try:
            job = order_paper(order, by=who, now=who.now)
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        else:
            return HttpResponseRedirect(reverse("job", args=[job.pk]), status=303)
    return _page(request, who, form)


def _page(request: HttpRequest, who: Who, form: forms.Form) -> HttpResponse:
    after = request.GET.get("after", "")
    grids = list(printable(who).filter(path__gt=after if after.isdigit() else "")[: PAGE + 1])
    last = grids[PAGE - 1].path if len(grids) > PAGE else ""
    context = {
        "now": who.now,
        "form": form,
        "boards": boards(grids[:PAGE], who.now),
        "languages": LANGUAGES,
        "page": {"next_url": f"?{urlencode({'after': last})}", "previous_url": ""} if last else {},
    }
    return render(request, "publicity/desk.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.DESK_OPEN, Permission.PUBLICITY_PRINT)
def signboard(request: HttpRequest, path: str) -> HttpResponse:
    """The signboard of one grid, at once."""
    who, grid = who_asks(request), grid_there(path)
    require(who, Permission.PUBLICITY_PRINT, grid, seen_by=Permission.PLACE_READ)
    asked = request.POST.get("language", "")
    language = asked if asked in LANGUAGES else _language()
    with translation.override(language):
        found = shown([grid], who.now, on_paper=True)
        data = signboards(found, start=request.build_absolute_uri("/"), now=who.now)
        pdf = paper.pdf(SIGNBOARD, data, language=language)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="signboard-{grid.path}.pdf"'
    patch_cache_control(response, private=True, no_store=True)
    return response


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def numbers(request: HttpRequest, path: str) -> HttpResponse:
    """Whom to call about a town, a community or a grid; set by whoever keeps its organisations."""
    who = who_asks(request)
    area = numbered(path)
    row = PublicNumbers.objects.filter(area=area).first()
    may_set = may(who, Permission.ORGANISATION_MANAGE, area)
    initial = {"contact": row.contact, "supervision": row.supervision} if row else {}
    form = NumbersForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        require(who, Permission.ORGANISATION_MANAGE, area, seen_by=Permission.PLACE_READ)
        if form.is_valid() and _set(form, area, who):
            messages.success(request, _("The numbers are public now."))
            return HttpResponseRedirect(reverse("public-numbers", args=[area.path]), status=303)
    context: dict[str, Any] = {"area": area, "form": form, "row": row, "may_set": may_set}
    return render(request, "publicity/numbers.html", context, status=422 if form.errors else 200)


def _set(form: forms.Form, area: Area, who: Who) -> bool:
    try:
        set_public_numbers(area, **form.cleaned_data, by=who, now=who.now)
    except Invalid as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
    return not form.errors


def numbered(path: str) -> Area:
    levels = (Level.TOWN, Level.VILLAGE, Level.GRID)
    known = path.isascii() and path.isdigit()
    area = Area.objects.plain().open().at_level(*levels).filter(path=path[:24]).first() if known else None
    if area is None:
        raise NotYours
    return area


def _language() -> str:
    return "zh-hans" if (translation.get_language() or "").startswith("zh") else "en"
